"""Cards that a terminal takes: the one under way, what waits for the processor, and which test card is next."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from app.domain.payment import Payment
from app.sync.cards import CardMemory


class Stage(StrEnum):
    """How far a card payment at checkout is."""

    MANAGER = "manager"
    """It is above what anybody may store: a manager's PIN is asked for."""
    READING = "reading"
    """The terminal has the card."""
    NOTING = "noting"
    """It is written into the draft before anybody is asked: a crash must not forget it."""
    ASKING = "asking"
    """The processor is asked."""
    UNKNOWN = "unknown"
    """No answer came: the card may have been charged, or not."""
    TAKING = "taking"
    """It is approved or stored, and counts once the draft is on disk."""


BUSY = frozenset({Stage.READING, Stage.NOTING, Stage.ASKING, Stage.TAKING})
"""Stages that end by themselves."""


@dataclass(frozen=True, slots=True)
class CardAttempt:
    """One card payment at checkout; `payment.stored` is set as soon as the terminal has read the card."""

    payment: Payment
    stage: Stage
    completes: bool = True
    """Whether the sale is to be completed with it."""
    approved_by: str = ""
    problem: str = ""
    checking: bool = False

    @property
    def busy(self) -> bool:
        return self.stage in BUSY


def approval_left(card: CardAttempt | None) -> CardAttempt | None:
    """The manager's dialog was closed: a card that nobody has read is none, any other still wants an answer."""
    if card is None or card.stage is not Stage.MANAGER:
        return card
    return replace(card, stage=Stage.UNKNOWN) if card.payment.stored else None


@dataclass(frozen=True, slots=True)
class Cards:
    """What the register remembers of cards, beside the journal; `memory` is what the device keeps."""

    memory: CardMemory = field(default_factory=CardMemory)
    due: Mapping[str, datetime] = field(default_factory=dict)
    """When an order's cards are tried again after the processor did not answer."""
    decided: frozenset[str] = frozenset()
    """Orders whose cards were processed since the start: the list of orders to sync still shows them."""
    wanted: frozenset[str] = frozenset()
    """Orders for which somebody pressed "Process"."""
    choices: tuple[str, ...] = ()
    """The terminal's test cards; a real terminal has none."""
    chosen: str = ""
    reversed_at: datetime | None = None
    """When the OMS was last asked to take a payment back."""
