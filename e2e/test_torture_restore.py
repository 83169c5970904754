"""The round "restore"; `python3 build.py torture` runs it, too."""

from pathlib import Path

from e2e.torture.apart import small
from e2e.torture.restore import run


def test_registers_make_a_restored_oms_whole_again(tmp_path: Path) -> None:
    """Yesterday's backup lacks a day: it comes back by itself, and nothing that only rises turns back."""
    tally = small(run, tmp_path)

    assert (tally.good, (tally.acknowledged or 0) > 100) == (True, True), tally
    assert tally.measures["entries_that_the_backup_lacked, new machine"] == 44
