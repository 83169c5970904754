"""Documents as reports add them up: what was sold, signed, flat. Here alone an order becomes rows of a report.

Whatever takes back from an order becomes a `Document` of its own with the sign -1; then every report is net of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from app.domain.numbers import INDIA, parse_number
from app.domain.order import Order
from app.domain.pricing import OrderLine, Totals
from server.oms.base import Base
from server.oms.stock import thousandths
from server.oms.tables_reports import SaleDocument, SaleLine, SalePayment

INVOICE = "invoice"
TAXES = ("cgst", "sgst", "igst", "cess")
Rows = dict[type[Base], list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Document:
    """What a report has to know of an invoice, or of what takes back from one (then `sign` is -1)."""

    id: str
    order_id: str
    number: str
    at: datetime
    business_day: date
    register: str
    associate: str
    offline: bool
    business: bool
    lines: tuple[OrderLine, ...]
    totals: Totals
    payments: tuple[tuple[str, int], ...]
    """Name of the tender and amount, as they stand on the document."""
    kind: str = INVOICE
    sign: int = 1


OPEN = ", to be processed"
"""Behind the tender of a stored card, until the processor has said something."""


def of_order(order: Order) -> Document:
    """An order as its invoice."""
    return Document(
        id=order.id,
        order_id=order.id,
        number=order.number,
        at=order.at,
        business_day=order.business_day,
        register=order.register,
        associate=order.staff_name,
        offline=order.offline,
        business=bool(order.customer and order.customer.gstin),
        lines=order.lines,
        totals=order.totals,
        payments=tuple((f"{each.name}{OPEN}" if each.stored else each.name, each.amount) for each in order.payments),
    )


def rows_of(document: Document) -> Rows:
    """The rows of a document, by table."""
    return {
        SaleDocument: [_head(document)],
        SaleLine: [_line(document, position, line) for position, line in enumerate(document.lines)],
        SalePayment: [
            _part(document, position) | {"tender": name, "amount": document.sign * amount}
            for position, (name, amount) in enumerate(document.payments)
        ],
    }


def write(session: Session, documents: Iterable[Document]) -> None:
    """Write documents; one that is there already is written anew."""
    for document in documents:
        for table in (SaleLine, SalePayment):
            session.execute(delete(table).where(table.document_id == document.id))
        session.execute(delete(SaleDocument).where(SaleDocument.id == document.id))
        for kind, rows in rows_of(document).items():
            if rows:
                session.execute(insert(kind), rows)


def _head(document: Document) -> dict[str, Any]:
    totals, number, sign = document.totals, parse_number(document.number), document.sign
    return {
        "id": document.id,
        "kind": document.kind,
        "order_id": document.order_id,
        "number": document.number,
        "series": number.series if number else "",
        "counter": number.counter if number else 0,
        "at": document.at,
        "business_day": document.business_day,
        "hour": document.at.astimezone(INDIA).hour,
        "register": document.register,
        "associate": document.associate,
        "offline": document.offline,
        "quantity": sign * sum(thousandths(line.quantity) for line in document.lines),
        "value": sign * totals.value,
        "tax": sign * sum(getattr(totals, name) for name in TAXES),
        "total": sign * totals.total,
    }


def _part(document: Document, position: int) -> dict[str, Any]:
    return {
        "document_id": document.id,
        "position": position,
        "business_day": document.business_day,
        "register": document.register,
    }


def _line(document: Document, position: int, line: OrderLine) -> dict[str, Any]:
    money = {name: document.sign * getattr(line, name) for name in ("value", *TAXES, "total")}
    return {
        **_part(document, position),
        "variant_id": line.variant_id,
        "sku": line.sku,
        "name": " · ".join(part for part in (line.name, line.label) if part),
        "category": line.category,
        "hsn": line.hsn,
        "unit": line.unit,
        "rate": line.rate,
        "business": document.business,
        "quantity": document.sign * thousandths(line.quantity),
        **money,
    }
