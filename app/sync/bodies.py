"""What is sealed inside an entry, by kind; these shapes are a disk format and only grow."""

from datetime import datetime
from enum import StrEnum
from typing import Literal

from pydantic import TypeAdapter

from app.domain.money import Value
from app.domain.order import Order
from app.sync.entry import Kind


class Sale(Value):
    kind: Literal["sale"] = "sale"
    order: Order


class Why(StrEnum):
    """Why an offline session began or ended."""

    BY_HAND = "by_hand"
    CONNECTION = "connection"


class SessionOpened(Value):
    kind: Literal["session_opened"] = "session_opened"
    session_id: str
    at: datetime
    why: Why
    staff_id: str = ""
    staff_name: str = ""


class SessionClosed(Value):
    kind: Literal["session_closed"] = "session_closed"
    session_id: str
    at: datetime
    why: Why
    staff_id: str = ""
    staff_name: str = ""


class Reprint(Value):
    kind: Literal["reprint"] = "reprint"
    order_id: str
    number: str
    staff_id: str = ""
    staff_name: str = ""


class PaymentIntent(Value):
    """Money was taken, or asked for, in a sale that is still open: a split payment leaves a trace at once."""

    kind: Literal["payment_intent"] = "payment_intent"
    order_id: str
    tender_id: str
    amount: int
    reference: str = ""


class Clock(Value):
    """The device's clock jumped; a manager looked and let the sale go on."""

    kind: Literal["clock"] = "clock"
    before: datetime
    after: datetime
    staff_id: str = ""
    staff_name: str = ""


Body = Sale | SessionOpened | SessionClosed | Reprint | PaymentIntent | Clock

BODIES: dict[Kind, TypeAdapter[Body]] = {
    Kind.SALE: TypeAdapter(Sale),
    Kind.SESSION_OPENED: TypeAdapter(SessionOpened),
    Kind.SESSION_CLOSED: TypeAdapter(SessionClosed),
    Kind.REPRINT: TypeAdapter(Reprint),
    Kind.PAYMENT_INTENT: TypeAdapter(PaymentIntent),
    Kind.CLOCK: TypeAdapter(Clock),
}
"""The kinds that have a body today; an entry of another kind is kept and passed on unopened."""
