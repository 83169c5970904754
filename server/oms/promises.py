"""What the OMS promised while a sale was open: delivery quotes and payment links; each order is compared with them.

Nothing here refuses: the money is taken. What differs is for a person to look at.
"""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.delivery import FEE, Quote
from app.domain.money import format_money
from app.domain.order import Fulfilment, Order
from app.domain.payment import LinkState, Payment, TenderKind
from server.oms.chunks import chunks
from server.oms.findings import Finding, FindingKind
from server.oms.tables_online import LinkRow, QuoteRow


class Promises:
    """The quotes and links of a batch of orders, read at once."""

    def __init__(self, session: Session, orders: Iterable[Order]) -> None:
        listed = list(orders)
        self._quotes: dict[str, Quote] = {}
        self._links: dict[str, LinkRow] = {}
        for some in chunks(order.delivery.quote_id for order in listed if order.delivery):
            for row in session.scalars(select(QuoteRow).where(QuoteRow.id.in_(some))):
                self._quotes[row.id] = Quote.model_validate_json(row.value)
        online = [payment.id for order in listed for payment in _online(order)]
        for some in chunks(online):
            self._links.update((row.id, row) for row in session.scalars(select(LinkRow).where(LinkRow.id.in_(some))))
        for some in chunks(order.id for order in listed):
            rows = session.scalars(select(LinkRow).where(LinkRow.order_id.in_(some)))
            self._links.update((row.id, row) for row in rows)

    def look(self, order: Order) -> list[Finding]:
        """Say what is not as it was promised."""
        links = [Finding(FindingKind.PAYMENT_LINK, words) for words in self._look_at_links(order)]
        if order.fulfilment is not Fulfilment.DELIVERY:
            return links
        return [*links, *(Finding(FindingKind.DELIVERY, words) for words in self._look_at_delivery(order))]

    def _look_at_links(self, order: Order) -> list[str]:
        found = [why for payment in _online(order) if (why := self._look_at_payment(order, payment))]
        taken = {payment.id for payment in _online(order)}
        theirs = (row for row in self._links.values() if row.order_id == order.id and row.id not in taken)
        return [
            *found,
            *(
                f"{format_money(row.amount)} was paid by link for this order and is not among its payments. "
                f"Give it back: {row.reference}."
                for row in theirs
                if row.status == LinkState.PAID
            ),
        ]

    def _look_at_payment(self, order: Order, payment: Payment) -> str:
        row = self._links.get(payment.id)
        if row is None:
            return f"The OMS knows no payment link for the {format_money(payment.amount)} paid by {payment.name}."
        if row.status != LinkState.PAID:
            return f"The payment link of {format_money(payment.amount)} is {row.status}, not paid."
        if (row.order_id, row.amount, row.reference) != (order.id, payment.amount, payment.reference):
            return f"The payment link of {format_money(row.amount)} was paid for something else: {row.reference}."
        return ""

    def _look_at_delivery(self, order: Order) -> list[str]:
        delivery = order.delivery
        if delivery is None:
            return ["It is to be delivered, and neither address nor time came with it."]
        quote = self._quotes.get(delivery.quote_id)
        if quote is None:
            return ["The OMS has not quoted this delivery."]
        found: list[str] = []
        charged = sum(line.unit_price for line in order.lines if line.variant_id == FEE)
        if (charged, delivery.fee) != (quote.fee, quote.fee):
            found.append(f"The delivery was quoted at {format_money(quote.fee)} and charged {format_money(charged)}.")
        if delivery.address.pincode != quote.pincode:
            found.append(f"It goes to {delivery.address.pincode}, and was quoted for {quote.pincode}.")
        if min((payment.at for payment in order.payments), default=order.at) > quote.valid_until:
            found.append("The delivery was sold after its quote had run out. Look whether the time can be kept.")
        return found


def _online(order: Order) -> list[Payment]:
    return [payment for payment in order.payments if payment.kind is TenderKind.ONLINE]
