"""A payment above the limit of a house account: a manager's PIN lets it pass."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class LimitApproval:
    """What the dialog asks, and what was pressed: it is done again once a manager has let it pass."""

    why: str
    completes: bool
    """Whether "Complete sale" was pressed, and not "Add payment"."""
    at: datetime
    payment_id: str
    approved_by: str = ""
    """The manager's name, once the PIN was right."""
    checking: bool = False
    problem: str = ""
