"""Tenders: the ways to pay that the store takes, and which of them also while the internet is away."""

import secrets

import htpy as h
from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from app.domain.payment import Tender, TenderKind
from app.sync.protocol import Dataset
from server.office import audit, parts
from server.office.doors import Form, WithForm, WithVisit, to
from server.office.frame import head, leads, page
from server.office.lists import Column, Listing, WithAsked, show, some
from server.office.people import Role
from server.office.records import one
from server.office.visits import Visit
from server.oms.doors import WithOms
from server.oms.problems import Failed
from server.oms.records import put, read_all, remove

router = APIRouter()
NEW = "new"
KINDS = tuple(
    (kind.value, kind.value.upper() if kind is TenderKind.UPI else kind.value.capitalize()) for kind in TenderKind
)
MOST_POSITION = 999


def _yes(on: bool) -> str:
    return "yes" if on else "no"


LISTING: Listing[Tender] = Listing(
    "Tenders",
    "tenders",
    (
        Column("Name", lambda each: each.name, lambda each: parts.link(to("tenders", each.id), each.name)),
        Column("Kind", lambda each: dict(KINDS)[each.kind.value]),
        Column("Offline", lambda each: _yes(each.offline)),
        Column("Asks for a reference", lambda each: _yes(each.asks_reference)),
        Column("Position", lambda each: str(each.position), number=True),
    ),
    search="Name",
    icon="wallet",
)


@router.get("/tenders")
def tenders(oms: WithOms, visit: WithVisit, wanted: WithAsked) -> Response:
    """List the ways to pay, in the order of the till."""
    with oms.database.read() as session:
        rows = sorted(read_all(session, Dataset.TENDERS, Tender), key=lambda each: (each.position, each.name))
    found = some(rows, wanted, lambda each, text: text in each.name.casefold())
    add = parts.go(to("tenders", NEW), "Add tender", "plus") if visit.may(Role.MANAGER) else None
    return show(LISTING, visit, wanted, found, actions=[add])


@router.get("/tenders/{tender_id}")
def tender(oms: WithOms, visit: WithVisit, tender_id: str) -> Response:
    """Show one tender, or an empty form."""
    with oms.database.read() as session:
        return _page(visit, _one(session, tender_id))


@router.post("/tenders/{tender_id}")
def change_tender(oms: WithOms, form: WithForm, tender_id: str) -> Response:
    """Change a tender, add one, or take one away; payments made with it stay as they are."""
    with oms.database.write() as session:
        there = _one(session, tender_id)
        changed = _changed(there, form)
        if form.ticked("remove") and tender_id != NEW:
            why = _needed(session, there)
        else:
            why = "" if changed.name else "A tender needs a name, which the cashier reads."
        if why:
            return _page(form.visit, changed, why)
        before = None if tender_id == NEW else there
        after: Tender | None = changed.model_copy(update={"id": secrets.token_hex(4)} if tender_id == NEW else {})
        if form.ticked("remove") and before is not None:
            remove(session, Dataset.TENDERS, [there.id])
            after = None
        elif after is not None:
            put(session, Dataset.TENDERS, {after.id: after})
        if before != after:
            about = f"tenders/{(after or there).id}"
            audit.note(session, form.visit.name, "tender", about, before, after)
    return leads("tenders", said="saved")


def _changed(there: Tender, form: Form) -> Tender:
    position = int(form["position"]) if form["position"].isdecimal() else there.position
    update = {
        "name": form["name"][: parts.LONGEST],
        "kind": TenderKind(form["kind"]) if form["kind"] in set(TenderKind) else there.kind,
        "offline": form.ticked("offline"),
        "asks_reference": form.ticked("asks_reference"),
        "position": min(position, MOST_POSITION),
    }
    return there.model_copy(update=update)


def _needed(session: Session, there: Tender) -> str:
    others = [each for each in read_all(session, Dataset.TENDERS, Tender) if each.id != there.id]
    return "" if others else "A store needs at least one way to pay. Add another one first."


def _one(session: Session, tender_id: str) -> Tender:
    if tender_id == NEW:
        return Tender(id=NEW, name="", kind=TenderKind.WALLET, offline=False)
    found = one(session, Dataset.TENDERS, Tender, tender_id)
    if found is None:
        raise Failed(404, "There is no such tender", "Somebody may have removed it.")
    return found[0]


def _page(visit: Visit, there: Tender, why: str = "") -> Response:
    title = there.name or "New tender"
    online = "Off: it can be taken only while the internet is there."
    gone = parts.tick("remove", "Remove this tender", on=False, why="Payments that were made with it stay as they are.")
    content = parts.form(
        visit,
        to("tenders", there.id),
        parts.problem(why),
        parts.field("name", "Name", there.name, required=True),
        h.div(".pair")[
            parts.select("kind", "Kind", KINDS, there.kind.value),
            parts.field("position", "Position", str(there.position), inputmode="numeric"),
        ],
        parts.tick("offline", "Allowed offline", on=there.offline, why=online),
        parts.tick("asks_reference", "Asks for a reference", on=there.asks_reference),
        gone if there.id != NEW else None,
        h.div[parts.button("Save", "circle-check")] if visit.may(Role.MANAGER) else None,
    )
    back = parts.go(to("tenders"), "Tenders", "arrow-left", tone="plain")
    card = h.div(".card.narrow")[content]
    return page(visit, title, back, head(title), card, at="tenders", status=422 if why else 200)
