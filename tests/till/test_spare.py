"""The spare place: a sale that the folder does not take lies in two places all the same, before it is called saved."""

import pytest

from app.sync.entry import file_path
from app.sync.protocol import VerdictKind
from app.sync.status import FolderState
from app.till.ports import FolderFailed
from tests.till.test_recording import sells
from tests.till.till import Till

Files = dict[tuple[str, ...], bytes]


def spared(till: Till) -> Files:
    """The entries that lie in the spare place."""
    return {path: line for path, line in till.device.spare.files.items() if "journal" in path}


def lines(till: Till) -> Files:
    """The journal, as files."""
    return {file_path(entry.header): entry.line for entry in till.entries()}


def folder_is(till: Till, state: FolderState) -> Till:
    till.device.folder.fault = state
    return till


@pytest.mark.parametrize("state", [FolderState.LOST, FolderState.PROMPT, FolderState.NONE])
def test_a_sale_that_the_folder_does_not_take_is_kept_beside_the_database(till: Till, state: FolderState) -> None:
    """A browser that finds its database damaged deletes it: what only the database had would be nowhere."""
    till.device.folder.chosen = "" if state is FolderState.NONE else "Offline sales"
    folder_is(till, state).starts_again().signs_in()
    sells(till, 2)

    assert (2, lines(till)) == (len(till.orders()), spared(till))


def test_it_lies_there_before_the_sale_is_called_saved(selling: Till) -> None:
    """Nothing is claimed before it is durable: a browser may die while the customer reads "Sale saved"."""
    folder_is(selling, FolderState.LOST)
    saved_at: list[int] = []
    seen = selling.register.loop.dispatch

    def dispatch(event: object) -> None:
        if type(event).__name__ == "Recorded":
            saved_at.append(len(spared(selling)))
        seen(event)  # type: ignore[arg-type]

    selling.register.runner._dispatch = dispatch
    sells(selling, 1)

    assert [1] == saved_at


def test_with_a_folder_that_works_nothing_more_is_done(selling: Till) -> None:
    """The second copy is in the folder: a third would cost each sale its milliseconds."""
    sells(selling, 2)

    assert ({}, lines(selling)) == (spared(selling), filed(selling))


def test_without_a_spare_place_the_sale_is_saved_as_before(selling: Till) -> None:
    """No room, or a browser that has none: that is no reason to send a customer away."""
    folder_is(selling, FolderState.LOST)
    selling.device.spare.fault = FolderState.LOST
    sells(selling, 1)

    assert (1, {}) == (len(selling.orders()), spared(selling))


def test_what_waits_and_lay_in_a_folder_that_went_is_kept_too(selling: Till) -> None:
    """A stick that was pulled took the copies of this morning along."""
    selling.goes_offline()
    sells(selling, 2)
    folder_is(selling, FolderState.LOST)
    sells(selling, 1)

    assert lines(selling) == spared(selling)


def test_a_journal_that_does_not_answer_then_is_no_bug(selling: Till) -> None:
    """Folder and storage fail in one moment: the sale is told, and what waits is kept at the next start."""
    selling.goes_offline()
    sells(selling, 1)
    folder_is(selling, FolderState.LOST).device.disk.unreadable = 1
    sells(selling, 1)
    before = len(spared(selling))
    selling.starts_again()

    assert (1, lines(selling)) == (before, spared(selling))


def test_a_folder_that_is_back_takes_everything_and_the_spare_place_is_empty(selling: Till) -> None:
    """One place to look into, for recovery and for the back office; and no copy that nobody knows of."""
    folder_is(selling, FolderState.LOST)
    sells(selling, 3)
    folder_is(selling, FolderState.OK).says("FolderPicked")

    assert ({}, lines(selling)) == (spared(selling), filed(selling))


def test_a_file_that_is_not_in_the_folder_for_sure_stays(selling: Till) -> None:
    """Written is not there: only what was read back byte for byte is taken away here."""
    folder_is(selling, FolderState.LOST)
    sells(selling, 2)
    path = next(iter(lines(selling)))
    selling.device.folder.files[path] = b"something else"
    folder_is(selling, FolderState.OK).says("FolderPicked")

    assert {path: lines(selling)[path]} == spared(selling)


def test_a_folder_that_goes_again_is_not_waited_for_file_by_file(selling: Till) -> None:
    """A drive of a network that never answers costs three seconds once, not once a file."""
    folder_is(selling, FolderState.LOST)
    sells(selling, 3)
    asked: list[tuple[str, ...]] = []

    async def write(path: tuple[str, ...], _: bytes) -> FolderFailed:
        asked.append(path)
        return FolderFailed(FolderState.LOST, "the folder does not answer")

    folder_is(selling, FolderState.OK).device.folder.write = write  # type: ignore[assignment, method-assign]
    selling.says("FolderPicked")
    files = [path for path in asked if "journal" in path]

    assert (1, 3) == (len(files), len(spared(selling)))


def test_where_no_folder_works_a_file_goes_when_the_oms_has_it(selling: Till) -> None:
    """A store that chose no folder must not fill the disk with what is booked long since."""
    folder_is(selling, FolderState.LOST)
    sells(selling, 2)
    selling.is_judged(VerdictKind.REFUSED)
    kept = spared(selling)
    selling.device.shelf.kept_verdicts.clear()
    selling.is_judged()

    assert (lines(selling), {}) == (kept, spared(selling))


def test_the_same_after_a_start(till: Till) -> None:
    """A crash came between the verdict and its file."""
    folder_is(till, FolderState.LOST).starts_again().signs_in()
    sells(till, 2)
    till.device.disk.owner += 1
    entries = dict(till.device.disk.journal)
    till.register = till.register.__class__(till.device.ports, lambda old, new: {}, till.device.disk.owner)
    till.is_judged()
    before = spared(till)
    till.starts_again()

    assert ({file_path(entry.header) for entry in entries.values()}, {}) == (set(before), spared(till))


def filed(till: Till) -> Files:
    return {path: line for path, line in till.device.folder.files.items() if "journal" in path}
