"""What people do with orders that were made."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.amendment import Correctable
from app.till.events.base import Event


@dataclass(frozen=True, slots=True)
class OrderOpened(Event):
    """An order of the list was opened."""

    order_id: str


@dataclass(frozen=True, slots=True)
class OrdersFiltered(Event):
    """The list of orders was narrowed; `by` names the field of the filter."""

    by: str
    value: str


@dataclass(frozen=True, slots=True)
class FiltersToggled(Event):
    """On a phone: the filters were shown or folded away."""


@dataclass(frozen=True, slots=True)
class FiltersCleared(Event):
    """All orders again."""


@dataclass(frozen=True, slots=True)
class OrderSentAgain(Event):
    """ "Send again": `fresh` tells this asking from every other one."""

    fresh: str
    order_id: str


@dataclass(frozen=True, slots=True)
class CorrectionAsked(Event):
    """ "Correct" was pressed on an order."""

    order_id: str


@dataclass(frozen=True, slots=True)
class CorrectionTyped(Event):
    """A field of the correction was changed."""

    field: Correctable
    value: str
    payment_id: str = ""


@dataclass(frozen=True, slots=True)
class CorrectorChosen(Event):
    """Another manager will give the PIN."""

    value: str


@dataclass(frozen=True, slots=True)
class CorrectionGiven(Event):
    """A manager's PIN, to save the correction; `fresh` becomes the id of its entry."""

    at: datetime
    fresh: str
    reason: str
    staff_id: str
    pin: str
