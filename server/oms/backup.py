"""Backup and restore of the OMS's database in SQLite; PostgreSQL has its own tools."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy.engine import make_url

from server.oms.database import Database
from server.oms.epochs import Impossible, Reached, begin_epoch, reached_by
from server.oms.images import CURRENT
from server.oms.oms import Oms
from server.oms.times import now
from server.settings import Settings

ENDINGS = ("", "-wal", "-shm")
"""Of the files that are a database in SQLite."""


def back_up(oms: Oms, target: Path) -> str | Impossible:
    """Copy the database as it is at one moment, while others go on writing."""
    source = _file(oms.settings)
    if source is None:
        return Impossible("This database is not SQLite. Use pg_dump, as docs/hosting.md says.")
    if target.exists():
        return Impossible(f"{target} exists already. Choose another name: a backup never replaces a file.")
    try:
        target.touch(mode=0o600)  # customers are in it
        with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
            live.backup(copy)
    except (OSError, sqlite3.Error) as error:
        with suppress(OSError):
            target.unlink(missing_ok=True)  # half of one is none
        return Impossible(
            f"There is no backup: {target} can't be written ({error}). Make room or choose another place."
        )
    return f"Backed up to {target}. Keep the secrets file with it, in another safe place: {oms.settings.secret_file}"


def put_back(settings: Settings, backup: Path) -> str | Impossible:
    """Replace the database by a backup and begin a new epoch; the one before is kept beside it."""
    place = _file(settings)
    if place is None:
        return Impossible("This database is not SQLite. Use pg_restore, then new-epoch, as docs/hosting.md says.")
    if not _is_ours(backup):
        return Impossible(f"{backup} is not a backup of Store OS. Nothing was changed.")
    reached = reached_by(settings.database_url) if place.exists() else None
    if place.with_name(f"{place.name}-wal").exists():  # the last one to close a database takes its log away
        return Impossible("The server is running on this database. Stop it first. Nothing was changed.")
    made = _made_ready(settings, backup, place, reached)
    (settings.images / CURRENT).unlink(missing_ok=True)
    kept = _set_aside(place)
    made.replace(place)
    before = f" The database before is {kept}." if kept else ""
    return f"Restored. Registers will send again what the backup lacks.{before}"


def _made_ready(settings: Settings, backup: Path, place: Path, reached: Reached | None) -> Path:
    """Make the database beside its place, up to its new epoch: what takes the place is never one without it."""
    made = place.with_name(f"{place.stem}-restoring{place.suffix}")
    for ending in ENDINGS:  # of one that was broken off
        made.with_name(made.name + ending).unlink(missing_ok=True)
    with closing(sqlite3.connect(backup)) as source, closing(sqlite3.connect(made)) as target:
        source.backup(target)
    database = Database(str(make_url(settings.database_url).set(database=str(made))))
    try:
        database.migrate()
        with database.write() as session:
            begin_epoch(session, reached)
    finally:
        database.close()
    return made


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
    for ending in ENDINGS:
        file = place.with_name(place.name + ending)
        if file.exists():
            file.rename(aside.with_name(aside.name + ending))
    return aside


def _file(settings: Settings) -> Path | None:
    url = make_url(settings.database_url)
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None
