"""A price that a sync changed in mid-sale: the customer pays what she saw, until somebody decides."""

import pytest

from app.domain.product import Product
from app.sync.protocol import ProductChange
from app.till.selectors import news_sentence, price_news, total
from tests.conftest import product, variant
from tests.till.till import KURTA, SHIRT, Till

OLD, NEW = 49_950, 54_900
KEY = f"kurta-v@{OLD}"


def changes(till: Till, *products: Product, gone: str = "", revision: int = 70) -> Till:
    """Let the back office change products, or take one out, and the till hear of it."""
    till.gets([ProductChange(id=each.id, revision=revision, value=each) for each in products])
    if gone:
        till.gets([ProductChange(id=gone, revision=revision, gone=True)])
    till.hears("changes")
    return till


def kurta(price: int | None) -> Product:
    return product("kurta", variant("kurta-v", price=price))


def test_the_cart_keeps_the_price_that_the_customer_saw(selling: Till) -> None:
    """She has it in her head; nobody changed their mind yet."""
    changes(selling.picks(), kurta(NEW))

    assert (OLD, {KEY: NEW}) == (total(selling.state), price_news(selling.state))


def test_nothing_is_said_of_lines_whose_price_is_the_same(selling: Till) -> None:
    """A sync happens every minute."""
    changes(selling.picks(), SHIRT, KURTA)

    assert {} == price_news(selling.state)


def test_the_new_price_can_be_used(selling: Till) -> None:
    """It became cheaper, and the cashier is kind."""
    changes(selling.picks(), kurta(NEW)).says("PriceUsed", line=0)

    assert (NEW, {}) == (total(selling.state), price_news(selling.state))


def test_the_old_price_can_be_kept(selling: Till) -> None:
    """Decided once, not asked at each sync again; and that is what is paid."""
    changes(selling.picks(), kurta(NEW)).says("PriceKept", line=0)
    changes(selling, SHIRT.model_copy(update={"brand": "Other"}), revision=71)
    still = price_news(selling.state)
    selling.pays("card")

    assert ({}, OLD) == (still, selling.orders()[0].totals.total)


def test_another_price_after_that_is_news_again(selling: Till) -> None:
    """The decision was about one price."""
    changes(selling.picks(), kurta(NEW)).says("PriceKept", line=0)
    changes(selling, kurta(44_900), revision=71)

    assert {KEY: 44_900} == price_news(selling.state)


@pytest.mark.parametrize("gone", [True, False])
def test_a_product_that_is_gone_is_shown_and_can_be_sold_or_removed(selling: Till, gone: bool) -> None:
    """The customer has it in her hands: the catalogue is not the last word."""
    selling.picks()
    changes(selling, gone="kurta") if gone else changes(selling, kurta(None))
    news = price_news(selling.state)

    assert ({KEY: None}, {}) == (news, price_news(selling.says("PriceKept", line=0).state))


def test_the_new_price_of_what_is_gone_cannot_be_used(selling: Till) -> None:
    """There is none."""
    changes(selling.picks(), gone="kurta").says("PriceUsed", line=0)

    assert OLD == total(selling.state)


def test_with_the_new_price_two_lines_become_one(selling: Till) -> None:
    """One more was scanned after the change: at the same price they are one line."""
    changes(selling.picks(), kurta(NEW)).picks().says("PriceUsed", line=0)

    assert [(NEW, 2)] == [(line.unit_price, int(line.quantity)) for line in selling.state.cart.lines]


def test_money_taken_has_decided(selling: Till) -> None:
    """The price was agreed with the first payment."""
    selling.picks().says("CheckoutOpened").says("TenderChosen", tender_id="card")
    selling.says("AmountTyped", value="100").says("PaymentTaken")
    changes(selling, kurta(NEW)).says("PriceUsed", line=0)

    assert ({}, OLD) == (price_news(selling.state), total(selling.state))


def test_checkout_says_that_there_is_something_to_decide(selling: Till) -> None:
    """The change may come while the customer looks for her purse."""
    changes(selling.picks().says("CheckoutOpened"), kurta(NEW))

    assert "The price of Cotton Kurta has changed." in news_sentence(selling.state)


def test_a_sale_that_is_resumed_is_compared_with_todays_prices(selling: Till) -> None:
    """The tab died in the evening; the prices changed in the night."""
    changes(selling.picks(), kurta(NEW)).starts_again().signs_in().says("DraftResumed")

    assert {KEY: NEW} == price_news(selling.state)


def test_old_news_are_no_news(selling: Till) -> None:
    """What was said about the last customer's cart means nothing for the next one."""
    changes(selling.picks(), kurta(NEW)).says("CartEmptied")
    changes(selling, kurta(OLD), revision=71).picks()

    assert {} == price_news(selling.state)


def test_a_dialog_that_was_open_does_not_hide_the_change(selling: Till) -> None:
    """The size was being chosen when the price changed: the line says so."""
    selling.says("ProductPicked", product_id="shirt")
    dearer = [one.model_copy(update={"price": 89_900}) for one in SHIRT.variants]
    changes(selling, SHIRT.model_copy(update={"variants": tuple(dearer)}))
    selling.says("VariantPicked", variant_id="shirt-m").says("ChoiceConfirmed")

    assert {"shirt-m@79900": 89_900} == price_news(selling.state)
