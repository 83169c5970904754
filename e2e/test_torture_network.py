"""The round "network" in its small form; `python3 build.py torture` has the large one."""

from pathlib import Path

import pytest

from e2e.torture.network import run
from e2e.torture.plan import Plan


@pytest.mark.parametrize("seed", [1])
def test_sales_pass_every_fault_of_a_line_once(tmp_path: Path, seed: int) -> None:
    """Refused, reset, lost, late, doubled, cut: whatever the line does, each sale is booked once, as it was shown."""
    tally = run(Plan(seed=seed, kills=0, orders=90, place=tmp_path))

    assert (tally.good, tally.acknowledged, tally.faults > 60) == (True, 90, True), tally
