"""Registers → Import a folder: what is left of a lost register is looked at, then booked, entry by entry."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import htpy as h
from fastapi import APIRouter, Response
from starlette.datastructures import UploadFile

from app.sync.entry import Entry, Unreadable
from app.sync.protocol import Verdict
from server.importers.journals import UPLOAD, Journals, Odd, Piece, in_file, read_journals
from server.office import parts
from server.office.brought import take_in
from server.office.doors import Form, WithForm, WithVisit, to
from server.office.frame import head, page
from server.office.lists import Column, table
from server.office.pending import NEEDS_A_PERSON, WORDS, counted
from server.office.people import Role
from server.office.staged import forget, put_aside, taken_up
from server.office.visits import Visit
from server.oms.doors import WithOms
from server.oms.oms import Oms
from server.oms.problems import Failed
from server.oms.survey import Survey, survey
from server.oms.tables import Register

router = APIRouter()
MOST_SHOWN = 500
NOTHING = "No file was chosen. Choose the register’s folder, a zip of it, or the file that its till gave out."
NO_ENTRY = "There is no entry in what was chosen. Nothing was changed."
GONE = "What was looked at is not here any more. Nothing was booked by this. Choose the folder again."
Outcome = tuple[Entry, Verdict]

FOUND: tuple[Column[Survey], ...] = (
    Column("Register", lambda each: each.register, tight=True),
    Column("Entries", lambda each: f"{len(each.entries):,}", number=True),
    Column("From", lambda each: _end(each.entries[0]), tight=True),
    Column("To", lambda each: _end(each.entries[-1]), tight=True),
    Column("Chain", lambda each: each.chain, lambda each: _chain(each)),
    Column("At the OMS", lambda each: each.missing),
)
ODD: tuple[Column[Odd], ...] = (
    Column("File", lambda each: each.name[-200:]),
    Column("Why it is no entry", lambda each: each.why),
)
BOOKED: tuple[Column[Outcome], ...] = (
    Column("Register", lambda each: each[0].header.register, tight=True),
    Column("Entry", lambda each: f"{each[0].header.seq:,}", number=True),
    Column("Kind", lambda each: each[0].header.kind.value.replace("_", " ")),
    Column("Number", lambda each: each[0].header.number or "–", tight=True),
    Column("Outcome", lambda each: WORDS[each[1].kind][0], lambda each: parts.mark(*WORDS[each[1].kind])),
    Column("Order", lambda each: each[1].order_number, tight=True),
    Column("What to know", lambda each: each[1].why, lambda each: h.span(".lines")[each[1].why]),
)


@router.get("/registers/{register_id}/import")
def folder_page(oms: WithOms, visit: WithVisit, register_id: str) -> Response:
    """Ask for the folder."""
    return _page(oms, visit, register_id)


@router.post("/registers/{register_id}/import")
def look_into(oms: WithOms, form: WithForm, register_id: str) -> Response:
    """Say what a folder holds; nothing is booked yet."""
    files = [file for file in form.files if file.filename]
    if not files:
        return _page(oms, form.visit, register_id, why=NOTHING)
    found = read_journals(_pieces(files), UPLOAD)
    if isinstance(found, Unreadable):
        return _page(oms, form.visit, register_id, why=found.why)
    if not found.entries:
        return _page(oms, form.visit, register_id, told=_odd(found.odd), why=NO_ENTRY)
    with oms.database.read() as session:
        surveys = survey(session, oms.keys, found.entries)
    staged = put_aside(_aside(oms), found.entries, time.time())
    return _page(oms, form.visit, register_id, told=_found(form, register_id, surveys, found, staged))


@router.post("/registers/{register_id}/import/book")
def book(oms: WithOms, form: WithForm, register_id: str) -> Response:
    """Book what the OMS lacks, and say what came of each entry."""
    entries = taken_up(_aside(oms), form["staged"])
    if not entries:
        return _page(oms, form.visit, register_id, why=GONE)
    outcomes = tuple(zip(entries, take_in(oms, form.visit.name, f"registers/{register_id}", entries), strict=True))
    forget(_aside(oms), form["staged"])
    return _page(oms, form.visit, register_id, told=_booked(outcomes))


def _aside(oms: Oms) -> Path:
    return oms.settings.data / "looked-at"


def _pieces(files: Sequence[UploadFile]) -> Iterator[Piece]:
    for file in files:
        yield from in_file(file.filename or "", file.file, UPLOAD)
        file.file.close()


def _page(oms: Oms, visit: Visit, register_id: str, *, why: str = "", told: h.Node = None) -> Response:
    with oms.database.read() as session:
        if session.get(Register, register_id) is None:
            raise Failed(404, "There is no such register")
    back = parts.go(to("registers", register_id), register_id, "arrow-left", tone="plain")
    asking = _asking(visit, register_id) if visit.may(Role.ADMIN) else parts.note("This is an admin’s to do.")
    content = (back, head(f"Import a folder of {register_id}"), parts.problem(why), told, asking)
    return page(visit, "Import a folder", *content, at="registers", status=422 if why else 200)


def _asking(visit: Visit, register_id: str) -> h.Element:
    words = (
        "For a machine that is dead or gone, or a register that was taken out of service: its folder for offline "
        "sales, a zip of it, or the file that its till gave out. You see what is in it before anything is booked. "
        "What the OMS has already is not booked again; entries of other registers go to their own."
    )
    folder = h.input(".input", type="file", id="folder", name="folder", webkitdirectory=True, multiple=True)
    file = h.input(".input", type="file", id="file", name="file", accept=".zip,.jsonl")
    form = parts.form(
        visit,
        to("registers", register_id, "import"),
        h.div(".field")[h.label(for_="folder")["Folder"], folder],
        h.div(".field")[h.label(for_="file")["Or one file (.zip, .jsonl)"], file],
        h.div[parts.button("Look into it", "search")],
        upload=True,
    )
    return parts.card("What is left of it", h.p(".quiet")[words], form)


def _found(form: Form, register_id: str, surveys: Sequence[Survey], found: Journals, staged: str) -> h.Node:
    lacking = sum(each.lacking for each in surveys if each.known)
    token = h.input(type="hidden", name="staged", value=staged)
    press = parts.button(f"Book {parts.many(lacking, 'entry', 'entries')}", "cloud-upload")
    booking = parts.form(form.visit, to("registers", register_id, "import", "book"), token, h.div[press])
    nothing = parts.note("The OMS has all that can be booked. There is nothing to do.", "green", "circle-check")
    listed = table("Registers found", FOUND, surveys)
    return parts.card("What was found", listed, booking if lacking else nothing), _odd(found.odd)


def _odd(odd: Sequence[Odd]) -> h.Node:
    if not odd:
        return None
    left = len(odd) - MOST_SHOWN
    title = f"{parts.many(len(odd), 'file')} left aside"
    return parts.card(
        title,
        h.p(".quiet")["Nothing was done with them. What else was chosen is not touched by it."],
        table("Files that are no entries", ODD, odd[:MOST_SHOWN]),
        h.p(".quiet")[f"{left:,} more."] if left > 0 else None,
    )


def _booked(outcomes: Sequence[Outcome]) -> h.Element:
    """What came of each entry; those that a person has to look at stand first."""
    first = sorted(outcomes, key=lambda each: (each[1].kind not in NEEDS_A_PERSON, each[0].header.seq))
    more = first[MOST_SHOWN:]
    return parts.card(
        "What came of it",
        h.p(role="status")[f"{parts.many(len(first), 'entry', 'entries')}: {counted([v.kind for _, v in first])}."],
        table("Imported entries", BOOKED, first[:MOST_SHOWN]),
        h.p(".quiet")[f"{len(more):,} more: {counted([v.kind for _, v in more])}."] if more else None,
    )


def _end(entry: Entry) -> str:
    return f"{entry.header.seq:,} · {parts.when(entry.header.at)}"


def _chain(each: Survey) -> h.Element:
    if each.wrong:
        return h.span[parts.mark("Not whole", "amber", "triangle-alert"), " ", each.wrong]
    return parts.mark("Whole", "green", "circle-check")
