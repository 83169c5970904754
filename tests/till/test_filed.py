"""Reading a register's journal back from a folder: everything is found, and what cannot be read is named."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest

from app.sync.entry import Entry, Kind, Unreadable, file_path
from app.sync.filing import Name, read_name
from app.sync.status import FolderState
from app.till.filed import File, days, read_journal, registers
from app.till.ports import FolderFailed
from tests.fakes.folder import FakeFolder, OnDisk
from tests.sync.entries import chain, head


def written(path: Path, entries: Sequence[Entry]) -> FakeFolder:
    folder = FakeFolder(OnDisk(path), chosen="Offline sales")
    folder.files.update({file_path(entry.header): entry.line for entry in entries})
    return folder


def read(folder: FakeFolder, register: str = "DS01-R1") -> list[tuple[File, ...] | FolderFailed]:
    async def all_of_it() -> list[tuple[File, ...] | FolderFailed]:
        return [each async for each in read_journal(folder, register)]

    return asyncio.run(all_of_it())


def test_a_register_is_read_in_slices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tens of thousands of files are read while people sell, so whoever reads must come to a rest in between."""
    monkeypatch.setattr("app.till.filed.SLICE", 2)
    entries = chain(5)

    slices = read(written(tmp_path, [*entries, *chain(2, head(register="R2"))]))

    assert [2, 2, 1] == [len(each) for each in slices if isinstance(each, tuple)]
    assert list(entries) == [file.found for each in slices if isinstance(each, tuple) for file in each]


def test_registers_are_told_from_what_else_lies_there(tmp_path: Path) -> None:
    """Two registers share a folder, and somebody has put a photo in."""
    folder = written(tmp_path, [*chain(1), *chain(1, head(register="R2"))])
    folder.files["photos", "a.jpg"] = folder.files["README.txt",] = b"nothing of ours"

    assert ("DS01-R1", "DS01-R2") == asyncio.run(registers(folder))
    assert ("2026-11-21",) == asyncio.run(days(folder, "DS01-R1"))


def test_a_damaged_file_is_told_with_its_bytes(tmp_path: Path) -> None:
    """Evidence: the bytes are there for whoever looks, and the others are read all the same."""
    entries = chain(3)
    folder = written(tmp_path, entries)
    folder.files[file_path(entries[1].header)] = b"half"

    (found,) = read(folder)

    assert isinstance(found, tuple)
    assert (b"half", True) == (found[1].content, isinstance(found[1].found, Unreadable))
    assert [entries[0], entries[2]] == [found[0].found, found[2].found]


def test_a_folder_that_goes_away_ends_the_reading(tmp_path: Path) -> None:
    """Whoever reads must not take what was read until then for everything."""
    folder = written(tmp_path, chain(3))
    folder.fault = FolderState.PROMPT

    assert [FolderState.PROMPT] == [each.state for each in read(folder) if isinstance(each, FolderFailed)]


@pytest.mark.parametrize("kind", Kind)
def test_the_name_of_a_file_is_read_back(kind: Kind) -> None:
    """What one place lacks is told from names; a kind whose name could not be read would be missing for ever."""
    entry = chain(1)[0]
    header = entry.header.model_copy(update={"kind": kind, "seq": 1_234_567, "id": "a-b.c_1"})

    assert Name(1_234_567, kind, "a-b.c_1") == read_name(file_path(header)[-1])


@pytest.mark.parametrize("text", ["Thumbs.db", "000001-sale-a.json.crswap", "1-sale-a.json", "000001-sale-.json", ""])
def test_what_is_no_name_of_ours_is_none(text: str) -> None:
    """Whatever else lies in the folder is never counted as an entry."""
    assert read_name(text) is None
