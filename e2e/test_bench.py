"""The bench in its small form: it runs, and no ratio is absurd; how quick we are is no matter of a test."""

from pathlib import Path

import pytest

from bench.plan import Plan
from bench.table import QUICK, runs

ABSURD = 30
"""Times worse than the goal: no busy machine does that to a ratio."""


@pytest.mark.parametrize("name", QUICK)
def test_a_row_of_the_bench_runs(name: str, tmp_path: Path) -> None:
    """A bench that broke months ago shows nothing when somebody needs it."""
    rows = runs(name)[name](Plan(small=True, place=tmp_path))

    assert rows
    assert [] == [(row.what, held.words) for row in rows for held in row.held() if held.off_by > ABSURD]
