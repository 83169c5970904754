"""The round "clock" of the fault-injection suite: every time fault has its expected result written down."""

from pathlib import Path

from e2e.torture.clock import ROWS, table
from e2e.torture.plan import Plan


def test_every_row_of_the_table_comes_true(tmp_path: Path) -> None:
    """Midnight, 1 April, daylight saving, a dead battery: what happens is decided before it happens."""
    tally = table(Plan(seed=1, kills=0, orders=0, place=tmp_path))

    assert (tally.good, tally.faults > len(ROWS)) == (True, True), tally.notes
