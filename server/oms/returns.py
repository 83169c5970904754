"""Books what came back: the document, its ledger rows (which sum to zero), refunds, and goods back on the shelf.

Money has left already, so nothing is refused: what does not fit its sale is booked, too, and shown to a person.
A batch is read at once, judged in memory and written at once, like its orders.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import insert, or_, select
from sqlalchemy.orm import Session

from app.domain.order import Order
from app.domain.returning import CreditNote, GivenBack, Standing, Voided, standing
from app.sync.bodies import Body, Sale, given_back
from app.sync.entry import Entry, Kind
from app.sync.returns import KnownSale
from server.oms.books import EXCHANGE, Row, balanced
from server.oms.chunks import chunks
from server.oms.findings import Finding, FindingKind, credit_arrived, note, settle_originals
from server.oms.following import amendments_of, corrected_by
from server.oms.return_checks import look_at_counts, look_at_credit, look_at_return, look_at_series
from server.oms.sales import Document, rows_of
from server.oms.stock import Shelf, counted
from server.oms.tables import Base, OrderRow, Register
from server.oms.tables_reports import SaleDocument, SaleLine, SalePayment
from server.oms.tables_returns import RefundRow, ReturnedStock, ReturnRow
from server.oms.tables_shift import CashLedgerRow

RETURN_DOUBLED = Finding(
    FindingKind.DOUBLED, "This return was already booked from another entry; it was not booked again."
)


REPORTED = (SaleDocument, SaleLine, SalePayment)
MOST = [each.value for each in Standing]
"""What stands for more comes later."""


class Returns:
    """The returns of a batch, with the sales that they are about."""

    def __init__(self, session: Session, register: Register, bodies: Sequence[Body | None]) -> None:
        backs = [back for body in bodies if (back := given_back(body))]
        credits_ = [body.order.credit.note_id for body in bodies if isinstance(body, Sale) and body.order.credit]
        about = {back.original.order_id for back in backs}
        arriving = {body.order.id for body in bodies if isinstance(body, Sale)}
        self._session, self._register = session, register
        self._orders = _orders(session, about | {back.exchanged_for for back in backs if isinstance(back, CreditNote)})
        self._backs = returns_of(session, about | arriving)
        same = ReturnRow.id.in_([*(back.id for back in backs), *credits_])
        numbers = ReturnRow.number.in_([back.number for back in backs if isinstance(back, CreditNote)])
        there = session.scalars(select(ReturnRow).where(or_(same, numbers))).all() if backs or credits_ else ()
        self._known = {row.id: read_return(row) for row in there}
        self._coming = {back.id: back for back in backs}
        """All returns of this batch: a sale in it may stand before the note that it counts."""
        self._numbers = {row.number for row in there if row.number}
        self._rows: dict[type[Base], list[Row]] = {
            table: [] for table in (ReturnRow, RefundRow, CashLedgerRow, ReturnedStock, *REPORTED)
        }
        self._new: set[str] = set()
        self._late: dict[str, tuple[Standing, list[Finding]]] = {}
        self._credited: dict[str, list[Finding]] = {}
        """Sales whose credit note came after them, and what is odd about it."""

    def knows(self, order: Order) -> None:
        """Note an order of this batch: something of it may come back in the same one, or came back before it."""
        self._orders[order.id] = order
        self._new.add(order.id)
        before: list[GivenBack] = []
        for back in self._backs.get(order.id, ()):
            found = look_at_counts(order, before, back)
            before.append(back)
            self._late[back.id] = standing(order, before), found

    def look_at_credit(self, order: Order) -> list[Finding]:
        """What an exchange counts has to be what its credit note says."""
        if order.credit is None:
            return []
        note_id = order.credit.note_id
        return look_at_credit(order, self._known.get(note_id) or self._coming.get(note_id))

    def has(self, back: GivenBack) -> bool:
        """Whether it was booked before, from another entry."""
        return back.id in self._known

    def book(self, entry: Entry, back: GivenBack, shelf: Shelf, counted: int) -> list[Finding]:
        """Book one return and say what is odd about it."""
        order, before = self._orders.get(back.original.order_id), self._backs.setdefault(back.original.order_id, [])
        found = look_at_return(order, before, back)
        if isinstance(back, CreditNote):
            found += look_at_series(entry.header, back, self._register.credit_note, self._numbers)
            self._numbers.add(back.number)
        row = _row(entry, back, _stands(order, [*before, back]))
        self._rows[ReturnRow].append(row)
        for table, rows in _beside(entry, back).items():
            self._rows[table] += rows
        before.append(back)
        self._known[back.id] = back
        self._knows_credit(back)
        shelf.put_back(back.restocked, entry.header.register, counted)
        return found

    def _knows_credit(self, back: GivenBack) -> None:
        """Note that a sale which is here counts this note: nothing promises that the note comes first."""
        sale = self._orders.get(back.exchanged_for) if isinstance(back, CreditNote) else None
        if sale is not None and sale.credit is not None and sale.credit.note_id == back.id:
            self._credited[sale.id] = look_at_credit(sale, back)

    def write(self) -> None:
        """Write everything, the returns first: the others refer to them."""
        for table, rows in self._rows.items():
            if rows:
                self._session.execute(insert(table), rows)
        settle_originals(self._session, self._new)
        for back_id, (stands, found) in self._late.items():
            row = self._session.get_one(ReturnRow, back_id)
            row.standing = stands.value
            note(self._session, row.digest, row.register, None, found, row.order_id)
        for order_id, found in self._credited.items():
            credit_arrived(self._session, self._session.get_one(OrderRow, order_id), found)


def goods_of(bodies: Iterable[Body | None]) -> set[str]:
    """The variants that come back in a batch."""
    return {line.variant_id for body in bodies if (back := given_back(body)) for line in back.lines}


def returns_of(session: Session, order_ids: Collection[str]) -> dict[str, list[GivenBack]]:
    """What came back of orders, by order, oldest first."""
    found: dict[str, list[GivenBack]] = {}
    for some in chunks(order_ids):
        rows = session.scalars(select(ReturnRow).where(ReturnRow.order_id.in_(some)))
        for row in sorted(rows, key=lambda row: (row.at, row.seq)):
            found.setdefault(row.order_id, []).append(read_return(row))
    return found


def standings(session: Session, order_ids: Collection[str]) -> dict[str, str]:
    """What has come back of each order, in a word; an order that is whole is not in it."""
    stands: dict[str, str] = {}
    for some in chunks(order_ids):
        found = select(ReturnRow.order_id, ReturnRow.standing).where(ReturnRow.order_id.in_(some))
        for order_id, word in session.execute(found.order_by(ReturnRow.at, ReturnRow.seq)):
            stands[order_id] = max(stands.get(order_id, ""), word, key=MOST.index)
    return stands


def read_return(row: ReturnRow) -> GivenBack:
    """The document as the register made it."""
    model = Voided if row.kind == Kind.VOID else CreditNote
    return model.model_validate_json(row.value)


def known_sale(session: Session, number: str) -> KnownSale | None:
    """The sale of a number as it reads with its corrections, and what came back of it."""
    row = session.scalars(select(OrderRow).where(OrderRow.number == number).order_by(OrderRow.at.desc())).first()
    if row is None:
        return None
    backs = returns_of(session, [row.id]).get(row.id, [])
    notes = tuple(each for each in backs if isinstance(each, CreditNote))
    void = next((each for each in backs if isinstance(each, Voided)), None)
    order = corrected_by(session, row, amendments_of(session, [row.id]).get(row.id, []))
    return KnownSale(order=order, notes=notes, void=void)


def ledger(back: GivenBack) -> dict[str, int]:
    """Both sides of the booking; the sum is zero."""
    rows: defaultdict[str, int] = defaultdict(int)
    for refund in back.refunds:
        rows[f"tender:{refund.tender_id}"] -= refund.amount
    if isinstance(back, CreditNote):
        rows[EXCHANGE] -= back.credited
    return balanced(rows, back.totals, 1)


def _orders(session: Session, ids: Collection[str]) -> dict[str, Order]:
    found: dict[str, Order] = {}
    for some in chunks(ids):
        rows = session.scalars(select(OrderRow).where(OrderRow.id.in_(some)))
        found |= {row.id: Order.model_validate_json(row.value) for row in rows}
    return found


def _stands(order: Order | None, backs: Collection[GivenBack]) -> Standing:
    if order is not None:
        return standing(order, backs)
    return Standing.VOID if any(isinstance(each, Voided) for each in backs) else Standing.PARTLY


def _row(entry: Entry, back: GivenBack, stands: Standing) -> dict[str, Any]:
    return {
        "id": back.id,
        "digest": entry.digest,
        "kind": entry.header.kind.value,
        "number": back.number if isinstance(back, CreditNote) else "",
        "order_id": back.original.order_id,
        "register": entry.header.register,
        "seq": entry.header.seq,
        "at": back.at,
        "business_day": back.business_day,
        "total": back.totals.total,
        "offline": back.offline,
        "standing": stands.value,
        "value": back.model_dump_json(),
    }


def _beside(entry: Entry, back: GivenBack) -> dict[type[Base], list[Row]]:
    refunds = [
        {
            "return_id": back.id,
            "position": position,
            "payment_id": refund.payment_id,
            "tender_id": refund.tender_id,
            "kind": refund.kind.value,
            "amount": -refund.amount,
            "reference": refund.reference,
            "at": refund.at,
        }
        for position, refund in enumerate(back.refunds)
    ]
    booked = [
        {"digest": entry.digest, "account": account, "business_day": back.business_day, "amount": amount}
        for account, amount in ledger(back).items()
    ]
    shelved = [
        {"return_id": back.id, "variant_id": key, "quantity": count, "at": back.at}
        for key, count in counted(back.restocked).items()
    ]
    return {RefundRow: refunds, CashLedgerRow: booked, ReturnedStock: shelved, **rows_of(document_of(entry, back))}


def document_of(entry: Entry, back: GivenBack) -> Document:
    """A return as reports see it: below zero, so that every report is net of it."""
    return Document(
        id=back.id,
        order_id=back.original.order_id,
        number=back.number if isinstance(back, CreditNote) else back.original.number,
        at=back.at,
        business_day=back.business_day,
        register=entry.header.register,
        associate=back.staff_name,
        offline=back.offline,
        business=bool(back.customer and back.customer.gstin),
        lines=back.lines,
        totals=back.totals,
        payments=tuple((each.name, each.amount) for each in back.refunds),
        kind=entry.header.kind.value,
        sign=-1,
    )
