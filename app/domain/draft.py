"""A sale that is not finished: kept at each change, so that a crash forgets no line and no money taken."""

from datetime import datetime

from app.domain.cart import Cart
from app.domain.coupon import Granted
from app.domain.customer import Customer
from app.domain.delivery import Arrangement
from app.domain.money import Value
from app.domain.order import Fulfilment
from app.domain.payment import Payment, PaymentLink
from app.domain.promotion import Promotion
from app.domain.returning import Exchange


class Draft(Value):
    """The order's id is made when checkout opens, because a UPI request refers to it."""

    id: str
    at: datetime
    staff_id: str
    cart: Cart
    order_id: str | None = None
    payments: tuple[Payment, ...] = ()
    customer: Customer | None = None
    fulfilment: Fulfilment = Fulfilment.SELF_PICKUP
    delivery: Arrangement = Arrangement()
    link: PaymentLink | None = None
    """A payment link that the customer may be paying now."""
    card: Payment | None = None
    """A card payment that the processor was asked about, and has not answered yet."""
    parked_as: str | None = None
    """The name under which it was put aside; an open sale has none."""
    sales_employee: str = ""
    notes: str = ""
    coupon: Granted | None = None
    training: bool = False
    """Begun in training: after a restart it is not offered again, so that practice never becomes a sale."""
    agreed: tuple[Promotion, ...] | None = None
    """Once money was taken: the promotions that were in force then."""
    exchange: Exchange | None = None
    """Goods that come back in the same payment."""
