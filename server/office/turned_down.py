"""What was turned down, looked into: what the line holds, what has its id, and taking it in after all."""

from dataclasses import dataclass

import htpy as h
from fastapi import APIRouter, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.order import Order
from app.sync.bodies import Sale
from app.sync.protocol import Verdict, VerdictKind
from server.office import audit, parts
from server.office.doors import WithForm, WithVisit, to
from server.office.frame import head, leads, page
from server.office.lists import WithAsked
from server.office.people import Role
from server.office.visits import Visit
from server.oms.doors import WithOms
from server.oms.intake import take_in
from server.oms.oms import Oms
from server.oms.opening import Opened, Refusal, open_line
from server.oms.problems import Failed
from server.oms.secrets import NotOpened
from server.oms.tables import EntryRow, Register, Reject

router = APIRouter()
GONE = "There is no such line", "It was never turned down here."
CONFLICT = (
    "Another entry came under the same id. Mostly it is the same sale, finished a second time at a copy of the "
    "register: then settle it. If it is another sale that was paid, book it; its number stays as printed, with a mark."
)
REFUSED = "Once the reason is mended, take it in again. Its register does the same with “Send again”."


@dataclass(frozen=True, slots=True)
class Look:
    """A line that was turned down."""

    row: Reject
    opened: Opened | Refusal
    there: EntryRow | None
    """The entry of these bytes, where it was taken in since."""
    other: EntryRow | None
    """The entry that has its id."""

    @property
    def order(self) -> Order | None:
        body = self.opened.body if isinstance(self.opened, Opened) else None
        return body.order if isinstance(body, Sale) else None


@router.get("/turned-down/{digest}")
def turned_down(oms: WithOms, visit: WithVisit, wanted: WithAsked, digest: str) -> Response:
    """Show what a line holds, and the way to take it in."""
    with oms.database.read() as session:
        look = _look(session, oms, digest)
    title = f"Entry {look.row.seq} of {look.row.register}" if look.row.seq else f"A line of {look.row.register}"
    columns = h.div(".columns")[_held(look), _other(look) if look.other else None]
    content = [parts.note(look.row.why, "amber", "triangle-alert"), columns, _way(visit, look)]
    back = parts.go(to("attention"), "Attention", "arrow-left", tone="plain")
    return page(visit, title, back, head(title), content, at="attention", said=wanted["said"])


@router.post("/turned-down/{digest}")
def take(oms: WithOms, form: WithForm, digest: str) -> Response:
    """Take the line in: one in conflict as an entry of its own. Once more changes nothing."""
    with oms.database.write() as session:
        look = _look(session, oms, digest)
        apart = look.row.verdict == VerdictKind.CONFLICT
        register = session.get_one(Register, look.row.register)
        verdict = take_in(session, oms.keys, register, [look.row.line], apart=apart).verdicts[0]
        if look.there is None:
            about = f"registers/{register.id}"
            facts = {"verdict": look.row.verdict}, {"verdict": verdict.kind.value}
            audit.note(session, form.visit.name, "take in", about, *facts, reason=_told(look, verdict))
    if verdict.kind in {VerdictKind.REFUSED, VerdictKind.CONFLICT}:
        raise Failed(409, "Not taken in", f"{verdict.why} Nothing was booked; the line stays here.")
    return leads("turned-down", digest, said="done")


def _told(look: Look, verdict: Verdict) -> str:
    number = look.order.number if look.order else ""
    return " ".join(part for part in (f"Entry {look.row.seq}", number, verdict.why) if part)


def _look(session: Session, oms: Oms, digest: str) -> Look:
    row = session.get(Reject, digest)
    register = session.get(Register, row.register) if row else None
    if row is None or register is None:
        raise Failed(404, *GONE)
    key = oms.keys.unwrap(register.wrapped_key)
    opened = Refusal(VerdictKind.REFUSED, key.why) if isinstance(key, NotOpened) else open_line(row.line, register, key)
    other = None
    if isinstance(opened, Opened):
        other = session.scalars(select(EntryRow).where(EntryRow.id == opened.entry.header.id)).one_or_none()
    return Look(row, opened, session.get(EntryRow, digest), other)


def _held(look: Look) -> h.Element:
    """What the line says, as far as it opens."""
    row, order = look.row, look.order
    pairs: list[tuple[str, h.Node]] = [("Arrived", parts.when(row.received_at))]
    if isinstance(look.opened, Refusal):
        pairs.append(("It does not open", look.opened.why))
    else:
        header = look.opened.entry.header
        pairs += [("Kind", header.kind.value.replace("_", " ").capitalize()), ("Made", parts.when(header.at))]
    if order is not None:
        goods = ", ".join(f"{parts.count(each.quantity)} × {each.name}" for each in order.lines)
        pairs += [("Number", order.number), ("Total", parts.money(order.totals.total)), ("Goods", goods)]
        pairs += [("Paid by", ", ".join(each.name for each in order.payments)), ("Associate", order.staff_name)]
    return parts.card("What it holds", parts.facts(pairs))


def _other(look: Look) -> h.Element | None:
    """What stands under its id."""
    other = look.other
    if other is None or other.digest == look.row.digest:
        return None
    pairs: list[tuple[str, h.Node]] = [
        ("Made", parts.when(other.at)),
        ("Arrived", parts.when(other.received_at)),
        ("Order number", other.order_number or "–"),
        ("Order", parts.link(to("orders", other.id), "The order") if other.order_number else "–"),
    ]
    return parts.card("What has its id", parts.facts(pairs))


def _way(visit: Visit, look: Look) -> h.Element:
    if look.there is not None:
        words = f"It was taken in {parts.when(look.there.received_at)}. {look.there.why}".strip()
        return parts.note(words, "green", "circle-check")
    conflict = look.row.verdict == VerdictKind.CONFLICT
    advice = h.p[CONFLICT if conflict else REFUSED]
    if not visit.may(Role.MANAGER):
        return parts.card("What can be done", advice)
    button = h.div[parts.button("Book it" if conflict else "Take it in again", "check", tone="")]
    form = parts.form(visit, to("turned-down", look.row.digest), button)
    return parts.card("What can be done", advice, form)
