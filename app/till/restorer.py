"""Puts back into IndexedDB what it lacks or holds damaged, from the folder; nothing is taken that is not proved.

An entry is proved by this register's key, which has sealed its header too; where two prove it for one place, by the
neighbours that are whole.
"""

from base64 import b64encode
from collections.abc import AsyncIterator, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.sync.checkpoint import spans
from app.sync.entry import Entry, Unreadable, parse, split
from app.sync.journal import Head
from app.sync.places import NOT_OPENED, chosen, own
from app.till.ports import Appended, Fenced, Folder, FolderFailed, Mended, NoRoom, Ports, Taken

Path = tuple[str, ...]
BATCH = 50
"""Entries that are put back in one transaction."""
EVIDENCE = "damaged-"
"""What was damaged is kept in `local` under this and its place."""
PIECES, LONGEST = 8, 65_536
"""So many pieces of evidence are kept, each so many bytes at most."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of a batch: the places that are whole again, and files that are of no use, with the reason."""

    seqs: tuple[int, ...] = ()
    useless: tuple[tuple[str, str], ...] = ()
    stopped: Fenced | NoRoom | Taken | FolderFailed | None = None
    """Why it did not go on."""


class Restorer:
    def __init__(self, ports: Ports, folder: Folder, owner: int) -> None:
        self._ports = ports
        self.folder = folder
        self._owner = owner

    async def put_back(
        self, files: Mapping[int, Sequence[Path]], whose: Head, forks: Collection[int]
    ) -> AsyncIterator[Restored]:
        """Put back what the folder has for places where nothing lies, in the order of the journal, in batches.

        `forks` are the places for which the folder has more than one entry.
        """
        seqs = sorted(files)
        for start in range(0, len(seqs), BATCH):
            restored = await self._batch({seq: files[seq] for seq in seqs[start : start + BATCH]}, whose, forks)
            yield restored
            if restored.stopped:
                return

    async def _batch(self, files: Mapping[int, Sequence[Path]], whose: Head, forks: Collection[int]) -> Restored:
        candidates: dict[int, list[tuple[str, Entry]]] = {}
        useless: list[tuple[str, str]] = []
        for seq, path in ((seq, path) for seq, paths in files.items() for path in paths):
            content = await self.folder.read(path)
            if isinstance(content, FolderFailed) and not content.works:
                return Restored(stopped=content)
            found = content if isinstance(content, FolderFailed) else await self.whole(content, seq, whose)
            if isinstance(found, Entry):
                candidates.setdefault(seq, []).append((path[-1], found))
            else:
                useless.append((path[-1], found.why))
        entries, more = chosen(candidates, await self.rows(_around(files), whose), forks)
        outcome = await self._put(tuple(Mended(entry) for entry in entries.values()))
        stopped = None if isinstance(outcome, Appended) else outcome
        return Restored(() if stopped else tuple(entries), (*useless, *more), stopped)

    async def _put(self, mended: tuple[Mended, ...]) -> Appended | Fenced | NoRoom | Taken:
        return await self._ports.journal.put_back(mended, self._owner, {}) if mended else Appended()

    async def replace(self, entry: Entry, damaged: bytes) -> Appended | Fenced | NoRoom | Taken:
        """Put the folder's copy in the place of a damaged row; a few of what was damaged are kept as evidence."""
        there = [name for name in await self._ports.local.read() if name.startswith(EVIDENCE)]
        kept = {f"{EVIDENCE}{entry.header.seq}": b64encode(damaged[:LONGEST]).decode()} if len(there) < PIECES else {}
        return await self._ports.journal.put_back((Mended(entry, damaged),), self._owner, kept)

    async def rows(self, seqs: Iterable[int], whose: Head) -> dict[int, Entry]:
        """The rows of some places that are whole."""
        found: dict[int, Entry] = {}
        if not (stretches := spans(seqs)):
            return found
        for line in await self._ports.journal.read(*stretches):
            entry = parse(line)
            if isinstance(entry, Entry) and isinstance(await self.whole(line, entry.header.seq, whose), Entry):
                found[entry.header.seq] = entry
        return found

    async def whole(self, line: bytes, seq: int, whose: Head) -> Entry | Unreadable:
        """Read what is to be in a place: it has to be this register's, and to open."""
        found = own(line, seq, whose)
        if isinstance(found, Unreadable):
            return found
        sealed = split(found.line)
        opened = sealed if isinstance(sealed, Unreadable) else await self._ports.vault.unseal(sealed)
        return Unreadable(NOT_OPENED) if isinstance(opened, Unreadable) else found


def _around(files: Mapping[int, Sequence[Path]]) -> set[int]:
    return {seq + step for seq in files for step in (-1, 1)} - files.keys()


def why_not(outcome: Fenced | NoRoom | Taken | FolderFailed) -> str:
    """Say why nothing was put back."""
    return "this register was taken over in another tab" if isinstance(outcome, Fenced) else outcome.why.rstrip(".")
