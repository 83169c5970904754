"""The round "storage" in its small form: each fault of the storage once; `python3 build.py torture` runs it, too."""

import secrets
from pathlib import Path

import pytest

from e2e.torture.apart import apart
from e2e.torture.faults import FAULTS
from e2e.torture.plan import Plan
from e2e.torture.storage import run

pytestmark = pytest.mark.browser
"""It starts one by itself, and one runs at a time."""


def test_whatever_happens_to_the_storage_no_sale_is_lost(tmp_path: Path) -> None:
    """Full, cleared, locked, pulled out, damaged: what was shown as saved is everywhere once, and the rest is said."""
    seed = secrets.randbelow(1_000_000)

    tally = apart(run, Plan(seed=seed, kills=len(FAULTS), orders=0, place=tmp_path))

    assert tally.good, (seed, tally)
    assert (len(FAULTS), True) == (tally.faults, tally.acknowledged >= len(FAULTS)), (seed, tally)
