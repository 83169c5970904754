"""What the names in the folder say beside the places of IndexedDB: which of the two lacks what; no file is opened."""

from collections.abc import Collection
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
    """What was found; paths of files by their place."""

    lacking: dict[int, list[Path]] = field(default_factory=dict)
    """In the folder, and not in IndexedDB."""
    there: set[int] = field(default_factory=set)
    """In both."""
    twice: dict[int, list[Path]] = field(default_factory=dict)
    """More than one entry for a place."""
    odd: list[str] = field(default_factory=list)
    """Files that are none of ours."""
    failed: FolderFailed | None = None

    def missing(self, places: Collection[int]) -> list[int]:
        """In IndexedDB, and not in the folder; of a folder that could not be read all is missing."""
        return sorted(set(places) - self.there) if self.failed is None else sorted(places)


async def compare(folder: Folder, whose: Head, places: Collection[int], *, after: int = 0, since: str = "") -> Compared:
    """Compare names with places; entries up to `after` may be in the folder alone."""
    found, known = Compared(), set(places)
    firsts: dict[int, Path] = {}
    async for day in newest_first(folder, folder_of(whose.store, whose.register), since):
        if isinstance(day, FolderFailed):
            found.failed = day
            break
        for name in day.names:
            _sort(found, (*day.path, name), known, firsts, after)
    return found


def _sort(found: Compared, path: Path, known: set[int], firsts: dict[int, Path], after: int) -> None:
    named = read_name(path[-1])
    if named is None:
        if not path[-1].startswith(".") and path[-1] not in SYSTEM and not path[-1].endswith(SWAP):
            found.odd.append(path[-1])
        return
    first = firsts.setdefault(named.seq, path)
    if first is not path and not _same(first, path):
        found.twice.setdefault(named.seq, [first]).append(path)
    if named.seq in known:
        found.there.add(named.seq)
    elif named.seq > after:
        found.lacking.setdefault(named.seq, []).append(path)


def _same(first: Path, path: Path) -> bool:
    """Whether two files are an entry and its good copy."""
    one, other = read_name(first[-1]), read_name(path[-1])
    return one is not None and other is not None and (one.kind, one.id) == (other.kind, other.id)
