"""Reads the OMS's database as it lies there, table by table, with SQL of our own."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Integer, String, column, create_engine, select, table
from sqlalchemy.sql.expression import literal_column

from e2e.torture.checker.evidence import Kept, Place
from e2e.torture.checker.sealed import data_keys

Row = Mapping[str, Any]
TABLES = (
    *("registers", "entries", "rejects", "orders", "payments", "ledger", "stock", "stock_moves", "variants"),
    *("exceptions", "returns", "refunds", "cash_ledger", "returned_stock", "sale_documents", "sale_payments"),
)


@dataclass(frozen=True)
class Oms:
    """The rows of every table that a sale leaves a trace in."""

    tables: Mapping[str, tuple[Row, ...]]
    keys: Mapping[str, bytes]
    """The data keys of registers, by the key's id."""

    def rows(self, name: str) -> tuple[Row, ...]:
        return self.tables[name]

    def by(self, name: str, key: str) -> dict[Any, list[Row]]:
        """Group the rows of a table by one of its columns."""
        groups = defaultdict[Any, list[Row]](list)
        for row in self.rows(name):
            groups[row[key]].append(row)
        return groups

    @property
    def place(self) -> Place:
        """The entries that it has taken in, as one more place of every register."""
        kept = (Kept(bytes(row["line"]), row["seq"], row["id"]) for row in self.rows("entries"))
        return Place("OMS", tuple(kept))

    def conflicts(self) -> Place:
        """What it keeps beside the books, because an entry with the same id is there: a person has to decide."""
        kept = (row for row in self.rows("rejects") if row["verdict"] == "conflict")
        return Place("OMS, conflicts", tuple(Kept(bytes(row["line"]), row["seq"], "") for row in kept))


def read_oms(database: str, secrets: Path) -> Oms:
    """Read everything, in one transaction."""
    engine = create_engine(database)
    with engine.connect() as connection:
        tables = {
            name: tuple(
                dict(row) for row in connection.execute(select(literal_column("*")).select_from(table(name))).mappings()
            )
            for name in TABLES
        }
    engine.dispose()
    wrapped = {row["key_id"]: row["wrapped_key"] for row in tables["registers"]}
    return Oms(tables, data_keys(secrets, wrapped))


def stock_of(database: str) -> dict[str, int]:
    """Count what is on the shelves, in thousandths by variant: take it before a round."""
    engine = create_engine(database)
    with engine.connect() as connection:
        asked = select(column("variant_id", String), column("quantity", Integer)).select_from(table("stock"))
        counts = {row.variant_id: row.quantity for row in connection.execute(asked)}
    engine.dispose()
    return counts
