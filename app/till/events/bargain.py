"""What people do to take something off by hand, or to change a price."""

from dataclasses import dataclass
from datetime import datetime

from app.till.events.base import Event


@dataclass(frozen=True, slots=True)
class BargainAsked(Event):
    """ "Discount" at a line of the cart; below nothing it is the whole order."""

    line: int


@dataclass(frozen=True, slots=True)
class BargainWayChosen(Event):
    """Per cent, amount or another price."""

    value: str


@dataclass(frozen=True, slots=True)
class BargainTyped(Event):
    """Each keystroke in the field of the discount or the price."""

    value: str


@dataclass(frozen=True, slots=True)
class BargainReasonTyped(Event):
    """Each keystroke in the reason, or a common one that was tapped."""

    value: str


@dataclass(frozen=True, slots=True)
class BargainMade(Event):
    """ "Apply", with a manager's PIN where it is more than one may give oneself."""

    at: datetime
    staff_id: str = ""
    pin: str = ""


@dataclass(frozen=True, slots=True)
class BargainRemoved(Event):
    """What was taken off, or changed, is as it was before."""
