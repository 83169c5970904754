"""An order: what was sold, to whom, by whom, how it was paid; made once, never changed."""

from datetime import date, datetime
from enum import StrEnum

from pydantic import AwareDatetime, Field

from app.domain.by_hand import GivenDiscount
from app.domain.credit import Credit
from app.domain.customer import Customer
from app.domain.delivery import Delivery
from app.domain.money import Value
from app.domain.payment import Payment
from app.domain.pricing import OrderLine, Totals
from app.domain.promotion import AppliedPromotion
from app.domain.settings import Seller

BETWEEN_NOTES = "; "
"""What stands between two notes of an order."""


class Fulfilment(StrEnum):
    SELF_PICKUP = "self_pickup"
    DELIVERY = "delivery"


class Order(Value):
    """Holds everything its invoice needs, so that it prints the same today and in a year."""

    id: str
    number: str = Field(max_length=16)
    """Legal invoice number (CGST Rule 46 b)."""
    store: str
    register: str
    seller: Seller
    at: datetime
    """When it was paid, UTC."""
    business_day: date
    """The day in the store's zone that taxes and books go by."""
    staff_id: str
    staff_name: str
    sales_employee: str = ""
    customer: Customer | None = None
    fulfilment: Fulfilment = Fulfilment.SELF_PICKUP
    delivery: Delivery | None = None
    notes: str = ""
    offline: bool
    """Whether it was made without the OMS: the invoice says "Offline" on top."""
    inclusive: bool
    inter_state: bool = False
    place_of_supply: str
    """GST State code."""
    reverse_charge: bool = False
    lines: tuple[OrderLine, ...] = Field(min_length=1)
    totals: Totals
    payments: tuple[Payment, ...]
    promotions: tuple[AppliedPromotion, ...] = ()
    """What the store took off, and why."""
    discounts: tuple[GivenDiscount, ...] = ()
    """What people took off by hand; with the promotions the amounts add up to the discounts of the lines."""
    device_at: AwareDatetime | None = None
    """What the device's clock said; `at` is business time, which never runs back."""
    oms_at: AwareDatetime | None = None
    """What the OMS's clock said then, as far as this register knew."""
    e_invoice: bool = False
    """A sale to a business by a seller above the threshold: an invoice only with its IRN, provisional until then."""
    training: bool = False
    """Made in training: no document of the law, and booked nowhere."""
    credit: Credit | None = None
    """What goods that came back in the same payment count towards it: an exchange."""

    @property
    def paid(self) -> int:
        """What payments and credit add up to, minor units; equals totals.total."""
        credited = self.credit.amount if self.credit else 0
        return sum(payment.amount for payment in self.payments) + credited


def single_notes(notes: str) -> list[str]:
    """The notes of an order one by one."""
    return [part.strip() for part in notes.split(BETWEEN_NOTES.strip()) if part.strip()]
