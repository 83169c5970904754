"""2,000 real invoices of a British gift seller go through journal and push; the books agree to the penny."""

import csv
import gzip
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path

from app.domain.cart import Cart, Line
from app.domain.money import whole
from app.domain.order import Order
from app.domain.payment import Payment, TenderKind
from app.domain.pricing import Priced, Terms, price_cart
from app.domain.settings import Seller
from app.domain.tax import TaxRate
from e2e.store import Store
from tests.conftest import shared_data
from tests.fakes.register import Register

INVOICES = 2_000
FILE = "online_retail.csv.gz"
UNTAXED = TaxRate(tax_class="zero", starts=date(2010, 1, 1), rate=0)
"""The file's prices are all there is: nothing is known of British tax in them."""
__all__ = ["shared_data"]


@dataclass
class Left:
    """What was left out of the file, and why."""

    cancelled: int = 0
    negative: int = 0
    unpriced: int = 0


@dataclass
class Ticket:
    """One invoice of the file."""

    number: str
    at: datetime
    lines: list[Line] = field(default_factory=list)


def read(path: Path, left: Left) -> Iterator[Ticket]:
    """Read whole invoices in time order; an invoice's lines stand together in the file."""
    ticket: Ticket | None = None
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if not usable(row, left):
                continue
            if ticket is None or ticket.number != row["InvoiceNo"]:
                if ticket is not None:
                    yield ticket
                ticket = Ticket(row["InvoiceNo"], datetime.fromisoformat(row["InvoiceDate"]).replace(tzinfo=UTC))
            ticket.lines.append(line_of(row))
    if ticket is not None:
        yield ticket


def usable(row: dict[str, str], left: Left) -> bool:
    """Tell whether a line is a sale, and count why not."""
    if row["InvoiceNo"].startswith("C"):
        left.cancelled += 1
    elif int(row["Quantity"]) <= 0:
        left.negative += 1
    elif Decimal(row["UnitPrice"]) <= 0:
        left.unpriced += 1
    else:
        return True
    return False


def line_of(row: dict[str, str]) -> Line:
    return Line(
        variant_id=row["StockCode"],
        product_id=row["StockCode"],
        sku=row["StockCode"],
        name=row["Description"] or row["StockCode"],
        tax_class=UNTAXED.tax_class,
        unit_price=whole(Decimal(row["UnitPrice"]) * 100),
        quantity=Decimal(row["Quantity"]),
    )


def order_of(ticket: Ticket) -> Order:
    """Turn a ticket into an order by the till's own pricing; each line of the file stays a line."""
    day = ticket.at.date()
    priced = price_cart(Cart(lines=tuple(ticket.lines)), Terms((UNTAXED,), day, inclusive=True))
    assert isinstance(priced, Priced), priced
    return Order(
        id=f"invoice-{ticket.number}",
        number="",
        store="",
        register="",
        seller=Seller(name="Gifts", address="London", state_code="97"),
        at=ticket.at,
        business_day=day,
        staff_id="asha",
        staff_name="Asha",
        offline=True,
        inclusive=True,
        place_of_supply="97",
        lines=priced.lines,
        totals=priced.totals,
        payments=(paid(ticket, priced.totals.total),),
    )


def paid(ticket: Ticket, total: int) -> Payment:
    return Payment(
        id=ticket.number,
        tender_id="card",
        name="Card",
        kind=TenderKind.CARD,
        amount=total,
        received=total,
        at=ticket.at,
    )


def expected_sums(path: Path) -> Counter[date]:
    """Add the same invoices up straight from the file, in pence by day, without any of our code."""
    sums: Counter[date] = Counter()
    seen: dict[str, None] = {}
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["InvoiceNo"][0] == "C" or row["Quantity"][0] in "-0" or float(row["UnitPrice"]) <= 0:
                continue
            seen.setdefault(row["InvoiceNo"])
            if len(seen) > INVOICES:
                break
            pounds, _, pence = row["UnitPrice"].partition(".")
            price = int(pounds) * 100 + int(pence.ljust(2, "0")[:2])
            sums[date.fromisoformat(row["InvoiceDate"][:10])] += price * int(row["Quantity"])
    return sums


def test_a_replayed_year_begins_with_equal_books(store: Store, shared_data: Callable[[str], Path]) -> None:
    """What was sold, and nothing else, is in the OMS: the sum of each day and of all, over real HTTP."""
    path = shared_data(FILE)
    left, register = Left(), Register(store.address).enrols()

    for ticket in islice(read(path, left), INVOICES):
        register.sells(order_of(ticket), ticket.at.date())
    register.syncs()

    expected = expected_sums(path)
    booked = {day: store.asks(f"/orders?since={day}&until={day}&limit=1")["total"] for day in expected}
    everything = store.asks("/orders?until=2011-12-31&limit=1")
    assert booked == dict(expected)
    assert (everything["count"], everything["total"]) == (INVOICES, expected.total())
    assert (left.cancelled, left.negative, left.unpriced) == (LEFT.cancelled, LEFT.negative, LEFT.unpriced)


LEFT = Left(cancelled=1_012, negative=101, unpriced=229)
