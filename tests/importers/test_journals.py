"""Folders of lost registers come from anywhere: what is an entry is read, what is not is named, nothing is trusted."""

import io
import os
import stat
import zipfile
from pathlib import Path

import pytest

from app.sync.entry import GENESIS, Entry, Header, Kind, Unreadable, assemble, file_path
from app.sync.filing import good_copy
from app.sync.folder import MENDED
from server.importers.journals import UPLOAD, Journals, Limits, Piece, in_file, in_folder, read_journals
from tests.conftest import NOW
from tests.sync.entries import chain, spoilt


def entry(seq: int = 1, register: str = "R1") -> Entry:
    names = {"store": "DS01", "register": register, "id": f"e{seq}", "key": "k1"}
    return assemble(Header(v=1, seq=seq, kind=Kind.DRAWER, at=NOW, prev=GENESIS, **names), "aaaa", "bbbb")


def packed(files: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def read(name: str, content: bytes, limits: Limits = UPLOAD) -> Journals:
    found = read_journals(in_file(name, io.BytesIO(content), limits), limits)
    assert isinstance(found, Journals), found
    return found


def on_disk(folder: Path, *entries: Entry) -> None:
    for each in entries:
        path = folder.joinpath(*file_path(each.header))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(each.line)


def whys(found: Journals) -> list[tuple[str, str]]:
    return [(odd.name, odd.why) for odd in found.odd]


def test_a_folder_is_read_register_by_register_in_order(tmp_path: Path) -> None:
    """The disk gives its files in any order; intake and people want the journal's."""
    on_disk(tmp_path, entry(2), entry(1), entry(1, "R2"))
    (tmp_path / "README.txt").write_text("This folder belongs to Store OS.")
    found = read_journals(in_folder(tmp_path, UPLOAD), UPLOAD)

    assert Journals((entry(1), entry(2), entry(1, "R2"))) == found


def test_a_damaged_file_with_its_good_copy_is_named_and_not_read(tmp_path: Path) -> None:
    """It was mended at the register; booked beside its good copy it would stand in the office as turned down."""
    whole = chain(3)
    on_disk(tmp_path, *whole)
    path = file_path(whole[1].header)
    tmp_path.joinpath(*path).write_bytes(spoilt(whole[1].line))
    tmp_path.joinpath(*good_copy(path)).write_bytes(whole[1].line)
    found = read_journals(in_folder(tmp_path, UPLOAD), UPLOAD)

    assert isinstance(found, Journals)
    assert (whole, [("/".join(path), MENDED)]) == (found.entries, whys(found))


def test_a_zip_and_a_file_of_lines_hold_the_same(tmp_path: Path) -> None:
    """A copy of the folder, and what the till gives out on Status; each entry counts once however often it is there."""
    lines = b"\n".join((entry(1).line, b"", entry(2).line, entry(1).line))
    zipped = packed({"a/1.json": entry(1).line, "b.jsonl": lines, "a/": b""})

    assert [(entry(1), entry(2))] * 2 == [read("w.jsonl", lines).entries, read("w.ZIP", zipped).entries]


def test_what_is_no_entry_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    """One file that was cut must not keep a day's sales out."""
    on_disk(tmp_path, entry(1))
    (tmp_path / "holiday.jpg").write_bytes(b"\xff\xd8\xff" * 99)
    (tmp_path / "cut.json").write_bytes(entry(2).line[:50])
    (tmp_path / "half.json.crswap").write_bytes(b"")
    (tmp_path / "more.jsonl").write_bytes(entry(3).line + b"\n{}\n")
    found = read_journals(in_folder(tmp_path, UPLOAD), UPLOAD)

    assert isinstance(found, Journals)
    assert ([1, 3], ["cut.json", "half.json.crswap", "holiday.jpg", "more.jsonl, line 2"]) == (
        [each.header.seq for each in found.entries],
        sorted(odd.name for odd in found.odd),
    )


def test_links_of_a_folder_are_not_followed(tmp_path: Path) -> None:
    """A link in a folder that somebody sent could lead to any file of the server."""
    secret, folder = tmp_path / "secret", tmp_path / "folder"
    on_disk(secret, entry(1))
    folder.mkdir()
    (folder / "all").symlink_to(secret)
    (folder / "one.json").symlink_to(next(secret.rglob("*.json")))
    os.mkfifo(folder / "pipe")  # reading it would wait for ever
    found = read_journals(in_folder(folder, UPLOAD), UPLOAD)

    assert isinstance(found, Journals)
    assert ((), ["all", "one.json", "pipe"]) == (found.entries, [odd.name for odd in found.odd])


def test_a_name_of_any_bytes_can_be_said(tmp_path: Path) -> None:
    """A disk takes names that no text is; the report is written all the same."""
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.json")).write_bytes(b"x")
    found = read_journals(in_folder(tmp_path, UPLOAD), UPLOAD)

    assert isinstance(found, Journals)
    assert "?.json" == found.odd[0].name


def test_names_inside_a_zip_lead_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is unpacked to the disk, so `..` is only a funny name."""
    monkeypatch.chdir(tmp_path)
    found = read("x.zip", packed({"../../etc/cron.d/x.json": entry(1).line, "/root/.ssh/keys": b"ssh-rsa"}))

    assert ((entry(1),), ["/root/.ssh/keys"], []) == (
        found.entries,
        [odd.name for odd in found.odd],
        list(tmp_path.iterdir()),
    )


def test_a_bomb_is_not_unpacked_beyond_the_limit() -> None:
    """Twenty megabytes of zeros in twenty kilobytes: reading stops where the limit is."""
    asked: list[int] = []

    def watched(piece: Piece) -> Piece:
        def read(most: int) -> bytes | str:
            asked.append(most)
            return piece.read(most)

        return Piece(piece.name, read)

    bomb = io.BytesIO(packed({"zeros.json": bytes(20 * 2**20)}))
    found = read_journals(map(watched, in_file("bomb.zip", bomb, UPLOAD)), Limits(bytes=2**20))

    assert isinstance(found, Unreadable)
    assert ([2**20 + 1], True) == (asked, "Nothing was changed" in found.why)


def test_a_zip_of_too_many_files_is_not_even_listed() -> None:
    """A list of a million names fills the memory before the first is read."""
    found = read("many.zip", packed({f"{n}": b"" for n in range(30)}), Limits(files=20))

    assert [("many.zip", "it has more than 20 files inside")] == whys(found)


def test_too_many_files_of_a_folder_are_too_many() -> None:
    """The limit holds for what a browser sends one by one, too."""
    few = Limits(files=2)
    pieces = [Piece(f"{n}.json", lambda _, n=n: entry(n).line) for n in (1, 2, 3)]  # type: ignore[misc]

    assert (True, False) == (
        isinstance(read_journals(pieces, few), Unreadable),
        isinstance(read_journals(pieces[:2], few), Unreadable),
    )


def hostile() -> dict[str, bytes]:
    """Zips that are none, or hold what is nothing for us."""
    good = packed({"a.json": entry(1).line}, zipfile.ZIP_STORED)
    link = io.BytesIO()
    with zipfile.ZipFile(link, "w") as archive:
        info = zipfile.ZipInfo("a.json")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, entry(1).line)
    flag = good.index(b"PK\x01\x02") + 8
    return {
        "no zip": b"hello",
        "empty": b"",
        "cut": good[:-10],
        "changed": good.replace(b'"seq":1', b'"seq":2'),
        "link": link.getvalue(),
        "password": good[:6] + b"\x01" + good[7:flag] + b"\x01" + good[flag + 1 :],
        "lzma": packed({"a.json": entry(1).line}, zipfile.ZIP_LZMA),
        "nested": packed({"b.zip": good}),
    }


@pytest.mark.parametrize("case", hostile())
def test_a_zip_that_is_none_is_a_sentence(case: str) -> None:
    """Whatever somebody hands in: no exception, no entry out of the air, and a reason."""
    found = read("x.zip", hostile()[case])

    assert ((), 1, True) == (found.entries, len(found.odd), bool(found.odd[0].why))
