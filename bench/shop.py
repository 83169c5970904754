"""A store to measure: products on the shelf, a register, and sales as its journal has them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from pathlib import Path
from random import Random

from starlette.testclient import TestClient

from app.domain.cart import Line
from app.domain.order import Order
from app.domain.product import Product
from app.sync.protocol import Dataset, Verdicts
from bench.plan import Missing
from e2e.machine import database_program
from server.oms.catalogue import put_products, put_rates, put_stock
from server.oms.intake import take_in
from server.oms.oms import Oms, open_oms
from server.oms.records import put
from server.oms.registers import authenticate
from server.oms.tables import Register
from server.settings import Settings
from tests.conftest import line, order, product, rate, settings, staff, tender, terms, variant
from tests.server.application import application
from tests.server.browser import Browser
from tests.server.cluster import NOT_HERE, running

PRODUCTS = 2_000
KINDS_OF_SALE = 2_000
"""Carts that sales are made of, again and again, under ids and numbers of their own."""
MOST_LINES = 5
Database = Callable[[], str]
"""Makes a new database and returns its URL, which is empty for SQLite in the folder of the store."""


@dataclass
class Shop:
    """An OMS on a database of its own, and a register whose entries it takes in."""

    oms: Oms
    till: Browser
    register: Register

    @classmethod
    def opens(cls, folder: Path, database_url: str = "") -> "Shop":
        """Open a new store with plenty of everything."""
        oms = open_store(folder, database_url)
        till = Browser.enrol(TestClient(application(oms), base_url="http://localhost", client=("127.0.0.1", 50_000)))
        with oms.database.read() as session:
            register = authenticate(session, till.me.token)
        assert register is not None
        return cls(oms, till, register)

    def sells(self) -> Iterator[bytes]:
        """Append sales to the journal, without end."""
        chosen = carts()
        return (self.till.sale(chosen[at % len(chosen)]) for at in count())

    def takes_in(self, lines: list[bytes]) -> Verdicts:
        """Take a batch in, to its commit."""
        with self.oms.database.write() as session:
            return take_in(session, self.oms.keys, self.register, lines)


def open_store(folder: Path, database_url: str = "") -> Oms:
    """Open an OMS on a new database, with what sales need."""
    url = database_url or f"sqlite:///{folder / 'store-os.db'}"
    oms = open_oms(Settings(data=folder, database_url=url, secret_file=folder / "secrets.json", dist=folder))
    stock_up(oms)
    return oms


def stock_up(oms: Oms) -> None:
    """Put in what sales need."""
    goods = things()
    with oms.database.write() as session:
        put_products(session, goods)
        put_rates(session, [rate()])
        put_stock(session, {each.variants[0].id: Decimal(1_000_000) for each in goods})
        put(session, Dataset.TENDERS, {"cash": tender()})
        put(session, Dataset.STAFF, {"s1": staff()})
        put(session, Dataset.SETTINGS, {"DS01": settings()})


def things(products: int = PRODUCTS) -> list[Product]:
    """Make products up, each of one variant."""
    return [product(f"p{at}", variant(f"v{at}", price=100 * (at % 900 + 50))) for at in range(products)]


def carts() -> list[Order]:
    """Make the sales that are repeated: one to five things in each."""
    dice, goods, agreed = Random(6), things(), terms()  # noqa: S311 - the same sales in each run
    chosen = [dice.sample(goods, dice.randint(1, MOST_LINES)) for _ in range(KINDS_OF_SALE)]
    return [order(*(_line(each, dice.randint(1, 3)) for each in some), under=agreed) for some in chosen]


def _line(thing: Product, quantity: int) -> Line:
    sold = thing.variants[0]
    return line(sold.id, quantity, sold.price or 0, product_id=thing.id)


@contextmanager
def databases(kind: str) -> Iterator[Database]:
    """Have new databases of a kind made. Raises Missing where there is none of it here."""
    if kind == "SQLite":
        yield str
        return
    if database_program("initdb") is None or database_program("pg_ctl") is None:
        raise Missing(NOT_HERE)
    with running(durable=True) as cluster:
        yield lambda: cluster.url(cluster.new())
