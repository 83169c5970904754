"""Asking the OMS for a sale by its number, with all that has come back of it at any register."""

from typing import Annotated, ClassVar

from pydantic import Field

from app.domain.money import Value
from app.domain.order import Order
from app.domain.returning import CreditNote, GivenBack, Voided
from app.sync.questions import Question, Request


class KnownSale(Value):
    """The answer to GET /sales: the order as it reads with its corrections."""

    order: Order
    notes: tuple[CreditNote, ...] = ()
    void: Voided | None = None

    @property
    def backs(self) -> tuple[GivenBack, ...]:
        return (*self.notes, self.void) if self.void else self.notes


class AskSale(Question):
    """What was sold under a number, and what has come back of it."""

    answer: ClassVar[type[Value]] = KnownSale
    number: Annotated[str, Field(min_length=1, max_length=40)]

    def request(self) -> Request:
        return Request(path="/sales", query={"number": self.number})
