"""Every movement of goods with its cause, from the tables that hold them: sold, corrected, imported.

Whatever else moves goods adds its own question to `_sources`, with the same columns.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import ColumnElement, Select, SelectBase, Subquery, func, insert, literal, or_, select, union_all
from sqlalchemy.orm import Session

from app.domain.numbers import INDIA
from server.oms.revisions import take
from server.oms.stock import quantity
from server.oms.tables import OrderRow, StockMove, VariantRow
from server.oms.tables_reports import StockSet
from server.oms.tables_returns import ReturnedStock, ReturnRow
from server.oms.together import among

SALE, RETURN, CORRECTION, IMPORT = "sale", "return", "correction", "import"


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a count is set: by whom, where (a register; empty for the back office), and in what words."""

    kind: str = IMPORT
    who: str = ""
    why: str = ""
    register: str = ""


@dataclass(frozen=True, slots=True)
class Movement:
    """Goods that came or went."""

    at: datetime
    variant_id: str
    quantity: Decimal
    """Below zero where they went."""
    cause: str
    register: str
    order_id: str
    about: str
    """The number of the document, or who did it."""
    why: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which movements are wanted; what is empty does not filter. Days are the store's."""

    since: date
    until: date
    register: str = ""
    cause: str = ""
    variants: SelectBase | None = None


def note_sets(session: Session, changes: Mapping[str, int], cause: Cause, at: datetime) -> None:
    """Write down counts that were set, by what was added to each, in thousandths."""
    first = take(session, "stock set", len(changes))
    facts = {"cause": cause.kind, "who": cause.who, "why": cause.why, "register": cause.register, "at": at}
    rows = [
        {"id": number, "variant_id": key, "quantity": change, **facts}
        for number, (key, change) in enumerate(changes.items(), start=first)
    ]
    if rows:
        session.execute(insert(StockSet), rows)


def movements(session: Session, wanted: Wanted, limit: int, offset: int) -> list[Movement]:
    """A page of movements, newest first."""
    rows = _rows(wanted)
    asked = select(rows).where(*_conditions(rows, wanted)).order_by(rows.c.at.desc(), rows.c.variant_id)
    return [
        Movement(each.at, each.variant_id, quantity(each.quantity), *each[3:])
        for each in session.execute(asked.limit(limit).offset(offset))
    ]


def sums(session: Session, wanted: Wanted) -> dict[str, tuple[int, Decimal]]:
    """How many movements there were of each cause, and what they come to."""
    rows = _rows(wanted)
    asked = select(rows.c.cause, func.count(), func.sum(rows.c.quantity)).where(*_conditions(rows, wanted))
    found = session.execute(asked.group_by(rows.c.cause).order_by(rows.c.cause))
    return {cause: (count, quantity(int(total))) for cause, count, total in found}


def with_sku(text: str) -> Select[str]:
    """The variants whose SKU or barcode is meant."""
    code = VariantRow.sku.icontains(text, autoescape=True), VariantRow.barcode == text
    return select(VariantRow.id).where(or_(*code))


def _rows(wanted: Wanted) -> Subquery:
    first = datetime(wanted.since.year, wanted.since.month, wanted.since.day, tzinfo=INDIA)
    end = datetime(wanted.until.year, wanted.until.month, wanted.until.day, tzinfo=INDIA) + timedelta(days=1)
    return union_all(*_sources(first, end)).subquery()


def _sources(first: datetime, end: datetime) -> list[SelectBase]:
    """A question for each table that moves goods: at, variant, quantity, cause, register, order, about, why."""
    nothing = literal("")
    sold = (
        select(
            StockMove.at.label("at"),
            StockMove.variant_id.label("variant_id"),
            (-StockMove.quantity).label("quantity"),
            literal(SALE).label("cause"),
            OrderRow.register.label("register"),
            OrderRow.id.label("order_id"),
            OrderRow.number.label("about"),
            nothing.label("why"),
        )
        .join(OrderRow, OrderRow.id == StockMove.order_id)
        .where(StockMove.at >= first, StockMove.at < end)
    )
    counted = (StockSet.cause, StockSet.register, nothing, StockSet.who, StockSet.why)
    put = select(StockSet.at, StockSet.variant_id, StockSet.quantity, *counted)
    return [sold, _came_back(first, end), put.where(StockSet.at >= first, StockSet.at < end)]


def _came_back(first: datetime, end: datetime) -> SelectBase:
    """What came back in good order; of its columns only the order counts."""
    row = ReturnRow.register, ReturnRow.order_id, ReturnRow.number
    asked = select(
        ReturnedStock.at, ReturnedStock.variant_id, ReturnedStock.quantity, literal(RETURN), *row, literal("")
    ).join(ReturnRow, ReturnRow.id == ReturnedStock.return_id)
    return asked.where(ReturnedStock.at >= first, ReturnedStock.at < end)


def _conditions(rows: Subquery, wanted: Wanted) -> list[ColumnElement[bool]]:
    found = [among(rows.c.register, wanted.register)] if wanted.register else []
    found += [rows.c.cause == wanted.cause] if wanted.cause else []
    return found if wanted.variants is None else [*found, rows.c.variant_id.in_(wanted.variants)]
