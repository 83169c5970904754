"""The device's clock jumped, and a manager has to look at the date."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ClockDoubt:
    """The device's clock jumped: a manager looks at the date and confirms it, before anything is sold under it."""

    before: datetime
    """What was expected."""
    after: datetime
    """What the device says."""
    why: str
    entry_id: str = ""
    checking: bool = False
    problem: str = ""
