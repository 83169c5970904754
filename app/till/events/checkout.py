"""What people do from the filled cart to the saved sale; as in `page`, `at` and `fresh` are stamped at the door."""

from dataclasses import dataclass
from datetime import datetime

from app.till.events.base import Event


@dataclass(frozen=True, slots=True)
class CheckoutOpened(Event):
    """ "Checkout": `fresh` becomes the id of the order."""

    at: datetime
    fresh: str


@dataclass(frozen=True, slots=True)
class CheckoutLeft(Event):
    """Back to the cart."""


@dataclass(frozen=True, slots=True)
class TenderChosen(Event):
    """A way to pay was chosen."""

    tender_id: str


@dataclass(frozen=True, slots=True)
class AmountTyped(Event):
    """What was received, as typed."""

    value: str


@dataclass(frozen=True, slots=True)
class ReferenceTyped(Event):
    """The reference of a card slip or of a UPI payment."""

    value: str


@dataclass(frozen=True, slots=True)
class FulfilmentChosen(Event):
    """Self pickup, or delivery."""

    value: str


@dataclass(frozen=True, slots=True)
class EmployeeChosen(Event):
    """Who gets the credit for the sale."""

    value: str


@dataclass(frozen=True, slots=True)
class NotesTyped(Event):
    """Notes for the order: gift wrap, special instructions."""

    value: str


@dataclass(frozen=True, slots=True)
class NoteTapped(Event):
    """A common note: tapped once it stands among the notes, tapped again it does not."""

    note: str


@dataclass(frozen=True, slots=True)
class PaymentTaken(Event):
    """Part of the sum was paid: "Add payment"."""

    at: datetime
    fresh: str


@dataclass(frozen=True, slots=True)
class PaymentReturned(Event):
    """A payment of the open sale was given back."""

    payment_id: str


@dataclass(frozen=True, slots=True)
class SaleCompleted(Event):
    """ "Complete sale"; `fresh` becomes the id of the payment."""

    at: datetime
    fresh: str


@dataclass(frozen=True, slots=True)
class LimitAllowed(Event):
    """A manager's PIN, to put more on a house account than its limit."""

    at: datetime
    staff_id: str
    pin: str


@dataclass(frozen=True, slots=True)
class SaleLeft(Event):
    """ "New sale": the invoice was looked at."""


@dataclass(frozen=True, slots=True)
class DraftResumed(Event):
    """The unfinished sale is to go on."""


@dataclass(frozen=True, slots=True)
class DraftDiscarded(Event):
    """The unfinished sale is to be forgotten."""
