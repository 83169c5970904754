"""The spare place: a sale that the folder does not take lies in two places all the same, before it is called saved."""

from collections.abc import Iterator

import pytest

from app.sync.entry import file_path
from app.sync.former import Former, former, former_path
from app.sync.protocol import VerdictKind
from app.sync.recovering import RECOVERY, Wish, begun
from app.sync.status import FolderState
from app.till.ports import FolderFailed
from tests.fakes.till import FakeDevice, FakeShelf
from tests.sync.entries import chain, head
from tests.till.test_anew import is_copied
from tests.till.test_recording import sells
from tests.till.till import KEY, REGISTERED, Till, people_changes
from tests.till.ui.page import by_id, drawn

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

    assert ({}, lines(selling)) == (spared(selling), _filed(selling))


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


def test_a_folder_that_is_back_takes_everything_and_the_spare_place_is_empty(selling: Till) -> None:
    """One place to look into, for recovery and for the back office; and no copy that nobody knows of."""
    folder_is(selling, FolderState.LOST)
    sells(selling, 3)
    folder_is(selling, FolderState.OK).says("FolderPicked")

    assert ({}, lines(selling)) == (spared(selling), _filed(selling))


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


def _filed(till: Till) -> Files:
    return {path: line for path, line in till.device.folder.files.items() if "journal" in path}


# ------------------------------------------------------------ who this browser was


@pytest.fixture
def lost() -> Iterator[Till]:
    """R7 sold offline with no folder at hand; then the browser lost its database, and became R1."""
    till = Till(device=_loses_its_database())
    yield till
    till.close()


def _loses_its_database() -> FakeDevice:
    device = FakeDevice()
    was = former(REGISTERED.model_copy(update={"register": "R7", "enrolment": "e7"}))
    device.spare.files[former_path("e7")] = was.model_dump_json().encode()
    device.spare.files.update({file_path(entry.header): entry.line for entry in chain(3, head(register="R7"))})
    return device


def notice(till: Till) -> str:
    """What Settings says of it."""
    return by_id(drawn(till.says("ScreenOpened", screen="settings").state), "formers").text


def test_a_register_writes_down_who_it_is_and_nothing_secret(till: Till) -> None:
    """No token: whoever reads the profile's files learns a name and a prefix."""
    content = till.device.spare.files[former_path("e1")]

    assert former(REGISTERED) == Former.model_validate_json(content)
    assert REGISTERED.token not in Former.model_validate_json(content).model_dump().values()
    assert () == till.state.formers.lost


def test_a_browser_without_a_register_says_which_it_was() -> None:
    """Somebody who is asked for a code has to know that this is no new browser."""
    device = FakeDevice()
    device.spare.files = _loses_its_database().spare.files
    till = Till(device=device, synced_at_first=False)

    assert ("DS01-R7", 3) == (till.state.formers.names, till.state.formers.files)
    assert "lost the database of DS01-R7" in drawn(till.state).text
    till.close()


def test_a_new_register_says_which_it_was_at_each_start(lost: Till) -> None:
    """Without a code it becomes a register of its own in a second, and nobody would ever know."""
    before = drawn(lost.state).text
    lost.device.folder.chosen = ""
    lost.starts_again()

    assert ("lost the database of DS01-R7" in before, "lost the database of DS01-R7" in drawn(lost.state).text) == (
        True,
        True,
    )


def test_the_files_of_the_former_one_go_into_the_folder(lost: Till) -> None:
    """Recovery and the back office find everything in one place, and the notice counts nothing any more."""
    entries = chain(3, head(register="R7"))

    assert {file_path(entry.header): entry.line for entry in entries}.items() <= lost.device.folder.files.items()
    assert ({}, 0, "DS01-R7") == (spared(lost), lost.state.formers.files, lost.state.formers.names)
    assert "Kept in this browser" not in notice(lost.signs_in())


def test_a_manager_says_that_it_is_settled(lost: Till) -> None:
    """The back office has imported the folder; a cashier alone does not make the notice go."""
    lost.signs_in()
    by_asha = lost.says("FormersSettled", staff_id="asha", pin="1111").state.formers.names
    wrong = lost.says("FormersSettled", staff_id="ravi", pin="0000").state.formers.names
    lost.says("FormersSettled", staff_id="ravi", pin="2222")
    settled = lost.state.formers.lost, former_path("e7") in lost.device.spare.files
    lost.starts_again()

    assert ("DS01-R7", "DS01-R7", ((), False), ()) == (by_asha, wrong, settled, lost.state.formers.lost)


def test_one_that_is_recovered_is_dealt_with(lost: Till) -> None:
    """Nobody has to say it a second time."""
    wish = Wish(id="w", reading="r", register="R7", code="1234", entries=3)
    lost.device.disk.local[RECOVERY] = wish.model_dump_json()
    lost.device.shelf.records[RECOVERY] = begun(wish).model_copy(update={"done": 2}).model_dump_json()
    lost.starts_again()
    under_way = lost.state.formers.names
    lost.device.shelf.records[RECOVERY] = begun(wish).model_copy(update={"done": 3}).model_dump_json()
    lost.hears("status")

    assert ("DS01-R7", (), False) == (
        under_way,
        lost.state.formers.lost,
        former_path("e7") in lost.device.spare.files,
    )


def test_what_cannot_be_forgotten_is_not_asked_for_over_and_over(lost: Till) -> None:
    """The browser does not give the file up: the notice stays, and the till sells on."""
    lost.device.spare.remove = _nothing  # type: ignore[method-assign]
    lost.signs_in().says("FormersSettled", staff_id="ravi", pin="2222")
    wish = Wish(id="w", reading="r", register="R7", code="1234", entries=3)
    lost.device.disk.local[RECOVERY] = wish.model_dump_json()
    lost.device.shelf.records[RECOVERY] = begun(wish).model_copy(update={"done": 3}).model_dump_json()
    lost.starts_again()

    assert "DS01-R7" == lost.state.formers.names


async def _nothing(_: tuple[str, ...]) -> FolderFailed:
    return FolderFailed(FolderState.OK, "it is in use")


def test_without_any_folder_it_is_recovered_from_the_spare_place() -> None:
    """No folder was ever chosen: what the browser kept is all that there is of three sales."""
    till = Till(device=_loses_its_database(), synced_at_first=False)
    till.is_enrolled()
    till.gets(people_changes())
    till.starts_again().signs_in()
    offered = "Read what this browser kept" in drawn(till.says("ScreenOpened", screen="settings").state).text
    till.says("LostSparePicked")
    found = till.state.recovering.found

    assert found is not None
    assert (True, "DS01-R7", 3, True) == (offered, found.folder, found.entries, found.whole)
    assert [each.line for each in chain(3, head(register="R7"))] == list(till.device.disk.recovery.values())
    till.close()


def test_a_browser_that_was_set_up_anew_has_lost_nothing(selling: Till) -> None:
    """The database of before lies beside the new one, with every sale in it."""
    is_copied(selling.says("ScreenOpened", screen="status")).says("AnewAsked")

    assert (False, True) == (former_path("e1") in selling.device.spare.files, selling.state.upkeep.begun)


def test_a_database_that_is_gone_is_told_from_one_that_was_never_there(selling: Till) -> None:
    """The whole of it: a sale with no folder, the database deleted, another enrolment, and the notice of R1."""
    folder_is(selling, FolderState.LOST)
    sells(selling, 1)
    line = lines(selling)
    device = FakeDevice(spare=selling.device.spare, shelf=FakeShelf())
    after = Till(device=device, synced_at_first=False)
    assert "DS01-R1" in drawn(after.state).text
    device.vault.keys["key-2"] = device.vault.keys.pop(KEY)
    device.vault.opened = "key-2"
    registered = REGISTERED.model_copy(update={"register": "R2", "enrolment": "e2", "key_id": "key-2"})
    after.is_enrolled()
    device.shelf.records["registered"] = registered.model_dump_json()
    after.gets(people_changes())
    after.starts_again()
    first = after.state.formers.names, after.state.formers.files, spared(after)
    device.folder.chosen = "Offline sales"
    after.says("FolderPicked")

    assert (("DS01-R1", 1, line), line) == (first, _filed(after))
    after.close()
