"""Epochs: a database that was put back from a backup begins a new one, and every register offers again what it keeps.

Numbers that only rise are never turned back, so no series and no revision is used twice. A database in PostgreSQL that
was restored notices by itself that it is not where it was; whoever knows more says so by `new-epoch`.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from server.oms.database import Database
from server.oms.images import CURRENT
from server.oms.revisions import current, fact, set_fact, take
from server.oms.tables import Counter, Record, Register, Stock
from server.oms.tables_recovering import Recovery
from server.settings import Settings

SKIPPED = {"enrolment": 10, "fence": 10, "order": 100_000, "revision": 1_000_000}
"""How much of each counter a restore passes over where the database before it can't be asked how far it had come."""
HOME = """
SELECT concat_ws('/', system_identifier, timeline_id, 'facts'::regclass::oid)
FROM pg_control_system(), pg_control_checkpoint()
"""
UNREADABLE = "The database before can't be read. Nothing was changed. Without --before more numbers are passed over."
THE_SAME = "The database before is this very database. Nothing was changed. Name the one that it was restored beside."
ALREADY = "A new epoch has begun already, and nothing has come in since. Nothing was changed."


@dataclass(frozen=True, slots=True)
class Impossible:
    """Why an administrator's wish can't be met: a sentence."""

    why: str


@dataclass(frozen=True, slots=True)
class Reached:
    """How far the database before a restore had come."""

    counters: Mapping[str, int]
    registers: tuple[Register, ...]
    recoveries: tuple[Recovery, ...] = ()
    home: str = ""


def settle_epoch(session: Session) -> bool:
    """Give a new database its epoch, and one that was restored a new one; tell whether that was done."""
    if not fact(session, "epoch"):
        set_fact(session, "epoch", secrets.token_hex(8))
    elif fact(session, "home") not in ("", home(session)):
        begin_epoch(session, None)
        return True
    set_fact(session, "home", home(session))
    return False


def home(session: Session) -> str:
    """Where in PostgreSQL the tables were made: a restore makes them anew. SQLite's backups are put back by us."""
    if session.get_bind().dialect.name != "postgresql":
        return ""
    return str(session.connection().exec_driver_sql(HOME).scalar())


def new_epoch(settings: Settings, before: str = "", *, again: bool = False) -> str | Impossible:
    """Begin a new epoch after a restore that was done with other tools, once; `before` is the database before it."""
    reached = reached_by(before) if before else None
    if before and reached is None:
        return Impossible(UNREADABLE)
    database = Database(settings.database_url)
    try:
        database.migrate()
        with database.write() as session:
            here = home(session)
            if before == settings.database_url or (reached is not None and reached.home == here != ""):
                return Impossible(THE_SAME)
            if not again and (fact(session, "home"), fact(session, "epoch began")) == (here, _counters(session)):
                return ALREADY
            begin_epoch(session, reached)
    finally:
        database.close()
    (settings.images / CURRENT).unlink(missing_ok=True)
    return "A new epoch has begun. Registers will send again what this database lacks."


def begin_epoch(session: Session, reached: Reached | None) -> None:
    """Never turn a counter back, keep registers enrolled since, and number every row anew so that all hear of it."""
    set_fact(session, "epoch", secrets.token_hex(8))
    for name, value in reached.counters.items() if reached else ():
        take(session, name, max(value - current(session, name), 0))
    for name, count in SKIPPED.items() if reached is None else ():
        take(session, name, count)
    for register in reached.registers if reached else ():
        here = session.get(Register, register.id)
        if here is None:
            session.merge(register)
        elif register.revoked_at is not None:  # who was shut out since stays out
            here.revoked_at = register.revoked_at
    _keep_recoveries(session, reached)
    rows: list[Record | Stock] = [*session.scalars(select(Record)), *session.scalars(select(Stock))]
    first = take(session, "revision", len(rows))
    for offset, row in enumerate(sorted(rows, key=lambda row: row.revision)):
        row.revision = first + offset
    set_fact(session, "home", home(session))
    set_fact(session, "epoch began", _counters(session))


def _keep_recoveries(session: Session, reached: Reached | None) -> None:
    """Let codes stay with whoever used them: a lost journal is then brought once more."""
    for each in reached.recoveries if reached else ():
        here = session.get(Recovery, each.code_hash)
        each.booked = here.booked if here else 0
        session.merge(each)


def reached_by(database_url: str) -> Reached | None:
    """Ask the database before the restore; a damaged one can't tell."""
    database = Database(database_url)
    try:
        with database.read() as session:
            registers = tuple(session.scalars(select(Register)))
            counters = {row.name: row.value for row in session.scalars(select(Counter))}
            reached = Reached(counters, registers, home=home(session), recoveries=_recoveries(session))
            session.expunge_all()
            return reached
    except DatabaseError:
        return None
    finally:
        database.close()


def _recoveries(session: Session) -> tuple[Recovery, ...]:
    """None in a database that is older than they are."""
    try:
        return tuple(session.scalars(select(Recovery)))
    except DatabaseError:
        return ()


def _counters(session: Session) -> str:
    """How far every counter has come, as text; that of the audit, which this command writes, too, aside."""
    session.flush()
    rows = session.scalars(select(Counter).where(Counter.name != "audit").order_by(Counter.name))
    return json.dumps({row.name: row.value for row in rows})
