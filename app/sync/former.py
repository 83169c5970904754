"""Who a browser is, in a file outside of its database: one that has lost it still knows which register it was."""

from app.domain.money import Value
from app.sync.entry import Code
from app.sync.protocol import Series
from app.sync.status import Registered

FORMER = "registers"
"""The part of the spare place in which these files lie, one for each enrolment."""


class Former(Value):
    """A register that this browser was; no token, no key, and nobody's name."""

    store: Code
    register: Code
    enrolment: Code
    series: Series


def former(registered: Registered) -> Former:
    """What is written down of a register."""
    fields = Former.model_fields
    return Former.model_validate(registered.model_dump(include=set(fields)))


def former_path(enrolment: str) -> tuple[str, ...]:
    """Where it lies."""
    return FORMER, f"{enrolment}.json"
