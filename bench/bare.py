"""The bare work beside the OMS's: the very rows that it has inserted, by plain multi-row INSERTs of the driver."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from sqlalchemy import Engine, event

Rows = dict[str, list[tuple[Any, ...]]]
"""Rows by the beginning of the statement that inserts them: table and columns."""
MOST_VALUES = 32_000
"""In one statement; neither database takes many more."""


@contextmanager
def inserted(engine: Engine) -> Iterator[Rows]:
    """Note every row that is inserted meanwhile, as the driver gets it; what may be there already is no new row."""
    rows: Rows = {}

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        if statement.startswith("INSERT INTO") and "ON CONFLICT" not in statement:
            noted.append((statement, parameters, many))

    noted: list[tuple[str, Any, bool]] = []
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield rows
    finally:
        event.remove(engine, "before_cursor_execute", note)
    for statement, parameters, many in noted:
        into, _, _ = statement.partition(" VALUES ")
        for each in parameters if many else [parameters]:
            rows.setdefault(into, []).extend(_rows(into, each))


def insert(engine: Engine, rows: Rows) -> None:
    """Insert rows in one transaction, as many at once as the database takes."""
    with closing(engine.raw_connection()) as connection:
        fill(connection, rows, "?" if engine.dialect.name == "sqlite" else "%s")


def fill(connection: Any, rows: Rows, mark: str = "?") -> None:
    """The same on a connection of the driver."""
    cursor = connection.cursor()
    if mark == "?":
        cursor.execute("BEGIN IMMEDIATE")
    for into, values in rows.items():
        most = MOST_VALUES // len(values[0])
        for start in range(0, len(values), most):
            some = values[start : start + most]
            one = f"({', '.join([mark] * len(some[0]))})"
            cursor.execute(f"{into} VALUES {', '.join([one] * len(some))}", [value for row in some for value in row])
    connection.commit()


def _rows(into: str, parameters: Any) -> Iterator[tuple[Any, ...]]:
    """Cut the values of one statement into rows, as long as its columns are many."""
    values = tuple(parameters.values() if isinstance(parameters, dict) else parameters)
    columns = into.count(",") + 1
    return (values[start : start + columns] for start in range(0, len(values), columns))
