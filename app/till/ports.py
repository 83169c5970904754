"""What the till needs from the outside world; each port has one contract test, passed by its fake and its adapter."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.catalogue.stored import StoredImage as StoredImage
from app.domain.card import ProcessorKey, StoredCard
from app.sync.entry import Entry, Sealed, Unreadable
from app.sync.status import FolderState
from app.till.page_port import Page as Page
from app.till.printer_port import Printer as Printer
from app.till.printer_port import PrinterFound as PrinterFound
from app.till.printer_port import PrinterState as PrinterState

Meanwhile = Callable[[], None]


def nothing() -> None:
    """Whoever waits for the disk has nothing else to do."""


@dataclass(frozen=True, slots=True)
class Appended:
    """The entry is in IndexedDB, strictly durable, and its draft is gone with the same transaction."""


@dataclass(frozen=True, slots=True)
class Fenced:
    """Another tab has taken the register over: this one may not write any more."""

    cleared: bool = False
    """Or nobody holds it, because the browser's data was cleared under it."""


@dataclass(frozen=True, slots=True)
class NoRoom:
    """The disk or the quota is full: nothing was written."""

    why: str


@dataclass(frozen=True, slots=True)
class Taken:
    """The sequence, id or number is in the journal already: nothing was written, read the journal again."""

    why: str


@dataclass(frozen=True, slots=True)
class Mended:
    """An entry for its place in the journal; `damaged` is what lies there now, None where nothing does."""

    entry: Entry
    damaged: bytes | None = None


class JournalStore(Protocol):
    async def read(self, *stretches: tuple[int, int]) -> tuple[bytes, ...]:
        """Return the exact bytes of every entry, in order of sequence; or of those in stretches, both ends included."""

    async def append(
        self,
        entries: tuple[Entry, ...],
        owner: int,
        draft_id: str | None,
        checkpoint: str = "",
        meanwhile: Meanwhile = nothing,
    ) -> Appended | Fenced | NoRoom | Taken:
        """Add entries, delete their draft and keep a checkpoint, if there is one, in one strict transaction, only while
        `owner` still holds the register.

        `meanwhile` is done once, while the disk writes; nothing is known of the outcome then.
        """

    async def places(self, after: int = 0) -> tuple[int, ...]:
        """Return the places behind one where something lies, in order."""

    async def put_back(
        self, mended: tuple[Mended, ...], owner: int, evidence: Mapping[str, str]
    ) -> Appended | Fenced | NoRoom | Taken:
        """Put entries in their places and texts into `local` in one strict transaction of the holder.

        Taken, and nothing is written, where anything else lies in a place than was seen there.
        """

    async def prune(self, through: int, anchor: str, epoch: str, owner: int) -> bool:
        """Remove the entries up to a place and keep the anchor, in one strict transaction.

        False, and nothing is removed, where `owner` does not hold the register any more, where there is no room, or
        where the courier has noted another epoch: then it has put the verdicts aside.
        """

    async def take_over(self) -> int:
        """Become the one writer: raise the owner number and return it."""


class DraftStore(Protocol):
    async def keep(self, draft_id: str, sealed: bytes, owner: int) -> Appended | Fenced | NoRoom: ...

    async def read(self) -> tuple[tuple[str, bytes], ...]: ...

    async def drop(self, draft_id: str, owner: int) -> None: ...


class LocalStore(Protocol):
    """Small settings of this device, as text by name."""

    async def read(self) -> Mapping[str, str]: ...

    async def keep(self, name: str, value: str) -> Appended | NoRoom: ...

    async def reset(self, reset_id: str, drafts: Collection[str], owner: int) -> Appended | Fenced | NoRoom:
        """Forget drafts and the last bug, and keep the wish for a reset, in one strict transaction of the holder."""

    async def begin_anew(self, texts: Mapping[str, str], owner: int) -> Appended | Fenced | NoRoom:
        """Leave everything as it lies there, for good, and make an empty place beside it that the next start uses.

        These settings and the chosen folder are there; whoever works in the old place stays in it.
        """


class QuestionStore(Protocol):
    """What is asked of the OMS through the courier; nothing here outlives a start of the till."""

    async def ask(self, question_id: str, sealed: bytes) -> Appended | NoRoom: ...

    async def answers(self) -> Mapping[str, bytes]:
        """Return the courier's answers, sealed, by the id of their question."""

    async def drop(self, question_id: str) -> None:
        """Forget a question; its answer goes with the next one that is kept."""

    async def clear(self) -> None:
        """Forget every question of an earlier start."""


class RecoveryStore(Protocol):
    """The lines of a lost register's journal, put down for the courier; what the OMS forgets is offered from here."""

    async def begin(self, reading: str) -> None:
        """Forget the lines of every other reading."""

    async def add(self, reading: str, first: int, lines: Sequence[bytes]) -> Appended | NoRoom:
        """Put lines down, the first of them at a place, counted from 0."""


class Shelf(Protocol):
    """What the courier has put down; the till only reads it."""

    async def image_and_changes(self, known: str) -> tuple[StoredImage | None, tuple[bytes, ...]]:
        """Read both in one transaction, so that they belong together; changes are sealed pages, oldest first.

        The image that is known by its hash is not read again: it is as if there were none.
        """

    async def judged(self) -> frozenset[str]:
        """Return the digests of all entries that have a verdict."""

    async def verdicts(self, digests: Collection[str] | None = None) -> tuple[str, ...]:
        """Return every verdict as JSON of protocol.Verdict, or those of these entries that are there."""

    async def status(self) -> Mapping[str, str]:
        """Return the courier's records by name: registered, link, progress, synced (JSON of sync.status), sending.

        A record that is there but empty counts as not there; `sending` is digests with commas between.
        """


@dataclass(frozen=True, slots=True)
class Written:
    pass


@dataclass(frozen=True, slots=True)
class FolderFailed:
    """What was asked of the folder was not done; `state` is OK where the fault is that of one file alone."""

    state: FolderState
    why: str

    @property
    def works(self) -> bool:
        """Whether the folder itself is there and granted."""
        return self.state is FolderState.OK


class Folder(Protocol):
    async def state(self) -> tuple[FolderState, str]:
        """Return whether it can be written, and its name."""

    async def write(self, path: tuple[str, ...], line: bytes) -> Written | FolderFailed:
        """Write one file once, atomically; the same bytes there already count as written.

        Where something else lies there it is left as it is, and the folder still works.
        """

    async def read(self, path: tuple[str, ...]) -> bytes | FolderFailed:
        """Return the exact bytes of a file; where it is not there, or is no file, the folder still works."""

    async def names(self, path: tuple[str, ...]) -> frozenset[str] | FolderFailed:
        """Return the names below a path, files and folders; one that is not there, or is a file, has none."""


class SpareFolder(Folder, Protocol):
    """A folder of the browser's own, outside of IndexedDB; always there and granted, where the browser has room."""

    async def remove(self, path: tuple[str, ...]) -> FolderFailed | None:
        """Remove a file; one that is not there is removed."""


class Vault(Protocol):
    """The register's data key: seals bodies and drafts, and checks PINs."""

    async def open(self, key_id: str) -> bool:
        """Find the key; False while the register has none."""

    async def seal(self, bound: bytes, body: bytes) -> tuple[str, str]:
        """Return initialisation vector and ciphertext, base64; `bound` is authenticated, not hidden."""

    async def unseal(self, sealed: Sealed) -> bytes | Unreadable: ...

    async def pin_digest(self, pin: str, salt: str, rounds: int) -> str:
        """Return PBKDF2-HMAC-SHA256 of a PIN in hex; takes hundreds of milliseconds on purpose."""


@dataclass(frozen=True, slots=True)
class CardWanted:
    """What a terminal is to take: so much, for this payment."""

    payment_id: str
    amount: int
    at: datetime
    expires_at: datetime
    card: str = ""
    """Which of its test cards, where it is a terminal of the sandbox."""


@dataclass(frozen=True, slots=True)
class NotRead:
    """The terminal has no card; `why` is a sentence for the cashier."""

    why: str


class Terminal(Protocol):
    """A card terminal: it reads a card and seals it for the processor; the number never comes out of it."""

    @property
    def test_cards(self) -> tuple[str, ...]:
        """The cards that can be chosen on screen; none where people hold real ones before it."""

    async def store(self, wanted: CardWanted, key: ProcessorKey) -> StoredCard | NotRead:
        """Read a card and seal it: payment, amount and terminal are bound to the seal (`card.bound_to`)."""


class Clock(Protocol):
    def now(self) -> datetime: ...


class Ids(Protocol):
    def fresh(self) -> str: ...


class Channel(Protocol):
    def tell(self, word: str) -> None:
        """Say on the channel what to look at again; never data."""


@dataclass(frozen=True, slots=True)
class Ports:
    """Everything outside of the till."""

    journal: JournalStore
    drafts: DraftStore
    local: LocalStore
    questions: QuestionStore
    recovery: RecoveryStore
    shelf: Shelf
    folder: Folder
    spare: SpareFolder
    """Where files lie that the folder does not take."""
    lost: Folder
    """The folder of a register that is lost; only read."""
    vault: Vault
    terminal: Terminal
    page: Page
    printer: Printer
    clock: Clock
    ids: Ids
    channel: Channel
