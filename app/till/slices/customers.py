"""The screen "Customers": what is searched for, whose page is open, and what was typed there."""

from dataclasses import dataclass

from app.domain.customer import Customer


@dataclass(frozen=True, slots=True)
class Customers:
    text: str = ""
    """What the list is narrowed to."""
    opened: str = ""
    """Whose page is open; empty for a new customer."""
    typed: Customer | None = None
    """What was typed and is not right yet, or is on its way into the journal."""
    problem: str = ""
    notice: str = ""
    saving: str = ""
    """The entry that is being written."""
