"""`verify`: a folder is checked with no key and no database; with the OMS also contents, and what is missing."""

from pathlib import Path
from random import Random

import pytest

from app.sync.entry import Entry, file_path, parse
from app.sync.folder import check_folder
from server.__main__ import main
from server.oms.oms import Oms
from server.oms.verify import Found, ranges, verify_folder
from tests.conftest import order
from tests.server.browser import Browser
from tests.sync.test_folder import damaged


@pytest.fixture
def folder(tmp_path: Path, register: Browser) -> Path:
    """A register's folder with four sales, the first two of them in the OMS."""
    lines = [register.sale(order()) for _ in range(4)]
    register.push(*lines[:2])
    file_away(tmp_path / "folder", *lines)
    return tmp_path / "folder"


def file_away(folder: Path, *lines: bytes) -> None:
    for each in lines:
        entry = parse(each)
        assert isinstance(entry, Entry)
        path = folder / Path(*file_path(entry.header))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(each + b"\n")


def entry_file(folder: Path, seq: int) -> Path:
    return next(folder.rglob(f"{seq:06d}-*.json"))


def change(folder: Path, seq: int, old: bytes, new: bytes) -> str:
    path = entry_file(folder, seq)
    path.write_bytes(path.read_bytes().replace(old, new))
    return path.relative_to(folder).as_posix()


def said(found: Found) -> list[str]:
    """Every line of the report but the result, without the names of files."""
    return [line.partition(" (DS01")[0] for line in found.text().splitlines()[:-1]]


def test_a_whole_folder_without_anything(folder: Path) -> None:
    """What an auditor wants to read, who has the folder alone; and what nobody can know is said."""
    found = verify_folder(folder)

    assert "4 entries: the chain whole" == found.text().splitlines()[-1]
    assert "DS01-R1: nobody vouches for the last entry, 4" == found.notes[-1].partition(": a change")[0]


def test_a_whole_folder_with_the_oms(oms: Oms, folder: Path) -> None:
    """Every body opens; what was not sent yet is said, and is no fault."""
    found = verify_folder(folder, oms)

    assert ["the OMS holds 2 of its 4 entries", "the OMS lacks entries 3 to 4"] == [
        note.removeprefix("DS01-R1: ") for note in found.notes[1:]
    ]
    assert "4 entries: chain and contents whole" == found.text().splitlines()[-1]


def test_one_registers_part_of_a_folder(oms: Oms, folder: Path) -> None:
    """Somebody copies what they need: the part of a register is as good as the whole."""
    assert (4, ()) == (verify_folder(folder / "DS01-R1", oms).entries, verify_folder(folder / "DS01-R1", oms).faults)


def test_a_missing_file(oms: Oms, folder: Path) -> None:
    """A sale taken out of the folder leaves a gap, and the OMS still has it."""
    entry_file(folder, 2).unlink()

    assert ("DS01-R1, entry 2: entry 2 is missing",) == verify_folder(folder).faults[:1]
    assert "DS01-R1: the OMS holds entry 2, and the folder lacks it" in verify_folder(folder, oms).faults


def test_a_removed_tail_is_seen_by_the_oms_alone(oms: Oms, folder: Path) -> None:
    """The last sales of a day, taken away: the chain before them is whole, so the books have to tell."""
    for seq in (2, 3, 4):
        entry_file(folder, seq).unlink()

    assert () == verify_folder(folder).faults
    assert ("DS01-R1: the OMS holds entry 2, and the folder lacks it",) == verify_folder(folder, oms).faults


def test_a_register_without_any_part_is_named(oms: Oms, folder: Path, register: Browser) -> None:
    """All of a till's sales, taken out of the store's folder: what is left is whole, so the books have to tell."""
    second = Browser.enrol(register.client)
    second.push(*(second.sale(order()) for _ in range(2)))
    found = verify_folder(folder, oms)

    assert "4 entries: chain and contents whole; nothing is here of DS01-R2" == found.text().splitlines()[-1]
    assert "DS01-R2: the OMS holds entries 1 to 2; right only if it keeps them in another folder" in found.notes
    assert () == verify_folder(folder / "DS01-R1", oms).absent, "one register's part was asked for"


@pytest.mark.parametrize("part", ["", "DS01-R1"])
def test_the_first_bad_entry_comes_first(oms: Oms, folder: Path, register: Browser, part: str) -> None:
    """Whatever finds it: the chain, the key, or the books."""
    second = Browser.enrol(register.client)
    file_away(folder, *(second.sale(order()) for _ in range(3)))
    next((folder / "DS01-R2").rglob("000002-*.json")).unlink()
    spoils = entry_file(folder / "DS01-R1", 1)
    spoils.write_bytes(spoils.read_bytes().replace(b'"at":"2026', b'"at":"2025'))
    entry_file(folder / "DS01-R1", 3).write_bytes(b"torn")
    places = [fault.partition(":")[0] for fault in verify_folder(folder / part, oms).faults]

    assert ("DS01-R1, entry 1", sorted(places)) == (places[0], places)


def test_a_changed_header(oms: Oms, folder: Path) -> None:
    """It is named by the chain, does not open, and is not what the OMS holds."""
    name = change(folder, 2, b'"at":"2026', b'"at":"2025')
    alone, together = verify_folder(folder), verify_folder(folder, oms)

    assert f"DS01-R1, entry 2: it was changed: the entry after it names other bytes ({name})" in alone.faults
    closed = "the body does not open with the register's key: header or body were changed"
    assert f"DS01-R1, entry 2: {closed} ({name})" in together.faults
    assert "DS01-R1, entry 2: the OMS holds it with other bytes" in together.faults


def test_a_cut_file_is_named_first(folder: Path) -> None:
    """A file that lost its end is named by its path, before what follows from it."""
    path = entry_file(folder, 3)
    path.write_bytes(path.read_bytes()[:100])
    found = verify_folder(folder)

    first = f"DS01-R1, entry 3: the line is cut or damaged ({path.relative_to(folder).as_posix()})"
    assert (first, "DS01-R1, entry 3: entry 3 is missing") == found.faults[:2]
    assert found.text().endswith(f"faults, the first: {first}\n")


def test_the_last_entry_is_vouched_for_by_its_key(oms: Oms, folder: Path) -> None:
    """Without a key nobody can see a change inside it; with the OMS's every single byte counts."""
    path = entry_file(folder, 4)
    whole, random = path.read_bytes().rstrip(), Random(3)  # noqa: S311 -- the same damages each time
    unseen = []
    for _ in range(40):
        path.write_bytes(damaged(whole, random))
        unseen += [path.read_bytes()] if verify_folder(folder, oms).good else []

    assert [] == unseen


def test_a_thousand_changed_bytes_of_real_entries_are_found(folder: Path) -> None:
    """One byte anywhere in a sale, without key and database: letters of what is sealed, digits of number and time."""
    files = {path.relative_to(folder).as_posix(): path.read_bytes().rstrip() for path in folder.rglob("*.json")}
    random, names = Random(4), sorted(files)[:-1]  # noqa: S311 -- the same damages each time

    unseen = []
    for _ in range(1000):
        name = random.choice(names)
        changed = files | {name: damaged(files[name], random)}
        unseen += [changed[name]] if check_folder(changed.items()).ok else []

    assert [] == unseen


def test_the_command_needs_no_database(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An auditor's machine has the folder and this program; checking must not make a database there either."""
    monkeypatch.delenv("STORE_OS_DATABASE_URL", raising=False)
    command = ["verify", str(folder), "--data", str(tmp_path / "nothing")]
    codes = [main(command)]
    entry_file(folder, 1).write_bytes(b"torn")
    codes.append(main(command))
    codes += [main(["verify", str(empty), *command[2:]]) for empty in (tmp_path / "not there", tmp_path / "dist")]

    assert [0, 1, 2, 2] == codes
    assert not (tmp_path / "nothing").exists()
    assert "No database in" in capsys.readouterr().out


def test_places_are_named_in_few_words() -> None:
    """A thousand missing entries are one line."""
    assert ("entry 7", "entries 1 to 3, 5, 7 to 8") == (ranges([7]), ranges([8, 1, 2, 3, 5, 7]))
