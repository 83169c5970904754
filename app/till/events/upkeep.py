"""What people do on Status: reset, diagnostics, and asking the browser to keep the data."""

from dataclasses import dataclass
from datetime import datetime

from app.till.events.base import Event


@dataclass(frozen=True, slots=True)
class ResetAsked(Event):
    """ "Reset local data": the dialog opens."""


@dataclass(frozen=True, slots=True)
class WaitingExported(Event):
    """ "Save a file": what waits is given out, line by line."""

    at: datetime


@dataclass(frozen=True, slots=True)
class ResetConfirmed(Event):
    """The reset was confirmed; a manager's PIN is needed where something waits or is parked."""

    at: datetime
    fresh: str
    staff_id: str = ""
    pin: str = ""


@dataclass(frozen=True, slots=True)
class AnewAsked(Event):
    """ "Set up anew": this browser becomes another register."""


@dataclass(frozen=True, slots=True)
class DiagnosticsAsked(Event):
    """ "Diagnostics": a file for support."""

    at: datetime


@dataclass(frozen=True, slots=True)
class PersistenceAsked(Event):
    """The browser was asked to keep the data; its answer is looked up."""


@dataclass(frozen=True, slots=True)
class ShelfScrolled(Event):
    """The products were scrolled."""
