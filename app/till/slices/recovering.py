"""Recovering a lost register: its folder is read, a manager confirms, the courier brings what the OMS lacks."""

from dataclasses import dataclass
from datetime import datetime

from app.sync.recovering import Recovery, Wish


@dataclass(frozen=True, slots=True)
class LostJournal:
    """What a lost register's part of a folder holds."""

    folder: str
    """As store-register."""
    entries: int
    unread: int
    """Files that are no entry of it."""
    first: datetime | None = None
    last: datetime | None = None
    missing: int = 0
    """The first place that is missing; 0 where none is."""
    misfit: int = 0
    """The first entry that was changed, or stands there twice; 0 where none does."""

    @property
    def whole(self) -> bool:
        return not (self.missing or self.misfit or self.unread)


@dataclass(frozen=True, slots=True)
class Recovering:
    reading: str = ""
    """Id of the folder that was chosen; what is said of an earlier one is not listened to."""
    spare: bool = False
    """It is the spare place of this browser, and no folder."""
    folders: tuple[str, ...] = ()
    """The registers that it holds, where there is a choice."""
    reads: str = ""
    """The one that is being read."""
    files: int = 0
    """How many files were read so far."""
    found: LostJournal | None = None
    checking: bool = False
    """A manager's PIN is being checked."""
    confirmed: Wish | None = None
    """What is wished once that was right."""
    problem: str = ""
    wish: Wish | None = None
    """What was wished last; it lies on the device."""
    recovery: Recovery | None = None
    """How far the courier is."""

    @property
    def standing(self) -> Recovery | None:
        """How the last wish stands, where the courier has taken it up."""
        if self.wish is None or self.recovery is None or self.recovery.id != self.wish.id:
            return None
        return self.recovery

    @property
    def under_way(self) -> bool:
        """Whether something is being brought, or about to be."""
        return self.wish is not None and (self.standing is None or not self.standing.stopped)
