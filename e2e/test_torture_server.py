"""The round "server" in its small form; `python3 build.py torture` has the large one."""

from pathlib import Path

from e2e.torture.apart import small
from e2e.torture.server import run

KILLS, HIT = 6, 2
"""Kills, and how many of them find a batch under way at least: an idle server that dies proves nothing."""


def test_a_server_that_is_killed_in_the_middle_of_a_batch_loses_and_doubles_nothing(tmp_path: Path) -> None:
    """What was acknowledged is booked once, whichever of two servers on one database died, and whenever."""
    tally = small(run, tmp_path, kills=KILLS)

    under_way = int(tally.measures["kills_with_a_batch_under_way"])
    enough = (tally.acknowledged or 0) > 20, under_way >= HIT
    assert (tally.good, tally.measures["kills"], *enough) == (True, KILLS, True, True), tally
