"""Coupons: what a code gives, kept for a sale while it is open, and redeemed once when its order is booked."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from app.domain.coupon import Coupon, Granted, normal
from app.domain.money import Value, format_money
from app.domain.numbers import indian_day
from app.domain.order import Order
from app.domain.promotion import Promotion
from app.sync.prices import CouponCheck
from server.oms.findings import Finding, FindingKind
from server.oms.tables import CouponRow, CouponUse
from server.oms.times import now

KEPT = timedelta(minutes=30)
"""How long a coupon is kept for a sale that is not booked yet."""


class NotGranted(Value):
    """A coupon gives nothing; `why` is a sentence for the customer."""

    why: str


def put_coupons(session: Session, coupons: Sequence[Coupon]) -> None:
    """Write coupons; the code names one."""
    for coupon in coupons:
        code = coupon.promotion.code or ""
        session.merge(CouponRow(code=code, limit=coupon.limit, value=coupon.promotion.model_dump_json()))


def coupon_promotions(session: Session) -> dict[str, Promotion]:
    """What coupons give, by the id of the promotion."""
    found = (Promotion.model_validate_json(text) for text in session.scalars(select(CouponRow.value)))
    return {promotion.id: promotion for promotion in found}


def validate(session: Session, register: str, asked: CouponCheck) -> Granted | NotGranted:
    """Keep a coupon for a sale, or say why not. Safe to repeat: the time simply starts again."""
    at, code = now(), normal(asked.code)
    row = session.get(CouponRow, code)
    if row is None:
        return NotGranted(why=f"There is no coupon “{code[:40]}”. Check the letters, and ask for another one.")
    promotion = Promotion.model_validate_json(row.value)
    why = _not_today(promotion, indian_day(at)) or _too_little(promotion, asked.total)
    if not why and row.limit is not None and _claims(session, code, asked.order_id, register, at) >= row.limit:
        why = "It was used already." if row.limit == 1 else "It was used as often as it may be."
    if why:
        return NotGranted(why=f"The coupon {code} gives nothing here. {why}")
    _keep(session, code, register, asked.order_id, at + KEPT)
    return Granted(promotion=promotion, until=at + KEPT)


def redeem(session: Session, order: Order, register: str) -> list[Finding]:
    """Use up the coupon of an order that is being booked; one that two tills used is found here."""
    found: list[Finding] = []
    codes = sorted({each.code for each in order.promotions if each.code})
    if len(codes) > 1:  # the till takes one: only its use is written down
        found.append(Finding(FindingKind.COUPON, f"More than one coupon was used in one sale: {', '.join(codes)}."))
    for code in codes:
        row = session.get(CouponRow, code)
        if row is None:
            found.append(Finding(FindingKind.COUPON, f"There is no coupon {code}."))
            continue
        used = _redeemed(session, code, order.id)
        if row.limit is not None and used >= row.limit:
            times = "another sale" if used == 1 else f"{used} other sales"
            found.append(Finding(FindingKind.COUPON, f"The coupon {code} was used up by {times} before."))
        _keep(session, code, register, order.id, now()).redeemed_at = order.at
        session.flush()
    return found


def _not_today(promotion: Promotion, day: date) -> str:
    if not promotion.active or (promotion.ends is not None and promotion.ends < day):
        return "It has expired."
    if promotion.starts is not None and day < promotion.starts:
        return f"It holds from {promotion.starts:%d-%m-%Y} on."
    return ""


def _too_little(promotion: Promotion, total: int) -> str:
    if total >= promotion.minimum:
        return ""
    return f"It needs goods for {format_money(promotion.minimum)}; these come to {format_money(total)}."


def _claims(session: Session, code: str, order_id: str, register: str, at: datetime) -> int:
    """How many other sales have it, or may still. A register has one sale open: its last claim replaces the others."""
    kept = and_(CouponUse.redeemed_at.is_(None), CouponUse.until > at, CouponUse.register != register)
    others = and_(CouponUse.code == code, CouponUse.order_id != order_id)
    query = select(func.count()).select_from(CouponUse).where(others, or_(CouponUse.redeemed_at.is_not(None), kept))
    return session.scalar(query) or 0


def _redeemed(session: Session, code: str, order_id: str) -> int:
    query = select(func.count()).select_from(CouponUse)
    same = CouponUse.code == code, CouponUse.order_id != order_id, CouponUse.redeemed_at.is_not(None)
    return session.scalar(query.where(*same)) or 0


def _keep(session: Session, code: str, register: str, order_id: str, until: datetime) -> CouponUse:
    """Note that a sale has a coupon; what was redeemed stays so."""
    use = session.get(CouponUse, order_id)
    if use is None:
        use = CouponUse(order_id=order_id, code=code, register=register, until=until)
        session.add(use)
    elif use.redeemed_at is None:
        use.code, use.register, use.until = code, register, until
    return use
