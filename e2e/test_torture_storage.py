"""The round "storage" in its small form: each fault of the storage once; `python3 build.py torture` runs it, too."""

from pathlib import Path

import pytest

from e2e.torture.apart import small
from e2e.torture.faults import FAULTS
from e2e.torture.storage import run

pytestmark = pytest.mark.browser


def test_whatever_happens_to_the_storage_no_sale_is_lost(tmp_path: Path) -> None:
    """Full, cleared, locked, pulled out, damaged: what was shown as saved is everywhere once, and the rest is said."""
    tally = small(run, tmp_path, kills=len(FAULTS))

    assert tally.good, tally
    assert (len(FAULTS), True) == (tally.faults, (tally.acknowledged or 0) >= len(FAULTS)), tally
