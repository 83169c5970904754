"""What is under way about goods that come back: the sale that is looked for, what was picked, a sale to be voided."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.order import Order
from app.domain.returning import GivenBack


@dataclass(frozen=True, slots=True)
class Seeking:
    """The dialog that asks for the number of a sale."""

    number: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Returning:
    """The page on which goods of one sale are taken back."""

    order: Order
    """As it reads with its corrections."""
    elsewhere: tuple[GivenBack, ...] = ()
    """What the OMS knows to have come back, here and at other registers."""
    confirmed: bool = False
    """The OMS was asked: what is left is what it says."""
    exchange: bool = False
    """It counts towards the next sale instead of going back."""
    typed: Mapping[int, str] = field(default_factory=dict)
    """How many of each line, as typed."""
    damaged: frozenset[int] = frozenset()
    reason: str = ""
    tender_id: str = ""
    """How the money goes back; empty stands for the way it came."""
    reference: str = ""
    entry_id: str = ""
    """Of the credit note: it stays when one could not be written, so that a second press writes no second one."""
    writing: bool = False
    checking: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Voiding:
    """The dialog that takes a whole sale back."""

    order_id: str
    elsewhere: tuple[GivenBack, ...] = ()
    """What the OMS knows to have come back, here and at other registers."""
    reason: str = ""
    entry_id: str = ""
    checking: bool = False
    writing: bool = False
    """The PIN was right, and the journal has it now."""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """All of it."""

    seeking: Seeking | None = None
    returning: Returning | None = None
    voiding: Voiding | None = None
    opened: str = ""
    """Id of the credit note on the screen."""
    made: bool = False
    """It was made just now."""

    @property
    def writing(self) -> bool:
        """Whether something is being given back now: what is left of a sale is known only after it."""
        return any(each is not None and each.writing for each in (self.returning, self.voiding))
