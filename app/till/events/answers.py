"""Answers to effects."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from app.sync.journal import Head
from app.sync.status import FolderState
from app.till.events.base import Event
from app.till.state import Kept, Tile


@dataclass(frozen=True, slots=True)
class Found(Event):
    asked: int
    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class ProductShown(Event):
    tile: Tile


@dataclass(frozen=True, slots=True)
class CodeFound(Event):
    """A scan named a variant; `quantity` is given where a scale's label held it."""

    tile: Tile
    variant_id: str
    quantity: Decimal | None = None


@dataclass(frozen=True, slots=True)
class CodeUnknown(Event):
    code: str
    why: str


@dataclass(frozen=True, slots=True)
class StockChecked(Event):
    variant_id: str
    wanted: Decimal
    available: Decimal | None
    line_index: int


@dataclass(frozen=True, slots=True)
class PinChecked(Event):
    at: datetime
    staff_id: str
    right: bool
    purpose: str


@dataclass(frozen=True, slots=True)
class DraftKept(Event):
    payment_id: str = ""


@dataclass(frozen=True, slots=True)
class NotKept(Event):
    """The draft could not be written; a payment named here does not count as taken."""

    why: str
    payment_id: str = ""


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
