"""What is asked of the OMS only online, beside questions about prices: bodies and answers, used by both sides."""

from decimal import Decimal
from typing import Annotated

from pydantic import AwareDatetime, Field

from app.domain.money import Minor, Value
from app.domain.payment import PaymentLink
from app.domain.product import Name, Quantity

Pincode = Annotated[str, Field(pattern="^[1-9][0-9]{5}$")]


class StockElsewhere(Value):
    """What another store of ours counts."""

    store: str
    name: str
    quantity: Decimal


class LiveStock(Value):
    """The answer to GET /inventory: what this store and the others count at this moment."""

    sku: str
    variant_id: str
    here: Decimal | None
    """None where nobody counts."""
    elsewhere: tuple[StockElsewhere, ...]
    at: AwareDatetime


class QuoteAsked(Value):
    """POST /delivery/quote: where to, and for goods of which total; answered by a Quote."""

    pincode: Pincode
    state_code: str
    total: Minor


class LinkAsked(Value):
    """POST /payments/links; answered by a PaymentLink, the same one while it is open or paid."""

    order_id: Annotated[str, Field(min_length=1, max_length=100)]
    tender_id: str
    amount: Annotated[Minor, Field(ge=1)]


class Links(Value):
    """The answer to GET /payments/links."""

    links: tuple[PaymentLink, ...]


class NameChange(Value):
    """From what was seen to what is wanted: what somebody else changed meanwhile is not written over."""

    before: Name
    after: Name


class PriceChange(Value):
    """As NameChange, minor units; before is None where there was no price."""

    before: Minor | None
    after: Annotated[Minor, Field(ge=0)]


class ProductEdit(Value):
    """PATCH /products/{sku}: what a manager changes; what is None stays."""

    staff_id: str
    name: NameChange | None = None
    price: PriceChange | None = None
    stock: Annotated[Quantity | None, Field(strict=False)] = None
    """Added to the count, or taken from it: sales that are on their way are not lost by it."""
    reason: Annotated[str, Field(max_length=200)] = ""


class ProductEdited(Value):
    """What the product is now."""

    sku: str
    name: str
    price: Minor | None
    stock: Decimal | None
