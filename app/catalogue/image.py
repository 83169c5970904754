"""The catalogue as one SQLite image: the server builds it, the till opens it in memory.

Products (in the order of how well they sell), stock, rates; nothing about people. `meta` holds `cursor` and
`made_at`; the tables stand in `tables.SCHEMA`. The same input gives the same bytes.
"""

import hashlib
import sqlite3
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import IO

from app.catalogue.tables import (
    SCHEMA,
    TABLES,
    put_product,
    put_rate,
    put_stock,
    read_product,
    read_quantity,
    read_rates,
    read_stock,
)
from app.domain.product import Product
from app.domain.tax import TaxRate
from app.sync.protocol import IMAGE_FORMAT, StockRow

FORMAT = IMAGE_FORMAT
APPLICATION_ID = 0x53744F53
"""StOS: what tells our image from any other SQLite file."""
MOST_BYTES = 1024 * 2**20
"""More than a million products unpack to; whatever is larger was not made by the OMS."""
STEP = 2**16
"""Bytes that are unpacked at once."""


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


NO_MEMORY = BadImage(
    "The new catalogue does not fit into the memory of this device. Sales and the catalogue in use are safe. "
    "Close other programs and restart the register."
)


class Catalogue:
    """An open image in memory; changes are applied to this copy only."""

    def __init__(self, db: sqlite3.Connection, cursor: int, made_at: datetime) -> None:
        self.db = db
        """For app.catalogue alone."""
        self.cursor = cursor
        """The image holds every change up to and including this one."""
        self.made_at = made_at
        self._at_close: Callable[[], None] = lambda: None

    def at_close(self, act: Callable[[], None]) -> None:
        """Have something done when the catalogue is closed."""
        self._at_close = act

    def product(self, product_id: str) -> Product | None:
        return self._product("SELECT body FROM product WHERE id = ?", product_id)

    def product_of(self, variant_id: str) -> Product | None:
        return self._product("SELECT body FROM variant JOIN product USING (row) WHERE variant.id = ?", variant_id)

    def stock(self, variant_id: str) -> StockRow | None:
        return read_stock(self.db, variant_id)

    def quantity(self, variant_id: str) -> Decimal | None:
        """How many the stock row counts; None where there is no row."""
        return read_quantity(self.db, variant_id)

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
        self._at_close()

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
    file = BytesIO()
    checksum = unpack_into(file, gz, sha256)
    return checksum if isinstance(checksum, BadImage) else file.getvalue()


def unpack_into(file: IO[bytes], gz: bytes, sha256: str) -> int | BadImage:
    """Check the hash of an image as it was served, unpack it into a file, and return the CRC-32 of that."""
    if hashlib.sha256(gz).hexdigest() != sha256:
        return damaged("its checksum differs")
    unpacking, checksum, size = zlib.decompressobj(wbits=31), 0, 0
    try:
        for start in range(0, len(gz), STEP):
            part = unpacking.decompress(gz[start : start + STEP], MOST_BYTES - size + 1)
            checksum, size = zlib.crc32(part, checksum), size + len(part)
            if size > MOST_BYTES:
                return damaged("it is too large")
            file.write(part)
    except zlib.error:
        return damaged("it does not unpack")
    return checksum if unpacking.eof else damaged("its end is missing")


def open_image(data: bytes) -> Catalogue | BadImage:
    """Open an image in memory; whatever is wrong with it comes back as a value."""
    if not data:
        return damaged("it is empty")
    db = sqlite3.connect(":memory:", isolation_level=None)
    try:
        db.deserialize(data)
    except (sqlite3.Error, MemoryError, OverflowError) as error:
        db.close()
        return NO_MEMORY if isinstance(error, MemoryError) else damaged("it cannot be read")
    return open_database(db, look_through=True)


def open_database(db: sqlite3.Connection, *, look_through: bool, settings: str = "") -> Catalogue | BadImage:
    """Open what is said to be an image; where it was not compared byte by byte, it has to be looked through."""
    opened: Catalogue | BadImage
    try:
        db.executescript(settings)
        opened = _opened(db, look_through=look_through)
    except MemoryError:
        opened = NO_MEMORY
    except (sqlite3.Error, ValueError, OverflowError):
        opened = damaged("it cannot be read")
    if isinstance(opened, BadImage):
        db.close()
    return opened


def _opened(db: sqlite3.Connection, *, look_through: bool) -> Catalogue | BadImage:
    if _pragma(db, "application_id") != APPLICATION_ID:
        return damaged("it is not a catalogue")
    if _pragma(db, "user_version") > FORMAT:
        return BadImage(
            "The new catalogue is made for a newer Store OS. Sales and the catalogue in use are safe. "
            "Restart the register to update it.",
            newer=True,
        )
    present = {name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    if not present.issuperset(TABLES):
        return damaged("tables are missing")
    # The products stand for the rest: unpack() has compared every byte, and all tables would take four times as long.
    if look_through and db.execute("PRAGMA quick_check(product)").fetchone() != ("ok",):
        return damaged("its pages do not fit together")
    meta: dict[str, str] = dict(db.execute("SELECT name, value FROM meta"))
    return Catalogue(db, int(meta.get("cursor", "")), datetime.fromisoformat(meta.get("made_at", "")))


def _pragma(db: sqlite3.Connection, name: str) -> int:
    return int(db.execute(f"PRAGMA {name}").fetchone()[0])


def damaged(how: str) -> BadImage:
    """Say for people how an image is damaged."""
    return BadImage(
        f"The new catalogue arrived damaged: {how}. Sales and the catalogue in use are safe. "
        "Choose Sync now; if it happens again, tell the back office."
    )
