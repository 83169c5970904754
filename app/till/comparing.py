"""What the names in the folder say beside the places of IndexedDB: which of the two lacks what; no file is opened."""

from bisect import bisect_left
from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass, field

from app.sync.chain import SWAP
from app.sync.filing import folder_of, read_name
from app.sync.journal import Head
from app.till.filed import newest_first
from app.till.ports import Folder, FolderFailed

Path = tuple[str, ...]
SYSTEM = frozenset({"Thumbs.db", "desktop.ini"})
"""What systems leave in every folder; so do names that begin with a dot."""


@dataclass(slots=True)
class Compared:
    """What was found; paths of files by their place. Of what lies in both nothing is kept but a mark."""

    places: Sequence[int]
    """Of IndexedDB, in order."""
    lacking: dict[int, list[Path]] = field(default_factory=dict)
    """In the folder, and not in IndexedDB."""
    twice: dict[int, list[Path]] = field(default_factory=dict)
    """More than one entry for a place."""
    odd: list[str] = field(default_factory=list)
    """Files that are none of ours."""
    failed: FolderFailed | None = None
    marks: bytearray = field(init=False)
    """Which of the places are in both."""

    def __post_init__(self) -> None:
        self.marks = bytearray(len(self.places))

    @property
    def missing(self) -> list[int]:
        """In IndexedDB, and not in the folder; of a folder that could not be read all is missing."""
        return [seq for seq, there in zip(self.places, self.marks, strict=True) if self.failed or not there]


async def compare(folder: Folder, whose: Head, places: Sequence[int], *, after: int = 0, since: str = "") -> Compared:
    """Compare names with places; entries up to `after` may be in the folder alone."""
    found, again = Compared(places), set[int]()
    async for path in _paths(found, folder, whose, since):
        _sort(found, path, again, after)
    found.twice = await _twice(found, folder, whose, since, again) if again else {}
    return found


async def _paths(found: Compared, folder: Folder, whose: Head, since: str) -> AsyncIterator[Path]:
    """The paths of all files, the newest day first; a folder that fails says so and is the end of it."""
    async for day in newest_first(folder, folder_of(whose.store, whose.register), since):
        if isinstance(day, FolderFailed):
            found.failed = day
            return
        for name in day.names:
            yield *day.path, name


def _sort(found: Compared, path: Path, again: set[int], after: int) -> None:
    named = read_name(path[-1])
    if named is None:
        if not path[-1].startswith(".") and path[-1] not in SYSTEM and not path[-1].endswith(SWAP):
            found.odd.append(path[-1])
        return
    at = bisect_left(found.places, named.seq)
    if at < len(found.places) and found.places[at] == named.seq:
        again.update([named.seq] if found.marks[at] else [])
        found.marks[at] = True
    elif named.seq > after:
        again.update([named.seq] if named.seq in found.lacking else [])
        found.lacking.setdefault(named.seq, []).append(path)


async def _twice(
    found: Compared, folder: Folder, whose: Head, since: str, again: Collection[int]
) -> dict[int, list[Path]]:
    """Look again at the places that have more than one file; most of them are an entry and its good copy."""
    paths: dict[int, list[Path]] = {seq: [] for seq in again}
    async for path in _paths(found, folder, whose, since):
        named = read_name(path[-1])
        if named is not None and named.seq in paths:
            paths[named.seq].append(path)
    others = {seq: [each for each in there[1:] if not _same(there[0], each)] for seq, there in paths.items()}
    return {seq: [paths[seq][0], *others[seq]] for seq in sorted(others) if others[seq]}


def _same(first: Path, path: Path) -> bool:
    """Whether two files are an entry and its good copy."""
    one, other = read_name(first[-1]), read_name(path[-1])
    return one is not None and other is not None and (one.kind, one.id) == (other.kind, other.id)
