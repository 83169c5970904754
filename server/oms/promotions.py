"""Promotions as the OMS knows them, and whether they explain what a register took off an order."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.money import format_money
from app.domain.numbers import indian_day
from app.domain.order import Order
from app.domain.promotion import Promotion
from app.sync.protocol import Dataset
from server.oms.coupons import coupon_promotions
from server.oms.findings import Finding, FindingKind
from server.oms.tables import Record


def all_promotions(session: Session) -> dict[str, Promotion]:
    """Read every promotion by id, coupons among them, and those that are gone: an order from before may still come."""
    texts = session.scalars(select(Record.value).where(Record.dataset == Dataset.PROMOTIONS.value))
    promotions = (Promotion.model_validate_json(text) for text in texts)
    return coupon_promotions(session) | {promotion.id: promotion for promotion in promotions}


def explained(order: Order, known: Mapping[str, Promotion]) -> tuple[Promotion, ...]:
    """The promotions of an order that were in force when it was made, or when its first money was taken."""
    if not order.promotions:
        return ()
    days = {order.business_day, *(indian_day(payment.at) for payment in order.payments)}
    found = [known[each.id] for each in order.promotions if each.id in known]
    return tuple(promotion for promotion in found if any(promotion.holds_on(day) for day in days))


def look_at_discounts(order: Order, known: Mapping[str, Promotion]) -> list[Finding]:
    """What was taken off has to have a reason that the OMS knows."""
    holding = {promotion.id for promotion in explained(order, known)}
    odd = [each for each in order.promotions if each.id not in holding]
    words = [
        f"The register took {format_money(each.amount)} off by “{each.name}”, which did not hold here that day."
        for each in odd
    ]
    taken = sum(line.discount for line in order.lines)
    named = sum(each.amount for each in order.promotions) + sum(each.amount for each in order.discounts)
    if named != taken:
        words.append(f"{format_money(taken)} was taken off, but only {format_money(named)} of it has a name.")
    return [Finding(FindingKind.DISCOUNT, each) for each in words]
