"""Answers to effects."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from app.domain.card import StoredCard
from app.sync.journal import Head
from app.sync.questions import Denied, Given, NoAnswer
from app.sync.status import FolderState
from app.till.events.base import Event
from app.till.ports import PrinterFound
from app.till.slices.recovering import LostJournal
from app.till.state import Kept, Tile


@dataclass(frozen=True, slots=True)
class Found(Event):
    """What a search found."""

    asked: int
    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class ProductShown(Event):
    """A product with its stock as it is now."""

    tile: Tile


@dataclass(frozen=True, slots=True)
class CodeFound(Event):
    """A scan named a variant; `quantity` is given where a scale's label held it."""

    tile: Tile
    variant_id: str
    quantity: Decimal | None = None


@dataclass(frozen=True, slots=True)
class CodeShared(Event):
    """A code stands on several products, or on several sizes of one."""

    code: str
    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class CodeUnknown(Event):
    """A code leads to nothing; `why` is a sentence for the cashier."""

    code: str
    why: str


@dataclass(frozen=True, slots=True)
class StockChecked(Event):
    """How many may still be sold; `available` is None where nobody counts."""

    variant_id: str
    wanted: Decimal
    available: Decimal | None
    line_index: int


@dataclass(frozen=True, slots=True)
class PricesChecked(Event):
    """What variants cost now, by id; None where one cannot be sold any more."""

    prices: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class PinChecked(Event):
    """A PIN was right or wrong; `purpose` says what it was for."""

    at: datetime
    staff_id: str
    right: bool
    purpose: str


@dataclass(frozen=True, slots=True)
class CardRead(Event):
    """The terminal has read a card and sealed it for the processor."""

    payment_id: str
    stored: StoredCard


@dataclass(frozen=True, slots=True)
class CardNotRead(Event):
    """The terminal has no card; nothing was taken."""

    payment_id: str
    why: str


@dataclass(frozen=True, slots=True)
class DraftKept(Event):
    """The draft is on disk; the payment named here counts from now on."""

    payment_id: str = ""


@dataclass(frozen=True, slots=True)
class NotKept(Event):
    """The draft could not be written; a payment named here does not count as taken."""

    why: str
    payment_id: str = ""


@dataclass(frozen=True, slots=True)
class NotNoted(Event):
    """A setting of this device could not be written; `full` where the disk is, else the storage failed."""

    full: bool


@dataclass(frozen=True, slots=True)
class Recorded(Event):
    """The entry is durable in IndexedDB, and in the folder where there is one."""

    at: datetime
    kept: Kept
    head: Head
    folder: FolderState
    fresh: str
    """A new id: the next sale's draft takes it."""


@dataclass(frozen=True, slots=True)
class NotRecorded(Event):
    """Nothing was written; `why` is a sentence for the cashier."""

    id: str
    why: str
    fenced: bool = False


@dataclass(frozen=True, slots=True)
class Answered(Event):
    """The OMS answered a question, said no, or there was no answer; `reply` is as it came."""

    at: datetime
    id: str
    reply: Given | Denied | NoAnswer


@dataclass(frozen=True, slots=True)
class WaitingGiven(Event):
    """A file with every line that waits was given to the person; their digests."""

    digests: frozenset[str]


@dataclass(frozen=True, slots=True)
class AnewBegun(Event):
    """The next start is another register's; or `why` not, and nothing was changed."""

    why: str = ""


@dataclass(frozen=True, slots=True)
class ResetWritten(Event):
    """The wish for a reset is on the disk and the drafts are gone; or `why` not, and nothing was changed."""

    id: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class PrinterSeen(Event):
    """Whether the receipt printer is there."""

    found: PrinterFound


@dataclass(frozen=True, slots=True)
class PrinterAnswered(Event):
    """What became of something that was sent to it."""

    job: str
    found: PrinterFound


@dataclass(frozen=True, slots=True)
class PagePrinted(Event):
    """The browser has printed an order's invoice, as far as it tells."""

    order_id: str


@dataclass(frozen=True, slots=True)
class QuickShown(Event):
    """The products of the quick buttons, as far as the catalogue has them."""

    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class QuickFound(Event):
    """What was found for a text."""

    text: str
    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class GoodsFound(Event):
    """The variants that bear a code, by id."""

    code: str
    variant_ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class LostSeen(Event):
    """Which registers a folder holds, as store-register; `why` where it could not be looked at."""

    reading: str
    folders: tuple[str, ...]
    why: str = ""


@dataclass(frozen=True, slots=True)
class LostRead(Event):
    """So many files of a lost register were read so far."""

    reading: str
    files: int


@dataclass(frozen=True, slots=True)
class LostFound(Event):
    """All of them were read, and lie there for the courier."""

    reading: str
    found: LostJournal


@dataclass(frozen=True, slots=True)
class LostFailed(Event):
    """They could not be read to the end."""

    reading: str
    why: str
