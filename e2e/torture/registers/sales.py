"""What is sold: a year of real baskets where they are here, else made up ones; the till's code prices them."""

import csv
import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache, reduce
from itertools import cycle, groupby
from random import Random
from zlib import crc32

from app.domain.cart import Cart, Line, line_for
from app.domain.money import whole
from app.domain.numbers import indian_day
from app.domain.order import Order
from app.domain.payment import Payment, Tender
from app.domain.pricing import Priced, Terms, price_cart
from app.domain.product import Product
from app.sync.status import Registered
from server.demo.products import make_products
from server.demo.store import SETTINGS, TENDERS, rates
from tests.conftest import REAL_INPUT

REAL = "online_retail.csv.gz"
MADE_UP = "baskets that are made up (../shared/data is not here)"
MOST_LINES = 6
"""Longer invoices are cut into pieces: a till's ticket is short, and the faults are what is looked for."""
TAKEN = tuple(tender for tender in TENDERS if tender.id in {"cash", "card", "upi", "wallet"})
RATES = tuple(rates())


@dataclass(frozen=True)
class Item:
    """One line of a basket: which thing, how many, at which price in minor units."""

    thing: str
    quantity: Decimal
    price: int


Basket = tuple[Item, ...]


@dataclass(frozen=True)
class Baskets:
    """Where baskets come from, and the baskets."""

    source: str
    each: Iterator[Basket]


def baskets(dice: Random) -> Baskets:
    """Return baskets without end: real ones if they are here, from a place of the year that the dice choose."""
    real = _all_real()
    if not real:
        return Baskets(MADE_UP, _made_up(dice))
    start = dice.randrange(len(real))
    return Baskets(REAL, cycle([*real[start:], *real[:start]]))


@cache
def _all_real() -> tuple[Basket, ...]:
    path = REAL_INPUT / REAL
    if not path.exists():
        return ()
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return tuple(_real(csv.DictReader(file)))


def _real(rows: Iterable[dict[str, str]]) -> Iterator[Basket]:
    for _, lines in groupby(rows, lambda row: row["InvoiceNo"]):
        items = [_item(row) for row in lines if _is_sale(row)]
        for start in range(0, len(items), MOST_LINES):
            yield tuple(items[start : start + MOST_LINES])


def _is_sale(row: dict[str, str]) -> bool:
    return row["InvoiceNo"][0] != "C" and int(row["Quantity"]) > 0 and Decimal(row["UnitPrice"]) > 0


def _item(row: dict[str, str]) -> Item:
    return Item(row["StockCode"], Decimal(row["Quantity"]), whole(Decimal(row["UnitPrice"]) * 100))


def _made_up(dice: Random) -> Iterator[Basket]:
    while True:
        yield tuple(
            Item(str(dice.randrange(10_000)), Decimal(dice.choice((1, 1, 1, 2, 3, 12))), dice.randrange(1_00, 3_000_00))
            for _ in range(dice.randint(1, MOST_LINES))
        )


class Shelves:
    """The demo store's goods, so that what is sold is known to the OMS and leaves its stock."""

    def __init__(self) -> None:
        self._products: list[Product] = list(make_products({}))

    def order(self, order_id: str, basket: Basket, at: datetime, who: Registered, dice: Random) -> Order:
        """Sell a basket: each thing becomes one of the store's, always the same one; the till's code prices it."""
        cart = reduce(Cart.add, map(self._line, basket), Cart())
        day = indian_day(at)
        priced = price_cart(cart, Terms(RATES, day, inclusive=True))
        assert isinstance(priced, Priced), priced
        return Order(
            id=order_id,
            number="",
            store=who.store,
            register=who.register,
            seller=SETTINGS.seller,
            at=at,
            business_day=day,
            staff_id="asha",
            staff_name="Asha",
            notes=f"mark-{order_id}",
            offline=True,
            inclusive=True,
            place_of_supply=SETTINGS.seller.state_code,
            lines=priced.lines,
            totals=priced.totals,
            payments=_payments(order_id, priced.totals.total, at, dice),
        )

    def _line(self, item: Item) -> Line:
        product = self._products[crc32(item.thing.encode()) % len(self._products)]
        quantity = item.quantity / 4 if product.weighed else item.quantity
        return line_for(product, product.variants[0].id, quantity, item.price)


def _payments(order_id: str, total: int, at: datetime, dice: Random) -> tuple[Payment, ...]:
    """Pay with one tender, or split between two."""
    first = dice.randint(1, total - 1) if total > 1 and dice.random() < 0.2 else total
    amounts = [amount for amount in (first, total - first) if amount]
    chosen = dice.sample(TAKEN, len(amounts))
    return tuple(
        _payment(f"{order_id}-{place}", tender, amount, at)
        for place, (tender, amount) in enumerate(zip(chosen, amounts, strict=True))
    )


def _payment(payment_id: str, tender: Tender, amount: int, at: datetime) -> Payment:
    reference = f"ref-{payment_id}" if tender.asks_reference else ""
    return Payment(
        id=payment_id,
        tender_id=tender.id,
        name=tender.name,
        kind=tender.kind,
        amount=amount,
        received=amount,
        reference=reference,
        at=at,
    )
