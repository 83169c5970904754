"""What people do with goods that come back; as in `page`, `at` and `fresh` are stamped at the door."""

from dataclasses import dataclass
from datetime import datetime

from app.till.events.base import Event


@dataclass(frozen=True, slots=True)
class SaleSought(Event):
    """ "Return or exchange": the sale may be of another register."""


@dataclass(frozen=True, slots=True)
class SaleNumbered(Event):
    """The number of its invoice was typed; `fresh` becomes the id of the question."""

    fresh: str
    number: str


@dataclass(frozen=True, slots=True)
class ReturnAsked(Event):
    """ "Return items" or "Exchange" on an order; `fresh` becomes the id of the question."""

    fresh: str
    order_id: str
    exchange: bool = False


@dataclass(frozen=True, slots=True)
class ReturnCounted(Event):
    """How many of a line come back, as typed."""

    position: int
    value: str


@dataclass(frozen=True, slots=True)
class DamageTicked(Event):
    """The goods of a line are damaged, or are not after all."""

    position: int


@dataclass(frozen=True, slots=True)
class ReturnReasoned(Event):
    """Why they come back."""

    value: str


@dataclass(frozen=True, slots=True)
class RefundChosen(Event):
    """How the money goes back; empty stands for the way it came."""

    value: str


@dataclass(frozen=True, slots=True)
class RefundReferenced(Event):
    """The reference of the refund on the terminal or in the app."""

    value: str


@dataclass(frozen=True, slots=True)
class ReturnTurned(Event):
    """Money back ("money"), or other goods ("exchange")."""

    value: str


@dataclass(frozen=True, slots=True)
class ReturnGiven(Event):
    """The button at the end of the page, with a manager's PIN where one is needed; `fresh` names the credit note."""

    at: datetime
    fresh: str
    staff_id: str = ""
    pin: str = ""


@dataclass(frozen=True, slots=True)
class ReturnLeft(Event):
    """Back to where it began; nothing has come back."""


@dataclass(frozen=True, slots=True)
class ExchangeDropped(Event):
    """The goods do not come back after all: the open sale is an ordinary one again."""


@dataclass(frozen=True, slots=True)
class NoteOpened(Event):
    """A credit note was opened."""

    note_id: str


@dataclass(frozen=True, slots=True)
class NoteLeft(Event):
    """The credit note was looked at."""


@dataclass(frozen=True, slots=True)
class VoidAsked(Event):
    """ "Void sale" was pressed on an order; `fresh` becomes the id of the question."""

    fresh: str
    order_id: str


@dataclass(frozen=True, slots=True)
class VoidGiven(Event):
    """A manager's PIN, to take the whole sale back; `fresh` becomes the id of its entry."""

    at: datetime
    fresh: str
    reason: str
    staff_id: str
    pin: str
