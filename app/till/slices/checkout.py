"""Paying for the cart."""

from dataclasses import dataclass, field
from datetime import datetime

from app.domain.customer import Customer
from app.domain.delivery import Arrangement
from app.domain.order import Fulfilment, Order
from app.domain.payment import Payment, PaymentLink
from app.domain.promotion import Promotion
from app.till.slices.cards import CardAttempt
from app.till.slices.coupon import CouponEntry
from app.till.slices.limits import LimitApproval


@dataclass(frozen=True, slots=True)
class Checkout:
    """Paying for the cart; `payments` were taken and are in the draft on disk."""

    order_id: str
    opened_at: datetime
    payments: tuple[Payment, ...] = ()
    tender_id: str = ""
    amount: str = ""
    reference: str = ""
    customer: Customer | None = None
    customer_open: bool = False
    customer_sought: str = ""
    """What the dialog is searched for."""
    customer_typed: Customer | None = None
    """What was typed into the dialog and is not right yet."""
    fulfilment: Fulfilment = Fulfilment.SELF_PICKUP
    delivery: Arrangement = field(default_factory=Arrangement)
    link: PaymentLink | None = None
    """What the customer may be paying now, on their own phone."""
    card: CardAttempt | None = None
    """A card that the terminal or the processor has now, or that nobody knows about."""
    sales_employee: str = ""
    notes: str = ""
    coupon: CouponEntry = field(default_factory=CouponEntry)
    agreed: tuple[Promotion, ...] | None = None
    """The promotions as they were when the first money was taken: the price that the customer agreed to."""
    approval: LimitApproval | None = None
    """A payment above the limit of a house account waits for a manager's PIN."""
    problem: str = ""
    awaiting: tuple[Payment, ...] | None = None
    """What will have been taken once the draft is on disk; until then a new payment does not count."""
    saving: bool = False
    """The sale is being written to the journal: nothing may be changed."""
    recording: Order | None = None
    """What was asked for to be written, the last time: the storage may have written an earlier one."""

    @property
    def keeping(self) -> bool:
        """A payment is being written to the draft."""
        return self.awaiting is not None
