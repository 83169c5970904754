"""What the OMS has booked, read straight from its tables, so that two moments can be compared."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

TABLES = {
    "entries": "digest, verdict",
    "orders": "id, number, register, seq, total, offline, customer, value",
    "payments": "order_id, position, payment_id, tender_id, amount, received, reference",
    "ledger": "order_id, account, business_day, amount",
    "stock": "variant_id, quantity, included",
    "stock_moves": "order_id, variant_id, quantity",
    "amendments": "digest, order_id, value",
    "returns": "id, number, order_id, total, standing, value",
    "refunds": "return_id, position, tender_id, amount",
    "returned_stock": "return_id, variant_id, quantity",
    "balance_moves": "id, kind, key, amount",
    "shifts": "id, register, opened_seq, closed_seq, opening_float, expected, counted, number",
    "cash_moves": "digest, shift_id, amount, reason",
    "cash_ledger": "digest, account, amount",
    "sale_documents": "id, kind, number, quantity, value, tax, total",
    "sale_lines": "document_id, position, variant_id, quantity, total",
    "sale_payments": "document_id, position, tender, amount",
}
"""What every register's entries come to; when they came in, and under which number of the OMS, is no part of it."""
DATASETS = ("customers", "vouchers", "accounts", "products")
Row = tuple[object, ...]


@dataclass(frozen=True)
class Books:
    """The OMS's tables at one moment."""

    rows: Mapping[str, frozenset[Row]]
    records: Mapping[tuple[str, str], Mapping[str, object]]
    """Customers, balances and products, by data set and id, without their revisions."""
    numbers: Mapping[str, str]
    """The number that the OMS gave to each order."""
    series: frozenset[str]
    revision: int
    revisions: Mapping[tuple[str, str], int]

    def differences(self, other: "Books") -> list[str]:
        """Say in which rows another moment is not this one."""
        found: list[str] = []
        for table, rows in self.rows.items():
            here, there = rows - other.rows[table], other.rows[table] - rows
            found += [f"{table}: {row} is gone" for row in sorted(map(str, here))]
            found += [f"{table}: {row} was not there" for row in sorted(map(str, there))]
        keys = sorted(self.records.keys() | other.records.keys())
        return found + [f"{' '.join(key)} differs" for key in keys if self.records.get(key) != other.records.get(key)]


def books_of(data: Path) -> Books:
    """Read the books of the OMS whose data this is."""
    database = sqlite3.connect(data / "store-os.db")
    try:
        return _read(database)
    finally:
        database.close()


def _read(database: sqlite3.Connection) -> Books:
    def rows(question: str) -> list[Row]:
        return list(database.execute(question))

    wanted = ", ".join(f"'{name}'" for name in DATASETS)
    records = rows(f"SELECT dataset, id, value, revision FROM records WHERE dataset IN ({wanted}) AND NOT gone")  # noqa: S608
    return Books(
        rows={table: frozenset(rows(f"SELECT {columns} FROM {table}")) for table, columns in TABLES.items()},  # noqa: S608
        records={(str(of), str(key)): _plain(str(value)) for of, key, value, _ in records},
        numbers={str(order): str(number) for order, number in rows("SELECT id, order_number FROM orders")},
        series=frozenset(
            str(each) for row in rows("SELECT invoice, credit_note, training FROM registers") for each in row
        ),
        revision=int(str(rows("SELECT value FROM counters WHERE name = 'revision'")[0][0])),
        revisions={(str(of), str(key)): int(str(revision)) for of, key, _, revision in records},
    )


def _plain(value: str) -> dict[str, object]:
    """A record without what says only when it came."""
    read: dict[str, object] = json.loads(value)
    return {name: each for name, each in read.items() if name != "revision"}
