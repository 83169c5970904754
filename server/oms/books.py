"""Books an order: its payments, its ledger rows (which sum to zero), and what it takes from stock."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.order import Order
from app.sync.entry import Entry
from server.oms.revisions import take
from server.oms.stock import take_out, thousandths
from server.oms.tables import LedgerRow, OrderRow, PaymentRow, Stock, StockMove, VariantRow
from server.oms.times import now

SALES = "sales"
SUSPENSE = "suspense"
"""Takes what does not add up, until a person has looked."""


@dataclass(frozen=True, slots=True)
class Shortage:
    """What an order sold that the OMS did not know, or did not have."""

    unknown: tuple[str, ...]
    oversold: tuple[str, ...]


def book_stock(session: Session, entry: Entry, order: Order) -> Shortage:
    """Take what was sold out of stock; every changed count gets a revision, so that other tills hear of it."""
    sold = _sold(order)
    variants = _rows(session.scalars(select(VariantRow).where(VariantRow.id.in_(sold))))
    counts = {row.variant_id: row for row in session.scalars(select(Stock).where(Stock.variant_id.in_(sold)))}
    known = [key for key in sold if key in variants or key in counts]
    first = take(session, "revision", len(known))
    at = now()
    for offset, key in enumerate(known):
        row = counts.setdefault(key, Stock(variant_id=key, quantity=0, included="{}"))
        take_out(row, sold[key], entry.header.register, entry.header.seq)
        row.revision, row.at = first + offset, at
        session.add(row)
    for key, variant in variants.items():
        variant.sold += sold[key]
    return Shortage(
        unknown=tuple(key for key in sold if key not in variants),
        oversold=tuple(key for key in known if counts[key].quantity < 0),
    )


def book_order(session: Session, entry: Entry, order: Order, why: str) -> str:
    """Write the order with payments, ledger rows and what it moved; return the OMS's own number of it."""
    order_number = f"{order.store}-{take(session, 'order'):06d}"
    session.add(_order_row(entry, order, order_number, why))
    session.flush()  # what follows refers to it
    for position, payment in enumerate(order.payments):
        clear = payment.model_dump(exclude={"id", "name"})
        session.add(PaymentRow(order_id=order.id, position=position, payment_id=payment.id, **clear))
    for account, amount in ledger(order).items():
        row = LedgerRow(order_id=order.id, account=account, business_day=order.business_day, amount=amount)
        session.add(row)
    for variant_id, count in _sold(order).items():
        session.add(StockMove(order_id=order.id, variant_id=variant_id, quantity=count, at=order.at))
    session.flush()
    return order_number


def ledger(order: Order) -> dict[str, int]:
    """Both sides of the booking: what came in is debit, what it was for is credit; the sum is zero."""
    rows: defaultdict[str, int] = defaultdict(int)
    for payment in order.payments:
        rows[f"tender:{payment.tender_id}"] += payment.amount
    totals = order.totals
    rows[SALES] -= totals.value
    for tax in ("cgst", "sgst", "igst", "cess"):
        rows[f"tax:{tax}"] -= getattr(totals, tax)
    rows["rounding"] -= totals.rounding
    rows[SUSPENSE] -= sum(rows.values())
    return {account: amount for account, amount in rows.items() if amount}


def _order_row(entry: Entry, order: Order, order_number: str, why: str) -> OrderRow:
    return OrderRow(
        id=order.id,
        digest=entry.digest,
        order_number=order_number,
        number=order.number,
        register=entry.header.register,
        seq=entry.header.seq,
        at=order.at,
        business_day=order.business_day,
        total=order.totals.total,
        offline=order.offline,
        staff_name=order.staff_name,
        customer=order.customer.name if order.customer else "",
        state="attention" if why else "accepted",
        why=why,
        value=order.model_dump_json(),
    )


def _sold(order: Order) -> dict[str, int]:
    sold: defaultdict[str, int] = defaultdict(int)
    for line in order.lines:
        sold[line.variant_id] += thousandths(line.quantity)
    return dict(sold)


def _rows(rows: Iterable[VariantRow]) -> dict[str, VariantRow]:
    return {row.id: row for row in rows}
