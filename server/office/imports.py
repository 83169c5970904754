"""Imports: products of another shop by the command line's importer, and orders of a register that cannot sync."""

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import htpy as h
from fastapi import APIRouter, Response
from starlette.datastructures import UploadFile

from server.importers import run
from server.office import audit, parts, pending
from server.office.doors import WithForm, WithVisit, to
from server.office.lists import NOTHING_ASKED, Asked, Column, Filter, Listing, WithAsked, show
from server.office.people import Role
from server.office.trail import earlier
from server.office.visits import Visit
from server.oms.doors import WithOms
from server.oms.oms import Oms
from server.oms.tables_online import Audit

router = APIRouter()
ACTION = "import"
NO_FILE = "No file was chosen. Choose a CSV file and press Import again."
COLUMNS: tuple[Column[Audit], ...] = (
    Column("When", lambda each: parts.when(each.at), tight=True),
    Column("File", lambda each: each.subject.removeprefix("imports/")),
    Column("Who", lambda each: each.staff_id),
    Column("Outcome", lambda each: each.reason, lambda each: h.span(".lines")[each.reason]),
)
LISTING: Listing[Audit] = Listing("Imports", "imports", COLUMNS, search="File or who", icon="cloud-upload")
FILTERS = (Filter("since", "From"), Filter("until", "To"))
_ODD = re.compile(r"[^\w.() -]")


@router.get("/imports")
def imports(oms: WithOms, visit: WithVisit, wanted: WithAsked) -> Response:
    """Ask for a file, and show what came of earlier ones."""
    return _page(oms, visit, wanted)


@router.post("/imports")
def import_file(oms: WithOms, form: WithForm) -> Response:
    """Import a file and say what was left out, and why."""
    if form.file is None or not form.file.filename:
        return _page(oms, form.visit, why=NO_FILE)
    name = _name(form.file)
    with _copied(form.file, name) as path:
        report = run(path, oms.database.write, oms.settings.pictures, recount=form.ticked("recount"))
    with oms.database.write() as session:
        reason = str(report).split("\n")[0]
        audit.note(session, form.visit.name, ACTION, f"imports/{name}", None, None, reason=reason)
    if report.failure:
        return _page(oms, form.visit, why=report.failure)
    told = parts.card(f"What came of {name}", h.pre(".report", tabindex="0")[str(report)])
    return _page(oms, form.visit, told=told)


@router.post("/imports/pending")
def import_pending(oms: WithOms, form: WithForm) -> Response:
    """Take in the pending orders that a register exported, and say what came of each row."""
    if form.file is None or not form.file.filename:
        return _page(oms, form.visit, why=NO_FILE)
    name = _name(form.file)
    with _copied(form.file, name) as path:
        outcomes = pending.take_in_file(oms, form.visit, path, f"imports/{name}")
    if isinstance(outcomes, str):
        return _page(oms, form.visit, why=outcomes)
    return _page(oms, form.visit, told=pending.told(name, outcomes))


def _name(file: UploadFile) -> str:
    """A file's name as it may stand in a path and on a page."""
    return _ODD.sub("_", Path(file.filename or "").name)[-100:]


@contextmanager
def _copied(file: UploadFile, name: str) -> Iterator[Path]:
    """A file in a folder that holds nothing else: what it names beside itself is not there."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        with path.open("wb") as copy:
            shutil.copyfileobj(file.file, copy)
        file.file.close()
        yield path


def _page(
    oms: Oms, visit: Visit, wanted: Asked = NOTHING_ASKED, *, why: str = "", told: h.Element | None = None
) -> Response:
    with oms.database.read() as session:
        found = earlier(session, wanted, ACTION)
    file = h.input(".input", type="file", id="file", name="file", accept=".csv,text/csv", required=True)
    overrule = "Off: counts that differ from the books are left as the books have them."
    form = parts.form(
        visit,
        to("imports"),
        h.div(".field")[h.label(for_="file")["CSV file"], file],
        parts.tick("recount", "Take the stock of the file", on=False, why=overrule),
        h.div[parts.button("Import", "cloud-upload")],
        upload=True,
    )
    words = "The export of Shopify, WooCommerce, Magento or Vendure, or a plain list with names and prices."
    asking = parts.card("Import products", h.p(".quiet")[words], form) if visit.may(Role.MANAGER) else None
    carried = pending.asking(visit) if visit.may(Role.MANAGER) else None
    content = (parts.problem(why), told, asking, carried, h.h2["Earlier imports"])
    return show(LISTING, visit, wanted, found, *content, filters=FILTERS, status=422 if why else 200)
