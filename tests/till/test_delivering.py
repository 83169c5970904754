"""Delivery at the till: what has to be said first, what it costs, and what an outage leaves of it (S10)."""

from datetime import timedelta

import pytest

from app.domain.order import Fulfilment
from app.sync.questions import Denied
from app.till.flow.delivering import FELL_BACK
from app.till.selectors import total
from app.till.supply import place_of_supply
from tests.conftest import NOW
from tests.till.online import HOME, SLOTS, begins_a_delivery, delivers, given, quote_for, silence
from tests.till.till import Till


def problem(till: Till) -> str:
    assert till.state.checkout is not None
    return till.state.checkout.problem


def test_the_fee_is_asked_with_what_it_depends_on(selling: Till) -> None:
    """The OMS decides by place and by what the goods cost."""
    asked = begins_a_delivery(selling).says("FeeAsked").asked()[0]

    assert ("POST", "/delivery/quote") == (asked.method, asked.path)
    assert '{"pincode":"560001","state_code":"29","total":49950}' == asked.body


def test_the_fee_is_part_of_the_sale_with_its_tax(selling: Till) -> None:
    """The customer pays for the bringing, and the invoice says so in a line of its own."""
    delivers(selling).pays("upi", reference="1")
    (order,) = selling.orders()
    fee = order.lines[-1]

    assert (49_950 + 59_00, "Delivery", "9968", 1800, 59_00) == (
        order.totals.total, fee.name, fee.hsn, fee.rate, fee.total
    )  # fmt: skip


def test_the_order_says_where_and_when(selling: Till) -> None:
    """Somebody has to bring it."""
    delivers(selling).says("SlotChosen", value=SLOTS[1].starts.isoformat()).pays("upi", reference="1")
    delivery = selling.orders()[0].delivery

    assert delivery is not None
    assert ("560001", SLOTS[1], 59_00, "q1") == (
        delivery.address.pincode, delivery.slot, delivery.fee, delivery.quote_id
    )  # fmt: skip


def test_nothing_is_charged_where_it_is_free(selling: Till) -> None:
    """A line over nothing would only be in the way."""
    delivers(selling, fee=0).pays("upi", reference="1")

    assert 1 == len(selling.orders()[0].lines)


def test_goods_that_go_to_another_state_bear_its_tax(selling: Till) -> None:
    """IGST Act s.10(1)(a): where the movement ends."""
    begins_a_delivery(selling).says("AddressTyped", part="state_code", value="33").says("FeeAsked")
    selling.is_answered(given(quote_for(selling)))
    selling.pays("upi", reference="1")
    (order,) = selling.orders()

    assert ("33", True, 0) == (order.place_of_supply, order.inter_state, order.totals.cgst)
    assert order.totals.igst > 0


def test_back_to_pickup_the_store_s_own_tax_holds(selling: Till) -> None:
    """An address that was typed and not used must not decide the tax."""
    begins_a_delivery(selling).says("AddressTyped", part="state_code", value="33")
    selling.says("FulfilmentChosen", value="self_pickup")

    assert "29" == place_of_supply(selling.state)


def test_another_pin_code_is_another_fee(selling: Till) -> None:
    """The old fee would be charged for another way."""
    delivers(selling).says("AddressTyped", part="pincode", value="560002")

    assert 49_950 == total(selling.state)


LACKING = {
    "no address": ({"line": ""}, "Type the address"),
    "no PIN code": ({"pincode": "5600"}, "six digits"),
    "no phone": ({"phone": "12"}, "ten digits"),
}


@pytest.mark.parametrize(("typed", "why"), LACKING.values(), ids=LACKING)
def test_a_fee_is_not_asked_for_half_an_address(selling: Till, typed: dict[str, str], why: str) -> None:
    """What is missing is said in words, before anybody waits."""
    begins_a_delivery(selling)
    for part, value in typed.items():
        selling.says("AddressTyped", part=part, value=value)
    selling.says("FeeAsked")

    assert [] == selling.asked()
    assert why in problem(selling)


def test_no_sale_is_delivered_without_fee_and_time(selling: Till) -> None:
    """Else somebody has paid for a delivery that nobody planned."""
    begins_a_delivery(selling).pays("upi", reference="1")

    assert ([], "Get the delivery fee first, then choose a time.") == (selling.orders(), problem(selling))


def test_no_sale_is_delivered_to_nobody(selling: Till) -> None:
    """The driver asks for a name."""
    selling.picks().says("CheckoutOpened").says("FulfilmentChosen", value="delivery")
    for part, value in HOME.items():
        selling.says("AddressTyped", part=part, value=value)
    selling.pays("upi", reference="1")

    assert "Say who gets the delivery: add the customer’s name." == problem(selling)


def test_a_cart_that_changed_is_quoted_again(selling: Till) -> None:
    """The fee may depend on what the goods cost."""
    delivers(selling).says("CheckoutLeft").picks("shirt", "shirt-m").pays("upi", reference="1")

    assert "The cart has changed since" in problem(selling)


def test_a_quote_runs_out(selling: Till) -> None:
    """The times may be taken by now."""
    delivers(selling, valid_until=NOW + timedelta(seconds=30)).time_passes(60)
    selling.pays("upi", reference="1")

    assert "has run out" in problem(selling)


@pytest.mark.parametrize(
    ("reply", "why"),
    [(Denied(status=409, why="Outside of our area."), "Outside of our area."), (silence(), "could not be asked")],
)
def test_a_no_is_said_in_words(selling: Till, reply: Denied, why: str) -> None:
    """And the sale goes on as it was."""
    begins_a_delivery(selling).says("FeeAsked").is_answered(reply)

    assert why in problem(selling)


def test_an_answer_for_another_address_is_too_late(selling: Till) -> None:
    """The cashier typed on while it was asked."""
    begins_a_delivery(selling).says("FeeAsked")
    reply = given(quote_for(selling))
    selling.says("AddressTyped", part="pincode", value="560002").is_answered(reply)

    assert 49_950 == total(selling.state)


def test_offline_delivery_cannot_be_chosen(selling: Till) -> None:
    """S10: only Self Pickup."""
    selling.goes_offline()
    selling.picks().says("CheckoutOpened").says("FulfilmentChosen", value="delivery")

    assert selling.state.checkout
    assert Fulfilment.SELF_PICKUP is selling.state.checkout.fulfilment


def test_a_sale_that_loses_the_internet_is_a_pickup_and_says_so(selling: Till) -> None:
    """What cannot be any more is dropped, with its fee; the cart stays."""
    delivers(selling).goes_offline()
    checkout = selling.state.checkout

    assert checkout is not None
    assert (Fulfilment.SELF_PICKUP, 49_950, "500.00", FELL_BACK) == (
        checkout.fulfilment, total(selling.state), checkout.amount, selling.state.trouble
    )  # fmt: skip


def test_the_address_is_still_there_when_the_internet_is_back(selling: Till) -> None:
    """Nobody types it twice."""
    delivers(selling).goes_offline()
    selling.comes_back()
    selling.says("FulfilmentChosen", value="delivery").says("FeeAsked")

    assert "560001" in selling.asked()[0].body


def test_a_delivery_that_was_paid_for_stays(selling: Till) -> None:
    """The customer has paid for it, and the OMS knows the quote: only the rest is taken offline."""
    delivers(selling).says("AmountTyped", value="100").says("PaymentTaken").goes_offline()
    selling.pays("cash")
    (order,) = selling.orders()

    assert (True, Fulfilment.DELIVERY) == (order.offline, order.fulfilment)
    assert order.delivery


def test_a_delivery_survives_a_crash(selling: Till) -> None:
    """Address, fee and time are in the draft."""
    delivers(selling).starts_again().signs_in().says("DraftResumed").says("CheckoutOpened")
    selling.pays("upi", reference="1")

    assert [59_00] == [order.delivery.fee for order in selling.orders() if order.delivery]


def test_a_register_that_just_started_does_not_drop_a_delivery(selling: Till) -> None:
    """It does not know yet whether the OMS is there; dropping would be hasty, selling it too."""
    delivers(selling)
    selling.online_at_start = False
    selling.starts_again().signs_in().says("DraftResumed").says("CheckoutOpened").pays("upi", reference="1")

    assert ([], True) == (selling.orders(), "is being checked" in problem(selling))
