"""The round "server" in its small form; `python3 build.py torture` has the large one."""

from pathlib import Path

from e2e.torture.apart import apart
from e2e.torture.plan import Plan
from e2e.torture.server import run


def test_a_server_that_is_killed_in_the_middle_of_a_batch_loses_and_doubles_nothing(tmp_path: Path) -> None:
    """What was acknowledged is booked once, whichever of two servers on one database died, and whenever."""
    tally = apart(run, Plan(seed=1, kills=4, orders=0, place=tmp_path))

    assert (tally.good, tally.measures["kills"], tally.acknowledged > 20) == (True, 4, True), tally
