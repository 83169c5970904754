"""Writes many rows of a table at once: straight to the driver, which takes less time than the way through the mapping.

What a batch of entries brings goes this way. Each row names the same columns, with a value for every one.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import Any, cast

from sqlalchemy import Date, Table
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from server.oms.base import Base, Utc
from server.oms.chunks import chunks

MOST_VALUES = 32_000
"""In one statement; SQLite takes hardly more, PostgreSQL twice as many."""
Row = dict[str, Any]
Step = Callable[[Any], Any]
"""What makes a value one for the driver, where that is needed."""


def add_rows(session: Session, kind: type[Base], rows: Sequence[Row], *, over: str = "") -> None:
    """Insert rows; `over` names the key under which a row that is there already is written anew."""
    if not rows:
        return
    connection, table, names = session.connection(), table_of(kind), tuple(rows[0])
    mark = _mark(connection.dialect)
    one = f"({', '.join([mark] * len(names))})"
    anew = ", ".join(f"{name} = excluded.{name}" for name in names if name != over)
    for some in chunks(rows, MOST_VALUES // len(names)):
        values = _values(connection.dialect, table, names, some)
        # Names of tables and columns are ours; every value is bound.
        many = ", ".join([one] * len(some))
        sql = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES {many}"  # noqa: S608  # nosec B608
        otherwise = f" ON CONFLICT ({over}) DO UPDATE SET {anew}" if over else ""  # nosec B608
        connection.exec_driver_sql(sql + otherwise, tuple(values))


def change_rows(session: Session, kind: type[Base], key: str, rows: Sequence[Row]) -> None:
    """Write some columns of rows that are there anew; each row names its key."""
    if rows:
        connection, table = session.connection(), table_of(kind)
        names, mark = (*(name for name in rows[0] if name != key), key), _mark(connection.dialect)
        values = _values(connection.dialect, table, names, rows)
        anew = ", ".join(f"{name} = {mark}" for name in names[:-1])
        sql = f"UPDATE {table.name} SET {anew} WHERE {key} = {mark}"  # noqa: S608  # nosec B608
        each = iter(values)
        connection.exec_driver_sql(sql, list(zip(*[each] * len(names), strict=True)))


def _values(dialect: Dialect, table: Table, names: tuple[str, ...], rows: Sequence[Row]) -> list[Any]:
    """What the driver gets, row after row; it goes column by column, so that Python steps in only where it must."""
    values = list(chain.from_iterable(map(itemgetter(*names), rows)))
    for at, step in steps_of(dialect, table, names):
        values[at :: len(names)] = map(step, values[at :: len(names)])
    return values


def _mark(dialect: Dialect) -> str:
    return "?" if dialect.paramstyle == "qmark" else "%s"


def table_of(kind: type[Base]) -> Table:
    """The table behind a class."""
    return cast(Table, kind.__table__)


@lru_cache
def steps_of(dialect: Dialect, table: Table, names: tuple[str, ...]) -> list[tuple[int, Step]]:
    """The columns whose values the driver does not take as they are, and what makes them so."""
    steps = ((at, _step(dialect, table.c[name].type)) for at, name in enumerate(names))
    return [(at, step) for at, step in steps if step is not None]


@lru_cache
def _step(dialect: Dialect, kind: TypeEngine[Any]) -> Step | None:
    step: Step | None = kind.dialect_impl(dialect).bind_processor(dialect)
    # The rows of a sale all have its day and its time, in whatever table.
    return lru_cache(maxsize=1024)(step) if step and isinstance(kind, Date | Utc) else step
