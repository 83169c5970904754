"""What the register waits to hear from the OMS."""

from dataclasses import dataclass
from datetime import datetime

from app.sync.questions import Question


@dataclass(frozen=True, slots=True)
class Asked:
    """A question under way."""

    question: Question
    at: datetime
