"""The round "month" in its small form; `python3 build.py torture` has the large one."""

from pathlib import Path

from e2e.torture.apart import small
from e2e.torture.month import run


def test_a_month_without_a_network_arrives_whole(tmp_path: Path) -> None:
    """Thirty shifts with returns and corrections, a restart each morning: one drain brings all of it, once."""
    tally = small(run, tmp_path, orders=300)

    assert (tally.good, 300 <= int(tally.measures["entries"]) < 320) == (True, True), tally
