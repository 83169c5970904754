"""A browser that has lost a database still says which register it was, until somebody has dealt with it."""

from collections.abc import Iterator

import pytest

from app.sync.entry import file_path
from app.sync.former import Former, former, former_path
from app.sync.recovering import RECOVERY, Wish, begun
from app.sync.status import FolderState
from app.till.ports import FolderFailed
from tests.fakes.till import FakeDevice, FakeShelf
from tests.sync.entries import chain, head
from tests.till.test_anew import is_copied
from tests.till.test_recording import sells
from tests.till.test_recovering import confirms, courier_says, lies
from tests.till.test_spare import filed, folder_is, lines, spared
from tests.till.till import KEY, REGISTERED, Till, people_changes
from tests.till.ui.page import by_id, drawn


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


def test_a_file_that_a_crash_left_empty_is_written_at_the_next_start(till: Till) -> None:
    """A browser makes the file first and fills it after: killed between, it would know of no lost register later."""
    path = former_path("e1")
    till.device.spare.files[path] = b""
    till.starts_again()

    assert former(REGISTERED) == Former.model_validate_json(till.device.spare.files[path])


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
    lost.device.spare.remove = _nothing  # type: ignore[assignment, method-assign]
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


def test_a_folder_that_was_brought_does_not_settle_what_this_browser_kept() -> None:
    """The stick was pulled on Tuesday, and Wednesday’s sales lie in the spare place alone: the notice stays."""
    till = Till(device=_loses_its_database(), synced_at_first=False)
    till.is_enrolled()
    till.gets(people_changes())
    lies(till.starts_again().signs_in().says("ScreenOpened", screen="settings"), chain(2, head(register="R7")))
    courier_says(confirms(till.says("LostFolderPicked")), done=2)
    by_the_stick = till.starts_again().state.formers.names
    till.signs_in().says("ScreenOpened", screen="settings").says("LostSparePicked")
    courier_says(confirms(till), done=3)

    assert ("DS01-R7", ()) == (by_the_stick, till.state.formers.lost)
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

    assert (("DS01-R1", 1, line), line) == (first, filed(after))
    after.close()
