"""The round "clock" in full; the table alone is a unit test (tests/till/test_clock_table.py)."""

from pathlib import Path

from e2e.torture.apart import small
from e2e.torture.clock import ROWS, run


def test_what_is_sold_by_a_wrong_clock_arrives(tmp_path: Path) -> None:
    """A year back or on, over midnight or 1 April: each sale is booked once, whatever time it bears."""
    tally = small(run, tmp_path)

    assert (tally.good, tally.lost, tally.acknowledged) == (True, 0, 2 * len(ROWS)), tally
