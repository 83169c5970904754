"""What people do with the cash of a register; as in `page`, `at` and `fresh` are stamped at the door."""

from dataclasses import dataclass
from datetime import datetime

from app.till.events.base import Event


@dataclass(frozen=True, slots=True)
class ShiftBegun(Event):
    """ "Open shift", with the float that was counted; `fresh` becomes the id of the shift."""

    at: datetime
    fresh: str
    amount: str


@dataclass(frozen=True, slots=True)
class CashTouched(Event):
    """ "Cash in" or "Cash out", with amount and reason."""

    at: datetime
    fresh: str
    direction: str
    amount: str
    reason: str


@dataclass(frozen=True, slots=True)
class CashApproved(Event):
    """A manager's PIN, to take out more than anybody may."""

    at: datetime
    staff_id: str
    pin: str


@dataclass(frozen=True, slots=True)
class CountBegun(Event):
    """ "Count and close": the drawer is being counted."""


@dataclass(frozen=True, slots=True)
class CountLeft(Event):
    """Back from counting; what was typed stays."""


@dataclass(frozen=True, slots=True)
class PiecesTyped(Event):
    """How many there are of one note or coin, as typed."""

    denomination: int
    value: str


@dataclass(frozen=True, slots=True)
class CountConfirmed(Event):
    """The count stands: the shift is closed with it."""

    at: datetime


@dataclass(frozen=True, slots=True)
class ReportOpened(Event):
    """The report of a shift: X while it runs, Z once it is closed; an empty id goes back."""

    shift_id: str
