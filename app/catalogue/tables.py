"""The tables of a catalogue image, and how one product, stock row or rate is written and read.

Only what SQLite 3.39 knows. `row` is a product's place in the order of how well it sells. Beginnings of up to six
letters have an index of their own: else each word that begins so is read, and "choco cheese" takes the time of ten.
An image is asked and changed by the rules of its own format: words taken out have to be those that were put in.
"""

import json
import sqlite3
from datetime import datetime
from decimal import Decimal

from app.catalogue.words import CodeKind, codes, searched
from app.domain.product import Product
from app.domain.tax import TaxRate
from app.sync.protocol import StockRow

SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE category (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE product (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, category INTEGER NOT NULL, body TEXT NOT NULL);
CREATE INDEX product_by_category ON product (category);
CREATE TABLE variant (id TEXT PRIMARY KEY, row INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE code (code TEXT, kind INTEGER, row INTEGER, variant TEXT, PRIMARY KEY (code, kind, row, variant))
    WITHOUT ROWID;
CREATE TABLE stock (variant TEXT PRIMARY KEY, quantity TEXT NOT NULL, at TEXT NOT NULL, included TEXT NOT NULL)
    WITHOUT ROWID;
CREATE TABLE rate (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE applied (dataset TEXT, id TEXT, revision INTEGER NOT NULL, PRIMARY KEY (dataset, id)) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5
    (text, content='', columnsize=0, detail=none, prefix='1 2 3 4 5 6', tokenize='ascii');
"""
TABLES = ("meta", "category", "product", "variant", "code", "stock", "rate", "applied", "words")


def category_word(category: int) -> str:
    """Return the word that stands in the index for a category; nobody can type it."""
    return f"\ue000{category}"


def image_format(db: sqlite3.Connection) -> int:
    """Return the format that an open image was made in: its index knows the words of that, whatever came since."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def product_text(product: Product) -> str:
    """Write a product; what has its default is left out, so a default is part of the format."""
    return product.model_dump_json(exclude_defaults=True)


def read_product(text: str) -> Product:
    """Read a product; what a newer release has added to it is passed over."""
    return Product.model_validate_json(text, extra="ignore")


def put_product(db: sqlite3.Connection, row: int, product: Product) -> None:
    """Write a product at a free row."""
    db.execute("INSERT INTO category (name) VALUES (?) ON CONFLICT DO NOTHING", (product.category,))
    (category,) = db.execute("SELECT id FROM category WHERE name = ?", (product.category,)).fetchone()
    found = f"{searched(product, image_format(db))} {category_word(category)}"
    db.execute("INSERT INTO product VALUES (?, ?, ?, ?)", (row, product.id, category, product_text(product)))
    db.execute("INSERT INTO words (rowid, text) VALUES (?, ?)", (row, found))
    db.executemany("INSERT OR REPLACE INTO variant VALUES (?, ?)", [(v.id, row) for v in product.variants])
    db.executemany(
        "INSERT OR IGNORE INTO code VALUES (?, ?, ?, ?)",
        [(code, kind, row, variant_id) for code, kind, variant_id in codes(product)],
    )


def find_product(db: sqlite3.Connection, product_id: str) -> tuple[int, Product] | None:
    """Return a product and its row."""
    found = db.execute("SELECT row, body FROM product WHERE id = ?", (product_id,)).fetchone()
    return None if found is None else (found[0], read_product(found[1]))


def found_alike(db: sqlite3.Connection, one: Product, other: Product) -> bool:
    """Tell whether two states of a product are found in the same ways: only its price or its picture changed."""
    made = image_format(db)
    return _found_by(one, made) == _found_by(other, made)


def change_product(db: sqlite3.Connection, row: int, product: Product) -> None:
    """Write a product over a state of it that is found alike; the indexes, which take most of the time, stay."""
    db.execute("UPDATE product SET body = ? WHERE row = ?", (product_text(product), row))


def take_product(db: sqlite3.Connection, row: int, product: Product) -> None:
    """Take a product out of its row."""
    (category,) = db.execute("SELECT category FROM product WHERE row = ?", (row,)).fetchone()
    words = f"{searched(product, image_format(db))} {category_word(category)}"
    # An index without contents has to be told what it forgets.
    db.execute("INSERT INTO words (words, rowid, text) VALUES ('delete', ?, ?)", (row, words))
    db.executemany("DELETE FROM variant WHERE id = ? AND row = ?", [(v.id, row) for v in product.variants])
    db.executemany("DELETE FROM code WHERE code = ? AND row = ?", [(code, row) for code, _, _ in codes(product)])
    db.execute("DELETE FROM product WHERE row = ?", (row,))


def put_stock(db: sqlite3.Connection, stock: StockRow) -> None:
    included = json.dumps(stock.included, sort_keys=True, separators=(",", ":"))
    values = (stock.variant_id, str(stock.quantity), stock.at.isoformat(), included)
    db.execute("INSERT OR REPLACE INTO stock VALUES (?, ?, ?, ?)", values)


def read_stock(db: sqlite3.Connection, variant_id: str) -> StockRow | None:
    found = db.execute("SELECT quantity, at, included FROM stock WHERE variant = ?", (variant_id,)).fetchone()
    if found is None:
        return None
    quantity, at, included = found
    return StockRow(
        variant_id=variant_id,
        quantity=Decimal(quantity),
        at=datetime.fromisoformat(at),
        included=json.loads(included),
    )


def read_quantity(db: sqlite3.Connection, variant_id: str) -> Decimal | None:
    """Return how many there were, without what the count holds: a search asks it of thirty products."""
    found = db.execute("SELECT quantity FROM stock WHERE variant = ?", (variant_id,)).fetchone()
    return None if found is None else Decimal(found[0])


def put_rate(db: sqlite3.Connection, rate_id: str, rate: TaxRate) -> None:
    db.execute("INSERT OR REPLACE INTO rate VALUES (?, ?)", (rate_id, rate.model_dump_json()))


def read_rates(db: sqlite3.Connection) -> tuple[TaxRate, ...]:
    return tuple(
        TaxRate.model_validate_json(body, extra="ignore") for (body,) in db.execute("SELECT body FROM rate ORDER BY id")
    )


def _found_by(product: Product, made: int) -> tuple[str, str, list[str], list[tuple[str, CodeKind, str]]]:
    """Return all that the indexes hold of a product."""
    ids = [variant.id for variant in product.variants]
    return product.category, searched(product, made), ids, list(codes(product))
