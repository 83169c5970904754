"""Tables 12 and 13 of GSTR-1: supplies by HSN code and rate, and the documents that were issued, by series."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from app.domain.numbers import DIGITS
from server.office import parts
from server.office.lists import Column, Listing
from server.office.sums import Period
from server.oms.sales import INVOICE
from server.oms.stock import quantity
from server.oms.tables_reports import SaleDocument, SaleLine

TAXES = ("igst", "cgst", "sgst", "cess")
MONEY = ("total", "value", *TAXES)
SERVICES = "99"
"""So their codes begin."""
VOID = "void"
NATURES = {INVOICE: "Invoices for outward supply", "credit_note": "Credit Note"}
"""What table 13 calls each kind of document; a kind that is not here has no numbers of its own."""
AGAIN = "number used again"
"""By a copy of a register: to be settled with an accountant before the table is filed."""


@dataclass(frozen=True, slots=True)
class Supply:
    """A row of table 12, minor units."""

    to: str
    """B2B where the buyer has a GSTIN; the portal asks for both apart."""
    hsn: str
    unit: str
    rate: int
    quantity: Decimal
    total: int
    value: int
    igst: int
    cgst: int
    sgst: int
    cess: int


@dataclass(frozen=True, slots=True)
class Documents:
    """A row of table 13: one series from its first to its last number."""

    nature: str
    first: str
    last: str
    issued: int
    cancelled: int = 0
    """Voided sales: their numbers stay used."""


def supplies(session: Session, period: Period) -> list[Supply]:
    """Table 12; services have neither a unit nor a quantity in it."""
    service = SaleLine.hsn.startswith(SERVICES)
    unit, pieces = (
        case((service, none), else_=column) for column, none in ((SaleLine.unit, "NA"), (SaleLine.quantity, 0))
    )
    by = SaleLine.business, SaleLine.hsn, unit, SaleLine.rate
    sums = (func.sum(pieces), *(func.sum(getattr(SaleLine, name)) for name in MONEY))
    asked = select(*by, *sums).where(*period.of(SaleLine)).group_by(*by).order_by(SaleLine.business.desc(), *by[1:])
    return [
        Supply("B2B" if business else "B2C", hsn, unit, rate, quantity(int(pieces)), *map(int, money))
        for business, hsn, unit, rate, pieces, *money in session.execute(asked)
    ]


def documents(session: Session, period: Period) -> list[Documents]:
    """Table 13; a number that is missing between first and last was not issued, or has not arrived.

    A number that two copies of a register gave counts once in its series; what else bears it has a row of its own.
    """
    by = SaleDocument.kind, SaleDocument.series
    columns = SaleDocument.counter, SaleDocument.number
    ends = (end(column) for column in columns for end in (func.min, func.max))
    numbers = func.count(SaleDocument.number.distinct())
    asked = select(*by, *ends, numbers).where(*period.of(SaleDocument), SaleDocument.kind.in_(NATURES))
    found: Sequence[Any] = session.execute(asked.group_by(*by).order_by(*by)).all()
    voided = select(SaleDocument.series, func.count()).where(*period.of(SaleDocument), SaleDocument.kind == VOID)
    void: dict[str, int] = dict(session.execute(voided.group_by(SaleDocument.series)).all())
    rows = [
        _documents(kind, series, (low, high), (first, last), (count, void.get(series, 0) if kind == INVOICE else 0))
        for kind, series, low, high, first, last, count in found
    ]
    return rows + _used_again(session, period)


def _used_again(session: Session, period: Period) -> list[Documents]:
    """The numbers that more than one document bears."""
    by = SaleDocument.kind, SaleDocument.number
    again = select(*by, func.count() - 1).where(*period.of(SaleDocument), SaleDocument.kind.in_(NATURES))
    found = session.execute(again.group_by(*by).having(func.count() > 1).order_by(*by)).all()
    return [Documents(f"{NATURES[kind]}, {AGAIN}", number, number, count) for kind, number, count in found]


def _documents(
    kind: str, series: str, counters: tuple[int, int], numbers: tuple[str, str], counts: tuple[int, int]
) -> Documents:
    """A row; counters are told from texts, because 10 comes after 9."""
    if series:
        numbers = f"{series}-{counters[0]:0{DIGITS}d}", f"{series}-{counters[1]:0{DIGITS}d}"
    return Documents(NATURES[kind], *numbers, *counts)


def _amount(title: str, name: str) -> Column[Supply]:
    return Column(
        title,
        lambda each: parts.plain(getattr(each, name)),
        lambda each: parts.money(getattr(each, name)),
        number=True,
    )


SUPPLIES: Listing[Supply] = Listing(
    "Reports",
    "reports",
    (
        Column("HSN", lambda each: each.hsn or "none"),
        Column("To", lambda each: each.to),
        Column("UQC", lambda each: each.unit),
        Column("Total quantity", lambda each: parts.count(each.quantity), number=True),
        _amount("Total value", "total"),
        Column("Rate", lambda each: parts.plain(each.rate), number=True),
        _amount("Taxable value", "value"),
        *(_amount(name.upper() if name != "cess" else "Cess", name) for name in TAXES),
    ),
    icon="chart-column",
)
DOCUMENTS: Listing[Documents] = Listing(
    "Reports",
    "reports",
    (
        Column("From", lambda each: each.first, tight=True),
        Column("To", lambda each: each.last, tight=True),
        Column("Nature of document", lambda each: each.nature),
        Column("Total number", lambda each: str(each.issued), number=True),
        Column("Cancelled", lambda each: str(each.cancelled), number=True),
        Column("Net issued", lambda each: str(each.issued - each.cancelled), number=True),
    ),
    icon="chart-column",
)
