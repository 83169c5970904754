"""The schema only grows: an older backup, and a server of the release before, must still fit."""

import json
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from server.office import tables as office_tables  # noqa: F401 -- its tables are part of Base
from server.oms import (  # noqa: F401 -- part of Base  # noqa: F401 -- part of Base
    tables_balances,
    tables_cards,
    tables_e_invoice,
    tables_leases,
    tables_online,
    tables_recovering,
    tables_reports,
    tables_returns,
    tables_shift,
)
from server.oms.database import Database
from server.oms.tables import Base

SNAPSHOT = Path(__file__).with_name("schema.json")
WHAT_TO_DO = """The tables are no longer those of tests/server/schema.json.
If you took something away or renamed it: don't; add the new beside the old, and stop using the old.
If you added something: write a migration (server/migrations/versions), then write the snapshot anew:
    python -c "from tests.server.test_schema import write_snapshot; write_snapshot()"
"""


def schema() -> dict[str, dict[str, str]]:
    """Describe the tables: each column with its type, and whether it may be empty."""
    return {
        table.name: {
            column.name: f"{type(column.type).__name__}{' or none' if column.nullable else ''}"
            for column in table.columns
        }
        for table in Base.metadata.sorted_tables
    }


def write_snapshot() -> None:
    SNAPSHOT.write_text(json.dumps(schema(), indent=2, sort_keys=True) + "\n")


def test_the_schema_is_the_one_that_was_agreed() -> None:
    """A change of the tables has to be meant, and to come with a migration."""
    assert json.loads(SNAPSHOT.read_text()) == schema(), WHAT_TO_DO


def test_the_migrations_make_the_tables_that_the_code_expects(tmp_path: Path) -> None:
    """Otherwise a fresh database and an old one would differ."""
    database = Database(f"sqlite:///{tmp_path / 'new.db'}")
    database.migrate()
    with database.engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    database.close()

    assert [] == differences


def test_migrating_twice_changes_nothing(tmp_path: Path) -> None:
    """It runs at every start."""
    database = Database(f"sqlite:///{tmp_path / 'new.db'}")
    database.migrate()
    database.migrate()
    with database.write() as session:
        names = {row[0] for row in session.connection().exec_driver_sql("SELECT name FROM sqlite_master")}
    database.close()

    assert {table.name for table in Base.metadata.sorted_tables} <= names
