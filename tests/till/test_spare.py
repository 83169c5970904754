"""The spare place: a sale that the folder does not take lies in two places all the same, before it is called saved."""

import pytest

from app.sync.entry import file_path
from app.sync.filing import good_copy
from app.sync.folder_words import MANY_BACK
from app.sync.protocol import VerdictKind
from app.sync.status import FolderState
from app.till.drawing import Drawing
from app.till.ports import FolderFailed, Written
from tests.till.test_recording import sells
from tests.till.test_two_places import at_once, in_the_body, loses, spoils
from tests.till.till import Till

__all__ = ["at_once"]  # a fixture
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


@pytest.mark.parametrize("place", ["folder", "spare"])
def test_a_place_that_breaks_does_not_unsay_a_sale_that_is_saved(selling: Till, place: str) -> None:
    """The entry is in the journal by then: told that nothing was saved, a cashier would sell it a second time."""
    folder_is(selling, FolderState.LOST if place == "spare" else FolderState.OK)
    selling.goes_offline()

    async def breaks(_path: tuple[str, ...], _line: bytes) -> Written | FolderFailed:
        raise RuntimeError("InvalidStateError: the connection to the database is closing")

    getattr(selling.device, place).write = breaks
    sells(selling, 1)

    assert (1, "sell", "") == (len(selling.orders()), selling.state.screen.value, selling.state.trouble)


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


def test_what_a_kill_left_in_the_database_alone_is_kept_before_anybody_signs_in(till: Till) -> None:
    """The register died between its database and the folder, which wants a tap: a database can be lost any second."""
    folder_is(till, FolderState.PROMPT).starts_again().signs_in()
    till.goes_offline()
    sells(till, 2)
    last = file_path(till.entries()[-1].header)
    till.device.spare.files.pop(last)
    till.starts_again()

    assert till.entries()[-1].line == spared(till)[last]


def test_what_the_server_has_is_not_kept_again(selling: Till) -> None:
    """Once it is booked it lies in two places: a file more would stay until somebody taps."""
    folder_is(selling, FolderState.PROMPT)
    sells(selling, 1)
    selling.is_judged()
    before = spared(selling)
    selling.starts_again()

    assert ({}, {}) == (before, spared(selling))


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
    for there in (path, good_copy(path)):
        selling.device.folder.files[there] = b"something else"
    folder_is(selling, FolderState.OK).says("FolderPicked")

    assert {path: lines(selling)[path]} == spared(selling)


def test_a_damaged_file_in_the_folder_gets_the_spare_one_beside_it(selling: Till) -> None:
    """The browser's row is damaged too, so this is the last whole copy: from the folder it mends the row."""
    folder_is(selling, FolderState.LOST)
    sells(selling, 2)
    path, line = next(iter(lines(selling).items()))
    selling.device.folder.files[path] = b"damaged"
    spoils(selling, 1, *in_the_body(selling, 1))
    folder_is(selling, FolderState.OK).says("FolderPicked")

    assert ({}, line, b"damaged") == (spared(selling), filed(selling)[good_copy(path)], filed(selling)[path])
    assert line == selling.entries()[0].line


def test_a_row_is_mended_from_the_spare_place_where_the_folder_is_of_no_use(selling: Till) -> None:
    """File and good copy are damaged, and so is the row: what was kept meanwhile is the last whole copy."""
    folder_is(selling, FolderState.LOST)
    sells(selling, 2)
    path, line = next(iter(lines(selling).items()))
    selling.device.folder.files.update({path: b"damaged", good_copy(path): b"damaged"})
    spoils(selling, 1, *in_the_body(selling, 1))
    folder_is(selling, FolderState.OK).says("FolderPicked")

    assert line == selling.entries()[0].line


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


def test_a_file_that_went_into_the_folder_meanwhile_is_no_bug(selling: Till) -> None:
    """The verdicts came while the spare place was emptied: who looked at both is not told of a crash."""
    folder_is(selling, FolderState.LOST)
    sells(selling, 2)
    held = selling.register.runner.archivist._mirror.spare._held

    async def gone(_: tuple[str, ...]) -> None:
        held.clear()

    selling.device.spare.remove = gone  # type: ignore[assignment, method-assign]
    selling.is_judged()

    assert ("", {}) == (selling.state.trouble, held)


def test_the_same_after_a_start(till: Till) -> None:
    """A crash came between the verdict and its file."""
    folder_is(till, FolderState.LOST).starts_again().signs_in()
    sells(till, 2)
    till.device.disk.owner += 1
    entries = dict(till.device.disk.journal)
    till.register = till.register.__class__(till.device.ports, lambda old, new: Drawing({}), till.device.disk.owner)
    till.is_judged()
    before = spared(till)
    till.starts_again()

    assert ({file_path(entry.header) for entry in entries.values()}, {}) == (set(before), spared(till))


def filed(till: Till) -> Files:
    return {path: line for path, line in till.device.folder.files.items() if "journal" in path}


@pytest.mark.parametrize("back", [False, True], ids=["no folder works", "the folder is back"])
@pytest.mark.usefixtures("at_once")
def test_a_lost_end_comes_back_from_here_before_anything_is_sold(selling: Till, back: bool) -> None:
    """Else the next customer would get a number that stands on another customer's invoice."""
    selling.goes_offline()
    sells(selling, 2)
    folder_is(selling, FolderState.LOST)
    sells(selling, 2)
    before = lines(selling)
    last = max(selling.device.disk.journal)
    loses(selling, last, last - 1)
    if back:
        folder_is(selling, FolderState.OK)
    selling.starts_again().signs_in()

    assert (before, MANY_BACK.format(count=2)) == (lines(selling), selling.state.trouble)


@pytest.mark.usefixtures("at_once")
def test_an_end_of_which_each_place_has_a_part_comes_back_whole(selling: Till) -> None:
    """The folder went for one sale and came back for the next: neither place has both."""
    selling.goes_offline()
    sells(selling, 2)
    before = lines(selling)
    *_, one, other = before
    selling.device.spare.files[one] = selling.device.folder.files.pop(one)
    last = max(selling.device.disk.journal)
    loses(selling, last, last - 1).starts_again().signs_in()

    assert before == lines(selling)
    assert other in selling.device.folder.files
