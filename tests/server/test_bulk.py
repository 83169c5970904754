"""Rows that go straight to the driver read back as those that go through the mapping do."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select, text

from app.domain.numbers import INDIA
from server.oms import bulk
from server.oms.bulk import add_rows, change_rows
from server.oms.oms import Oms
from server.oms.tables import Stock

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)


def a_row(key: str, at: datetime = NOON) -> dict[str, Any]:
    return {"variant_id": key, "quantity": 1, "included": "{}", "revision": 1, "at": at}


def test_a_moment_of_any_zone_is_written_as_one_in_utc(oms: Oms) -> None:
    """Two registers' clocks may stand in two zones: what was sold at one moment has to compare as equal."""
    with oms.database.write() as session:
        add_rows(session, Stock, [a_row("new-1"), a_row("new-2", NOON.astimezone(INDIA))])
        change_rows(session, Stock, "variant_id", [{"variant_id": "new-1", "quantity": 7, "revision": 8}])
    with oms.database.read() as session:
        written = set(session.scalars(text("SELECT at FROM stock WHERE variant_id LIKE 'new-%'")))
        rows = session.scalars(select(Stock).where(Stock.variant_id.like("new-%")).order_by(Stock.variant_id)).all()

    assert 1 == len(written)
    assert [(NOON, 7, 8), (NOON, 1, 1)] == [(row.at, row.quantity, row.revision) for row in rows]


def test_a_moment_is_turned_into_text_once_for_all_rows(oms: Oms) -> None:
    """A sale leaves some ten rows with the same moment; each turn of it took as long as all else of its row."""
    step = dict(bulk.steps_of(oms.database.engine.dialect, bulk.table_of(Stock), ("variant_id", "at")))[1]

    assert step(NOON + timedelta(seconds=1)) is step(NOON + timedelta(seconds=1))
