"""The till's ports in memory: one browser profile with its folder, whose faults a test sets."""

import asyncio
import hashlib
import itertools
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache

from app.sync.said import first_doubt, place, silent
from app.sync.settled import JUDGED, Settled
from app.sync.status import EPOCH
from app.till.ports import (
    Appended,
    Fenced,
    NoRoom,
    Ports,
    StoredImage,
)
from tests.conftest import NOW
from tests.fakes.courier import FakeChannel, FakeKeys
from tests.fakes.disk import FakeDisk, FakeJournal
from tests.fakes.folder import FakeFolder
from tests.fakes.printer import FakePrinter
from tests.fakes.terminal import FakeTerminal


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

    async def keep(self, name: str, value: str) -> Appended | NoRoom:
        outcome = self.disk.write(self.disk.owner, lambda: self.disk.local.update({name: value}))
        assert not isinstance(outcome, Fenced)
        return outcome

    async def reset(self, reset_id: str, drafts: Collection[str], owner: int) -> Appended | Fenced | NoRoom:
        def clear() -> None:
            for draft_id in drafts:
                self.disk.drafts.pop(draft_id, None)
            self.disk.local.pop("report", None)
            self.disk.local["reset"] = reset_id

        await asyncio.sleep(0)
        return self.disk.write(owner, clear)

    async def begin_anew(self, texts: Mapping[str, str], owner: int) -> Appended | Fenced | NoRoom:
        def begin() -> None:
            self.disk.after = FakeDisk(local=dict(texts))

        return self.disk.write(owner, begin)


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
class FakeRecovery:
    disk: FakeDisk

    async def begin(self, reading: str) -> None:
        self.disk.recovery = {place: line for place, line in self.disk.recovery.items() if place[0] == reading}

    async def add(self, reading: str, first: int, lines: Sequence[bytes]) -> Appended | NoRoom:
        put = {(reading, at): line for at, line in enumerate(lines, start=first)}
        outcome = self.disk.write(self.disk.owner, lambda: self.disk.recovery.update(put))
        assert not isinstance(outcome, Fenced)
        return outcome


@dataclass
class FakeShelf:
    """What the courier has put down."""

    image: StoredImage | None = None
    pages: list[bytes] = field(default_factory=list)
    kept_verdicts: dict[str, str] = field(default_factory=dict)
    records: dict[str, str] = field(default_factory=dict)
    answers: dict[str, bytes] = field(default_factory=dict)
    read: int = 0
    """How many verdicts were read so far."""

    async def image_and_changes(self, known: str) -> tuple[StoredImage | None, tuple[bytes, ...]]:
        return None if self.image and self.image.sha256 == known else self.image, tuple(self.pages)

    def said(self) -> Mapping[str, str]:
        """Every verdict, by digest."""
        return self.kept_verdicts

    async def judged(self) -> frozenset[str]:
        return frozenset(self.said())

    async def verdicts(self, digests: Collection[str] | None = None) -> tuple[str, ...]:
        found = tuple(text for digest, text in self.said().items() if digests is None or digest in digests)
        self.read += len(found)
        return found

    sums_up: bool = True
    """Whether the courier notes what all verdicts say together; one of an earlier release did not."""

    async def status(self) -> Mapping[str, str]:
        said, epoch = self.said(), self.records.get(EPOCH, "")
        if not self.sums_up or not said:
            return dict(self.records)
        doubted = first_doubt(silent(text) for text in said.values())  # what is sealed here leaves nothing in doubt
        found = Settled(((*place(text), text) for text in said.values()), doubted)
        return {**self.records, JUDGED: found.judged(epoch).model_dump_json()}


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

    def painted(self, then: Callable[[], None]) -> None:
        then()

    def download(self, name: str, kind: str, data: bytes) -> None:
        self.files[name] = (kind, data)

    printed: int = 0
    """How often the browser was asked to print."""

    async def print(self) -> None:
        await asyncio.sleep(0)
        self.printed += 1

    free: int | None = 10**9
    """Bytes that the browser has left."""

    async def storage(self) -> tuple[bool, int | None, int | None]:
        return True, self.free, 10**7

    app: bool = True
    """Whether the browser keeps the app."""

    async def app_kept(self) -> bool:
        return self.app

    marks: list[str] = field(default_factory=list)
    """The steps of a start, in order."""

    def mark(self, step: str) -> None:
        self.marks.append(step)

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
    spare: FakeFolder = field(default_factory=lambda: FakeFolder(chosen="Spare"))
    lost: FakeFolder = field(default_factory=FakeFolder)
    vault: FakeVault = field(default_factory=FakeVault)
    terminal: FakeTerminal = field(default_factory=FakeTerminal)
    page: FakePage = field(default_factory=FakePage)
    printer: FakePrinter = field(default_factory=FakePrinter)
    clock: FakeClock = field(default_factory=FakeClock)
    channel: FakeChannel = field(default_factory=FakeChannel)

    async def starts_again(self) -> Ports:
        """The ports of another start; where the register was set up anew it finds nothing of the one before."""
        if self.disk.after is not None:
            self.disk, self.shelf = self.disk.after, FakeShelf()
        return self.ports

    @property
    def ports(self) -> Ports:
        return Ports(
            journal=FakeJournal(self.disk, self.shelf),
            drafts=FakeDrafts(self.disk),
            local=FakeLocal(self.disk),
            questions=FakeQuestions(self.disk, self.shelf),
            recovery=FakeRecovery(self.disk),
            shelf=self.shelf,
            folder=self.folder,
            spare=self.spare,
            lost=self.lost,
            vault=self.vault,
            terminal=self.terminal,
            page=self.page,
            printer=self.printer,
            clock=self.clock,
            ids=CountingIds(),
            channel=self.channel,
        )
