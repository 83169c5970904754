"""The round "tabs" in its small form: three of its faults; `python3 build.py torture` has all of them."""

from pathlib import Path

import pytest

from e2e.desktop import missing_programs
from e2e.torture import tabs
from e2e.torture.apart import small
from e2e.torture.one_folder import WANTED

pytestmark = pytest.mark.browser


def test_two_tabs_and_a_copied_profile_lose_and_double_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever opens the register twice must not make two sales of one; a copied profile does, and people are told."""
    monkeypatch.setattr(tabs, "DECK", ("pressed in both", "copied"))

    tally = small(tabs.run, tmp_path, kills=2)

    assert (tally.good, tally.faults, tally.left_out) == (True, 2, ()), tally
    assert int(tally.measures["twice_by_copies_and_told"]) > 0, "both copies gave the same numbers"


@pytest.mark.skipif(bool(missing_programs()), reason=f"no screen: this machine lacks {', '.join(missing_programs())}")
def test_two_registers_on_one_folder_lose_and_double_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A shop with two registers and one disk: neither may overwrite the other, and each folder's part is its own."""
    monkeypatch.setattr(tabs, "DECK", ("one folder",))

    tally = small(tabs.run, tmp_path, kills=1)

    assert (tally.good, tally.faults, tally.left_out, tally.lost) == (True, 1, (), 0), tally
    for measure, _ in WANTED:
        assert int(tally.measures[measure]) > 0, f"one of them was killed while it saved: {tally.measures}"
