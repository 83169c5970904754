"""What the courier's stores, the journal, the folder and the clock bring about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app.domain.draft import Draft
from app.sync.checkpoint import Anchor
from app.sync.history import History
from app.sync.journal import Head
from app.sync.protocol import Verdict
from app.sync.recovering import Recovery
from app.sync.status import FolderState, LinkStatus, Progress, Registered, Synced
from app.till.events.base import Event
from app.till.slices.formers import Lost
from app.till.slices.upkeep import Device
from app.till.state import CatalogueInfo, Kept, People


@dataclass(frozen=True, slots=True)
class Ticked(Event):
    """A second or so went by; `fresh` may become the id of an offline session."""

    at: datetime
    fresh: str


@dataclass(frozen=True, slots=True)
class StatusSeen(Event):
    """The courier's records were read."""

    at: datetime
    fresh: str
    registered: Registered | None
    link: LinkStatus
    progress: Progress | None
    synced: Synced
    sending: frozenset[str] = frozenset()
    history: History = field(default_factory=History)
    recovery: Recovery | None = None
    """How far the courier is with a lost register."""
    cleared: str = ""
    """Id of the reset that the courier has followed last."""


@dataclass(frozen=True, slots=True)
class TerminalSeen(Event):
    """What kind of card terminal is here: one of the sandbox has cards to choose from."""

    test_cards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PeopleSeen(Event):
    """Staff, tenders, customers and settings as they are now."""

    people: People


@dataclass(frozen=True, slots=True)
class CatalogueSeen(Event):
    """Another catalogue is in use, or the one in use has changed."""

    catalogue: CatalogueInfo


@dataclass(frozen=True, slots=True)
class CatalogueDamaged(Event):
    """What arrived cannot be used; the old catalogue stays."""

    why: str


@dataclass(frozen=True, slots=True)
class JournalRead(Event):
    """The journal was read at the start."""

    head: Head
    kept: tuple[Kept, ...]
    anchor: Anchor | None = None
    """Up to where its entries are kept elsewhere."""
    whole: bool = True
    """Whether all were opened that are to be; if not, `OlderRead` has the rest soon."""


@dataclass(frozen=True, slots=True)
class OlderRead(Event):
    """What the start had left for later is open."""

    kept: tuple[Kept, ...]


@dataclass(frozen=True, slots=True)
class ShiftRead(Event):
    """All was opened of a shift that can be read."""

    shift_id: str
    places: tuple[int, int]
    kept: tuple[Kept, ...]


@dataclass(frozen=True, slots=True)
class JournalPruned(Event):
    """The oldest entries were removed from the browser; the OMS and the folder have them."""

    anchor: Anchor


@dataclass(frozen=True, slots=True)
class JournalBroken(Event):
    """Something kept on this device cannot be read; selling goes on after it."""

    why: str


@dataclass(frozen=True, slots=True)
class VerdictsSeen(Event):
    """What the OMS says to entries, by digest."""

    at: datetime
    verdicts: Mapping[str, Verdict]
    epoch: str = ""
    """As the courier wrote it down before they were read: another one means that they were put aside."""
    opened_to: int = 0
    """The last place that it has opened an entry of."""
    life: object = None
    """As long as it is the very same, nothing that was booked goes; None says nothing of the kind."""
    heard: int = 0
    """How often anything was heard by then."""


@dataclass(frozen=True, slots=True)
class LocalSeen(Event):
    """This device's small settings, read at start; `fresh` becomes the id of the first draft."""

    local: Mapping[str, str]
    fresh: str


@dataclass(frozen=True, slots=True)
class DraftFound(Event):
    """A sale that was not finished lies on the disk."""

    draft: Draft


@dataclass(frozen=True, slots=True)
class FolderSeen(Event):
    """The folder was looked at; `missing` entries could not be written."""

    folder: FolderState
    name: str
    missing: int = 0


@dataclass(frozen=True, slots=True)
class FolderTold(Event):
    """What was found in the folder and mended, in sentences; `notes` ask nothing of anybody."""

    news: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormersSeen(Event):
    """Which registers this browser was, before it lost their databases."""

    lost: tuple[Lost, ...]


@dataclass(frozen=True, slots=True)
class SpareMoved(Event):
    """Files went from the spare place into the folder."""


@dataclass(frozen=True, slots=True)
class StorageSeen(Event):
    """How safe and how large the storage of the browser is."""

    persisted: bool
    free_bytes: int | None
    used_bytes: int | None = None
    app_kept: bool = False
    """The browser keeps the whole app: it starts without a network."""


@dataclass(frozen=True, slots=True)
class DeviceSeen(Event):
    """What runs here, and what the last bugs were."""

    device: Device


@dataclass(frozen=True, slots=True)
class TakenOver(Event):
    """Another tab holds the register now; or nobody does, because the browser's data was cleared."""

    cleared: bool = False


@dataclass(frozen=True, slots=True)
class Crashed(Event):
    """A bug reached the one place for bugs; the sentence says what is safe."""

    sentence: str
