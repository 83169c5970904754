"""The dialog in which something is taken off by hand, or a price is changed: what was typed so far."""

from dataclasses import dataclass
from enum import StrEnum


class Way(StrEnum):
    PERCENT = "percent"
    AMOUNT = "amount"
    PRICE = "price"


@dataclass(frozen=True, slots=True)
class Bargain:
    line: str | None
    """The key of the line that it is about; none for the whole order."""
    way: Way
    typed: str = ""
    reason: str = ""
    checking: bool = False
    problem: str = ""
