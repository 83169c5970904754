"""What is committed is on the disk: a power cut takes nothing that a register was told is there."""

from sqlalchemy import text

from server.oms.database import Database
from server.oms.oms import Oms

FULL = 2
"""PRAGMA synchronous: the log is on the disk before a commit returns."""


def settings_of(database: Database) -> list[tuple[str, int, int]]:
    """How several connections stand: the kind of log, when it is on the disk, and whether references are checked."""
    found: list[tuple[str, int, int]] = []
    for _ in range(3):
        with database.write() as writer, database.read() as reader:
            for session in (writer, reader):
                asked = [
                    session.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")
                ]
                found.append((str(asked[0]), int(asked[1]), int(asked[2])))
    return found


def test_every_connection_waits_for_the_disk(oms: Oms) -> None:
    """With less than that, SQLite in WAL mode answers before the disk does: an accepted sale would be gone."""
    assert {("wal", FULL, 1)} == set(settings_of(oms.database))
