"""The coupon of a sale: asked for online, kept for it by the OMS, and dropped with a word when its time is over."""

from datetime import timedelta

from app.domain.coupon import Granted, normal
from app.domain.money import Value, format_money, times
from app.domain.pricing import Priced
from app.sync.prices import AskCoupon, CouponCheck
from app.sync.questions import Denied, NoAnswer, Question
from app.till.events import CouponApplied, CouponRemoved, CouponTyped
from app.till.flow.asking import Answering, asked, forgotten, waiting
from app.till.flow.keeping import at_checkout, kept, saving
from app.till.flow.repricing import followed_up, repricing
from app.till.flow.step import Handlers, Step, replace
from app.till.selectors import agreed, can, moment, priced_with, promotions_for_all, total
from app.till.state import State

RENEWED = timedelta(minutes=5)
"""So long before its time is over a coupon is asked for again, while the OMS is there."""
AGREED = "Money was taken for this sale, so its price stays as agreed. Give the payment back to change the coupon."


def coupon_typed(state: State, event: CouponTyped) -> Step:
    return Step(_entry(state, typed=event.value[:40], told=""))


def coupon_applied(state: State, event: CouponApplied) -> Step:
    """Ask the OMS; the price is as it was until it answers."""
    code, ability = normal(event.value)[:40], can(state).coupons
    why = ability.reason or (AGREED if agreed(state) is not None else "") or ("" if code else "Type the coupon’s code.")
    typed = _entry(state, typed=event.value[:40], told=why)
    if why or waiting(state, AskCoupon):
        return Step(typed)
    return _asked(typed, event.fresh, code)


def coupon_removed(state: State, _: CouponRemoved) -> Step:
    if agreed(state) is not None:
        return Step(_entry(state, told=AGREED))
    return kept(forgotten(_entry(state, held=None, typed="", told=""), AskCoupon))


def coupon_answered(state: State, question: AskCoupon, answer: Value) -> Step:
    """Take what the OMS gives; what it says no to is dropped, and no answer changes nothing."""
    checkout = state.checkout
    if checkout is None or saving(state) or question.check.order_id != checkout.order_id or agreed(state) is not None:
        return Step(state)
    held, code = checkout.coupon.held, question.check.code
    renewed = held is not None and held.code == code
    match answer:
        case Granted():
            return followed_up(state, kept(_entry(state, held=answer, typed="", told="")))
        case Denied(why=why):
            return followed_up(state, kept(_entry(state, held=None if renewed else held, told=why)))
        case NoAnswer(why=why) if not renewed:
            return Step(_entry(state, told=f"{why} The coupon was not checked, and the price is as it was. Try again."))
    return Step(state)


def minded(state: State, fresh: str) -> Step:
    """With each tick: ask again in time, and drop a coupon whose time is over."""
    checkout = state.checkout
    held = checkout.coupon.held if checkout else None
    if held is None or saving(state) or agreed(state) is not None:
        return Step(state)
    if not held.holds(moment(state)):
        dropped = _entry(state, held=None, typed=held.code)
        now = format_money(total(dropped))
        told = f"The time of the coupon {held.code} is over: the total is now {now}. Apply it again when online."
        return followed_up(state, kept(_entry(dropped, told=told)))
    soon = not held.holds(moment(state) + RENEWED)
    if soon and can(state).coupons.allowed and not waiting(state, AskCoupon):
        # Others ask with the same tick: an id is for one question.
        return _asked(state, f"{fresh}-coupon", held.code)
    return Step(state)


def _asked(state: State, fresh: str, code: str) -> Step:
    order_id = state.checkout.order_id if state.checkout else ""
    return asked(state, fresh, AskCoupon(check=CouponCheck(code=code, order_id=order_id, total=_goods(state))))


def _goods(state: State) -> int:
    """What the goods come to after the store's own promotions, minor units: what a coupon's minimum is measured by."""
    sums = priced_with(state, promotions_for_all(state))
    if not isinstance(sums, Priced):
        return 0
    full = sum(times(line.unit_price, line.quantity) for line in sums.lines if line.stocked)
    return full - sum(each.amount for each in sums.applied)


def _entry(state: State, **fields: object) -> State:
    if state.checkout is None:
        return state
    coupon = replace(state.checkout.coupon, **fields)  # type: ignore[arg-type]
    return replace(state, checkout=replace(state.checkout, coupon=coupon))


HANDLERS: Handlers = {
    CouponTyped: at_checkout(coupon_typed),
    CouponApplied: at_checkout(coupon_applied),
    CouponRemoved: at_checkout(repricing(coupon_removed)),
}
ANSWERS: dict[type[Question], Answering] = {AskCoupon: coupon_answered}
