"""Folders that are shared, exchanged, copied, locked or gone: every sale is saved and what happened is told."""

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest

from app.catalogue.image import Stocked
from app.sync.folder import check_folder
from app.sync.folder_words import ANOTHER
from app.sync.status import FolderState
from app.till.flow.folder import LOST
from app.till.state import Screen
from tests.conftest import stock
from tests.fakes.folder import FakeFolder, OnDisk
from tests.till.test_recording import sells
from tests.till.till import KURTA, REGISTERED, Till, image, people_changes

MANY = image([Stocked(KURTA, (stock("kurta-v", 50),))])


@pytest.fixture
def files(tmp_path: Path) -> OnDisk:
    """A real directory that somebody chose."""
    return OnDisk(tmp_path)


@pytest.fixture
def first(till: Till, files: OnDisk) -> Till:
    """R1, with two sales in the folder."""
    till.device.folder.files, till.device.shelf.image = files, MANY
    till.starts_again().signs_in()
    return sells(till, 2)


@pytest.fixture
def second(files: OnDisk) -> Iterator[Till]:
    """R2 in another browser, which was given the same folder."""
    till = Till(synced_at_first=False)
    till.is_enrolled()
    registered = REGISTERED.model_copy(update={"register": "R2", "key_id": "key-2"})
    till.device.shelf.records["registered"] = registered.model_dump_json()
    till.device.vault.keys["key-2"] = bytes([2] * 32)
    till.device.vault.opened = "key-2"
    till.gets(people_changes())
    till.device.shelf.image = MANY
    till.device.folder = FakeFolder(files, chosen="Offline sales")
    yield till.starts_again().signs_in()
    till.close()


def spans(till: Till) -> dict[str, int]:
    """What lies in a folder, by register; every chain in it is whole."""
    checked = check_folder([("/".join(path), content) for path, content in till.device.folder.files.items()])
    assert checked.ok
    return {span.register: len(span.entries) for span in checked.spans}


def time_passes(till: Till, seconds: int) -> None:
    """As in a shop: with a tick each second."""
    for _ in range(seconds):
        till.time_passes(1)


def quiet(till: Till) -> bool:
    """Nothing is told, nothing waits for the folder."""
    known = till.state.connection
    return ("", (), 0, FolderState.OK) == (
        till.state.trouble, known.folder_said, known.missing_in_folder, known.folder,
    )  # fmt: skip


def test_two_registers_share_a_folder(first: Till, second: Till) -> None:
    """By mistake or on purpose: each writes its own part, and takes nothing of the other's for its own."""
    sells(second, 3)
    sells(first)

    quiets = [quiet(till.starts_again()) for till in (first, second)]

    assert ({"DS01-R1": 3, "DS01-R2": 3}, [True, True]) == (spans(first), quiets)
    assert (3, 3) == (len(first.entries()), len(second.entries()))


def test_only_its_own_entries_come_back_to_a_register(first: Till, second: Till) -> None:
    """The browser of one lost everything: it gets back its own sales, not its neighbour's."""
    sells(second, 3)
    before = first.entries()
    first.device.disk.journal.clear()

    first.starts_again()

    assert (before, 3) == (first.entries(), len(second.entries()))


def test_a_copy_of_a_browser_that_sells_beside_it_is_told(first: Till) -> None:
    """Somebody copied the profile, and both sell: no sale of either is overwritten, and both of them say so."""
    copy = Till(deepcopy(first.device))
    copy.device.folder.files = first.device.folder.files
    sells(copy.signs_in())
    sells(first)

    told = [till.starts_again().state.connection.folder_said for till in (first, copy)]

    ours, theirs = first.entries()[2], copy.entries()[2]
    assert ours.header.id != theirs.header.id
    assert {ours.line, theirs.line} < set(first.device.folder.files.values())
    named = [f"000003-sale-{each.header.id}.json" for each in (theirs, ours)]
    assert [ANOTHER.format(name=name) in said for name, said in zip(named, told, strict=True)] == [True, True]
    copy.close()


def test_another_folder_gets_everything(first: Till, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The stick was exchanged for a new one: after one tap it holds the whole journal."""
    first.device.folder.files = OnDisk(tmp_path_factory.mktemp("new"))
    sells(first)

    first.says("FolderPicked")

    assert ({"DS01-R1": 3}, True) == (spans(first), quiet(first))


def test_yesterdays_copy_of_the_folder_is_filled_up(first: Till, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Somebody put a backup of the folder in its place: nothing of today goes back, what it lacks is written."""
    yesterday = OnDisk(tmp_path_factory.mktemp("yesterday"))
    yesterday.update(first.device.folder.files)
    sells(first, 2)
    first.device.folder.files = yesterday

    first.starts_again()

    assert ({"DS01-R1": 4}, 4, True) == (spans(first), len(first.entries()), quiet(first))


def test_a_folder_of_another_store_takes_nothing_over(first: Till, second: Till) -> None:
    """The folder of the register next door, chosen here: its part stays as it was, ours is written beside it."""
    sells(second, 2)
    theirs = {path: content for path, content in second.device.folder.files.items() if "DS01-R2" in path}
    other = FakeFolder({}, chosen="Next door")
    other.files.update(theirs)
    first.device.folder = other
    first.starts_again()

    assert ({"DS01-R1": 2, "DS01-R2": 2}, 2) == (spans(first), len(first.entries()))
    assert theirs.items() <= dict(other.files).items()


def test_permission_that_is_taken_away_in_the_middle_of_a_sale(first: Till) -> None:
    """The person blocks the folder in the browser's bar while a customer pays: the sale is saved."""
    first.picks().says("CheckoutOpened").says("TenderChosen", tender_id="cash")
    first.device.folder.fault = FolderState.PROMPT
    first.says("SaleCompleted")
    stood = (first.state.screen, first.state.connection.folder, first.state.connection.missing_in_folder)

    first.device.folder.fault = FolderState.OK
    first.says("FolderPicked")

    assert (Screen.SAVED, FolderState.PROMPT, 1) == stood
    assert ({"DS01-R1": 3}, True) == (spans(first), quiet(first))


def test_a_folder_that_vanishes_between_two_sales(first: Till) -> None:
    """Somebody pulls the stick: it is told, selling goes on, and a new one gets every sale of all days."""
    first.device.folder.fault = FolderState.LOST
    sells(first, 2)
    first.says("FolderPicked")
    told = first.state.connection.folder

    first.device.folder = FakeFolder({}, chosen="New stick")
    first.starts_again()

    assert FolderState.LOST is told
    assert ({"DS01-R1": 4}, True) == (spans(first), quiet(first))


def test_a_folder_that_vanishes_while_it_is_compared(first: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    """The stick is pulled while the till reads from it: that is told like any lost folder, and crashes nothing."""
    read, left = FakeFolder.read, iter([True])

    async def pulled(folder: FakeFolder, path: tuple[str, ...]) -> object:
        if next(left, False):
            return await read(folder, path)
        folder.fault = FolderState.LOST
        return await read(folder, path)

    monkeypatch.setattr(FakeFolder, "read", pulled)
    first.starts_again()
    told = (first.state.connection.folder, first.state.trouble)

    sells(first.signs_in())

    assert ((FolderState.LOST, LOST), 3) == (told, len(first.entries()))


def test_a_folder_that_was_away_is_found_again_by_itself(first: Till) -> None:
    """A stick is put in again, a drive answers: nobody has to choose it, and what it missed is written."""
    first.device.folder.fault = FolderState.LOST
    first.says("FolderPicked")
    sells(first, 2)
    told = (first.state.connection.folder, first.state.trouble)

    first.device.folder.fault = FolderState.OK
    time_passes(first, 32)

    assert (FolderState.LOST, LOST) == told
    assert ({"DS01-R1": 4}, True) == (spans(first), quiet(first))


def test_a_folder_that_did_not_answer_once_is_not_given_up(first: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that slept for some seconds: the next look finds it, and the sale that it did not take lies there."""
    monkeypatch.setattr("app.till.patience.PATIENCE", 0.01)
    first.device.folder.silent = True
    sells(first)
    went = first.state.connection.folder
    first.device.folder.silent = False

    time_passes(first, 32)

    assert FolderState.LOST is went
    assert ({"DS01-R1": 3}, True) == (spans(first), quiet(first))


def test_a_folder_that_stays_away_is_looked_for_now_and_then_and_nothing_is_said(
    first: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All day without the stick: who has read the sentence is left in peace, and each look is one question."""
    looks, state = list[str](), FakeFolder.state

    async def looked(folder: FakeFolder) -> tuple[FolderState, str]:
        looks.append(folder.chosen)
        return await state(folder)

    first.device.folder.fault = FolderState.LOST
    first.says("FolderPicked").says("TroubleSeen")
    sells(first)
    first.hears()
    monkeypatch.setattr(FakeFolder, "state", looked)
    time_passes(first, 121)

    known = first.state.connection
    assert (4, "", FolderState.LOST, 1) == (
        len(looks), first.state.trouble, known.folder, known.missing_in_folder,
    )  # fmt: skip


def test_a_folder_that_works_is_not_looked_for(first: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each look goes through all its names, all day."""
    looks = list[int]()
    monkeypatch.setattr(FakeFolder, "names", lambda *_: looks.append(1))

    time_passes(first, 121)

    assert ([], FolderState.OK) == (looks, first.state.connection.folder)


def test_a_lost_folder_that_comes_back_shut_is_asked_for(first: Till) -> None:
    """The drive is there again, and the browser wants to be asked anew: the button for that is what people see."""
    first.device.folder.fault = FolderState.LOST
    first.says("FolderPicked")

    first.device.folder.fault = FolderState.PROMPT
    time_passes(first, 32)

    assert FolderState.PROMPT is first.state.connection.folder


def test_a_folder_that_is_lost_again_is_told_for_as_long_as_before(first: Till) -> None:
    """A stick with a loose contact: what is said of it does not come and go within a second."""
    first.device.folder.fault = FolderState.LOST
    first.says("FolderPicked")
    time_passes(first, 20)
    first.device.folder.fault = FolderState.OK
    first.says("FolderPicked")
    time_passes(first, 20)
    first.device.folder.fault = FolderState.LOST
    first.says("FolderPicked")
    first.device.folder.fault = FolderState.OK

    time_passes(first, 20)
    before = first.state.connection.folder
    time_passes(first, 12)

    assert (FolderState.LOST, FolderState.OK) == (before, first.state.connection.folder)
