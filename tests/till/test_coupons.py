"""Coupons at the till: asked for online, kept for the sale for a while, and dropped with a word."""

import json
from datetime import timedelta

from app.domain.coupon import Granted
from app.sync.questions import Denied, Given, NoAnswer
from app.till.selectors import total
from app.till.slices.coupon import CouponEntry
from tests.conftest import promotion
from tests.till.till import Till

TEN = promotion("coupon-TEN", name="Ten", whole_order=True, code="TEN")
FULL, OFF = 49_950, 44_955


def entry(till: Till) -> CouponEntry:
    checkout = till.state.checkout
    assert checkout is not None
    return checkout.coupon


def grant(till: Till, minutes: int = 30) -> None:
    """Let the OMS keep the coupon for the sale."""
    until = till.device.clock.at + timedelta(minutes=minutes)
    till.is_answered(Given(body=Granted(promotion=TEN, until=until).model_dump_json()))


def with_coupon(till: Till, minutes: int = 30) -> Till:
    """A kurta at checkout, with the coupon applied."""
    till.picks().says("CheckoutOpened").says("TenderChosen", tender_id="card").says("CouponApplied", value=" ten ")
    grant(till, minutes)
    return till


def test_a_coupon_is_asked_for_with_its_sale(selling: Till) -> None:
    """The OMS keeps it for this order's id, and judges its minimum by what the goods come to."""
    selling.picks().says("CheckoutOpened").says("CouponApplied", value=" ten ")

    checkout = selling.state.checkout
    assert checkout is not None
    [asked] = selling.asked()
    assert ("POST", "/coupons/validate") == (asked.method, asked.path)
    assert {"code": "TEN", "order_id": checkout.order_id, "total": FULL} == json.loads(asked.body)


def test_what_the_oms_gives_is_taken_off_and_named_on_the_order(selling: Till) -> None:
    """Total, amount field and order follow."""
    with_coupon(selling).says("SaleCompleted")

    order = selling.orders()[0]
    assert (OFF, [("TEN", FULL - OFF)]) == (order.totals.total, [(each.code, each.amount) for each in order.promotions])


def test_what_the_oms_says_no_to_changes_nothing_and_is_told(selling: Till) -> None:
    """In its own words, for the customer."""
    selling.picks().says("CheckoutOpened").says("CouponApplied", value="OLD")
    selling.is_answered(Denied(status=409, why="It has expired."))

    assert (FULL, "It has expired.", "OLD") == (total(selling.state), entry(selling).told, entry(selling).typed)


def test_no_answer_leaves_the_price_and_says_so(selling: Till) -> None:
    """The line is slow: the sale goes on without it."""
    selling.picks().says("CheckoutOpened").says("CouponApplied", value="TEN")
    selling.is_answered(NoAnswer(why="The store’s server did not answer in time."))

    assert (FULL, True) == (total(selling.state), "was not checked" in entry(selling).told)


def test_offline_a_coupon_is_not_asked_for(selling: Till) -> None:
    """S16: disabled with its reason."""
    selling.picks().says("CheckoutOpened").goes_offline()

    selling.says("CouponApplied", value="TEN")

    assert ([], True) == (selling.asked(), "internet" in entry(selling).told)


def test_a_coupon_that_was_applied_outlives_the_network(selling: Till) -> None:
    """The OMS has kept it for this sale: what it gives stays."""
    with_coupon(selling).goes_offline()

    selling.says("SaleCompleted")

    assert (True, OFF) == (selling.orders()[0].offline, selling.orders()[0].totals.total)


def test_when_its_time_is_over_it_is_dropped_with_a_word(selling: Till) -> None:
    """Nobody can say any more whether it still holds; the customer hears the new total before paying."""
    with_coupon(selling).goes_offline()

    selling.time_passes(31 * 60)

    assert (None, FULL) == (entry(selling).held, total(selling.state))
    assert "The time of the coupon TEN is over: the total is now ₹\u00a0499.50." in entry(selling).told
    assert "499.50" == getattr(selling.state.checkout, "amount", "")


def test_online_its_time_is_made_longer_without_a_word(selling: Till) -> None:
    """A long talk at the till must not cost the customer the coupon."""
    with_coupon(selling)
    selling.time_passes(26 * 60)
    grant(selling)

    selling.time_passes(10 * 60)

    assert (OFF, "") == (total(selling.state), entry(selling).told)


def test_a_coupon_taken_away_gives_the_full_price(selling: Till) -> None:
    """ "Remove coupon"; the amount follows."""
    with_coupon(selling).says("CouponRemoved")

    assert (FULL, "499.50") == (total(selling.state), getattr(selling.state.checkout, "amount", ""))


def test_an_answer_after_the_coupon_was_removed_is_dropped(selling: Till) -> None:
    """Impatience must not bring it back."""
    selling.picks().says("CheckoutOpened").says("CouponApplied", value="TEN").says("CouponRemoved")
    grant(selling)

    assert FULL == total(selling.state)


def test_money_taken_fixes_the_coupon(selling: Till) -> None:
    """It holds beyond its time, and cannot be taken away from a price that was agreed."""
    with_coupon(selling).says("AmountTyped", value="100").says("PaymentTaken")

    selling.says("CouponRemoved").goes_offline()
    selling.time_passes(31 * 60)

    assert OFF == total(selling.state)


def test_a_coupon_survives_a_crash(selling: Till) -> None:
    """It lies in the draft with the rest of the sale."""
    with_coupon(selling).starts_again().signs_in().says("DraftResumed")

    assert OFF == total(selling.state)


def test_a_coupon_asked_for_before_a_payment_comes_too_late(selling: Till) -> None:
    """The customer has paid half: the price is agreed, whatever the OMS says now."""
    selling.picks().says("CheckoutOpened").says("TenderChosen", tender_id="card").says("CouponApplied", value="TEN")
    selling.says("AmountTyped", value="100").says("PaymentTaken")
    grant(selling)

    assert FULL == total(selling.state)


def test_a_question_that_could_not_be_written_is_no_answer(selling: Till) -> None:
    """The storage's trouble is told at the field; it is no mistake of the register."""
    selling.picks().says("CheckoutOpened")
    selling.device.disk.faults = ["breaks before"]

    selling.says("CouponApplied", value="TEN")

    assert "was not asked" in entry(selling).told
