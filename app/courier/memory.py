"""What the courier remembers between errands; all of it can be read again from the stores after a crash."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from app.courier.errands import Pace
from app.courier.oms import Oms
from app.courier.ports import Keys, Pictures, Stores
from app.domain.money import Value
from app.sync.history import History
from app.sync.link import LinkState
from app.sync.protocol import Manifest
from app.sync.recovering import Recovery, Wish
from app.sync.status import EnrolNeed, LinkStatus, Registered, Synced
from app.till.ports import Channel, Clock, Ids


class Timer(Protocol):
    def seconds(self) -> float:
        """Return a monotonic time; only differences mean something."""


@dataclass(frozen=True, slots=True)
class World:
    """Everything outside of the courier."""

    stores: Stores
    pictures: Pictures
    keys: Keys
    oms: Oms
    clock: Clock
    timer: Timer
    ids: Ids
    channel: Channel


class Epoch(Value):
    epoch: str


class Enrolling(Value):
    """Written before the first request of an enrolment, so that it can be repeated after a crash."""

    enrolment: str
    key_id: str
    wrapped: str
    wrapped_for: str = ""
    """Not used any more; records in which an older release wrote it are still read."""


@dataclass(slots=True)
class Memory:
    registered: Registered | None = None
    enrolling: Enrolling | None = None
    enrol_need: EnrolNeed = EnrolNeed.NOTHING
    enrol_at: float = 0.0
    enrol_code: str = ""
    refused_code: str = ""
    """The code that the OMS said no to: it is not asked a second time."""
    why: str = ""
    link: LinkState = field(default_factory=LinkState)
    probe_at: float = 0.0
    network: bool = True
    """The browser's hint that there is a network."""
    revision: int = 0
    """The OMS's newest change, as the last probe told."""
    said: LinkStatus = field(default_factory=LinkStatus)
    """What was written down last."""
    epoch: str = ""
    manifest: Manifest | None = None
    manifest_at: float = -1e9
    image_known: bool = False
    """What is stored was looked at; that waits for the first word of the OMS, for without it nothing comes of it."""
    image_sha256: str = ""
    looked_again: str = ""
    """Hash of a stored image that the till found damaged: it is looked at again once, whatever the till says then."""
    image_cursor: int = 0
    catching_up: int = 0
    """Cursor of an image that came while changes were far behind: up to it only people are still asked for."""
    bad_image: str = ""
    """Hash of the last offered image that turned out damaged or unreadable: not fetched for a while."""
    bad_until: float = 0.0
    """When it may be fetched again."""
    image_failures: int = 0
    """How often it arrived damaged: counted apart, for each of its pieces came well."""
    arrived: int = 0
    pace: Pace = field(default_factory=Pace)
    synced: Synced = field(default_factory=Synced)
    unread_cursor: int = 0
    """How far data sets were read that an update of this register has made it follow."""
    pull_failures: int = 0
    pull_at: float = 0.0
    waiting: tuple[int, ...] = ()
    """Sequences without a verdict, ascending."""
    push_asked: bool = False
    chosen: frozenset[int] = frozenset()
    """Places of entries that somebody chose to send now, Auto-Sync or not."""
    push_failures: int = 0
    push_at: float = 0.0
    push_count: int = 100
    failed: dict[str, int] = field(default_factory=dict)
    """How often the server broke over an entry, by digest."""
    pages: int = 0
    """How many pages of changes are stored; where the OMS was restored there may be fewer."""
    page: int = 500
    """How many changes are asked for at a time, fitted to the line."""
    pushed: int = 0
    """Entries that got their verdict since the queue was last empty: the progress that people see."""
    questions: tuple[str, ...] = ()
    """Ids of what the till asks and has no answer to yet, in no order."""
    manual: bool = False
    auto_sync: bool = True
    wanted_pictures: tuple[str, ...] = ()
    picture_failures: int = 0
    pictures_at: float = 0.0
    """A back-off of their own: prices and catalogues must not wait because one picture cannot be had."""
    leased_at: float = -1e9
    """When the lease has moved last."""
    lease_at: float = 0.0
    """Before that it is not asked for again."""
    copied: bool = False
    """This is a copy of a register that went on elsewhere."""
    cleared: str = ""
    """Id of the last reset that was followed."""
    history: History = field(default_factory=History)
    history_kept: History = field(default_factory=History)
    """As it was written down last."""
    looked_at: float = -1e9
    """When somebody's wish to look at once was followed last."""
    dropped: int = 0
    """Up to here verdicts were dropped."""
    again: Mapping[str, str] = field(default_factory=dict)
    """Askings to send an entry once more that were followed, by digest."""

    wish: Wish | None = None
    """That a lost register's journal is brought."""
    recovery: Recovery | None = None
    """How far it is."""
    recover_failures: int = 0
    recover_at: float = 0.0
    recover_count: int = 100

    @property
    def due(self) -> tuple[int, ...]:
        """What of it all is to be sent now: everything, or what was chosen."""
        if self.auto_sync or self.push_asked:
            return self.waiting
        return tuple(seq for seq in self.waiting if seq in self.chosen) if self.chosen else ()

    @property
    def token(self) -> str:
        """The bearer token; without a register there is none, and the OMS says so."""
        return self.registered.token if self.registered else ""
