"""PostgreSQL: writers one at a time over all servers, whole numbers as sums, and no wait without an end.

Several servers may use one database. Whoever writes holds one lock from the beginning of its transaction to its
commit, so revisions become visible in their order; who dies or hangs loses its connection, and so the lock.
"""

from typing import Any

from psycopg import Connection as Raw
from psycopg.adapt import Buffer, Loader
from psycopg.types.string import StrDumper
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection, ExceptionContext
from sqlalchemy.orm import Session

WRITERS, MIGRATIONS, IMAGES = 7_786_001, 7_786_002, 7_786_003
"""Keys of advisory locks; other programs on the same database have others."""
POOL = {"pool_size": 5, "max_overflow": 25, "pool_timeout": 10, "pool_pre_ping": True}
"""Connections of one server: PostgreSQL allows a hundred in all, unless it is told otherwise."""
_SETTINGS = """
SET lock_timeout = '{busy}ms';
SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'
"""
_BEGIN = f"SET LOCAL idle_in_transaction_session_timeout = '60s'; SELECT pg_advisory_xact_lock({WRITERS})"


class _Whole(Loader):
    """The sum of whole numbers is one, too: PostgreSQL calls it numeric. There is nothing else numeric here."""

    def load(self, data: Buffer) -> int:
        return int(bytes(data))


class _Text(StrDumper):
    """PostgreSQL's texts hold every character but NUL, which nobody has typed."""

    def dump(self, obj: str) -> Buffer | None:
        return super().dump(obj.replace("\0", "\N{REPLACEMENT CHARACTER}"))


def open_engine(url: str, busy_ms: int) -> Engine:
    """Connect; a verdict is on disk before it is given, whatever the database was told for others."""
    engine = create_engine(url, hide_parameters=True, **POOL)

    @event.listens_for(engine, "connect")
    def prepare(connection: Raw[Any], _record: object) -> None:
        connection.adapters.register_loader("numeric", _Whole)
        connection.adapters.register_dumper(str, _Text)
        with connection.cursor() as cursor:
            cursor.execute(_SETTINGS.format(busy=busy_ms).encode())
        connection.commit()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("store_os_writes", False):
            connection.exec_driver_sql(_BEGIN)

    event.listen(engine, "handle_error", _say_no_more)
    return engine


def _say_no_more(context: ExceptionContext) -> None:
    """Leave what went wrong, and take the detail away: it quotes rows, and errors stand in the log."""
    for error in (context.original_exception, context.sqlalchemy_exception):
        if error is not None and error.args:
            error.args = (str(error.args[0]).partition("\nDETAIL:")[0],)


def of_one_moment(engine: Engine) -> Engine:
    """For readers: all that is read in a transaction is of one moment, as it is in SQLite."""
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def alone(session: Session, key: int) -> bool:
    """Whether nobody else does this now; to the end of the transaction nobody will."""
    return bool(session.connection().exec_driver_sql(f"SELECT pg_try_advisory_xact_lock({key})").scalar())
