"""Shifts at the OMS: their rows, how cash is booked, and the list with the sales between their ends.

Sales belong to a shift by their place in the register's journal, so entries may come in any order.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, delete, func, insert, select
from sqlalchemy.orm import Session

from app.domain.money import Value, format_money
from app.domain.numbers import indian_day
from app.domain.shift import Closed, DrawerOpened, Moved, Opened
from app.sync.bodies import Body, Cash, Drawer, Shift
from app.sync.entry import Entry
from server.oms.findings import Finding, FindingKind
from server.oms.tables import AmendmentRow, OrderRow
from server.oms.tables_returns import RefundRow, ReturnRow
from server.oms.tables_shift import CashLedgerRow, CashMove, DrawerOpening, ShiftRow
from server.oms.taken import taken
from server.oms.together import among

DRAWER = "tender:cash"
"""The account that sales paid in cash are booked on, too."""
DIFFERENCE = "cash_difference"


class MoveView(Value):
    """Cash in (positive) or out, minor units."""

    at: datetime
    amount: int
    reason: str
    staff_name: str
    approved_by: str


class OpeningView(Value):
    """The drawer, opened without a sale."""

    at: datetime
    reason: str
    staff_name: str


class ShiftView(Value):
    """A shift as lists show it; what comes with its end is None while it runs."""

    id: str
    register: str
    number: int | None
    opened_at: datetime | None
    opened_by: str
    opening_float: int | None
    closed_at: datetime | None
    closed_by: str
    expected: int | None
    counted: int | None
    difference: int | None
    sales: int
    total: int
    tenders: dict[str, int]
    """What was taken less what was given back, by tender id, minor units."""
    moves: tuple[MoveView, ...]
    drawer: tuple[OpeningView, ...] = ()
    """When it was opened without a sale."""
    returned: int = 0
    """What returns and voided sales come to."""
    to_process: int = 0
    """What stored cards hold that the processor has not decided about; it is in no tender."""
    refused: int = 0
    """What stored cards held that it refused later; neither is this."""


class ShiftList(Value):
    """Shifts, newest first, and how many match."""

    shifts: tuple[ShiftView, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which shifts are wanted; what is None does not filter."""

    since: date | None = None
    until: date | None = None
    register: str | None = None


def note_cash(session: Session, entry: Entry, body: Body | None) -> list[Finding]:
    """Note what an entry says about cash; the entry itself is taken in once, so this is done once."""
    match body:
        case Shift(happened=Opened() as opened):
            row = _row(session, entry, opened.shift_id)
            row.opened_seq, row.opened_at, row.day = entry.header.seq, opened.at, indian_day(opened.at)
            row.opened_by, row.opening_float = opened.staff_name, opened.opening_float
        case Shift(happened=Closed() as closed):
            row = _row(session, entry, closed.shift_id)
            _book(session, entry, closed.at, {DRAWER: closed.difference, DIFFERENCE: -closed.difference})
            if row.closed_at is not None:
                return [_closed_twice(row, closed)]
            row.closed_seq, row.closed_at, row.closed_by = entry.header.seq, closed.at, closed.staff_name
            row.number, row.expected, row.counted = closed.number, closed.expected, closed.counted
            row.count = body.model_dump_json()
        case Cash(moved=moved):
            session.add(_move(entry, moved))
            other = f"cash_{moved.direction}"
            _book(session, entry, moved.at, {DRAWER: moved.signed, other: -moved.signed})
        case Drawer(opened=opening):
            session.add(_opening(entry, opening))
    return []


def _closed_twice(row: ShiftRow, closed: Closed) -> Finding:
    """Two copies of a register went on in the same shift, each with a drawer of its own."""
    counted, before = format_money(closed.counted), format_money(row.counted or 0)
    words = (
        f"Its shift was closed before, with {before} counted; here it was {counted}. What differs from what was "
        "expected is booked; the report keeps the first count."
    )
    return Finding(FindingKind.USED_TWICE, words)


def _row(session: Session, entry: Entry, shift_id: str) -> ShiftRow:
    """The row of a shift, whichever of its ends came first."""
    found = session.get(ShiftRow, shift_id)
    if found is None:
        found = ShiftRow(id=shift_id, register=entry.header.register)
        session.add(found)
    return found


def _move(entry: Entry, moved: Moved) -> CashMove:
    return CashMove(
        digest=entry.digest,
        shift_id=moved.shift_id,
        register=entry.header.register,
        at=moved.at,
        amount=moved.signed,
        reason=moved.reason,
        staff_name=moved.staff_name,
        approved_by=moved.approved_by,
    )


def _opening(entry: Entry, opening: DrawerOpened) -> DrawerOpening:
    return DrawerOpening(
        digest=entry.digest,
        register=entry.header.register,
        seq=entry.header.seq,
        at=opening.at,
        reason=opening.reason,
        staff_name=opening.staff_name,
    )


def _book(session: Session, entry: Entry, at: datetime, rows: Mapping[str, int]) -> None:
    for account, amount in rows.items():
        if amount:
            row = CashLedgerRow(digest=entry.digest, account=account, business_day=indian_day(at), amount=amount)
            session.add(row)


def corrected_later(session: Session, shift_id: str) -> set[str]:
    """Orders of a shift that were corrected behind its count: either of its ends may come after them."""
    row = session.get_one(ShiftRow, shift_id)
    if row.closed_seq is None:
        return set()
    query = select(OrderRow.id).join(AmendmentRow, AmendmentRow.order_id == OrderRow.id)
    behind = AmendmentRow.register == row.register, AmendmentRow.seq > row.closed_seq
    return set(session.scalars(query.where(_holds(row, OrderRow), *behind)))


def recount(session: Session, order: OrderRow, rows: Collection[AmendmentRow], cash: Mapping[str, int]) -> None:
    """Take out of a shift's difference what corrections behind its count change in cash: it was never missing.

    The signed report stays, so this is booked beside it, on its day. It is worked out anew whenever the order, one of
    its corrections or an end of its shift comes: in whichever order they do, the books are the same.
    """
    session.execute(delete(CashLedgerRow).where(CashLedgerRow.digest.in_([row.digest for row in rows])))
    inside = ShiftRow.register == order.register, ShiftRow.opened_seq < order.seq, ShiftRow.closed_seq > order.seq
    counted = session.scalars(select(ShiftRow).where(*inside).order_by(ShiftRow.closed_seq)).first()
    if counted is None or counted.closed_seq is None or counted.closed_at is None:
        return
    late = ((row.digest, cash.get(row.digest, 0)) for row in rows if row.seq > counted.closed_seq)
    sides = ((digest, side) for digest, change in late if change for side in ((DRAWER, -change), (DIFFERENCE, change)))
    day = indian_day(counted.closed_at)
    booked = [
        {"digest": digest, "account": account, "business_day": day, "amount": amount}
        for digest, (account, amount) in sides
    ]
    if booked:
        session.execute(insert(CashLedgerRow), booked)


def list_shifts(session: Session, wanted: Wanted, limit: int, offset: int) -> ShiftList:
    """Return shifts, newest first; one whose beginning has not arrived comes last."""
    filters: list[ColumnElement[bool]] = []
    if wanted.since is not None:
        filters.append(ShiftRow.day >= wanted.since)
    if wanted.until is not None:
        filters.append(ShiftRow.day <= wanted.until)
    if wanted.register is not None:
        filters.append(among(ShiftRow.register, wanted.register))
    order = (ShiftRow.opened_at.desc().nulls_last(), ShiftRow.id)
    rows = session.scalars(select(ShiftRow).where(*filters).order_by(*order).limit(limit).offset(offset))
    count = session.scalar(select(func.count()).select_from(ShiftRow).where(*filters)) or 0
    return ShiftList(shifts=tuple(_view(session, row) for row in rows), count=count)


def _view(session: Session, row: ShiftRow) -> ShiftView:
    made = _holds(row, OrderRow)
    counted = select(func.count(), func.coalesce(func.sum(OrderRow.total), 0)).where(made)
    sales, total = session.execute(counted).one()
    brought = taken(session, made)
    known = row.counted is not None and row.expected is not None
    return ShiftView(
        id=row.id,
        register=row.register,
        number=row.number,
        opened_at=row.opened_at,
        opened_by=row.opened_by,
        opening_float=row.opening_float,
        closed_at=row.closed_at,
        closed_by=row.closed_by,
        expected=row.expected,
        counted=row.counted,
        difference=(row.counted or 0) - (row.expected or 0) if known else None,
        sales=sales,
        total=int(total),
        tenders=_less_refunds(session, row, brought.tenders),
        moves=tuple(_moves(session, row)),
        drawer=tuple(_openings(session, row)),
        returned=_returned(session, row),
        to_process=brought.to_process,
        refused=brought.refused,
    )


def _less_refunds(session: Session, row: ShiftRow, brought: Counter[str]) -> dict[str, int]:
    """What was taken less what was given back, by tender."""
    back = select(RefundRow.tender_id, func.sum(RefundRow.amount)).join(ReturnRow, ReturnRow.id == RefundRow.return_id)
    sums = brought.copy()
    for tender, amount in session.execute(back.where(_holds(row, ReturnRow)).group_by(RefundRow.tender_id)):
        sums[tender] += int(amount)
    return dict(sums)


def _returned(session: Session, row: ShiftRow) -> int:
    worth = select(func.coalesce(func.sum(ReturnRow.total), 0)).where(_holds(row, ReturnRow))
    return int(session.scalar(worth) or 0)


def _moves(session: Session, row: ShiftRow) -> Iterator[MoveView]:
    found = session.scalars(select(CashMove).where(CashMove.shift_id == row.id).order_by(CashMove.at))
    return (_seen(move) for move in found)


def _seen(move: CashMove) -> MoveView:
    return MoveView(
        at=move.at, amount=move.amount, reason=move.reason, staff_name=move.staff_name, approved_by=move.approved_by
    )


def _openings(session: Session, row: ShiftRow) -> Iterator[OpeningView]:
    found = session.scalars(select(DrawerOpening).where(_holds(row, DrawerOpening)).order_by(DrawerOpening.seq))
    return (OpeningView(at=each.at, reason=each.reason, staff_name=each.staff_name) for each in found)


def _holds(row: ShiftRow, table: type[OrderRow | ReturnRow | DrawerOpening]) -> ColumnElement[bool]:
    """The condition that something happened in this shift; of one whose beginning has not come nobody knows."""
    inside = [table.register == row.register, table.seq > (2**62 if row.opened_seq is None else row.opened_seq)]
    return and_(*inside, *([table.seq < row.closed_seq] if row.closed_seq is not None else []))
