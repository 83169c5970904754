"""What the OMS holds of the entries and orders that a batch touches: read at once, then kept up in memory."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from app.domain.customer import Clash
from app.domain.order import Order
from app.domain.payment import TenderKind
from app.sync.entry import Entry
from app.sync.protocol import VerdictKind
from server.oms.chunks import chunks
from server.oms.tables import EntryRow, OrderRow, PaymentRow, Reject
from server.oms.tables_reports import SaleDocument


@dataclass(frozen=True, slots=True)
class Seen:
    """An entry that was taken in, and the verdict on it."""

    digest: str
    id: str
    register: str
    seq: int
    prev: str
    place: str
    """As the table has it: where another entry had the place first, it says so."""
    verdict: str
    why: str = ""
    order_number: str = ""
    total: int | None = None
    received_at: datetime | None = None
    revision: int = 0
    clashes: tuple[Clash, ...] = ()


@dataclass(slots=True)
class Known:
    """Entries by digest, id and place, and which orders and numbers there are."""

    by_digest: dict[str, Seen] = field(default_factory=dict)
    by_id: dict[str, Seen] = field(default_factory=dict)
    by_place: dict[str, Seen] = field(default_factory=dict)
    orders: set[str] = field(default_factory=set)
    """Ids of orders, and of what came back of some: no two documents have the same."""
    numbers: set[str] = field(default_factory=set)
    aside: set[tuple[str, str, int]] = field(default_factory=set)
    """Digest, register and place of entries in conflict: they are here, and a person has to decide about them."""
    cards: set[str] = field(default_factory=set)
    """Ids of payments by card that an order has."""

    def add(self, seen: Seen) -> None:
        self.by_digest[seen.digest] = seen
        self.by_id[seen.id] = seen
        self.by_place[seen.place] = seen

    def place_for(self, entry: Entry) -> str:
        """The place of a new entry; the second one of a place of the journal stands beside the first."""
        name = place(entry.header.register, entry.header.seq)
        return f"{name}/{entry.digest[:16]}" if name in self.by_place else name

    def counted(self, entry: Entry) -> int:
        """Up to which place a register's stock has its entries, now that this one is in: a second one tells nothing."""
        header = entry.header
        return 0 if place(header.register, header.seq) in self.by_place else header.seq

    def follows(self, prev: str, register: str, seq: int) -> bool:
        """Whether an entry with this digest is here, and stands where the one before this place belongs."""
        before = self.by_digest.get(prev)
        booked = before is not None and (before.register, before.seq) == (register, seq - 1)
        return booked or (prev, register, seq - 1) in self.aside


def place(register: str, seq: int) -> str:
    """Name the place of an entry in its journal."""
    return f"{register}/{seq}"


def know_entries(session: Session, known: Known, entries: Collection[Entry]) -> None:
    """Read the entries that have the same bytes, id or place as these, and the neighbours of these.

    Where a register exists twice two entries may stand in one place: those that these follow are read, too.
    """
    places = {place(entry.header.register, entry.header.seq + step) for entry in entries for step in (-1, 0, 1)}
    wanted = (
        (EntryRow.digest, {entry.digest for entry in entries} | {entry.header.prev for entry in entries}),
        (EntryRow.id, {entry.header.id for entry in entries}),
        (EntryRow.place, places),
    )
    for column, values in wanted:
        for some in chunks(values):
            _know(session, known, column.in_(some))
    for some in chunks({entry.header.prev for entry in entries}):
        asked = select(Reject.digest, Reject.register, Reject.seq).where(
            Reject.digest.in_(some), Reject.verdict == VerdictKind.CONFLICT
        )
        known.aside |= {(digest, register, seq or 0) for digest, register, seq in session.execute(asked)}


def held_of(session: Session, register: str) -> dict[int, set[str]]:
    """The digests of all entries of a register, by their place in its journal; mostly one in each."""
    held: dict[int, set[str]] = {}
    for seq, digest in session.execute(select(EntryRow.seq, EntryRow.digest).where(EntryRow.register == register)):
        held.setdefault(seq, set()).add(digest)
    return held


def know_orders(session: Session, known: Known, orders: Collection[Order], backs: Collection[str] = ()) -> None:
    """Read which of these orders, of their numbers, or of these ids of returns are there already."""
    for ids in chunks({order.id for order in orders} | set(backs)):
        known.orders |= set(session.scalars(select(SaleDocument.id).where(SaleDocument.id.in_(ids))))
    for ids in chunks({each for order in orders for each in cards_of(order)}):
        known.cards |= set(session.scalars(select(PaymentRow.payment_id).where(PaymentRow.payment_id.in_(ids))))
    for some in chunks(orders):
        same = or_(OrderRow.id.in_([order.id for order in some]), OrderRow.number.in_([order.number for order in some]))
        for order_id, number in session.execute(select(OrderRow.id, OrderRow.number).where(same)):
            known.orders.add(order_id)
            known.numbers.add(number)


def cards_of(order: Order) -> set[str]:
    """The ids of an order's payments by card."""
    return {payment.id for payment in order.payments if payment.stored or payment.kind is TenderKind.CARD}


def _know(session: Session, known: Known, wanted: ColumnElement[bool]) -> None:
    fields = (
        EntryRow.digest,
        EntryRow.id,
        EntryRow.register,
        EntryRow.seq,
        EntryRow.prev,
        EntryRow.place,
        EntryRow.verdict,
        EntryRow.why,
        EntryRow.order_number,
        EntryRow.total,
        EntryRow.received_at,
        func.coalesce(EntryRow.revision, 0).label("revision"),
    )
    for row in session.execute(select(*fields).where(wanted)).mappings():
        known.add(Seen(**row))
