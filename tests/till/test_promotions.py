"""Promotions at the till: online they are taken off, offline they are not, and a price that was paid on stays."""

from decimal import Decimal

from app.domain.promotion import PercentOff, Promotion
from app.sync.protocol import PromotionChange
from app.till.selectors import offers_sentence, total
from tests.conftest import promotion
from tests.till.till import Till

TENTH = promotion(offer=PercentOff(rate=1_000), products=("kurta",))
FULL, OFF = 49_950, 44_955


def promote(till: Till, *promotions: Promotion, revision: int = 50) -> Till:
    """Let the back office make promotions, and the till hear of them."""
    till.gets([PromotionChange(id=each.id, revision=revision, value=each) for each in promotions])
    till.hears("changes")
    return till


def amount(till: Till) -> str:
    return till.state.checkout.amount if till.state.checkout else ""


def test_online_a_promotion_is_taken_off(selling: Till) -> None:
    """What the poster says is what the till asks for, and the order says why."""
    promote(selling, TENTH).picks().pays("card")

    order = selling.orders()[0]
    assert (OFF, FULL - OFF) == (order.totals.total, order.lines[0].discount)
    assert [("sale", FULL - OFF)] == [(each.id, each.amount) for each in order.promotions]


def test_a_promotion_that_the_back_office_ended_is_gone(selling: Till) -> None:
    """The last word of the back office is what holds."""
    promote(selling, TENTH).picks()
    promote(selling, TENTH.model_copy(update={"active": False}), revision=51)

    assert FULL == total(selling.state)


def test_offline_nothing_is_taken_off_and_the_screen_says_so(selling: Till) -> None:
    """S16: promotions are disabled offline; a total that changed without a word would be a quarrel at the till."""
    promote(selling, TENTH).picks()

    selling.goes_offline()

    assert FULL == total(selling.state)
    assert (
        "Promotions are not applied offline: the total is now \u20b9\u00a0499.50 instead of \u20b9\u00a0449.55."
    ) == offers_sentence(selling.state)


def test_back_online_promotions_come_back_by_themselves(selling: Till) -> None:
    """Nobody has to think of it."""
    promote(selling, TENTH).picks().goes_offline()

    selling.comes_back()

    assert (OFF, "") == (total(selling.state), offers_sentence(selling.state))


def test_where_no_promotion_would_apply_nothing_is_said(selling: Till) -> None:
    """A sentence about money that does not change is noise."""
    promote(selling, TENTH.model_copy(update={"products": ("rice",)})).picks().goes_offline()

    assert "" == offers_sentence(selling.state)


def test_the_amount_follows_the_price_when_the_network_goes(selling: Till) -> None:
    """The field holds what is due; an old amount there would be taken as part of it."""
    promote(selling, TENTH).picks().says("CheckoutOpened").says("TenderChosen", tender_id="card")
    before = amount(selling)

    selling.goes_offline()

    assert ("449.55", "499.50") == (before, amount(selling))


def test_an_amount_that_was_typed_is_left_alone(selling: Till) -> None:
    """The cashier has \u20b9 2,000 in her hand, whatever is due."""
    promote(selling, TENTH).picks().says("CheckoutOpened").says("AmountTyped", value="2000")

    selling.goes_offline()

    assert "2000" == amount(selling)


def test_money_taken_keeps_the_price_that_was_agreed(selling: Till) -> None:
    """Half is paid by card when the network goes: the other half is what it was."""
    promote(selling, TENTH).picks().says("CheckoutOpened").says("TenderChosen", tender_id="card")
    selling.says("AmountTyped", value="100").says("PaymentTaken")

    selling.goes_offline()
    agreed = offers_sentence(selling.state)
    selling.pays("card")

    assert "Money was taken for this sale, so its price stays as agreed." == agreed
    assert (True, OFF) == (selling.orders()[0].offline, selling.orders()[0].totals.total)


def test_the_agreed_price_survives_a_crash(selling: Till) -> None:
    """The tab dies in the middle of a split payment and comes back without the network."""
    promote(selling, TENTH).picks().says("CheckoutOpened").says("TenderChosen", tender_id="card")
    selling.says("AmountTyped", value="100").says("PaymentTaken")

    selling.online_at_start = False
    selling.starts_again().signs_in().says("DraftResumed")

    assert OFF == total(selling.state)


def test_money_given_back_frees_the_price_again(selling: Till) -> None:
    """Nothing is agreed while nothing is paid."""
    promote(selling, TENTH).picks().says("CheckoutOpened").says("TenderChosen", tender_id="card")
    selling.says("AmountTyped", value="100").says("PaymentTaken")
    selling.goes_offline()

    checkout = selling.state.checkout
    assert checkout is not None
    selling.says("PaymentReturned", payment_id=checkout.payments[0].id)

    assert FULL == total(selling.state)


def test_a_promotion_that_starts_after_the_first_payment_waits(selling: Till) -> None:
    """Money was taken for another price: the sale goes on at that one."""
    selling.picks().says("CheckoutOpened").says("TenderChosen", tender_id="card")
    selling.says("AmountTyped", value="100").says("PaymentTaken")

    promote(selling, TENTH)

    assert FULL == total(selling.state)


def test_a_product_added_after_a_payment_has_the_promotions_too(selling: Till) -> None:
    """What is agreed is which promotions hold, not which goods: one more kurta costs what the first one did."""
    promote(selling, TENTH).picks().says("CheckoutOpened").says("TenderChosen", tender_id="card")
    selling.says("AmountTyped", value="100").says("PaymentTaken").says("CheckoutLeft").goes_offline()

    selling.says("QuantityTyped", line=0, value="2")

    assert (2 * OFF, Decimal(2)) == (total(selling.state), selling.state.cart.lines[0].quantity)
