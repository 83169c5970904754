"""Card payments on the wire: asking the processor now, processing what was stored, taking a payment back.

A payment's own id is the idempotency key everywhere: the processor charges it once, however often it is asked.
"""

from enum import StrEnum
from typing import Annotated, ClassVar
from urllib.parse import quote

from pydantic import AwareDatetime, Field, TypeAdapter, ValidationError

from app.domain.card import StoredCard
from app.domain.money import Minor, Value
from app.domain.payment import Payment
from app.sync.questions import Question, Request

Id = Annotated[str, Field(min_length=1, max_length=100)]


class CardState(StrEnum):
    """What has become of a card payment; all but WAITING are final."""

    WAITING = "waiting"
    """The processor was not asked yet, or did not answer."""
    APPROVED = "approved"
    DECLINED = "declined"
    EXPIRED = "expired"


class CardAsked(Value):
    """POST /payments/authorise; answered by a CardAnswer."""

    payment_id: Id
    order_id: Id
    tender_id: Id
    amount: Annotated[Minor, Field(ge=1)]
    stored: StoredCard


class CardAnswer(Value):
    """What the processor says to one payment."""

    state: CardState
    reference: str = ""
    """The processor's own, where it was approved."""
    why: str = ""
    already: bool = False
    """It had been processed before: this is the answer of then."""


class Processed(Value):
    """The answer to POST /payments/{order_id}/process: the cards of an order taken together."""

    order_id: str
    state: CardState
    reference: str = ""
    why: str = ""


class Reversed(Value):
    """The answer to POST /payments/{payment_id}/reverse."""

    payment_id: str
    charged: bool
    """Whether it had been charged: then it goes back to the card."""


class AskCard(Question):
    """May this card be charged, now that the OMS is there?"""

    answer: ClassVar[type[Value]] = CardAnswer
    asked: CardAsked

    def request(self) -> Request:
        body = self.asked.model_dump_json()
        return Request(method="POST", path="/payments/authorise", body=body, key=self.asked.payment_id)


class ProcessOrder(Question):
    """Process the cards that were stored with an order."""

    answer: ClassVar[type[Value]] = Processed
    order_id: str

    def request(self) -> Request:
        return Request(method="POST", path=f"/payments/{quote(self.order_id, safe='')}/process", body="{}")


class ReverseCard(Question):
    """Take a payment back that no sale has."""

    answer: ClassVar[type[Value]] = Reversed
    payment: Payment

    def request(self) -> Request:
        return Request(method="POST", path=f"/payments/{quote(self.payment.id, safe='')}/reverse", body="{}")


class Standing(Value):
    """How the stored cards of one order stand, as the register remembers it."""

    order_id: str
    digest: str
    """Of the order's entry: it has to be at the OMS before anything is processed."""
    amount: Minor
    stored_at: AwareDatetime
    state: CardState = CardState.WAITING
    reference: str = ""
    why: str = ""
    tries: int = 0


class CardMemory(Value):
    """What a register keeps of cards over a restart; no card data, only what is sealed for the processor."""

    orders: tuple[Standing, ...] = ()
    asked: tuple[Payment, ...] = ()
    """Payments that the processor was asked about and that are in no order yet."""


_MEMORY = TypeAdapter(CardMemory)


def read_memory(text: str) -> CardMemory:
    """Read it back; where it is damaged the journal and the OMS say it again."""
    try:
        return _MEMORY.validate_json(text or "{}")
    except ValidationError:
        return CardMemory()
