"""Who charges cards: a small interface, which a real processor's client fills, and the sandbox plays.

A processor is asked outside of the OMS's own transactions, and has to answer within the four seconds of a question.
"""

from dataclasses import dataclass
from typing import Protocol

from app.domain.card import ProcessorKey, StoredCard
from app.sync.cards import CardAnswer

SILENT = "The card processor does not answer."


@dataclass(frozen=True, slots=True)
class Charge:
    """One payment by card; `payment_id` is the idempotency key, whatever else is asked under it."""

    payment_id: str
    amount: int
    stored: StoredCard


class Processor(Protocol):
    """What a card processor has to do for us."""

    @property
    def key(self) -> ProcessorKey:
        """What terminals seal cards for."""

    def charge(self, charge: Charge) -> CardAnswer:
        """Charge a card once; asked again under the same id, say the same and that it was already processed.

        Raises OSError where nobody answers: then nothing is known, and it may be asked again.
        """

    def reverse(self, payment_id: str) -> bool:
        """Give a payment back, or see to it that it is never charged; return whether it had been charged.

        Safe to repeat. Raises OSError where nobody answers.
        """
