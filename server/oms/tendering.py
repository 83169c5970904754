"""The rules of tenders once more, when a sale is taken in: what was taken against them is told, never refused."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.order import Order
from app.domain.payment import Payment, Tender, TenderKind
from app.domain.tendering import Before, bad_reference, over_cap
from server.oms.findings import Finding, FindingKind
from server.oms.tables import OrderRow, PaymentRow


class TenderRules:
    """The tenders as they stand, and what one register took with those that are capped, by day."""

    def __init__(self, session: Session, register: str, tenders: Sequence[Tender], orders: Sequence[Order]) -> None:
        self._tenders = {each.id: each for each in tenders}
        self._days: defaultdict[tuple[str, date], int] = defaultdict(int)
        capped = [each.id for each in self._tenders.values() if each.cap_day is not None]
        days = {order.business_day for order in orders}
        if not capped or not days:
            return
        taken = select(PaymentRow.tender_id, OrderRow.business_day, func.sum(PaymentRow.amount))
        taken = taken.join(OrderRow, OrderRow.id == PaymentRow.order_id).where(
            OrderRow.register == register, OrderRow.business_day.in_(days), PaymentRow.tender_id.in_(capped)
        )
        for tender_id, day, amount in session.execute(taken.group_by(PaymentRow.tender_id, OrderRow.business_day)):
            self._days[tender_id, day] = int(amount)

    def look(self, order: Order) -> list[Finding]:
        """Compare each payment of an order with the rules of its tender; one whose tender is gone has none."""
        found: list[Finding] = []
        sale: defaultdict[str, int] = defaultdict(int)
        for payment in order.payments:
            tender = self._tenders.get(payment.tender_id)
            if tender is not None:
                before = Before(sale[tender.id], self._days[tender.id, order.business_day] + sale[tender.id])
                found += [Finding(FindingKind.TENDER, words) for words in _against(tender, payment, before)]
            sale[payment.tender_id] += payment.amount
        return found

    def note(self, order: Order) -> None:
        """Count an order that is booked: the next one of the batch comes after it."""
        for payment in order.payments:
            self._days[payment.tender_id, order.business_day] += payment.amount


def _against(tender: Tender, payment: Payment, before: Before) -> list[str]:
    words = [over_cap(tender, payment.amount, before)]
    if (
        payment.kind is not TenderKind.VOUCHER
        and payment.kind is tender.kind
        and bad_reference(tender, payment.reference)
    ):
        words.append(f"The reference of “{tender.name}” is not what the store asks for.")
    if payment.offline and not tender.offline and tender.kind is not TenderKind.ONLINE:
        words.append(f"“{tender.name}” was taken offline, which is not allowed.")
    return [each for each in words if each]
