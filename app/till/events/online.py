"""What people do with what exists only online; as in `page`, `at` and `fresh` are stamped at the door."""

from dataclasses import dataclass
from datetime import datetime

from app.till.events.base import Event


@dataclass(frozen=True, slots=True)
class AddressTyped(Event):
    """A part of the delivery's address, as typed; `part` is a field of Address."""

    part: str
    value: str


@dataclass(frozen=True, slots=True)
class FeeAsked(Event):
    """ "Get delivery fee"."""

    fresh: str


@dataclass(frozen=True, slots=True)
class SlotChosen(Event):
    """When the goods are to arrive: the beginning of the time."""

    value: str


@dataclass(frozen=True, slots=True)
class LinkWanted(Event):
    """ "Create payment link"."""

    fresh: str


@dataclass(frozen=True, slots=True)
class LinkDropped(Event):
    """ "Withdraw link"."""


@dataclass(frozen=True, slots=True)
class LookUpSwitched(Event):
    """ "Look up": the next product is looked at, not sold."""


@dataclass(frozen=True, slots=True)
class LiveStockAsked(Event):
    """ "Check live stock" of the chosen variant."""

    fresh: str


@dataclass(frozen=True, slots=True)
class EditAsked(Event):
    """ "Edit product" of the chosen variant."""


@dataclass(frozen=True, slots=True)
class ProductSaved(Event):
    """ "Save" in the dialog of a product."""

    at: datetime
    fresh: str
    name: str
    price: str
    stock: str = ""
    reason: str = ""
