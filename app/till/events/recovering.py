"""What people do in Settings → Recover a register."""

from dataclasses import dataclass
from datetime import datetime

from app.till.events.base import Event


@dataclass(frozen=True, slots=True)
class LostFolderPicked(Event):
    """The page has put the handle of a lost register's folder into its store."""

    fresh: str


@dataclass(frozen=True, slots=True)
class LostSparePicked(Event):
    """No folder has it: what this browser kept itself is to be read."""

    fresh: str


@dataclass(frozen=True, slots=True)
class FormersSettled(Event):
    """A manager says that the registers which this browser was are dealt with."""

    staff_id: str = ""
    pin: str = ""


@dataclass(frozen=True, slots=True)
class LostFolderRefused(Event):
    """No folder was granted; `why` is what the browser said."""

    why: str = ""


@dataclass(frozen=True, slots=True)
class LostRegisterChosen(Event):
    """The folder holds several: this one."""

    folder: str


@dataclass(frozen=True, slots=True)
class RecoveryConfirmed(Event):
    """A manager has typed the code of the back office, and a PIN."""

    at: datetime
    fresh: str
    code: str = ""
    staff_id: str = ""
    pin: str = ""


@dataclass(frozen=True, slots=True)
class RecoveryLeft(Event):
    """Not this folder, or it is done."""
