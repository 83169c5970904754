"""A database of an older release, with a store's rows in it, is brought up to date: nothing of it is lost.

`python -c "from tests.server.test_old_databases import write; write('18')"` writes down how one of today looks.
"""

import json
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Connection, Date, DateTime, LargeBinary, MetaData, Table, select
from starlette.testclient import TestClient

from app.sync.protocol import API
from server.office.people import Role, add_person
from server.oms.database import Database, alembic_config
from server.oms.oms import open_oms, wire
from server.oms.registers import make_code
from server.oms.secrets import Secrets
from tests.conftest import order
from tests.server.browser import Browser
from tests.server.cluster import Cluster
from tests.server.conftest import POSTGRESQL, browser, settings_in, stock_up

GOLDEN = Path(__file__).parents[1] / "golden"
CHANGED = {"facts", "alembic_version"}
"""Tables in which a migration may change a row: what a database says of itself."""
Rows = list[dict[str, Any]]


def packed(value: object) -> object:
    """A value as JSON has it, the same from either database."""
    if isinstance(value, bytes):
        return b64encode(value).decode()
    if isinstance(value, datetime) and value.tzinfo is not None:
        value = value.astimezone(UTC).replace(tzinfo=None)
    return value.isoformat() if isinstance(value, date) else value


def unpacked(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """A row as its columns take it."""

    def one(name: str, value: Any) -> Any:
        kind = table.columns[name].type
        if value is None or not isinstance(kind, LargeBinary | DateTime | Date):
            return value
        if isinstance(kind, LargeBinary):
            return b64decode(value)
        return (
            datetime.fromisoformat(value).replace(tzinfo=UTC)
            if isinstance(kind, DateTime)
            else date.fromisoformat(value)
        )

    return {name: one(name, value) for name, value in row.items()}


def tables_of(connection: Connection) -> dict[str, Table]:
    known = MetaData()
    known.reflect(connection)
    return {table.name: table for table in known.sorted_tables if table.name != "alembic_version"}


def rows_of(connection: Connection, tables: dict[str, Table]) -> dict[str, Rows]:
    """Everything that lies in these tables."""
    found = {name: connection.execute(select(table)).mappings() for name, table in tables.items()}
    return {name: [{key: packed(each[key]) for key in each} for each in rows] for name, rows in found.items()}


def write(name: str, revision: str = "head") -> None:
    """Write a small store down as a golden file, in the tables and columns that a revision has."""
    with tempfile.TemporaryDirectory() as folder:
        there = settings_in(Path(folder), Path(folder) / "secrets.json")
        oms = open_oms(there)
        stock_up(oms)
        with oms.database.write() as session:
            make_code(session, "FRONT")
            add_person(session, "admin", Role.ADMIN, "correct horse battery")
        register = Browser.enrol(browser(oms))
        register.push(register.sale(order()), register.sale(order(id="o2")))
        old = Database(f"sqlite:///{Path(folder) / 'old.db'}")
        command.upgrade(alembic_config(old.url), revision)
        with oms.database.engine.connect() as new, old.engine.connect() as before:
            kept = tables_of(before)
            rows = rows_of(new, {each: table for each, table in tables_of(new).items() if each in kept})
            fits = {
                each: [{key: value for key, value in row.items() if key in kept[each].columns} for row in some]
                for each, some in rows.items()
            }
            [(number,)] = before.exec_driver_sql("SELECT version_num FROM alembic_version")
        old.close()
        oms.close()
    text = json.dumps({"revision": number, "token": register.me.token, "tables": fits}, indent=1)
    (GOLDEN / f"database-{name}.json").write_text(f"{text}\n")


@pytest.fixture
def url(backend: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """An empty database."""
    if backend != POSTGRESQL:
        yield settings_in(tmp_path, tmp_path).database_url
        return
    cluster: Cluster = request.getfixturevalue("cluster")
    made = cluster.url(cluster.new())
    yield made
    cluster.drop(made)


def pour(database: Database, golden: dict[str, Any]) -> None:
    """Make the database as that release made it, and put the rows in."""
    command.upgrade(alembic_config(database.url), golden["revision"])
    with database.engine.begin() as connection:
        for name, table in tables_of(connection).items():
            rows = [unpacked(table, row) for row in golden["tables"][name]]
            if rows:
                connection.execute(table.insert(), rows)


def changed(database: Database, golden: dict[str, Any]) -> list[str]:
    """Tables whose rows are not what they were."""
    with database.engine.connect() as connection:
        tables = tables_of(connection)
        rows = rows_of(connection, {name: tables[name] for name in golden["tables"]})
    wrong = []
    for name, old in golden["tables"].items():
        now = [{key: row[key] for key in old[0]} for row in rows[name]] if old else []
        if sorted(map(repr, now)) != sorted(map(repr, old)):
            wrong.append(name)
    return wrong


@pytest.mark.databases
@pytest.mark.parametrize("file", sorted(GOLDEN.glob("database-*.json")), ids=lambda file: file.stem)
def test_a_store_of_that_release_goes_on(url: str, tmp_path: Path, keys: Secrets, file: Path) -> None:
    """Its rows are there as they were, its register is known, its orders are listed, and a new one enrols."""
    golden = json.loads(file.read_text())
    database = Database(url)
    pour(database, golden)
    database.migrate()
    wrong = [name for name in changed(database, golden) if name not in CHANGED]
    database.close()
    oms = wire(replace(settings_in(tmp_path, tmp_path / "none"), database_url=url), keys)
    client: TestClient = browser(oms)
    reply = client.get(f"{API}/orders", headers={"Authorization": f"Bearer {golden['token']}"})
    second = Browser.enrol(client)
    verdicts = second.push(second.sale(order()))
    oms.close()

    assert ([], 200, 2) == (wrong, reply.status_code, reply.json()["count"])
    assert ("R2", ["accepted"]) == (second.me.register, [each.kind.value for each in verdicts])


def test_there_is_one_of_the_oldest_and_one_of_the_newest() -> None:
    """Between them every migration is run upon rows."""
    revisions = {json.loads(file.read_text())["revision"] for file in GOLDEN.glob("database-*.json")}

    assert {"0001", "0017"} <= revisions
