"""What is left of registers, read back: a folder, a copy of one by upload, a zip of it, or a file of lines.

Whoever has such a folder may have got it from anybody: nothing is unpacked to a disk, no link is followed, no name is
trusted, and reading stops at a limit. What is no entry is named with a reason, and never keeps the rest out.
"""

import os
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from stat import S_ISLNK, S_ISREG
from typing import BinaryIO

from app.sync.chain import README, SWAP
from app.sync.entry import Entry, Unreadable, parse
from app.sync.folder import SAME, Filed, stood_for

LONGEST = 4 * 2**20
"""Bytes of one entry; a sale of a thousand lines has about 600 kB."""
LINES = (".jsonl", ".ndjson")
PACKED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
LINK = "it is a link, and links are not followed"
_RECORD = b"PK\x01\x02"
"""What each file's record in a zip begins with."""
_FAULTS = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError, ValueError)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read at most."""

    files: int = 25_000
    bytes: int = 64 * 2**20
    """Unpacked."""


UPLOAD = Limits()
COMMAND = Limits(files=2_000_000, bytes=4 * 2**30)


@dataclass(frozen=True, slots=True)
class Piece:
    """A file: its name, and its content, no more than so many bytes of it; a text instead says why there is none."""

    name: str
    read: Callable[[int], bytes | str]


@dataclass(frozen=True, slots=True)
class Odd:
    """A file, or a line of one, that is no entry."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Journals:
    """Entries, each once, register by register in their order; and what was none."""

    entries: tuple[Entry, ...] = ()
    odd: tuple[Odd, ...] = ()


def read_journals(pieces: Iterable[Piece], limits: Limits) -> Journals | Unreadable:
    """Read all pieces, or say why that is too much; the text is a sentence."""
    filed: list[Filed] = []
    odd: list[Odd] = []
    left = limits.bytes
    for count, piece in enumerate(pieces, start=1):
        content = piece.read(left + 1)
        if count > limits.files or len(content) > left:
            most = f"{limits.files:,} files or {limits.bytes // 2**20:,} MB"
            return Unreadable(f"That is more than {most}. Nothing was changed. Import a part of it at a time.")
        if isinstance(content, str):
            odd.append(Odd(piece.name, content))
            continue
        left -= len(content)
        for name, line in _lines(piece.name, content):
            found = _entry(name, line)
            if isinstance(found, Entry):
                filed.append(Filed(name, found))
            elif found:
                odd.append(Odd(name, found))
    aside = dict(stood_for(filed))
    odd += [Odd(name, why) for name, why in aside.items() if why != SAME]
    entries = {each.entry.digest: each.entry for each in filed if each.name not in aside}
    return Journals(tuple(sorted(entries.values(), key=lambda entry: entry.place)), tuple(odd))


def in_folder(folder: Path, limits: Limits) -> Iterator[Piece]:
    """The files below a folder, or a single one; links are named and left alone."""
    if not folder.is_dir():
        with folder.open("rb") as file:
            yield from in_file(folder.name, file, limits)
        return
    for here, below, names in os.walk(folder):
        below.sort()
        for name in sorted([*names, *(each for each in below if Path(here, each).is_symlink())]):
            path = Path(here, name)
            shown = path.relative_to(folder).as_posix().encode("utf-8", "replace").decode()  # a disk takes any bytes
            yield Piece(shown, partial(_from_disk, path))


def in_file(name: str, file: BinaryIO, limits: Limits) -> Iterator[Piece]:
    """A file that was given by itself: of a zip what is in it."""
    if not name.lower().endswith(".zip"):
        yield Piece(name, file.read)
    elif file.read().count(_RECORD) > limits.files:  # counted first: a list of a million names fills the memory
        yield Piece(name, lambda _: f"it has more than {limits.files:,} files inside")
    else:
        yield from _in_zip(name, file)


def _in_zip(name: str, file: BinaryIO) -> Iterator[Piece]:
    try:
        archive = zipfile.ZipFile(file)
    except _FAULTS:
        yield Piece(name, lambda _: "it is no zip file, or it is damaged")
        return
    with archive:
        for info in archive.infolist():
            if not info.is_dir():
                yield Piece(info.filename, partial(_from_zip, archive, info))


def _from_disk(path: Path, most: int) -> bytes | str:
    try:
        if not S_ISREG(path.lstat().st_mode):
            return LINK
        with path.open("rb") as file:
            return file.read(most)
    except OSError as error:
        return f"it can't be read: {error.strerror}"


def _from_zip(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes | str:
    if S_ISLNK(info.external_attr >> 16):
        return LINK
    if info.compress_type not in PACKED:
        return "it is packed in a way that is not read here"
    try:
        with archive.open(info) as file:
            return file.read(most)
    except _FAULTS:
        return "it is damaged inside the zip file, or has a password"


def _lines(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """The lines of a file of lines, by their place; any other file is one."""
    if not name.lower().endswith(LINES):
        yield name, content
        return
    for number, line in enumerate(content.split(b"\n"), start=1):
        if line.strip():
            yield f"{name}, line {number:,}", line


def _entry(name: str, line: bytes) -> Entry | str:
    """The entry in a file or a line, or why there is none; nothing where none was to be expected."""
    if name.rpartition("/")[2] == README:
        return ""
    if name.endswith(SWAP):
        return "its writing was not finished"
    if len(line) > LONGEST:
        return "it is too large for an entry"
    found = parse(line)
    return found.why if isinstance(found, Unreadable) else found
