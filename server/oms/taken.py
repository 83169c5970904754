"""What orders have brought, by tender: a card taken offline is money once the processor says so, as in the ledger."""

from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from app.sync.cards import CardState
from server.oms.card_jobs import REFUSED
from server.oms.tables import OrderRow, PaymentRow
from server.oms.tables_cards import CardJob


@dataclass(slots=True)
class Taken:
    """Money by tender id, and what stands apart from it; minor units."""

    tenders: Counter[str] = field(default_factory=Counter)
    to_process: int = 0
    """Stored cards that the processor has not decided about."""
    refused: int = 0
    """Stored cards that it refused. What was paid for them later came in at another time, so it is not in here."""


def taken(session: Session, made: ColumnElement[bool]) -> Taken:
    """Add up the payments of the orders for which a condition holds."""
    stored = and_(
        CardJob.payment_id == PaymentRow.payment_id, CardJob.order_id == PaymentRow.order_id, CardJob.stored.is_(True)
    )
    query = select(PaymentRow.tender_id, CardJob.state, func.sum(PaymentRow.amount))
    query = query.join(OrderRow, OrderRow.id == PaymentRow.order_id).outerjoin(CardJob, stored).where(made)
    found = Taken()
    for tender, state, amount in session.execute(query.group_by(PaymentRow.tender_id, CardJob.state)):
        if state in REFUSED:
            found.refused += int(amount)
        elif state == CardState.WAITING.value:
            found.to_process += int(amount)
        else:
            found.tenders[tender] += int(amount)
    return found
