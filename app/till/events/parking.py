"""Sales put aside, and taken up again; as in `page`, `at` and `fresh` are stamped at the door."""

from dataclasses import dataclass
from datetime import datetime

from app.till.events.base import Event


@dataclass(frozen=True, slots=True)
class ParkAsked(Event):
    """ "Park sale": a name is asked for."""


@dataclass(frozen=True, slots=True)
class SaleParked(Event):
    """The open sale is put aside under a name; `fresh` becomes the id of the next draft."""

    at: datetime
    fresh: str
    name: str


@dataclass(frozen=True, slots=True)
class ParkedListed(Event):
    """The list of parked sales was opened."""


@dataclass(frozen=True, slots=True)
class ParkedResumed(Event):
    """A parked sale goes on; one that is open is parked first, and `fresh` would become the id of a draft."""

    at: datetime
    fresh: str
    draft_id: str


@dataclass(frozen=True, slots=True)
class ParkedDiscarded(Event):
    """A parked sale is to be forgotten."""

    draft_id: str
