"""The database: many readers, one writer at a time (also of several servers), and a schema brought up to date.

Revisions are taken under the writer's lock and become visible at its commit, in their order: a register
that asks for "everything after C" can't miss a change that was numbered earlier and committed later.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.orm import Session

from server.oms import postgresql

BUSY_MS = 15_000
"""How long a writer waits for another process (an import, a backup) before it gives up."""
CACHE_KIB = 64 * 1024
"""SQLite's own 2 MB are less than one batch of orders touches once there are tens of thousands."""
LOG_PAGES = 8_000
"""So long (32 MB) the log grows before it is put into the file. SQLite's own 1,000 pages are fewer than 500 orders
write, so that each commit wrote everything twice. In the log it is on disk as safely as in the file."""
AWAY: tuple[type[Exception], ...] = (OperationalError, InterfaceError, NoConnection)
"""The database is away, busy or full, or another writer was in the way: nothing was changed, and later it may go."""
MIGRATIONS = Path(__file__).resolve().parents[1] / "migrations"


class Database:
    """Hands out sessions: `read()` sees one consistent moment, `write()` commits at its end or not at all."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = _engine(url)
        self._writing = threading.Lock()
        self._writer = self.engine.execution_options(store_os_writes=True)
        self._shared = self.engine.dialect.name == "postgresql"
        self._reader = postgresql.of_one_moment(self.engine) if self._shared else self.engine

    @contextmanager
    def read(self) -> Iterator[Session]:
        with Session(self._reader) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        with self._writing, Session(self._writer, expire_on_commit=False) as session, session.begin():
            session.connection()  # begins now, with the lock that every writer of every server takes
            yield session

    def alone(self, session: Session, key: int) -> bool:
        """Whether no other server does this now; nobody will, to the end of the session's transaction."""
        return not self._shared or postgresql.alone(session, key)

    def migrate(self) -> None:
        """Bring the schema up to the newest migration."""
        command.upgrade(alembic_config(self.url), "head")

    def close(self) -> None:
        self.engine.dispose()


def alembic_config(url: str) -> Config:
    """Alembic's configuration without a file of its own."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def _engine(url: str) -> Engine:
    if make_url(url).get_backend_name() != "sqlite":
        return postgresql.open_engine(url, BUSY_MS)
    engine = create_engine(url, connect_args={"timeout": BUSY_MS / 1000}, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own idea of when a transaction begins would break savepoints: we say BEGIN ourselves.
    connection.isolation_level = None
    usual = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_MS}")
    for pragma in (*usual, f"cache_size=-{CACHE_KIB}", f"wal_autocheckpoint={LOG_PAGES}"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("store_os_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
