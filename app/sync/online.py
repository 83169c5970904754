"""What exists only online, beside prices: bodies and answers that both sides know, and the till's questions."""

from decimal import Decimal
from typing import Annotated, ClassVar
from urllib.parse import quote

from pydantic import AwareDatetime, Field

from app.domain.delivery import Quote
from app.domain.money import Minor, Value
from app.domain.payment import PaymentLink
from app.domain.product import Name, Quantity
from app.sync.questions import Question, Request

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


class AskStock(Question):
    """How many of a variant there are now, here and elsewhere."""

    answer: ClassVar[type[Value]] = LiveStock
    sku: str

    def request(self) -> Request:
        return Request(path="/inventory", query={"sku": self.sku})


class AskQuote(Question):
    """What a delivery costs, and when it can be."""

    answer: ClassVar[type[Value]] = Quote
    asked: QuoteAsked

    def request(self) -> Request:
        return Request(method="POST", path="/delivery/quote", body=self.asked.model_dump_json())


class EditProduct(Question):
    """Change a product for everybody."""

    answer: ClassVar[type[Value]] = ProductEdited
    sku: str
    edit: ProductEdit
    key: str
    """The id of the first question that wished this."""

    def request(self) -> Request:
        body = self.edit.model_dump_json(exclude_none=True)
        return Request(method="PATCH", path=f"/products/{quote(self.sku, safe='')}", body=body, key=self.key)


class AskLink(Question):
    """Ask the customer for money by a link."""

    answer: ClassVar[type[Value]] = PaymentLink
    asked: LinkAsked

    def request(self) -> Request:
        return Request(method="POST", path="/payments/links", body=self.asked.model_dump_json())


class LookAtLink(Question):
    """Whether the customer has paid."""

    answer: ClassVar[type[Value]] = PaymentLink
    link_id: str

    def request(self) -> Request:
        return Request(path=f"/payments/links/{quote(self.link_id, safe='')}")


class WithdrawLink(Question):
    """Take a link back; the answer says so where it was paid meanwhile."""

    answer: ClassVar[type[Value]] = PaymentLink
    link: PaymentLink

    def request(self) -> Request:
        return Request(method="POST", path=f"/payments/links/{quote(self.link.id, safe='')}/cancel", body="{}")
