"""How a sale is paid: tenders the store takes, and payments taken with them."""

from datetime import datetime
from enum import StrEnum

from pydantic import AwareDatetime, Field

from app.domain.card import StoredCard
from app.domain.money import Minor, Value
from app.domain.reference import ReferenceRule
from app.domain.voucher import masked


class TenderKind(StrEnum):
    CASH = "cash"
    CARD = "card"
    UPI = "upi"
    WALLET = "wallet"
    VOUCHER = "voucher"
    ACCOUNT = "account"
    ONLINE = "online"


ON_BALANCE = frozenset({TenderKind.VOUCHER, TenderKind.ACCOUNT})
"""What is paid so comes from a balance that the OMS keeps."""
BY_OTHERS = frozenset({TenderKind.ONLINE, *ON_BALANCE})
"""What nobody takes at the counter: it is charged elsewhere, so no correction can make a payment one of these."""


class Tender(Value):
    """A way to pay that the store has set up; the name is what the cashier reads."""

    id: str
    name: str
    kind: TenderKind
    offline: bool = True
    """Whether it may be taken while the OMS cannot be reached."""
    asks_reference: bool = False
    position: int = 0
    custom: bool = False
    """One of the store's own, such as a meal card; its kind is wallet, because an older register knows no other."""
    rule: ReferenceRule = ReferenceRule()
    """What its reference has to look like, where there is one."""
    cap_sale: Minor | None = Field(default=None, ge=0)
    """At most so much of one sale."""
    cap_day: Minor | None = Field(default=None, ge=0)
    """At most so much on one day at one register."""
    terminal: bool = False
    """Whether a card terminal takes it: asked about online, stored for the processor offline (P4)."""


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
    account: str = ""
    """The customer whose house account it is put on."""
    approved_by: str = ""
    """The manager who let it pass above the limit of a house account."""
    offline: bool = False
    """Whether it was taken without the OMS; an older register did not say."""
    stored: StoredCard | None = None
    """Set where the processor was not asked: the money is at risk until it was."""

    @property
    def fixed(self) -> bool:
        """Whether it was charged elsewhere, by link, balance or stored card: no correction can call it another."""
        return self.kind in BY_OTHERS or self.stored is not None

    @property
    def shown(self) -> str:
        """The reference as papers and screens show it: a voucher's code is as good as money, a stored card has none."""
        if self.stored:
            return self.stored.face
        return masked(self.reference) if self.kind is TenderKind.VOUCHER and self.reference else self.reference

    @property
    def change(self) -> int:
        """What goes back to the customer, minor units."""
        return self.received - self.amount
