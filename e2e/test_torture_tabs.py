"""The round "tabs" in its small form; `python3 build.py torture` has the large one."""

from pathlib import Path

import pytest

from e2e.torture import tabs
from e2e.torture.apart import apart
from e2e.torture.plan import Plan

pytestmark = pytest.mark.browser
"""It starts one by itself, and one runs at a time."""


def test_two_tabs_and_a_copied_profile_lose_and_double_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever opens the register twice must not make two sales of one; a copied profile does, and people are told."""
    monkeypatch.setattr(tabs, "DECK", ("pressed in both", "copied"))

    tally = apart(tabs.run, Plan(seed=1, kills=2, orders=0, place=tmp_path))

    assert (tally.good, tally.faults) == (True, 2), tally
    assert int(tally.measures["twice_by_copies_and_told"]) > 0, "both copies gave the same numbers"
