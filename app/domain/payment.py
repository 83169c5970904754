"""How a sale is paid: tenders the store takes, and payments taken with them."""

from datetime import datetime
from enum import StrEnum

from pydantic import AwareDatetime

from app.domain.money import Minor, Value


class TenderKind(StrEnum):
    CASH = "cash"
    CARD = "card"
    UPI = "upi"
    WALLET = "wallet"
    VOUCHER = "voucher"
    ACCOUNT = "account"
    ONLINE = "online"


class Tender(Value):
    """A way to pay that the store has set up; the name is what the cashier reads."""

    id: str
    name: str
    kind: TenderKind
    offline: bool = True
    """Whether it may be taken while the OMS cannot be reached."""
    asks_reference: bool = False
    position: int = 0


class LinkState(StrEnum):
    """What has become of a payment link; all but PENDING are final."""

    PENDING = "pending"
    PAID = "paid"
    FAILED = "failed"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


class PaymentLink(Value):
    """A request for money that the customer answers on their own phone; its id becomes that of the payment."""

    id: str
    order_id: str
    tender_id: str
    amount: Minor
    url: str
    status: LinkState = LinkState.PENDING
    reference: str = ""
    """The provider's own, once it is paid."""
    expires_at: AwareDatetime


class Payment(Value):
    """Money taken: `amount` counts towards the sale, cash may have been `received` in excess."""

    id: str
    tender_id: str
    name: str
    kind: TenderKind
    amount: Minor
    received: Minor
    reference: str = ""
    at: datetime

    @property
    def change(self) -> int:
        """What goes back to the customer, minor units."""
        return self.received - self.amount
