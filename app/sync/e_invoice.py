"""E-invoices on the wire: a sale to a business gets an IRN from the invoice registration portal, through the OMS."""

from collections.abc import Mapping
from enum import StrEnum
from typing import ClassVar, Literal

from pydantic import AwareDatetime

from app.domain.money import Value
from app.domain.numbers import INDIA
from app.domain.order import Order
from app.sync.questions import Question, Request


class EInvoiceState(StrEnum):
    QUEUED = "queued"
    """The portal was not asked yet, or did not answer; it is asked again."""
    DONE = "done"
    FAILED = "failed"
    """The portal said no; a person has to look."""


class EInvoice(Value):
    """The answer to GET /orders/{id}/e-invoice."""

    state: EInvoiceState
    why: str = ""
    """A sentence for people, where it is not done."""
    irn: str = ""
    """Invoice reference number: 64 hexadecimal digits."""
    ack_number: str = ""
    ack_at: AwareDatetime | None = None
    qr: str = ""
    """What the portal signed; it is printed as a QR code."""


class EInvoiceAsked(Question):
    """Has this order its IRN yet?"""

    kind: Literal["e_invoice"] = "e_invoice"
    answer: ClassVar[type[Value]] = EInvoice
    order_id: str

    def request(self) -> Request:
        return Request(path=f"/orders/{self.order_id}/e-invoice")


PROVISIONAL_TITLE = "Provisional receipt"
PROVISIONAL = "Provisional – the e-invoice follows"
"""What is printed without an IRN may not be called an invoice."""
UNASKED = EInvoice(state=EInvoiceState.QUEUED)


def standing(order: Order, known: Mapping[str, EInvoice]) -> EInvoice | None:
    """What is known of an order's e-invoice; None where it needs none."""
    return known.get(order.id, UNASKED) if order.e_invoice else None


def particulars(e_invoice: EInvoice) -> tuple[tuple[str, str], ...]:
    """What stands beside the code on paper (Rule 46 (r)): the number, and when it was given."""
    at = e_invoice.ack_at.astimezone(INDIA).strftime("%d-%m-%Y %H:%M") if e_invoice.ack_at else ""
    return ("IRN", e_invoice.irn), ("Ack. no.", e_invoice.ack_number), ("Ack. date", at)
