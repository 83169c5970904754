"""What was sold in a time, added up by the database: a row for each day, hour, product, person, tender or tax rate."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, SQLColumnExpression, String, case, cast, func, literal, select
from sqlalchemy.orm import Session

from server.office import parts
from server.oms.sales import INVOICE
from server.oms.stock import quantity
from server.oms.tables_reports import SaleDocument, SaleLine, SalePayment
from server.oms.together import among

Table = type[SaleDocument] | type[SaleLine] | type[SalePayment]
NOTHING = literal(0, Integer)
SUMS = ("pieces", "value", "tax", "total")


@dataclass(frozen=True, slots=True)
class Period:
    """The days that a report is of, both included, and the one register or all."""

    since: date
    until: date
    register: str = ""

    def of(self, table: Table) -> list[ColumnElement[bool]]:
        """What a question to a table has to keep to."""
        days = [table.business_day >= self.since, table.business_day <= self.until]
        return [*days, among(table.register, self.register)] if self.register else days


@dataclass(frozen=True, slots=True)
class Report:
    """A report: what its rows are called, and what they are added up by."""

    name: str
    table: Table
    by: SQLColumnExpression[Any]
    named: SQLColumnExpression[str] | None = None
    """What people read, where they are added up by an id."""
    code: SQLColumnExpression[str] | None = None
    in_time: bool = False
    """Read from first to last; the others by how much they brought."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A row: so many orders, pieces and so much money, minor units; below zero where more came back than was sold."""

    key: Any
    row: str
    code: str
    orders: int
    quantity: Decimal
    value: int
    tax: int
    total: int


REPORTS: dict[str, Report] = {
    "day": Report("Day", SaleDocument, SaleDocument.business_day, in_time=True),
    "hour": Report("Hour", SaleDocument, SaleDocument.hour, in_time=True),
    "product": Report("Product", SaleLine, SaleLine.variant_id, named=SaleLine.name, code=SaleLine.sku),
    "category": Report("Category", SaleLine, SaleLine.category),
    "associate": Report("Associate", SaleDocument, SaleDocument.associate),
    "register": Report("Register", SaleDocument, SaleDocument.register),
    "tender": Report("Tender", SalePayment, SalePayment.tender),
    "tax": Report("Tax rate", SaleLine, SaleLine.rate),
}


def rate_text(rate: int) -> str:
    """A rate in basis points, as people write it."""
    return f"{parts.plain(rate).rstrip('0').rstrip('.')} %"


def named(by: str, key: Any) -> str:
    """A row's name from what it was added up by."""
    match by:
        case "day":
            return str(key)
        case "hour":
            return f"{key:02d}:00"
        case "tax":
            return rate_text(key)
    return key or "none"


def add_up(session: Session, by: str, period: Period, limit: int | None = None, offset: int = 0) -> list[Sum]:
    """The rows of a report."""
    report = REPORTS[by]
    asked = _asked(report, period)
    total = asked.selected_columns["total"]
    order = (report.by,) if report.in_time else (total.desc(), report.by)
    rows = session.execute(asked.order_by(*order).limit(limit).offset(offset))
    return [
        Sum(key, name or named(by, key), code, int(orders), quantity(int(pieces)), int(value), int(tax), int(money))
        for key, name, code, orders, pieces, value, tax, money in rows
    ]


def measure(session: Session, by: str, period: Period) -> tuple[int, int]:
    """How many rows a report has, and the largest total: what a full bar means."""
    rows = _asked(REPORTS[by], period).subquery()
    count, most = session.execute(select(func.count(), func.max(rows.c.total)).select_from(rows)).one()
    return count, int(most or 0)


def turnover(session: Session, period: Period, *more: ColumnElement[bool]) -> tuple[int, int, int]:
    """Orders of a period, how many of them were made offline, and what all documents come to, minor units."""
    orders, away = (_orders(SaleDocument, *only) for only in ((), (SaleDocument.offline,)))
    total = func.coalesce(func.sum(SaleDocument.total), 0)
    asked = select(orders, away, total).where(*period.of(SaleDocument), *more)
    count, offline, money = session.execute(asked).one()
    return int(count), int(offline), int(money)


def orders_of(session: Session, period: Period) -> Sequence[str]:
    """The ids of a period's orders, the oldest first: for what only an order whole can tell."""
    asked = select(SaleDocument.order_id).where(*period.of(SaleDocument), SaleDocument.kind == INVOICE)
    return session.scalars(asked.order_by(SaleDocument.at)).all()


def _asked(report: Report, period: Period) -> Select[Any]:
    table = report.table
    name = _newest(report.named, table) if report.named is not None else literal("")
    code = func.max(report.code) if report.code is not None else literal("")
    sums = [func.sum(each).label(name) for name, each in zip(SUMS, _sums(table), strict=True)]
    columns: tuple[ColumnElement[Any], ...] = (
        report.by.label("key"),
        name.label("name"),
        code.label("code"),
        _orders(table).label("orders"),
    )
    return select(*columns, *sums).where(*period.of(table)).group_by(report.by)


def _newest(name: SQLColumnExpression[str], table: Table) -> ColumnElement[str]:
    """What the newest document calls it: products are renamed."""
    dated = cast(table.business_day, String).concat(name)
    return func.substr(func.max(dated), len("2026-11-21") + 1)


def _sums(table: Table) -> Sequence[SQLColumnExpression[int]]:
    """Pieces, value, tax and total; goods are not paid one by one, so payments have but a total."""
    if table is SaleDocument:
        return SaleDocument.quantity, SaleDocument.value, SaleDocument.tax, SaleDocument.total
    if table is SaleLine:
        return SaleLine.quantity, SaleLine.value, SaleLine.total - SaleLine.value, SaleLine.total
    return NOTHING, NOTHING, NOTHING, SalePayment.amount


def _orders(table: Table, *only: ColumnElement[bool]) -> ColumnElement[int]:
    """How many orders there are; what takes back is none."""
    if table is SaleDocument:
        return func.coalesce(func.sum(case(((SaleDocument.kind == INVOICE) & _all(only), 1), else_=0)), 0)
    if table is SaleLine:
        return func.count(case((SaleLine.quantity > 0, SaleLine.document_id)).distinct())
    return func.count(case((SalePayment.amount > 0, SalePayment.document_id)).distinct())


def _all(only: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
    found: ColumnElement[bool] = literal(True)
    for each in only:
        found = found & each
    return found
