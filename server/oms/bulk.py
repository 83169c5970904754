"""Writes many rows of a table at once: straight to the driver, which takes less time than the way through the mapping.

What a batch of entries brings goes this way. Each row names the same columns, with a value for every one.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import Table
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from server.oms.base import Base
from server.oms.chunks import chunks

MOST_VALUES = 32_000
"""In one statement; SQLite takes hardly more, PostgreSQL twice as many."""
Row = dict[str, Any]
Step = Callable[[Any], Any] | None
"""What makes a value one for the driver, where that is needed."""


def add_rows(session: Session, kind: type[Base], rows: Sequence[Row], *, over: str = "") -> None:
    """Insert rows; `over` names the key under which a row that is there already is written anew."""
    if not rows:
        return
    connection, table, names = session.connection(), table_of(kind), tuple(rows[0])
    steps, mark = _steps(connection.dialect, table, names)
    one = f"({', '.join([mark] * len(names))})"
    anew = ", ".join(f"{name} = excluded.{name}" for name in names if name != over)
    for some in chunks(rows, MOST_VALUES // len(names)):
        values = [row[name] if step is None else step(row[name]) for row in some for name, step in steps]
        # Names of tables and columns are ours; every value is bound.
        many = ", ".join([one] * len(some))
        sql = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES {many}"  # noqa: S608  # nosec B608
        otherwise = f" ON CONFLICT ({over}) DO UPDATE SET {anew}" if over else ""  # nosec B608
        connection.exec_driver_sql(sql + otherwise, tuple(values))


def change_rows(session: Session, kind: type[Base], key: str, rows: Sequence[Row]) -> None:
    """Write some columns of rows that are there anew; each row names its key."""
    if rows:
        connection, table = session.connection(), table_of(kind)
        steps, mark = _steps(connection.dialect, table, (*(name for name in rows[0] if name != key), key))
        values = [tuple(row[name] if step is None else step(row[name]) for name, step in steps) for row in rows]
        anew = ", ".join(f"{name} = {mark}" for name, _ in steps[:-1])
        sql = f"UPDATE {table.name} SET {anew} WHERE {key} = {mark}"  # noqa: S608  # nosec B608
        connection.exec_driver_sql(sql, values)


def table_of(kind: type[Base]) -> Table:
    """The table behind a class."""
    return cast(Table, kind.__table__)


@lru_cache
def _steps(dialect: Dialect, table: Table, names: tuple[str, ...]) -> tuple[list[tuple[str, Step]], str]:
    steps = [(name, _step(dialect, table.c[name].type)) for name in names]
    return steps, "?" if dialect.paramstyle == "qmark" else "%s"


def _step(dialect: Dialect, kind: TypeEngine[Any]) -> Step:
    step: Step = kind.dialect_impl(dialect).bind_processor(dialect)
    # The rows of a sale all have its day and its time.
    return lru_cache(maxsize=256)(step) if step and kind.python_type in {date, datetime} else step
