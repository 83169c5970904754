"""The round "month" in its small form; `python3 build.py torture` has the large one."""

from pathlib import Path

from e2e.torture.apart import apart
from e2e.torture.month import run
from e2e.torture.plan import Plan


def test_a_month_without_a_network_arrives_whole(tmp_path: Path) -> None:
    """Thirty shifts with returns and corrections, a restart each morning: one drain brings all of it, once."""
    tally = apart(run, Plan(seed=1, kills=0, orders=0, place=tmp_path))

    assert (tally.good, tally.measures["entries"]) == (True, 300), tally
