"""The journal is kept in two places: whatever one has and the other lacks is written, and nothing is taken unproved."""

import base64
from datetime import timedelta
from pathlib import Path

import pytest

from app.catalogue.image import Stocked
from app.domain.numbers import parse_number
from app.sync.bodies import Clock
from app.sync.chain import check_chain
from app.sync.entry import Entry
from app.sync.filing import good_copy
from app.sync.folder import check_folder
from app.sync.folder_words import FILE_DAMAGED, MANY_BACK, MENDED, ONE_BACK
from app.sync.status import FolderState
from app.till.archivist import Archivist
from app.till.effects import Record
from app.till.flow.step import Step
from app.till.ports import FolderFailed
from tests.conftest import NOW, stock
from tests.fakes.folder import OnDisk
from tests.till.test_recording import numbers, sells
from tests.till.till import KURTA, Till, image


@pytest.fixture
def sold(till: Till, tmp_path: Path) -> Till:
    """Five sales, in IndexedDB and in a real directory."""
    till.device.folder.files = OnDisk(tmp_path)
    till.device.shelf.image = image([Stocked(KURTA, (stock("kurta-v", 50),))])
    till.starts_again().signs_in()
    return sells(till, 5)


def loses(till: Till, *seqs: int) -> Till:
    """The browser forgets rows."""
    for seq in seqs:
        del till.device.disk.journal[seq]
    return till


def spoils(till: Till, seq: int, old: bytes, new: bytes) -> bytes:
    """A row is damaged; its header is still what it was read as, only its bytes count."""
    entry = till.device.disk.journal[seq]
    line = entry.line.replace(old, new, 1)
    assert line != entry.line
    till.device.disk.journal[seq] = Entry(entry.header, line)
    return line


def in_the_body(till: Till, seq: int) -> tuple[bytes, bytes]:
    """A letter of what is sealed, and another one: the line stays well formed."""
    at = (line := till.device.disk.journal[seq].line).index(b'"sealed":"') + 20
    letter = line[at : at + 1]
    return line[at - 8 : at + 1], line[at - 8 : at] + (b"A" if letter != b"A" else b"B")


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody sells before anything was looked at beside the work."""

    async def later(_: Archivist) -> None:
        return None

    monkeypatch.setattr(Archivist, "mend", later)


def lines(till: Till) -> list[bytes]:
    return [entry.line for entry in till.entries()]


def filed(till: Till) -> dict[str, bytes]:
    return {"/".join(path): content for path, content in till.device.folder.files.items()}


def path_of(till: Till, seq: int) -> tuple[str, ...]:
    return next(path for path in till.device.folder.files if path[-1].startswith(f"{seq:06d}-"))


def whole(till: Till) -> bool:
    """Both places hold the same, and the chain is whole."""
    kept = [each.entry.line for span in check_folder(filed(till).items()).spans for each in span.entries]
    return check_chain(till.entries()).ok and check_folder(filed(till).items()).ok and kept == lines(till)


@pytest.mark.usefixtures("at_once")
def test_a_lost_end_comes_back_before_anything_is_sold(sold: Till) -> None:
    """Else the next customer would get a number that stands on another customer's invoice."""
    before = lines(sold)
    loses(sold, 4, 5).starts_again().signs_in()
    came_back = lines(sold)

    sells(sold)

    assert (before, MANY_BACK.format(count=2)) == (came_back, sold.state.trouble)
    assert (6, True) == (getattr(parse_number(numbers(sold)[-1]), "counter", 0), whole(sold))


@pytest.mark.usefixtures("at_once")
def test_a_row_that_is_lost_just_before_the_end_comes_back_before_anything_is_sold(sold: Till) -> None:
    """What follows it bears no number: nothing else tells which one was given last."""
    sold.takes(Step(sold.state, (Record("now", Clock(before=NOW, after=NOW + timedelta(minutes=1))),)))
    before = lines(sold)
    loses(sold, 5).starts_again().signs_in()

    assert (before, ONE_BACK) == (lines(sold), sold.state.trouble)


@pytest.mark.usefixtures("at_once")
def test_a_lost_end_comes_back_that_is_dated_before_what_is_left(sold: Till) -> None:
    """The clock ran a year ahead for two days, and a manager set it right: the newest entries lie among older days."""
    for days in (400, 401, 0):
        right = Clock(before=NOW, after=NOW + timedelta(days=days))
        sold.takes(Step(sold.state, (Record(f"clock-{days}", right),)))
    before = lines(sells(sold))
    loses(sold, 8, 9).starts_again().signs_in()

    assert (before, MANY_BACK.format(count=2)) == (lines(sold), sold.state.trouble)


def test_an_emptied_journal_comes_back_whole(sold: Till) -> None:
    """The browser's journal was cleared, its keys were not: the folder is the second place that rebuilds the first."""
    before = lines(sold)

    loses(sold, 1, 2, 3, 4, 5).starts_again()

    assert (before, 5) == (lines(sold), len([kept for kept in sold.state.journal.kept if kept.body]))


def test_a_lost_row_in_the_middle_comes_back_beside_the_work(sold: Till) -> None:
    """It does not keep anybody from selling, and the list of orders has it again without a reload."""
    loses(sold, 2).starts_again()

    assert ([1, 2, 3, 4, 5], True) == ([kept.header.seq for kept in sold.state.journal.kept], whole(sold))
    assert ONE_BACK == sold.state.trouble


def test_a_sale_in_the_middle_of_it_keeps_nothing_back(sold: Till) -> None:
    """Years of names take a while to read: what is sold meanwhile lies in the folder, and was never lost."""
    names, took = sold.device.folder.names, list[tuple[str, ...]]()

    async def slow(path: tuple[str, ...]) -> frozenset[str] | FolderFailed:
        if len(path) == 3 and not took:
            took.append(path)
            await sold.register.runner._lasting(Record("now", Clock(before=NOW, after=NOW + timedelta(minutes=1))))
        return await names(path)

    sold.device.folder.names = slow  # type: ignore[method-assign]
    loses(sold, 2).says("FolderPicked")

    assert ([1, 2, 3, 4, 5, 6], ONE_BACK) == (sorted(sold.device.disk.journal), sold.state.trouble)


@pytest.mark.parametrize("seq", [1, 3, 5])
def test_a_damaged_row_is_mended_and_its_bytes_are_kept(sold: Till, seq: int) -> None:
    """The file fits the chain on both sides, or is the last and opens; what was damaged is evidence."""
    before = lines(sold)
    damaged = spoils(sold, seq, *in_the_body(sold, seq))

    sold.starts_again()

    assert (before, MENDED.format(seq=seq)) == (lines(sold), sold.state.trouble)
    assert base64.b64encode(damaged).decode() == sold.device.disk.local[f"damaged-{seq}"]


@pytest.mark.usefixtures("at_once")
def test_a_row_that_names_another_key_is_damaged_where_the_folder_has_it_whole(sold: Till) -> None:
    """One letter of a key's name makes it another browser's; nobody else writes into this browser's database."""
    before = lines(sold)
    spoils(sold, 3, b'"key":"key-1"', b'"key":"kFy-1"')

    sold.starts_again()

    assert (before, MENDED.format(seq=3)) == (lines(sold), sold.state.trouble)


@pytest.mark.usefixtures("at_once")
def test_a_damaged_number_at_the_end_is_mended_before_anything_is_sold(sold: Till) -> None:
    """One digit of the last sale, and the next one would get its number."""
    spoils(sold, 5, b"A2627-00005", b"A2627-00004")

    sells(sold.starts_again().signs_in())

    assert (6, True) == (getattr(parse_number(numbers(sold)[-1]), "counter", 0), whole(sold))


@pytest.mark.parametrize("content", [b"half of i", b"\x00" * 99])
def test_a_damaged_file_is_named_and_gets_a_good_copy(sold: Till, content: bytes) -> None:
    """What is damaged is evidence and stays; beside it the folder holds the entry again."""
    path = path_of(sold, 2)
    sold.device.folder.files[path] = content

    sold.starts_again()

    assert FILE_DAMAGED.format(name=path[-1]) == sold.state.trouble
    assert (content, sold.entries()[1].line) == (filed(sold)["/".join(path)], filed(sold)["/".join(good_copy(path))])
    assert whole(sold)


def test_old_files_that_are_missing_are_written(sold: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names tell what is missing, of all days: contents of last year are not compared at this start."""
    monkeypatch.setattr("app.sync.rounds.NEWEST", 1)
    monkeypatch.setattr("app.sync.rounds.MOST", 0)
    for seq in (1, 3):
        del sold.device.folder.files[path_of(sold, seq)]

    sold.starts_again()

    assert (True, 0) == (whole(sold), sold.state.connection.missing_in_folder)


def test_old_contents_are_compared_round_by_round(sold: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    """A few at each start: a file that was spoilt long ago is found after some of them."""
    monkeypatch.setattr("app.sync.rounds.NEWEST", 1)
    monkeypatch.setattr("app.sync.rounds.MOST", 2)
    sold.device.folder.files[path_of(sold, 1)] = b"damaged"

    told = [sold.starts_again().state.trouble != "" for _ in range(4)]

    assert [False, True, False, False] == told


def test_a_damaged_file_is_told_once_and_stays_named_in_settings(sold: Till) -> None:
    """A notice at every start would be read by nobody; and a start that died after its copy had told nobody at all."""
    path = path_of(sold, 2)
    sold.device.folder.files[path] = b"damaged"
    sold.starts_again()

    sold.starts_again()

    assert ("", (FILE_DAMAGED.format(name=path[-1]),)) == (sold.state.trouble, sold.state.connection.folder_said)


def test_a_file_that_was_begun_and_never_written_is_written(sold: Till) -> None:
    """An empty file is what a crash leaves: no evidence of anything."""
    path = path_of(sold, 5)
    sold.device.folder.files[path] = b""

    sold.starts_again()

    assert ("", True) == (sold.state.trouble, whole(sold))


def test_a_row_is_mended_from_the_good_copy_of_a_damaged_file(sold: Till) -> None:
    """First the file was damaged, a year later the row: the good copy is the folder's entry."""
    before = lines(sold)
    sold.device.folder.files[path_of(sold, 3)] = b"damaged"
    sold.starts_again()
    spoils(sold, 3, *in_the_body(sold, 3))

    sold.starts_again()

    assert (before, MENDED.format(seq=3)) == (lines(sold), sold.state.trouble)


def test_a_folder_that_needs_permission_is_compared_once_it_is_granted(sold: Till) -> None:
    """After a restart the browser wants one tap: until then nobody knows what the folder has."""
    before = lines(sold)
    sold.device.folder.fault = FolderState.PROMPT
    loses(sold, 2, 5).starts_again()
    sold.device.folder.fault = FolderState.OK

    sold.says("FolderPicked")

    assert (before, MANY_BACK.format(count=2)) == (lines(sold), sold.state.trouble)
    assert (5, True) == (sold.state.journal.head.seq if sold.state.journal.head else 0, whole(sold))
