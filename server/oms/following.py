"""Entries that follow orders: corrections, which may come before their order, and the ends of offline sessions."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from app.domain.amendment import Misfit, corrected, misfit
from app.domain.numbers import indian_day
from app.domain.order import Order
from app.domain.payment import TenderKind
from app.sync.bodies import Amended, Body, SessionClosed, SessionOpened
from app.sync.entry import Entry
from server.oms.books import ledger_rows
from server.oms.card_jobs import accounts, approved, as_paid
from server.oms.chunks import chunks
from server.oms.findings import Finding, FindingKind, note
from server.oms.sales import of_order, write
from server.oms.shifts import recount
from server.oms.tables import AmendmentRow, ExceptionRow, LedgerRow, OrderRow, PaymentRow, SessionRow


def follow(session: Session, entry: Entry, body: Body | None) -> None:
    """Note what an entry says that is no sale; the entry itself is taken in once, so this is done once."""
    header = entry.header
    match body:
        case Amended():
            row = AmendmentRow(digest=entry.digest, order_id=body.order_id, original=body.original, at=header.at)
            row.register, row.seq, row.value = header.register, header.seq, body.model_dump_json()
            session.add(row)
        case SessionOpened():
            found = _session(session, entry, body.session_id)
            found.opened_seq, found.opened_at, found.day = header.seq, body.at, indian_day(body.at)
            found.why, found.staff_id, found.staff_name = body.why.value, body.staff_id, body.staff_name
        case SessionClosed():
            found = _session(session, entry, body.session_id)
            if found.closed_at is None:  # else two copies of a register were in it, and the first end stands
                found.closed_seq, found.closed_at = header.seq, body.at


def _session(session: Session, entry: Entry, session_id: str) -> SessionRow:
    """The row of a session, whichever of its ends came first."""
    found = session.get(SessionRow, session_id)
    if found is None:
        found = SessionRow(id=session_id, register=entry.header.register, why="", staff_id="", staff_name="")
        session.add(found)
    return found


def amendments_of(session: Session, order_ids: Collection[str]) -> dict[str, list[AmendmentRow]]:
    """The corrections of orders, by order, in the sequence in which they were made."""
    found: dict[str, list[AmendmentRow]] = {}
    for some in chunks(order_ids):
        rows = session.scalars(select(AmendmentRow).where(AmendmentRow.order_id.in_(some)))
        for row in sorted(rows, key=lambda row: (row.at, row.seq)):
            found.setdefault(row.order_id, []).append(row)
    return found


def amend(session: Session, order_ids: Collection[str]) -> None:
    """Let payments and ledger of orders say what their corrections say; the order's own value stays."""
    session.flush()
    for order_id, rows in amendments_of(session, order_ids).items():
        order = session.get(OrderRow, order_id)
        if order is None:
            continue  # it has not arrived yet: the corrections wait for it
        reads = read_with(session, order, rows)
        for row in rows:
            why = reads.passed_over.get(row.digest)
            if why and session.get(ExceptionRow, (row.digest, FindingKind.AMENDMENT)) is None:
                note(session, row.digest, row.register, None, (Finding(FindingKind.AMENDMENT, why),), order_id)
        _rebook(session, order, reads.order)
        recount(session, order, rows, reads.cash)


@dataclass(frozen=True, slots=True)
class Reading:
    """An order as it reads with its corrections."""

    order: Order
    passed_over: dict[str, str]
    """Corrections that were not applied, by digest, and why."""
    cash: dict[str, int]
    """By how much the others change what was taken in cash, by digest."""


def read_with(session: Session, row: OrderRow, rows: Collection[AmendmentRow]) -> Reading:
    """Apply corrections in their order: those about this very entry, by its register, that fit what stands there."""
    order, passed_over, cash = Order.model_validate_json(row.value), dict[str, str](), dict[str, int]()
    charged = approved(session, order) if rows else frozenset[str]()
    for each in rows:
        corrections = Amended.model_validate_json(each.value).corrections
        own = (each.original, each.register) == (row.digest, row.register)
        wrong = misfit(order, corrections, charged) if own else None
        if wrong or not own:
            passed_over[each.digest] = f"A correction was not applied: {MISFITS[wrong] if wrong else NOT_ITS_OWN}"
        else:
            before, order = order, corrected(order, corrections)
            cash[each.digest] = _cash(order) - _cash(before)
    return Reading(order, passed_over, cash)


def _cash(order: Order) -> int:
    return sum(payment.amount for payment in order.payments if payment.kind is TenderKind.CASH)


def corrected_by(session: Session, order: OrderRow, rows: Collection[AmendmentRow]) -> Order:
    """The order as it reads with its corrections."""
    return read_with(session, order, rows).order


def reading(session: Session, order_id: str) -> Order | None:
    """An order as it reads now; None where it is not here."""
    row = session.get(OrderRow, order_id)
    return corrected_by(session, row, amendments_of(session, [order_id]).get(order_id, [])) if row else None


NOT_ITS_OWN = "it names another entry than the one that brought its order."
MISFITS = {
    Misfit.UNKNOWN: "it names a payment that the order does not have.",
    Misfit.CHARGED: "it is about a payment that a voucher, a house account, a payment link or a card was charged with.",
    Misfit.UNCHARGED: "it calls a payment one by voucher, house account or payment link, where nothing was charged.",
}


def _rebook(session: Session, row: OrderRow, order: Order) -> None:
    row.customer = order.customer.name if order.customer else ""
    for position, payment in enumerate(order.payments):
        paid = session.get_one(PaymentRow, (order.id, position))
        paid.tender_id, paid.kind, paid.reference = payment.tender_id, payment.kind.value, payment.reference
    session.execute(delete(LedgerRow).where(LedgerRow.order_id == order.id))
    session.execute(insert(LedgerRow), ledger_rows(order, accounts(session, order)))
    write(session, [of_order(as_paid(session, order))])
