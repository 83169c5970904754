"""Corrections of an order that was made: what may be corrected, and the order as it reads with them.

The order itself never changes. What the law fixes (lines, amounts, taxes, number, date, GSTIN, State) is not among
the fields: it changes only by a credit note and a new invoice.
"""

from collections.abc import Collection, Iterable
from enum import StrEnum
from typing import Self

from pydantic import model_validator

from app.domain.customer import Customer
from app.domain.money import Value
from app.domain.order import Order
from app.domain.payment import BY_OTHERS, Payment, TenderKind


class Correctable(StrEnum):
    """The fields that may be corrected, named by their place in the order."""

    NAME = "customer.name"
    PHONE = "customer.phone"
    EMAIL = "customer.email"
    ADDRESS = "customer.address"
    SALES_EMPLOYEE = "sales_employee"
    NOTES = "notes"
    TENDER = "payment.tender_id"
    TENDER_NAME = "payment.name"
    TENDER_KIND = "payment.kind"
    REFERENCE = "payment.reference"

    @property
    def part(self) -> str:
        """The part of the order that holds the field: "customer", "payment", or nothing for the order itself."""
        return self.value.rpartition(".")[0]

    @property
    def leaf(self) -> str:
        return self.value.rpartition(".")[2]


class Correction(Value):
    """One field: what stood there, and what is right."""

    field: Correctable
    payment_id: str = ""
    """Which payment, where the field is one of a payment."""
    before: str
    after: str

    @model_validator(mode="after")
    def _is_a_tender(self) -> Self:
        if self.field is Correctable.TENDER_KIND:
            TenderKind(self.after)
        return self


def value_of(order: Order, field: Correctable, payment_id: str = "") -> str:
    """What stands in a field now; nothing where there is no such customer or payment."""
    match field.part:
        case "customer":
            holder: object = order.customer
        case "payment":
            holder = next((payment for payment in order.payments if payment.id == payment_id), None)
        case _:
            holder = order
    return str(getattr(holder, field.leaf, ""))


def corrected(order: Order, corrections: Iterable[Correction]) -> Order:
    """The order as it reads with corrections, in their order; amounts cannot be among them."""
    for one in corrections:
        order = _corrected(order, one)
    return order


class Misfit(StrEnum):
    """Why corrections are none of an order."""

    UNKNOWN = "unknown"
    """A payment that the order does not have."""
    CHARGED = "charged"
    """A payment that a voucher, a house account, a payment link or a card was charged with."""
    UNCHARGED = "uncharged"
    """A payment is to be one of those, where nothing was charged."""


def misfit(order: Order, corrections: Collection[Correction], approved: Collection[str] = ()) -> Misfit | None:
    """Why corrections do not fit what was paid, or nothing: money that moved elsewhere stays there.

    `approved` are payments that the card processor has taken; the payment itself does not say so.
    """
    touched = {one.payment_id for one in corrections if one.field.part == "payment"}
    if touched - {paid.id for paid in order.payments}:
        return Misfit.UNKNOWN
    both = zip(order.payments, corrected(order, corrections).payments, strict=True)
    pairs = [(before, after) for before, after in both if before.id in touched]
    if any(before.fixed or before.id in approved for before, _ in pairs):
        return Misfit.CHARGED
    if any(after.kind is not before.kind and after.kind in BY_OTHERS for before, after in pairs):
        return Misfit.UNCHARGED
    return None


def _corrected(order: Order, one: Correction) -> Order:
    change = {one.field.leaf: one.after}
    match one.field.part:
        case "customer":
            # A buyer who was not named has no State either, so the place of supply stays the store's.
            buyer = order.customer or Customer(id=f"{order.id}-buyer", name="")
            return order.model_copy(update={"customer": buyer.model_copy(update=change)})
        case "payment":
            payments = tuple(_paid(paid, one) if paid.id == one.payment_id else paid for paid in order.payments)
            return order.model_copy(update={"payments": payments})
        case _:
            return order.model_copy(update=change)


def _paid(paid: Payment, one: Correction) -> Payment:
    after = TenderKind(one.after) if one.field is Correctable.TENDER_KIND else one.after
    return paid.model_copy(update={one.field.leaf: after})
