"""The till's ports in memory: one browser profile with its folder, whose faults a test sets."""

import asyncio
import hashlib
import itertools
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache

from app.sync.entry import Entry, Header
from app.till.ports import (
    Appended,
    Fenced,
    NoRoom,
    Ports,
    StoredImage,
    Taken,
)
from tests.conftest import NOW
from tests.fakes.courier import FakeChannel, FakeKeys
from tests.fakes.folder import FakeFolder
from tests.fakes.printer import FakePrinter
from tests.fakes.terminal import FakeTerminal

FULL = "The disk of this device is full. Nothing was written. Free some space, then try again."


class StorageBroke(Exception):
    """What a browser does when its storage fails half-way."""


@dataclass
class FakeDisk:
    """IndexedDB as the till writes it; `owner` is the number of the start that holds the register."""

    owner: int = 0
    journal: dict[int, Entry] = field(default_factory=dict)
    drafts: dict[str, bytes] = field(default_factory=dict)
    local: dict[str, str] = field(default_factory=dict)
    questions: dict[str, bytes] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    """What happens to the next writes: "full", "breaks before" or "breaks after" it was written, "" for nothing."""
    unreadable: int = 0
    """How many of the next reads of the journal fail."""
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
            return Fenced()
        change()
        if fault == "breaks after":
            raise StorageBroke
        return Appended()


@dataclass
class FakeJournal:
    disk: FakeDisk

    async def read(self) -> tuple[bytes, ...]:
        await asyncio.sleep(0)
        if self.disk.unreadable:
            self.disk.unreadable -= 1
            raise StorageBroke
        return tuple(entry.line for _, entry in sorted(self.disk.journal.items()))

    async def append(
        self, entries: tuple[Entry, ...], owner: int, draft_id: str | None
    ) -> Appended | Fenced | NoRoom | Taken:
        await asyncio.sleep(0)

        def add() -> None:
            self.disk.journal.update({entry.header.seq: entry for entry in entries})
            if draft_id is not None:
                self.disk.drafts.pop(draft_id, None)

        there = self.disk.journal.values()
        if owner == self.disk.owner and any(_same(entry.header, other.header) for entry in entries for other in there):
            return Taken("it is in the journal already")
        return self.disk.write(owner, add)

    async def take_over(self) -> int:
        self.disk.owner += 1
        return self.disk.owner


def _same(header: Header, other: Header) -> bool:
    return header.seq == other.seq or header.id == other.id or (header.number or "-") == other.number


@dataclass
class FakeDrafts:
    disk: FakeDisk

    async def keep(self, draft_id: str, sealed: bytes, owner: int) -> Appended | Fenced | NoRoom:
        for _ in range(self.disk.slowness):
            await asyncio.sleep(0)
        return self.disk.write(owner, lambda: self.disk.drafts.update({draft_id: sealed}))

    async def read(self) -> tuple[tuple[str, bytes], ...]:
        return tuple(self.disk.drafts.items())

    async def drop(self, draft_id: str, owner: int) -> None:
        await asyncio.sleep(0)
        if owner == self.disk.owner:
            self.disk.drafts.pop(draft_id, None)


@dataclass
class FakeLocal:
    disk: FakeDisk

    async def read(self) -> Mapping[str, str]:
        return dict(self.disk.local)

    async def keep(self, name: str, value: str) -> None:
        self.disk.local[name] = value

    async def reset(self, reset_id: str, drafts: Collection[str], owner: int) -> Appended | Fenced | NoRoom:
        def clear() -> None:
            for draft_id in drafts:
                self.disk.drafts.pop(draft_id, None)
            self.disk.local.pop("report", None)
            self.disk.local["reset"] = reset_id

        await asyncio.sleep(0)
        return self.disk.write(owner, clear)


@dataclass
class FakeQuestions:
    disk: FakeDisk
    shelf: "FakeShelf"

    async def ask(self, question_id: str, sealed: bytes) -> Appended | NoRoom:
        outcome = self.disk.write(self.disk.owner, lambda: self.disk.questions.update({question_id: sealed}))
        assert not isinstance(outcome, Fenced)
        return outcome

    async def answers(self) -> Mapping[str, bytes]:
        return dict(self.shelf.answers)

    async def drop(self, question_id: str) -> None:
        self.disk.questions.pop(question_id, None)

    async def clear(self) -> None:
        self.disk.questions.clear()


@dataclass
class FakeShelf:
    """What the courier has put down."""

    image: StoredImage | None = None
    pages: list[bytes] = field(default_factory=list)
    kept_verdicts: dict[str, str] = field(default_factory=dict)
    records: dict[str, str] = field(default_factory=dict)
    answers: dict[str, bytes] = field(default_factory=dict)

    async def image_and_changes(self) -> tuple[StoredImage | None, tuple[bytes, ...]]:
        return self.image, tuple(self.pages)

    async def verdicts(self) -> tuple[str, ...]:
        return tuple(self.kept_verdicts.values())

    async def status(self) -> Mapping[str, str]:
        return dict(self.records)


@lru_cache(maxsize=64)
def pbkdf2(pin: str, salt: str, rounds: int) -> str:
    return hashlib.pbkdf2_hmac("sha256", pin.encode(), bytes.fromhex(salt), rounds).hex()


@dataclass
class FakeVault(FakeKeys):
    async def pin_digest(self, pin: str, salt: str, rounds: int) -> str:
        await asyncio.sleep(0)
        return pbkdf2(pin, salt, rounds)


@dataclass
class FakePage:
    regions: dict[str, str] = field(default_factory=dict)
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    """What was given to the person: media type and content, by name."""

    def patch(self, regions: Mapping[str, str]) -> None:
        self.regions |= regions

    def download(self, name: str, kind: str, data: bytes) -> None:
        self.files[name] = (kind, data)

    printed: int = 0
    """How often the browser was asked to print."""

    async def print(self) -> None:
        await asyncio.sleep(0)
        self.printed += 1

    async def storage(self) -> tuple[bool, int | None, int | None]:
        return True, 10**9, 10**7

    def about(self) -> tuple[str, str]:
        return "Python 3.14, Pyodide 314", "A browser"


@dataclass
class FakeClock:
    """A clock that a test sets; it moves on by itself a little at each look."""

    at: datetime = NOW

    def now(self) -> datetime:
        self.at += timedelta(milliseconds=1)
        return self.at


class CountingIds:
    """Ids that no two starts of one profile share."""

    _count = itertools.count(1)

    def fresh(self) -> str:
        return f"id-{next(self._count):06d}"


@dataclass
class FakeDevice:
    """One browser profile: it outlives each start of the till."""

    disk: FakeDisk = field(default_factory=FakeDisk)
    shelf: FakeShelf = field(default_factory=FakeShelf)
    folder: FakeFolder = field(default_factory=FakeFolder)
    vault: FakeVault = field(default_factory=FakeVault)
    terminal: FakeTerminal = field(default_factory=FakeTerminal)
    page: FakePage = field(default_factory=FakePage)
    printer: FakePrinter = field(default_factory=FakePrinter)
    clock: FakeClock = field(default_factory=FakeClock)
    channel: FakeChannel = field(default_factory=FakeChannel)

    @property
    def ports(self) -> Ports:
        return Ports(
            journal=FakeJournal(self.disk),
            drafts=FakeDrafts(self.disk),
            local=FakeLocal(self.disk),
            questions=FakeQuestions(self.disk, self.shelf),
            shelf=self.shelf,
            folder=self.folder,
            vault=self.vault,
            terminal=self.terminal,
            page=self.page,
            printer=self.printer,
            clock=self.clock,
            ids=CountingIds(),
            channel=self.channel,
        )
