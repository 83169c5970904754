"""Names beside places: what one lacks is seen without opening a file."""

import asyncio
from datetime import timedelta

import pytest

from app.sync.entry import Entry, Kind, file_path
from app.sync.filing import good_copy
from app.sync.journal import advanced
from app.sync.status import FolderState
from app.till.comparing import Compared, compare
from app.till.ports import FolderFailed
from tests.conftest import NOW
from tests.fakes.folder import FakeFolder
from tests.sync.entries import chain, entry, head


def made(days: int) -> list[Entry]:
    """An entry a day."""
    at, entries = head(), list[Entry]()
    for day in range(days):
        entries.append(entry(at, Kind.SALE, NOW + timedelta(days=day)))
        at = advanced(at, entries[-1])
    return entries


def compared(folder: FakeFolder, *places: int, after: int = 0, since: str = "") -> Compared:
    return asyncio.run(compare(folder, head(), places, after=after, since=since))


def holding(*entries: Entry) -> FakeFolder:
    return FakeFolder({file_path(each.header): each.line for each in entries}, chosen="sales")


def test_each_place_is_told_what_it_lacks() -> None:
    """This is what is written, in both directions."""
    entries = made(5)
    found = compared(holding(entries[0], entries[2], entries[4]), 1, 2, 3, 4)

    assert ({5: [file_path(entries[4].header)]}, [2, 4]) == (found.lacking, found.missing)


def test_another_register_in_the_same_folder_is_not_ours() -> None:
    """Two registers share a folder: what one has is never counted as the other's."""
    found = compared(holding(*made(1), *chain(3, head(register="R2"))), 1, 2)

    assert ({}, [2], []) == (found.lacking, found.missing, found.odd)


def test_what_was_pruned_is_in_the_folder_alone() -> None:
    """Entries that the browser was allowed to forget must not come back at every start."""
    assert [5] == list(compared(holding(*made(5)), after=4).lacking)


def test_before_selling_only_the_newest_days_are_read() -> None:
    """A register of three years starts at once: what lies behind its end lies in the newest folders."""
    found = compared(holding(*made(5)), since=(NOW + timedelta(days=4)).date().isoformat())

    assert [4, 5] == sorted(found.lacking)


class Dying(FakeFolder):
    """It goes away behind its newest day."""

    async def names(self, path: tuple[str, ...]) -> frozenset[str] | FolderFailed:
        oldest = path[-1:] == (NOW.date().isoformat(),)
        return FolderFailed(FolderState.LOST, "it is gone") if oldest else await super().names(path)


def test_of_a_folder_that_goes_away_all_is_missing() -> None:
    """What was seen in it is not there any more either: the register must not say that it has two copies."""
    entries = made(2)
    folder = Dying({file_path(each.header): each.line for each in entries}, chosen="sales")

    assert [1, 2] == compared(folder, 1, 2).missing


@pytest.mark.parametrize("places", [(1, 2), (), (2,)], ids=["known", "lost", "one lost"])
def test_a_good_copy_is_no_second_entry_and_another_id_is(places: tuple[int, ...]) -> None:
    """Two files for one place are two sales, unless the one is the mended other."""
    entries = made(2)
    folder = holding(*entries)
    folder.files[good_copy(file_path(entries[0].header))] = entries[0].line
    second = (*file_path(entries[1].header)[:-1], "000002-sale-other.json")
    folder.files[second] = b""

    assert {2: {file_path(entries[1].header), second}} == {
        seq: set(paths) for seq, paths in compared(folder, *places).twice.items()
    }
