"""What the courier writes down for the till to read: who the register is, the link, progress, what is synced."""

from datetime import datetime
from enum import StrEnum

from pydantic import Field

from app.domain.money import Value
from app.sync.protocol import Dataset, DatasetInfo, Series

RESET = "reset"
"""The record that holds the id of a reset: the till's wish in `local`, what the courier followed in `status`."""

EPOCH = "epoch"
"""The record of `status` that says of which life of the OMS the verdicts are."""


class Link(StrEnum):
    """Whether the OMS can be reached; judged by its own answer, never by navigator.onLine."""

    UNKNOWN = "unknown"
    UP = "up"
    NO_SERVER = "no_server"
    NO_NETWORK = "no_network"
    REVOKED = "revoked"


class Registered(Value):
    """Who this register is. The token is the courier's; the till has no use for it."""

    enrolment: str
    store: str
    register: str
    token: str
    series: Series
    key_id: str


class FolderState(StrEnum):
    NONE = "none"
    """Never chosen."""
    OK = "ok"
    PROMPT = "prompt"
    """Chosen; the browser wants one tap to grant it again."""
    LOST = "lost"
    """Gone, or it refuses to be written."""


class EnrolNeed(StrEnum):
    NOTHING = "nothing"
    CODE = "code"
    SERVER = "server"


class LinkStatus(Value):
    link: Link = Link.UNKNOWN
    since: datetime | None = None
    enrol: EnrolNeed = EnrolNeed.NOTHING
    """What enrolment waits for: a code from the back office, or the server."""
    why: str = ""
    """A sentence, where a person has to do something."""
    offset_seconds: int = 0
    """The OMS's clock less this device's."""
    heard: bool = False
    """Whether the OMS has told its time since the start."""
    copied: bool = False
    """This is a copy of a register that went on elsewhere."""


class Progress(Value):
    """A download under way: bytes here of bytes there; or entries sent of entries to send."""

    what: str
    done: int
    total: int


class Synced(Value):
    """What has arrived: the till's readiness is read from this and from what it could open."""

    at: datetime | None = None
    complete: bool = False
    """The changes were read to their end at least once."""
    cursor: int = 0
    datasets: dict[Dataset, DatasetInfo] = Field(default_factory=dict)
    whole: tuple[Dataset, ...] = ()
    """Of the data sets that no image holds: those that were read from their beginning."""
