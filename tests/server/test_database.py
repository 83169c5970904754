"""What is committed is on the disk: a power cut takes nothing that a register was told is there."""

import traceback

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import IntegrityError

from server.oms.database import Database
from server.oms.oms import Oms
from server.oms.tables import VariantRow

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


@pytest.mark.databases
@pytest.mark.parametrize("twice", [True, False], ids=["a key", "a row"])
def test_a_failing_statement_names_nobody(oms: Oms, *, twice: bool) -> None:
    """Its error goes into the server's log, which is kept, mailed and pasted where customers have no business."""
    row = {"id": "Meera Iyer", "product_id": "9876543210", "sku": "S1" if twice else None, "sold": 0}
    with oms.database.write() as session:
        if twice:
            session.execute(insert(VariantRow), row)
        with pytest.raises(IntegrityError) as caught:
            session.execute(insert(VariantRow), row)
        session.rollback()
    told = "".join(traceback.format_exception(caught.value))

    assert [] == [name for name in ("Meera", "98765") if name in told]
    assert "INSERT INTO" in told, "what failed is still said"
