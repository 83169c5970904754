"""Discounts by hand at the till (O3): within one's leeway, beyond it with a manager's PIN, and never more."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from app.domain.leeway import Leeway, Leeways
from app.domain.promotion import PercentOff
from app.sync.protocol import PromotionChange, SettingsChange
from app.till.bargains import outcome
from app.till.selectors import total
from app.till.slices.bargain import Bargain, Way
from tests.conftest import promotion, settings
from tests.till.till import Till

FULL, TENTH_OFF = 49_950, 44_955
RAVI = {"staff_id": "ravi", "pin": "2222"}


def asks(till: Till, value: str, *, line: int = 0, way: str = "percent", reason: str = "Damaged packing") -> Till:
    """Open the dialog and fill it in."""
    till.says("BargainAsked", line=line).says("BargainWayChosen", value=way)
    return till.says("BargainTyped", value=value).says("BargainReasonTyped", value=reason)


def gives(till: Till, value: str, *, line: int = 0, way: str = "percent", pin: Mapping[str, str] | None = None) -> Till:
    return asks(till, value, line=line, way=way).says("BargainMade", **(pin or {}))


def allowing(till: Till, leeways: Leeways) -> Till:
    """Let the back office set other limits."""
    till.gets([SettingsChange(id="DS01", revision=70, value=settings(leeways=leeways))])
    till.hears("changes")
    return till


def bargain(till: Till) -> Bargain:
    found = till.state.bargain
    assert found is not None
    return found


def sums(till: Till) -> tuple[int, str]:
    return total(till.state), till.state.bargain.problem if till.state.bargain else ""


def test_within_the_limit_nobody_else_is_asked(kurta: Till) -> None:
    """Ten per cent are Asha's own to give; the order says who gave it, and why."""
    gives(kurta, "10").pays("card")

    order = kurta.orders()[0]
    [given] = order.discounts
    assert (TENTH_OFF, 0, FULL - TENTH_OFF) == (order.totals.total, given.line, given.amount)
    assert ("Damaged packing", "asha", "") == (given.given.reason, given.given.staff_id, given.given.approver_id)


def test_beyond_the_limit_a_manager_lets_it_pass(kurta: Till) -> None:
    """Half the price is a manager's to give: both names stand on the order."""
    gives(kurta, "200", line=-1, way="amount", pin=RAVI).pays("card")

    order = kurta.orders()[0]
    assert (FULL - 20_000, None) == (order.totals.total, order.discounts[0].line)
    assert ("Asha", "ravi", "Ravi") == (
        order.discounts[0].given.staff_name,
        order.discounts[0].given.approver_id,
        order.discounts[0].given.approved_by,
    )


def test_beyond_the_limit_without_a_pin_nothing_happens(kurta: Till) -> None:
    """The dialog stays, and says what is missing."""
    gives(kurta, "11")

    assert (FULL, True) == (total(kurta.state), "more than you may give" in bargain(kurta).problem)


@pytest.mark.parametrize("pin", [{"staff_id": "ravi", "pin": "9999"}, {"staff_id": "asha", "pin": "1111"}])
def test_only_a_managers_own_pin_counts(kurta: Till, pin: dict[str, str]) -> None:
    """A wrong one, and one of somebody who may not either."""
    gives(kurta, "50", pin=pin)

    assert (FULL, False) == (total(kurta.state), bargain(kurta).checking)
    assert "Nothing was changed" in bargain(kurta).problem


def test_a_managers_limit_holds_too(kurta: Till) -> None:
    """Nobody is asked for a PIN that would not help."""
    gives(kurta, "50.01", pin=RAVI)

    why = "More than 50\N{NO-BREAK SPACE}% may not be taken off here, not even with a manager. Nothing was changed."
    assert (FULL, why) == sums(kurta)


def test_a_manager_at_the_till_needs_nobody(till: Till) -> None:
    """Ravi's own half."""
    gives(till.signs_in("ravi", "2222").picks(), "50")

    assert (FULL // 2, "") == sums(till)


NONSENSE = [
    ("percent", "much", "That is not a percentage."),
    ("percent", "", "That is not a percentage."),
    ("percent", "0", "Nothing would be taken off."),
    ("percent", "-5", "That is not a percentage."),
    ("percent", "1000", "More than 100 % cannot be taken off."),
    ("percent", "9" * 39, "That is not a percentage."),
    ("amount", "12,50", "That is not an amount."),
    ("amount", "500", "It costs only ₹\N{NO-BREAK SPACE}499.50."),
    ("amount", "9999999999999", "It costs only ₹\N{NO-BREAK SPACE}499.50."),
]


@pytest.mark.parametrize(("way", "value", "why"), NONSENSE)
def test_what_makes_no_sense_is_said(kurta: Till, way: str, value: str, why: str) -> None:
    """A slip of the keys gives nothing away."""
    gives(kurta, value, way=way, pin=RAVI)

    assert (FULL, True) == (total(kurta.state), bargain(kurta).problem.startswith(why))


def test_a_reason_is_needed(kurta: Till) -> None:
    """Money that was given away without a word cannot be asked about later."""
    asks(kurta, "10", reason="  ").says("BargainMade")

    assert (FULL, "Type a reason, or tap one of them.") == sums(kurta)


def test_it_works_offline(kurta: Till) -> None:
    """O3: discounts are given without the internet, PIN and all; promotions are not needed for it."""
    kurta.goes_offline()
    gives(kurta, "25", pin=RAVI).pays("cash")

    order = kurta.orders()[0]
    assert (True, 1, "ravi") == (order.offline, len(order.discounts), order.discounts[0].given.approver_id)


def test_it_comes_after_promotions(kurta: Till) -> None:
    """Ten per cent of what the promotion has left."""
    tenth = promotion(offer=PercentOff(rate=1_000))
    kurta.gets([PromotionChange(id="sale", revision=50, value=tenth)])
    kurta.hears("changes")
    gives(kurta, "10")

    assert TENTH_OFF - 4_496 == total(kurta.state)


def test_what_was_little_on_ten_pieces_is_not_much_on_one(kurta: Till) -> None:
    """The limit holds for the line as it is sold, not as it was when the discount was given."""
    kurta.says("QuantityTyped", line=0, value="4")
    gives(kurta, "199", way="amount")
    kurta.says("QuantityTyped", line=0, value="1")

    assert TENTH_OFF == total(kurta.state)


def test_a_discount_is_changed_and_taken_back(kurta: Till) -> None:
    """The dialog opens with what was given, and the catalogue's price comes back."""
    gives(kurta, "10").says("BargainAsked", line=0)
    assert (Way.PERCENT, "10", "Damaged packing") == (
        bargain(kurta).way,
        bargain(kurta).typed,
        bargain(kurta).reason,
    )
    kurta.says("BargainTyped", value="5").says("BargainMade").says("BargainAsked", line=0)
    five = total(kurta.state)
    kurta.says("BargainRemoved")

    assert (47_452, FULL) == (five, total(kurta.state))


def test_the_new_price_is_seen_before_it_is_given(kurta: Till) -> None:
    """The cashier reads it to the customer while typing."""
    asks(kurta, "20")

    seen = outcome(kurta.state, bargain(kurta))
    assert seen is not None
    assert (FULL, 39_960, FULL) == (seen.before, seen.after, total(kurta.state))


def test_once_money_was_taken_the_price_is_agreed(kurta: Till) -> None:
    """Neither a new discount nor the end of an old one."""
    gives(kurta, "10").says("CheckoutOpened").says("AmountTyped", value="100").says("PaymentTaken")
    kurta.says("CheckoutLeft").says("BargainAsked", line=0)

    assert (None, TENTH_OFF) == (kurta.state.bargain, total(kurta.state))
    assert "the price stays as agreed" in kurta.state.browse.notice


def test_a_dialog_left_open_does_not_change_an_agreed_price(kurta: Till) -> None:
    """It was opened before the money was taken, on a page that hung."""
    asks(kurta, "10")
    open_ = kurta.state.bargain
    kurta.says("CheckoutOpened").says("AmountTyped", value="100").says("PaymentTaken")
    kurta.register.loop.state = replace(kurta.state, bargain=open_)
    kurta.says("BargainMade").says("BargainRemoved")

    assert FULL == total(kurta.state)


def test_it_survives_a_crash(kurta: Till) -> None:
    """It lies in the draft with its line and its order."""
    gives(kurta, "10")
    gives(kurta, "5", line=-1).starts_again().signs_in().says("DraftResumed")

    assert TENTH_OFF - 2_248 == total(kurta.state)


def test_it_survives_parking(kurta: Till) -> None:
    """The customer comes back for what was promised."""
    gives(kurta, "10").says("ParkAsked").says("SaleParked", name="Meera")
    [parked] = kurta.state.parking.parked
    kurta.says("ParkedResumed", draft_id=parked.id)

    assert TENTH_OFF == total(kurta.state)


def test_the_next_sale_begins_without_it(kurta: Till) -> None:
    """What was promised to one customer is not the next one's."""
    gives(kurta, "5", line=-1).pays("card").says("SaleLeft").picks()

    assert FULL == total(kurta.state)


def test_the_amount_field_follows(kurta: Till) -> None:
    """What is due stands in it when checkout opens again."""
    kurta.says("CheckoutOpened").says("TenderChosen", tender_id="card").says("CheckoutLeft")
    gives(kurta, "10").says("CheckoutOpened")

    assert "449.55" == getattr(kurta.state.checkout, "amount", "")


def test_a_line_that_left_the_cart_takes_its_dialog_along(kurta: Till) -> None:
    """A discount for a line that is gone must not fall on another one."""
    kurta.picks("rice")
    asks(kurta, "10").says("LineRemoved", line=0).says("BargainMade")

    assert "The line is no longer in the cart. Nothing was changed. Close this." == bargain(kurta).problem


def test_a_store_that_gives_nothing_says_so(kurta: Till) -> None:
    """Limits of zero: there is no dialog to fill in."""
    allowing(kurta, Leeways(associate=Leeway(), manager=Leeway())).says("BargainAsked", line=0)

    assert (None, True) == (kurta.state.bargain, "takes nothing off by hand" in kurta.state.browse.notice)
