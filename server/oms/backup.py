"""Backup and restore of the OMS's database (SQLite; PostgreSQL has its own tools).

A restore begins a new epoch: every register then offers again what it keeps, and what came in after the backup
comes in once more. Numbers that only rise are never turned back, so no series and no revision is used twice.
"""

import secrets
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from server.oms.database import Database
from server.oms.images import CURRENT
from server.oms.oms import Oms
from server.oms.revisions import current, set_fact, take
from server.oms.tables import Counter, Record, Register, Stock
from server.oms.tables_recovering import Recovery
from server.oms.times import now
from server.settings import Settings

SKIPPED = {"enrolment": 10, "fence": 10, "order": 100_000, "revision": 1_000_000}
"""How much of each counter a restore passes over where the database before it can't be asked how far it had come."""


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


def back_up(oms: Oms, target: Path) -> str | Impossible:
    """Copy the database as it is at one moment, while others go on writing."""
    source = _file(oms.settings)
    if source is None:
        return Impossible("This database is not SQLite. Use pg_dump for PostgreSQL.")
    if target.exists():
        return Impossible(f"{target} exists already. Choose another name: a backup never replaces a file.")
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
    return f"Backed up to {target}. Keep the secrets file with it, in another safe place: {oms.settings.secret_file}"


def put_back(settings: Settings, backup: Path) -> str | Impossible:
    """Replace the database by a backup and begin a new epoch; the one before is kept beside it."""
    place = _file(settings)
    if place is None:
        return Impossible("This database is not SQLite. Use pg_restore for PostgreSQL.")
    if not _is_ours(backup):
        return Impossible(f"{backup} is not a backup of Store OS. Nothing was changed.")
    reached = _reached(settings) if place.exists() else None
    if place.with_name(f"{place.name}-wal").exists():  # the last one to close a database takes its log away
        return Impossible("The server is running on this database. Stop it first. Nothing was changed.")
    (settings.images / CURRENT).unlink(missing_ok=True)
    kept = _set_aside(place)
    with closing(sqlite3.connect(backup)) as source, closing(sqlite3.connect(place)) as target:
        source.backup(target)
    database = Database(settings.database_url)
    database.migrate()
    with database.write() as session:
        _begin_epoch(session, reached)
    database.close()
    before = f" The database before is {kept}." if kept else ""
    return f"Restored. Registers will send again what the backup lacks.{before}"


def _begin_epoch(session: Session, reached: Reached | None) -> None:
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


def _keep_recoveries(session: Session, reached: Reached | None) -> None:
    """Let codes stay with whoever used them: a lost journal is then brought once more."""
    for each in reached.recoveries if reached else ():
        here = session.get(Recovery, each.code_hash)
        each.booked = here.booked if here else 0
        session.merge(each)


def _reached(settings: Settings) -> Reached | None:
    """Ask the database before the restore; a damaged one can't tell."""
    database = Database(settings.database_url)
    try:
        with database.read() as session:
            registers = tuple(session.scalars(select(Register)))
            counters = {row.name: row.value for row in session.scalars(select(Counter))}
            reached = Reached(counters, registers, _recoveries(session))
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


def _is_ours(backup: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"file:{backup}?mode=ro", uri=True)) as database:
            return database.execute("SELECT value FROM facts WHERE name = 'epoch'").fetchone() is not None
    except sqlite3.DatabaseError:
        return False


def _set_aside(place: Path) -> Path | None:
    """Move the database before out of the way, with its write-ahead log."""
    if not place.exists():
        return None
    aside = place.with_name(f"{place.stem}-before-{now():%Y%m%dT%H%M%S}{place.suffix}")
    for ending in ("", "-wal", "-shm"):
        file = place.with_name(place.name + ending)
        if file.exists():
            file.rename(aside.with_name(aside.name + ending))
    return aside


def _file(settings: Settings) -> Path | None:
    url = make_url(settings.database_url)
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None
