"""What people do with a card terminal; as in `page`, `at` and `fresh` are stamped at the door."""

from dataclasses import dataclass
from datetime import datetime

from app.till.events.base import Event


@dataclass(frozen=True, slots=True)
class TestCardChosen(Event):
    """Which card the terminal of the sandbox reads next."""

    __test__ = False  # no test of ours, whatever its name makes pytest believe
    value: str


@dataclass(frozen=True, slots=True)
class CardAskedAgain(Event):
    """ "Ask again": the processor had not answered."""

    at: datetime
    fresh: str


@dataclass(frozen=True, slots=True)
class CardStored(Event):
    """ "Store it": the processor cannot be asked, and is told later."""

    at: datetime
    fresh: str


@dataclass(frozen=True, slots=True)
class CardDropped(Event):
    """ "Take another payment": the card's is taken back."""


@dataclass(frozen=True, slots=True)
class CardApproved(Event):
    """A manager's PIN, to store more on a card than anybody may."""

    at: datetime
    staff_id: str
    pin: str


@dataclass(frozen=True, slots=True)
class CardsProcessed(Event):
    """ "Process" beside an order."""

    at: datetime
    order_id: str
