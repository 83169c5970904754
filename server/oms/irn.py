"""Who registers invoices (CGST Rule 48 (4)): a small interface, and a sandbox that plays the portal.

The IRN is the SHA-256 of the seller's GSTIN, the financial year, the kind of document and its number, as the
portal itself makes it: the same invoice gets the same IRN however often it is sent.
"""

import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Protocol

from app.domain.gstin import wrong_gstin
from app.domain.money import format_plain
from app.domain.numbers import financial_year, indian_day
from app.domain.order import Order
from server.oms.secrets import Secrets

INVOICE = "INV"
DAYS = timedelta(days=30)
"""An older invoice is not taken any more."""


@dataclass(frozen=True, slots=True)
class Registered:
    """What the portal answers to an invoice that it took."""

    irn: str
    ack_number: str
    ack_at: datetime
    qr: str


@dataclass(frozen=True, slots=True)
class NotRegistered:
    """The portal said no, or nothing at all; `again` tells whether another try can help."""

    why: str
    again: bool


class Portal(Protocol):
    def register(self, order: Order, at: datetime) -> Registered | NotRegistered:
        """Send an invoice in; safe to repeat."""


class SandboxPortal:
    """Registers without any government: its signature proves nothing outside of this OMS."""

    def __init__(self, keys: Secrets) -> None:
        self._keys = keys

    def register(self, order: Order, at: datetime) -> Registered | NotRegistered:
        gstin = order.customer.gstin if order.customer else ""
        if not order.seller.gstin or wrong_gstin(gstin):
            return NotRegistered(f"The buyer’s GSTIN {gstin} is not a valid one, or the seller has none.", again=False)
        if indian_day(at) - order.business_day > DAYS:
            return NotRegistered("The portal takes an invoice for 30 days, and this one is older.", again=False)
        irn = irn_of(order)
        ack_number = f"{int(irn[:14], 16) % 10**15:015d}"
        return Registered(irn, ack_number, at, self._signed(_summary(order, irn, at)))

    def _signed(self, summary: dict[str, object]) -> str:
        """A JSON web token, as the portal's QR code holds one."""
        parts = ({"alg": "HS256", "typ": "JWT"}, {"data": json.dumps(summary), "iss": "sandbox"})
        head = ".".join(urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts)
        return f"{head}.{self._keys.derive('e-invoice', head)}"


def irn_of(order: Order) -> str:
    """The IRN of an invoice, as the portal makes it."""
    seed = order.seller.gstin + financial_year(order.business_day) + INVOICE + order.number
    return sha256(seed.encode()).hexdigest()


def _summary(order: Order, irn: str, at: datetime) -> dict[str, object]:
    """What the code has to tell an officer without a network."""
    main = max(order.lines, key=lambda line: line.total)
    return {
        "SellerGstin": order.seller.gstin,
        "BuyerGstin": order.customer.gstin if order.customer else "",
        "DocNo": order.number,
        "DocTyp": INVOICE,
        "DocDt": order.business_day.strftime("%d/%m/%Y"),
        "TotInvVal": format_plain(order.totals.total),
        "ItemCnt": len(order.lines),
        "MainHsnCode": main.hsn,
        "Irn": irn,
        "IrnDt": at.strftime("%Y-%m-%d %H:%M:%S"),
    }
