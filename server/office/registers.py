"""Registers: which there are and when each was last heard of, one-time codes for new ones, and taking one out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import htpy as h
from fastapi import APIRouter, Response
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.office import audit, parts, recovering
from server.office.doors import WithForm, WithVisit, to
from server.office.frame import head, leads, page
from server.office.lists import Column, Filter, Listing, WithAsked, show, some
from server.office.people import Role
from server.office.visits import Visit
from server.oms.contacts import Contacts
from server.oms.doors import WithOms
from server.oms.leases import existing_twice
from server.oms.problems import Failed
from server.oms.recovering import recoveries
from server.oms.registers import CODE_DAYS, make_code, revoke, wrong_name
from server.oms.tables import EntryRow, Register
from server.oms.times import now

router = APIRouter()
HERE = timedelta(minutes=1)
"""Whoever was heard of within it is online: registers ask for a sign of life every few seconds."""
LONGEST = 20
"""Characters of a register's name."""
TWICE = "Exists twice"
FILTERS = (Filter("state", "State", (("online", "Online"), ("away", "Away"), ("revoked", "Out of service"))),)


@dataclass(frozen=True, slots=True)
class Known:
    """A register as the back office sees it."""

    row: Register
    last: datetime
    """When it was last heard of."""
    entries: int
    twice: bool = False
    """A copy of it made contact, and nobody has settled that."""

    @property
    def state(self) -> str:
        if self.row.revoked_at is not None:
            return "Out of service"
        return "Online" if now() - self.last < HERE else "Away"

    @property
    def mark(self) -> h.Element:
        tones = {"Online": ("green", "circle-check"), "Away": ("amber", "clock"), "Out of service": ("red", "x")}
        there = parts.mark(self.state, *tones[self.state])
        return h.div(".row.tight")[there, parts.mark(TWICE, "red", "circle-alert")] if self.twice else there

    @property
    def told(self) -> str:
        """Its state for a file."""
        return f"{self.state}, {TWICE}" if self.twice else self.state


LISTING: Listing[Known] = Listing(
    "Registers",
    "registers",
    (
        Column(
            "Register", lambda each: each.row.id, lambda each: parts.link(to("registers", each.row.id), each.row.id)
        ),
        Column("State", lambda each: each.told, lambda each: each.mark),
        Column("Last contact", lambda each: parts.when(each.last), tight=True),
        Column("Entries", lambda each: str(each.entries), number=True),
        Column("Invoices", lambda each: each.row.invoice),
        Column("Enrolled", lambda each: parts.when(each.row.enrolled_at), tight=True),
    ),
    search="Name or series",
    icon="store",
)
WORDS = dict(FILTERS[0].options)


def known(session: Session, contacts: Contacts) -> list[Known]:
    """Every register, those in service first."""
    counted = select(EntryRow.register, func.count()).group_by(EntryRow.register)
    sent: dict[str, int] = {register: count for register, count in session.execute(counted)}  # noqa: C416 - rows are no tuples to mypy
    rows, twice, seen = session.scalars(select(Register)).all(), existing_twice(session), contacts.seen(session)
    found = [Known(row, _last(session, row, seen), sent.get(row.id, 0), row.id in twice) for row in rows]
    return sorted(found, key=lambda each: (each.row.revoked_at is not None, each.row.enrolled_at))


def _last(session: Session, row: Register, seen: Mapping[str, datetime]) -> datetime:
    """When it last called; calls were not noted by an OMS of an older release, but its newest entry came in one."""
    newest = select(EntryRow.received_at).where(EntryRow.register == row.id).order_by(EntryRow.seq.desc()).limit(1)
    told = (row.enrolled_at, session.scalar(newest), seen.get(row.id))
    return max(at for at in told if at is not None)


@router.get("/registers")
def registers(oms: WithOms, visit: WithVisit, wanted: WithAsked) -> Response:
    """List registers, with a code for another one."""
    with oms.database.read() as session:
        rows = known(session, oms.contacts)
    if wanted["state"] in WORDS:
        rows = [each for each in rows if each.state == WORDS[wanted["state"]]]
    found = some(rows, wanted, lambda each, text: text in f"{each.row.id} {each.row.invoice}".casefold())
    coding = _coding(visit) if visit.may(Role.ADMIN) else None
    return show(LISTING, visit, wanted, found, coding, filters=FILTERS)


@router.post("/registers")
def code(oms: WithOms, form: WithForm) -> Response:
    """Make a one-time code; it is shown this once, and only its hash is kept."""
    name = form["name"]
    if why := wrong_name(name):
        raise Failed(422, "A register needs a name", why)
    with oms.database.write() as session:
        made = make_code(session, name)
        audit.note(session, form.visit.name, "register code", f"registers/{name}", None, None)
    words = (
        f"On the new machine open this store’s address and type the code. It makes that browser {name}, "
        f"can be used once, within {CODE_DAYS} days, and is not shown again."
    )
    content = parts.card(f"Code for {name}", h.p(".secret.num", id="code")[made], h.p[words])
    back = parts.go(to("registers"), "Registers", "arrow-left", tone="plain")
    return page(form.visit, "One-time code", back, head("One-time code"), content, at="registers")


@router.get("/registers/{register_id}")
def register(oms: WithOms, visit: WithVisit, wanted: WithAsked, register_id: str) -> Response:
    """Show one register."""
    with oms.database.read() as session:
        found = next((each for each in known(session, oms.contacts) if each.row.id == register_id), None)
        taken_over = recoveries(session, register_id)
    if found is None:
        raise Failed(404, "There is no such register")
    row = found.row
    pairs = [
        ("State", found.mark),
        ("Last contact", parts.when(found.last)),
        ("Enrolled", parts.when(row.enrolled_at)),
        ("Out of service since", parts.when(row.revoked_at) or "–"),
        ("Entries", str(found.entries)),
        ("Invoices", row.invoice),
        ("Credit notes", row.credit_note),
        ("Orders", parts.link(f"{to('orders')}?register={row.id}", "Its orders")),
        *recovering.facts(row, taken_over),
    ]
    mine = visit.may(Role.ADMIN)
    revoking = _revoking(visit, row) if mine and row.revoked_at is None else None
    actions = h.div(".stack")[recovering.asking(visit, row) if mine else None, revoking]
    content = h.div(".columns")[parts.card("As it is", parts.facts(pairs)), actions]
    back = parts.go(to("registers"), "Registers", "arrow-left", tone="plain")
    bring = parts.go(to("registers", row.id, "import"), "Import a folder", "cloud-upload")
    return page(visit, row.id, back, head(f"Register {row.id}", bring), content, at="registers", said=wanted["said"])


@router.post("/registers/{register_id}/revoke")
def take_out(oms: WithOms, form: WithForm, register_id: str) -> Response:
    """Take a register out of service."""
    if not form.ticked("sure"):
        raise Failed(422, "Nothing was changed", "Tick that you mean it, and press the button again.")
    with oms.database.write() as session:
        row = revoke(session, register_id)
        if row is None:
            raise Failed(404, "There is no such register")
        facts = {"in service": True}, {"in service": False}
        audit.note(session, form.visit.name, "register", f"registers/{register_id}", *facts)
    return leads("registers", register_id, said="done")


def _coding(visit: Visit) -> h.Element:
    words = "A browser on another machine becomes a register with a one-time code."
    name = parts.field("name", "Name of the new register", required=True, maxlength=str(LONGEST), placeholder="R3")
    ask = parts.form(visit, to("registers"), name, parts.button("Make a code", "plus", tone=""), inline=True)
    return h.section(".card.stack.tight", aria_label="New register")[h.p[words], ask]


def _revoking(visit: Visit, row: Register) -> h.Element:
    words = (
        "Its browser can no longer send or fetch anything, for good. What it has not sent yet stays safe on that "
        "device and in its folder, and can be imported; let it sync first. A browser comes back only as a new register."
    )
    form = parts.form(
        visit,
        to("registers", row.id, "revoke"),
        parts.tick("sure", f"Yes, take {row.id} out of service", on=False),
        h.div[parts.button("Take out of service", "x", tone="danger")],
    )
    return parts.card("Take out of service", parts.note(words, "amber", "triangle-alert"), form)
