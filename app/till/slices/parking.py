"""Sales that wait under a name, and the dialogs that park and list them."""

from dataclasses import dataclass

from app.domain.draft import Draft


@dataclass(frozen=True, slots=True)
class Parking:
    parked: tuple[Draft, ...] = ()
    """In the order in which they were parked; each lies on the disk."""
    naming: bool = False
    """The dialog that asks for a name is open."""
    listed: bool = False
    """The list is open."""
    repricing: str = ""
    """Id of the draft that was just resumed, until today's prices are known."""
    problem: str = ""
