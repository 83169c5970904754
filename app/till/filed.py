"""A register's journal as it lies in a folder: names first, because they cost little, contents in slices.

Works on any register's part of the folder, also one that is dead: nothing here needs a key.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from app.sync.entry import Entry, Unreadable, parse
from app.sync.filing import JOURNAL, is_day, read_name
from app.till.ports import Folder, FolderFailed

SLICE = 50
"""Files that are read before whoever reads may do something else."""


@dataclass(frozen=True, slots=True)
class File:
    """A file that was read: where it lies, its exact bytes, and the entry in it."""

    path: tuple[str, ...]
    content: bytes
    found: Entry | Unreadable


@dataclass(frozen=True, slots=True)
class Day:
    """The folder of a day, and the names in it."""

    path: tuple[str, ...]
    names: frozenset[str]


async def registers(folder: Folder) -> tuple[str, ...] | FolderFailed:
    """The parts of a folder that hold a register's journal, by name."""
    names = await folder.names(())
    if isinstance(names, FolderFailed):
        return names
    found: list[str] = []
    for name in sorted(names):
        below = await folder.names((name,))
        if isinstance(below, FolderFailed):
            return below
        if JOURNAL in below:
            found.append(name)
    return tuple(found)


async def days(folder: Folder, register: str) -> tuple[str, ...] | FolderFailed:
    """The days that a register has files of, the oldest first."""
    names = await folder.names((register, JOURNAL))
    return names if isinstance(names, FolderFailed) else tuple(sorted(filter(is_day, names)))


async def newest_first(folder: Folder, register: str, since: str = "") -> AsyncIterator[Day | FolderFailed]:
    """The names of a register's files, day by day; of the days from one on, and of the newest two in any case."""
    found = await days(folder, register)
    if isinstance(found, FolderFailed):
        yield found
        return
    for at, day in enumerate(reversed(found)):
        if day < since and at > 1:
            return
        names = await folder.names((register, JOURNAL, day))
        yield names if isinstance(names, FolderFailed) else Day((register, JOURNAL, day), names)
        if isinstance(names, FolderFailed):
            return


async def files_of(folder: Folder, register: str, day: str) -> tuple[tuple[str, ...], ...] | FolderFailed:
    """The paths of a day's files whose names are those of entries, in the order of the journal."""
    names = await folder.names((register, JOURNAL, day))
    if isinstance(names, FolderFailed):
        return names
    return tuple((register, JOURNAL, day, name) for name in sorted(names, key=_place) if read_name(name))


async def read_journal(folder: Folder, register: str) -> AsyncIterator[tuple[File, ...] | FolderFailed]:
    """Read everything of a register, slice by slice, day by day; a folder that fails says so and is the end of it.

    A file that cannot be read although the folder can stands in its slice as Unreadable, without content.
    """
    found = await days(folder, register)
    if isinstance(found, FolderFailed):
        yield found
        return
    for day in found:
        paths = await files_of(folder, register, day)
        if isinstance(paths, FolderFailed):
            yield paths
            return
        for start in range(0, len(paths), SLICE):
            read = await read_files(folder, paths[start : start + SLICE])
            yield read
            if isinstance(read, FolderFailed):
                return


async def read_files(folder: Folder, paths: Sequence[tuple[str, ...]]) -> tuple[File, ...] | FolderFailed:
    """Read some files."""
    read: list[File] = []
    for path in paths:
        content = await folder.read(path)
        if isinstance(content, bytes):
            read.append(File(path, content, parse(content)))
        elif content.works:
            read.append(File(path, b"", Unreadable(content.why)))
        else:
            return content
    return tuple(read)


def _place(name: str) -> tuple[int, str]:
    found = read_name(name)
    return (found.seq if found else 0), name
