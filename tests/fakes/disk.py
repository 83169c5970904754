"""IndexedDB in memory, as the till writes it: the disk, its faults, and the journal on it."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from app.sync.checkpoint import ANCHOR, CHECKPOINT
from app.sync.entry import Entry, Header
from app.sync.status import EPOCH
from app.till.ports import Appended, Fenced, Meanwhile, Mended, NoRoom, Shelf, Taken, nothing

FULL = "The disk of this device is full. Nothing was written. Free some space, then try again."


class StorageBroke(Exception):
    """What a browser does when its storage fails half-way."""


@dataclass
class FakeDisk:
    """IndexedDB as the till writes it; `owner` is the number of the start that holds the register."""

    owner: int = 0
    journal: dict[int, Entry] = field(default_factory=dict)
    removed: dict[int, Entry] = field(default_factory=dict)
    """Entries that are not on the disk any more, for a test to look at."""
    drafts: dict[str, bytes] = field(default_factory=dict)
    local: dict[str, str] = field(default_factory=dict)
    questions: dict[str, bytes] = field(default_factory=dict)
    recovery: dict[tuple[str, int], bytes] = field(default_factory=dict)
    """Lines of a lost journal, by reading and place."""
    faults: list[str] = field(default_factory=list)
    """What happens to the next writes: "full", "breaks before" or "breaks after" it was written, "" for nothing."""
    unreadable: int = 0
    """How many of the next reads of the journal fail."""
    after: "FakeDisk | None" = None
    """What the next start uses, where the register was set up anew."""
    slowness: int = 1
    """How many turns a draft takes to be written."""

    def write(self, owner: int, change: Callable[[], None]) -> Appended | Fenced | NoRoom:
        """Change something in one transaction, only while `owner` still holds the register."""
        fault = self.faults.pop(0) if self.faults else ""
        if fault == "breaks before":
            raise StorageBroke
        if fault == "full":
            return NoRoom(FULL)
        if owner != self.owner:
            return Fenced(cleared=not self.owner)
        change()
        if fault == "breaks after":
            raise StorageBroke
        return Appended()


@dataclass
class FakeJournal:
    disk: FakeDisk
    shelf: Shelf

    async def read(self, *stretches: tuple[int, int]) -> tuple[bytes, ...]:
        await asyncio.sleep(0)
        if self.disk.unreadable:
            self.disk.unreadable -= 1
            raise StorageBroke
        places, lines = sorted(self.disk.journal), self.disk.journal
        wanted = [[at for at in places if first <= at <= last] for first, last in stretches] if stretches else [places]
        return tuple(lines[at].line for stretch in wanted for at in stretch)

    async def append(
        self,
        entries: tuple[Entry, ...],
        owner: int,
        draft_id: str | None,
        checkpoint: str = "",
        meanwhile: Meanwhile = nothing,
    ) -> Appended | Fenced | NoRoom | Taken:
        await asyncio.sleep(0)
        meanwhile()

        def add() -> None:
            self.disk.journal.update({entry.header.seq: entry for entry in entries})
            if draft_id is not None:
                self.disk.drafts.pop(draft_id, None)
            if checkpoint:
                self.disk.local[CHECKPOINT] = checkpoint

        there = self.disk.journal.values()
        if owner == self.disk.owner and any(_same(entry.header, other.header) for entry in entries for other in there):
            return Taken("it is in the journal already")
        return self.disk.write(owner, add)

    async def places(self, after: int = 0) -> tuple[int, ...]:
        await asyncio.sleep(0)
        return tuple(sorted(seq for seq in self.disk.journal if seq > after))

    async def put_back(
        self, mended: tuple[Mended, ...], owner: int, evidence: Mapping[str, str]
    ) -> Appended | Fenced | NoRoom | Taken:
        await asyncio.sleep(0)
        there, new = self.disk.journal, {each.entry.header.seq: each.entry for each in mended}
        others = [entry for seq, entry in there.items() if seq not in new]
        seen = [there[seq].line if seq in there else None for seq in new]
        double = any(_same(entry.header, other.header) for entry in new.values() for other in others)
        if owner == self.disk.owner and (double or seen != [each.damaged for each in mended]):
            return Taken("something else lies there by now")

        def put() -> None:
            there.update(new)
            self.disk.local.update(evidence)

        return self.disk.write(owner, put)

    async def prune(self, through: int, anchor: str, epoch: str, owner: int) -> bool:
        await asyncio.sleep(0)
        if (await self.shelf.status()).get(EPOCH, "") != epoch:
            return False

        def remove() -> None:
            self.disk.removed |= {seq: self.disk.journal.pop(seq) for seq in list(self.disk.journal) if seq <= through}
            self.disk.local[ANCHOR] = anchor

        return isinstance(self.disk.write(owner, remove), Appended)

    async def take_over(self) -> int:
        self.disk.owner += 1
        return self.disk.owner


def _same(header: Header, other: Header) -> bool:
    return header.seq == other.seq or header.id == other.id or (header.number or "-") == other.number
