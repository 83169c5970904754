"""What is under way on the screen "Shift"; the shifts themselves are read from the journal."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.shift import Moved, Shift


@dataclass(frozen=True, slots=True)
class Approval:
    """More cash is to be taken out than anybody may: a manager's PIN lets it pass."""

    move: Moved
    entry_id: str
    checking: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True)
class ShiftDesk:
    """Forms that are not sent yet, and the report that is looked at."""

    count: Mapping[int, str] = field(default_factory=dict)
    """Pieces as typed, by denomination."""
    counting: bool = False
    approval: Approval | None = None
    writing: str = ""
    """Id of the entry that is on its way into the journal: until then nothing else may begin."""
    report: str = ""
    """Id of the shift whose report is on the screen."""
    reading: str = ""
    """Id of a shift of which not all is open: its report comes when it was read."""
    read: Shift | None = None
    """The last one that was read so."""
    problem: str = ""
