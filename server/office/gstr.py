"""Tables 12 and 13 of GSTR-1: supplies by HSN code and rate, and the invoices that were issued, by series."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from app.domain.numbers import parse_number
from app.domain.order import Order
from app.domain.pricing import OrderLine
from server.office import parts
from server.office.lists import Column, Listing

TAXES = ("igst", "cgst", "sgst", "cess")


@dataclass(frozen=True, slots=True)
class Supply:
    """A row of table 12."""

    to: str
    """B2B where the buyer has a GSTIN; the portal asks for both apart."""
    hsn: str
    unit: str
    rate: int
    lines: tuple[OrderLine, ...]

    @property
    def quantity(self) -> Decimal:
        return sum((line.quantity for line in self.lines), Decimal(0))

    def added(self, name: str) -> int:
        """A column's sum, minor units."""
        return sum(getattr(line, name) for line in self.lines)


@dataclass(frozen=True, slots=True)
class Documents:
    """A row of table 13: one series from its first to its last number."""

    first: str
    last: str
    issued: int


def supplies(orders: Iterable[Order]) -> list[Supply]:
    """Table 12."""
    found: defaultdict[tuple[str, str, str, int], list[OrderLine]] = defaultdict(list)
    for order in orders:
        to = "B2B" if order.customer and order.customer.gstin else "B2C"
        for line in order.lines:
            found[to, line.hsn, line.unit, line.rate].append(line)
    return [Supply(*key, tuple(lines)) for key, lines in sorted(found.items())]


def documents(orders: Iterable[Order]) -> list[Documents]:
    """Table 13; a number that is missing between first and last was not issued, or has not arrived."""
    series: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for order in orders:
        number = parse_number(order.number)
        series[number.series if number else ""].append((number.counter if number else 0, order.number))
    rows = (sorted(numbers) for _, numbers in sorted(series.items()))
    return [Documents(numbers[0][1], numbers[-1][1], len(numbers)) for numbers in rows]


def _amount(title: str, name: str) -> Column[Supply]:
    return Column(
        title, lambda each: parts.plain(each.added(name)), lambda each: parts.money(each.added(name)), number=True
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
        Column("Nature of document", lambda _each: "Invoices for outward supply"),
        Column("Total number", lambda each: str(each.issued), number=True),
        Column("Cancelled", lambda _each: "0", number=True),
        Column("Net issued", lambda each: str(each.issued), number=True),
    ),
    icon="chart-column",
)
