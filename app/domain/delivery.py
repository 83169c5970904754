"""Delivery: where to, when, and for how much; the OMS quotes it, and the fee is a line of the sale like any other."""

import re
from datetime import datetime
from decimal import Decimal

from pydantic import AwareDatetime

from app.domain.cart import Cart, Line
from app.domain.money import Minor, Value
from app.domain.states import STATES

PINCODE = re.compile(r"[1-9][0-9]{5}")
PHONE = re.compile(r"(\+91)?[0-9]{10}")
FEE = "delivery"
"""The variant that the fee's line bears; nothing is taken from stock for it."""


class Address(Value):
    """Where the goods go; its State decides which tax it is (IGST Act s.10(1)(a))."""

    line: str = ""
    city: str = ""
    state_code: str = ""
    pincode: str = ""
    phone: str = ""

    @property
    def text(self) -> str:
        """The address in one line, as it stands on the invoice."""
        place = " ".join(part for part in (STATES.get(self.state_code, ""), self.pincode) if part)
        return ", ".join(part for part in (self.line, self.city, place) if part)


class Slot(Value):
    """A time in which the goods arrive."""

    starts: AwareDatetime
    ends: AwareDatetime


class Quote(Value):
    """What the OMS promises: the fee to a PIN code and the times to choose from, for goods of this total."""

    id: str
    pincode: str
    zone: str
    fee: Minor
    """As the store quotes its prices, with or without tax."""
    tax_class: str
    hsn: str
    slots: tuple[Slot, ...]
    total: Minor
    valid_until: AwareDatetime


class Arrangement(Value):
    """What is agreed so far, while the sale is open."""

    address: Address = Address()
    quote: Quote | None = None
    slot: Slot | None = None

    def holds(self, total: int) -> bool:
        """Whether the quote is for this address and for goods of this total (minor units)."""
        quote = self.quote
        return quote is not None and (quote.pincode, quote.total) == (self.address.pincode, total)


class Delivery(Value):
    """What was agreed, in the order."""

    address: Address
    slot: Slot
    fee: Minor
    quote_id: str


def fee_line(quote: Quote) -> Line:
    """The fee as a line of the sale: priced, taxed and printed like any other."""
    return Line(
        variant_id=FEE,
        product_id=FEE,
        sku=FEE.upper(),
        name="Delivery",
        hsn=quote.hsn,
        unit="OTH",
        tax_class=quote.tax_class,
        unit_price=quote.fee,
        quantity=Decimal(1),
        stocked=False,
    )


def charged(cart: Cart, quote: Quote | None) -> Cart:
    """The goods, and the fee where there is one."""
    if quote is None or not quote.fee:
        return cart
    return cart.model_copy(update={"lines": (*cart.lines, fee_line(quote))})


def incomplete(address: Address) -> str:
    """Say what is missing before anything can be brought there, or nothing."""
    if not address.line.strip() or not address.city.strip():
        return "Type the address that the goods go to, and the city."
    if not PINCODE.fullmatch(address.pincode):
        return "A PIN code has six digits, such as 560001."
    if address.state_code not in STATES:
        return "Choose the State that the goods go to."
    if not PHONE.fullmatch(address.phone.replace(" ", "")):
        return "Type a phone number of ten digits, so that the driver can call."
    return ""


def late(quote: Quote, at: datetime) -> bool:
    """Whether a quote no longer holds."""
    return at > quote.valid_until
