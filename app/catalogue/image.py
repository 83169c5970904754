"""The catalogue as one SQLite image: the server builds it, the till opens it in memory.

Products (in the order of how well they sell), stock, rates; nothing about people. `meta` holds `cursor` and
`made_at`; the tables stand in `tables.SCHEMA`. The same input gives the same bytes.
"""

import hashlib
import sqlite3
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.catalogue.tables import SCHEMA, TABLES, put_product, put_rate, put_stock, read_product, read_rates, read_stock
from app.domain.product import Product
from app.domain.tax import TaxRate
from app.sync.protocol import IMAGE_FORMAT, StockRow

FORMAT = IMAGE_FORMAT
APPLICATION_ID = 0x53744F53
"""StOS: what tells our image from any other SQLite file."""
MOST_BYTES = 1024 * 2**20
"""More than a million products unpack to; whatever is larger was not made by the OMS."""


@dataclass(frozen=True, slots=True)
class Stocked:
    """A product and what is counted of its variants."""

    product: Product
    stock: tuple[StockRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Category:
    name: str
    count: int
    """Products in it."""


@dataclass(frozen=True, slots=True)
class BadImage:
    """An image that cannot be used, and a sentence for people."""

    why: str
    newer: bool = False
    """Made for a newer release: fetching it again does not help, an update does."""


class Catalogue:
    """An open image in memory; changes are applied to this copy only."""

    def __init__(self, db: sqlite3.Connection, cursor: int, made_at: datetime) -> None:
        self.db = db
        """For app.catalogue alone."""
        self.cursor = cursor
        """The image holds every change up to and including this one."""
        self.made_at = made_at

    def product(self, product_id: str) -> Product | None:
        return self._product("SELECT body FROM product WHERE id = ?", product_id)

    def product_of(self, variant_id: str) -> Product | None:
        return self._product("SELECT body FROM variant JOIN product USING (row) WHERE variant.id = ?", variant_id)

    def stock(self, variant_id: str) -> StockRow | None:
        return read_stock(self.db, variant_id)

    def rates(self) -> tuple[TaxRate, ...]:
        return read_rates(self.db)

    def categories(self) -> tuple[Category, ...]:
        """Return the named categories, the one with most products first."""
        counted = self.db.execute(
            "SELECT name, count(*) AS products FROM product JOIN category ON category.id = product.category "
            "WHERE name <> '' GROUP BY category.id ORDER BY products DESC, name"
        )
        return tuple(Category(name, count) for name, count in counted)

    def count(self) -> int:
        """Return how many products there are."""
        return int(self.db.execute("SELECT count(*) FROM product").fetchone()[0])

    def pictures(self, limit: int) -> tuple[str, ...]:
        """Return the hashes of the pictures of the best sellers."""
        found = self.db.execute(
            "SELECT json_extract(body, '$.picture') AS picture FROM product WHERE picture IS NOT NULL "
            "GROUP BY picture ORDER BY min(row) LIMIT ?",
            (limit,),
        )
        return tuple(str(picture) for (picture,) in found)

    def close(self) -> None:
        self.db.close()

    def _product(self, question: str, key: str) -> Product | None:
        found = self.db.execute(question, (key,)).fetchone()
        return None if found is None else read_product(found[0])


def build(products: Iterable[Stocked], rates: Iterable[TaxRate], cursor: int, made_at: datetime) -> bytes:
    """Write an image; products come in the order in which a search shall show them."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.execute("PRAGMA secure_delete = ON")  # what a page held before would make equal input differ
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {FORMAT}")
    db.executescript(SCHEMA)
    db.execute("BEGIN")
    db.executemany("INSERT INTO meta VALUES (?, ?)", [("cursor", str(cursor)), ("made_at", made_at.isoformat())])
    for row, stocked in enumerate(products, start=1):
        put_product(db, row, stocked.product)
        for stock in stocked.stock:
            put_stock(db, stock)
    for rate in rates:
        put_rate(db, rate.key, rate)
    db.execute("INSERT INTO words (words) VALUES ('optimize')")
    db.execute("COMMIT")
    db.execute("VACUUM")
    image = db.serialize()
    db.close()
    return image


def unpack(gz: bytes, sha256: str) -> bytes | BadImage:
    """Check the hash of an image as it was served, and unpack it."""
    if hashlib.sha256(gz).hexdigest() != sha256:
        return _damaged("its checksum differs")
    unpacking = zlib.decompressobj(wbits=31)
    try:
        data = unpacking.decompress(gz, MOST_BYTES)
    except zlib.error:
        return _damaged("it does not unpack")
    if not unpacking.eof:
        return _damaged("it is too large" if unpacking.unconsumed_tail else "its end is missing")
    return data


def open_image(data: bytes) -> Catalogue | BadImage:
    """Open an image in memory; whatever is wrong with it comes back as a value."""
    opened: Catalogue | BadImage
    if not data:
        return _damaged("it is empty")
    db = sqlite3.connect(":memory:", isolation_level=None)
    try:
        db.deserialize(data)
        opened = _opened(db)
    except MemoryError:
        opened = BadImage(
            "The new catalogue does not fit into the memory of this device. Sales and the catalogue in use are safe. "
            "Close other programs and restart the register."
        )
    except (sqlite3.Error, ValueError, OverflowError):
        opened = _damaged("it cannot be read")
    if isinstance(opened, BadImage):
        db.close()
    return opened


def _opened(db: sqlite3.Connection) -> Catalogue | BadImage:
    if _pragma(db, "application_id") != APPLICATION_ID:
        return _damaged("it is not a catalogue")
    if _pragma(db, "user_version") > FORMAT:
        return BadImage(
            "The new catalogue is made for a newer Store OS. Sales and the catalogue in use are safe. "
            "Restart the register to update it.",
            newer=True,
        )
    present = {name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    if not present.issuperset(TABLES):
        return _damaged("tables are missing")
    # The products stand for the rest: unpack() has compared every byte, and all tables would take four times as long.
    if db.execute("PRAGMA quick_check(product)").fetchone() != ("ok",):
        return _damaged("its pages do not fit together")
    meta: dict[str, str] = dict(db.execute("SELECT name, value FROM meta"))
    return Catalogue(db, int(meta.get("cursor", "")), datetime.fromisoformat(meta.get("made_at", "")))


def _pragma(db: sqlite3.Connection, name: str) -> int:
    return int(db.execute(f"PRAGMA {name}").fetchone()[0])


def _damaged(how: str) -> BadImage:
    return BadImage(
        f"The new catalogue arrived damaged: {how}. Sales and the catalogue in use are safe. "
        "Choose Sync now; if it happens again, tell the back office."
    )
