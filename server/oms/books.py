"""Books orders: the order itself, its payments, its ledger rows (which sum to zero), and what it moved."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlalchemy.orm import Session

from app.domain.order import Order
from app.domain.pricing import Totals
from app.sync.entry import Entry
from server.oms.base import Base
from server.oms.bulk import add_rows
from server.oms.delivery import delivery_row
from server.oms.e_invoices import job_row
from server.oms.sales import of_order, rows_of
from server.oms.tables import LedgerRow, OrderRow, PaymentRow, StockMove
from server.oms.tables_e_invoice import IrnJob
from server.oms.tables_online import DeliveryRow
from server.oms.tables_reports import SaleDocument, SaleLine, SalePayment

SALES = "sales"
RECEIVABLE = "receivable:cards"
"""What stored cards owe, until they were processed or paid otherwise."""
SUSPENSE = "suspense"
"""Takes what does not add up, until a person has looked."""
EXCHANGE = "exchange"
"""What a credit note counts towards another sale: it books one side, that sale the other."""
ACCOUNTS = {SALES: "value", **{f"tax:{tax}": tax for tax in ("cgst", "sgst", "igst", "cess")}, "rounding": "rounding"}
"""Accounts of what is sold, each with its part of the totals."""
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Given:
    """What the OMS gives an order when it books it."""

    number: str
    """Its own number of it."""
    why: str
    """What is odd about it, for people."""
    computed: int | None
    """The total that the OMS computes, where it differs."""
    sold: Mapping[str, int]
    """What was sold of each variant, in thousandths."""


class Books:
    """Rows of a batch, gathered order by order and written at once."""

    def __init__(self) -> None:
        tables = OrderRow, PaymentRow, LedgerRow, StockMove, DeliveryRow, IrnJob, SaleDocument, SaleLine, SalePayment
        self._rows: dict[type[Base], list[Row]] = {table: [] for table in tables}

    def add(self, entry: Entry, order: Order, given: Given) -> None:
        """Book an order; nothing is added unless all of it can be."""
        rows: dict[type[Base], list[Row]] = {
            OrderRow: [_order_row(entry, order, given)],
            PaymentRow: _payment_rows(order),
            LedgerRow: ledger_rows(order),
            StockMove: [
                {"order_id": order.id, "variant_id": key, "quantity": count, "at": order.at}
                for key, count in given.sold.items()
            ],
            IrnJob: [job_row(order)] if order.e_invoice else [],
            DeliveryRow: [delivery_row(order, order.delivery)] if order.delivery else [],
            **rows_of(of_order(order)),
        }
        for table, some in rows.items():
            self._rows[table] += some

    def write(self, session: Session) -> None:
        """Write everything, orders first: the others refer to them."""
        for table, rows in self._rows.items():
            add_rows(session, table, rows)


NOTHING_YET: Mapping[str, str] = MappingProxyType({})


def ledger(order: Order, cards: Mapping[str, str] = NOTHING_YET) -> dict[str, int]:
    """Both sides of the booking: what came in is debit, what it was for is credit; the sum is zero.

    `cards` names the account of each stored payment, by id, whose money has come; the others are owed.
    """
    rows: defaultdict[str, int] = defaultdict(int)
    for payment in order.payments:
        account = cards.get(payment.id, RECEIVABLE) if payment.stored else tender_account(payment.tender_id)
        rows[account] += payment.amount
    if order.credit is not None:
        rows[EXCHANGE] += order.credit.amount
    return balanced(rows, order.totals, -1)


def balanced(rows: dict[str, int], totals: Totals, sign: int) -> dict[str, int]:
    """Add what money was for: goods that were sold (-1) or came back (1); what is left over is in suspense."""
    for account, name in ACCOUNTS.items():
        rows[account] = sign * getattr(totals, name)
    rows[SUSPENSE] = -sum(rows.values())
    return {account: amount for account, amount in rows.items() if amount}


def tender_account(tender_id: str) -> str:
    return f"tender:{tender_id}"


def ledger_rows(order: Order, cards: Mapping[str, str] = NOTHING_YET) -> list[Row]:
    """The booking as rows."""
    return [
        {"order_id": order.id, "account": account, "business_day": order.business_day, "amount": amount}
        for account, amount in ledger(order, cards).items()
    ]


def _payment_rows(order: Order) -> list[Row]:
    return [
        {
            "order_id": order.id,
            "position": position,
            "payment_id": payment.id,
            "tender_id": payment.tender_id,
            "kind": payment.kind.value,
            "amount": payment.amount,
            "received": payment.received,
            "reference": payment.reference,
            "at": payment.at,
        }
        for position, payment in enumerate(order.payments)
    ]


def _order_row(entry: Entry, order: Order, given: Given) -> Row:
    return {
        "id": order.id,
        "digest": entry.digest,
        "order_number": given.number,
        "number": order.number,
        "register": entry.header.register,
        "seq": entry.header.seq,
        "at": order.at,
        "business_day": order.business_day,
        "total": order.totals.total,
        "offline": order.offline,
        "staff_name": order.staff_name,
        "customer": order.customer.name if order.customer else "",
        "state": "attention" if given.why else "accepted",
        "why": given.why,
        "computed": given.computed,
        "value": order.model_dump_json(),
    }
