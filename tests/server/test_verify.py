"""`verify`: a folder's chain and bodies are checked, and each fault is named."""

from pathlib import Path

import pytest

from app.sync.entry import Entry, file_path, parse
from server.oms.oms import Oms
from server.oms.verify import verify_folder
from tests.conftest import order
from tests.server.browser import Browser


@pytest.fixture
def folder(tmp_path: Path, register: Browser) -> Path:
    """A register's folder with three sales, the first of them in the OMS."""
    lines = [register.sale(order()) for _ in range(3)]
    register.push(lines[0])
    for each in lines:
        entry = parse(each)
        assert isinstance(entry, Entry)
        path = tmp_path / "folder" / Path(*file_path(entry.header))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(each + b"\n")
    return tmp_path / "folder"


def entry_file(folder: Path, seq: int) -> Path:
    return next(folder.rglob(f"{seq:06d}-*.json"))


def test_a_whole_folder(oms: Oms, folder: Path) -> None:
    """What an auditor wants to read."""
    found = verify_folder(oms, folder)

    assert "3 entries, 1 of them in the OMS: the chain is whole\n" == found.text()


def test_a_missing_file(oms: Oms, folder: Path) -> None:
    """A sale taken out of the folder leaves a gap."""
    entry_file(folder, 2).unlink()

    assert ("DS01-R1: after entry 1 comes 3",) == verify_folder(oms, folder).faults


def test_a_changed_file(oms: Oms, folder: Path) -> None:
    """A changed header no longer opens, and its successor no longer follows it."""
    path = entry_file(folder, 2)
    path.write_bytes(path.read_bytes().replace(b'"at":"2026', b'"at":"2025'))
    faults = verify_folder(oms, folder).faults

    assert ["entry 3 does not follow entry 2", "entry 2: the body does not open"] == [
        fault.removeprefix("DS01-R1: ")[: len(start)]
        for fault, start in zip(
            faults, ("entry 3 does not follow entry 2", "entry 2: the body does not open"), strict=True
        )
    ]


def test_a_cut_file(oms: Oms, folder: Path) -> None:
    """A file that lost its end is named by its path."""
    path = entry_file(folder, 3)
    path.write_bytes(path.read_bytes()[:100])

    assert verify_folder(oms, folder).faults[0].startswith(f"{path.relative_to(folder)}: ")
