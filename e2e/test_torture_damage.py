"""The round "damage" in its small form; `python3 build.py torture` has the large one."""

from pathlib import Path

import pytest

from e2e.torture import damage
from e2e.torture.apart import small


def test_every_damage_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One byte is enough: a folder that looks whole and is not would be trusted until it is needed."""
    monkeypatch.setattr(damage, "BYTES", 120)
    monkeypatch.setattr(damage, "OTHERS", 6)

    tally = small(damage.run, tmp_path)

    assert (tally.good, tally.faults > 180) == (True, True), tally
