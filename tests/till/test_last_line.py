"""The last line leaves the cart: what was written on the sale goes with it, and money that was taken keeps it."""

from decimal import Decimal

import pytest

from app.till.flow.filling import MONEY_TAKEN, PAYING_BY_LINK
from tests.till.cards import checkout
from tests.till.online import asks_for_a_link
from tests.till.test_exchanging import exchanging as exchanging
from tests.till.till import Till

AWAY = [("LineRemoved", {"line": 0}), ("QuantityTyped", {"line": 0, "value": "0"})]


@pytest.mark.parametrize(("event", "fields"), AWAY)
def test_money_keeps_its_last_line(selling: Till, event: str, fields: dict[str, object]) -> None:
    """Shown nowhere, it would pay for the next customer."""
    selling.picks().says("CheckoutOpened").says("AmountTyped", value="100").says("PaymentTaken").says("CheckoutLeft")
    selling.says(event, **fields)

    assert ({"kurta-v": Decimal(1)}, MONEY_TAKEN) == (selling.quantities(), selling.state.browse.notice)
    assert [10_000] == [payment.amount for payment in checkout(selling).payments]


@pytest.mark.parametrize(("event", "fields"), AWAY)
def test_money_on_its_way_keeps_the_last_line(selling: Till, event: str, fields: dict[str, object]) -> None:
    """The draft is being written: in a moment it is taken."""
    selling.picks().says("CheckoutOpened").says("AmountTyped", value="100")
    selling.says_at_once(("PaymentTaken", {}), ("CheckoutLeft", {}), (event, fields))

    assert ({"kurta-v": Decimal(1)}, 1) == (selling.quantities(), len(checkout(selling).payments))


@pytest.mark.parametrize(("event", "fields"), AWAY)
def test_a_link_keeps_the_last_line(selling: Till, event: str, fields: dict[str, object]) -> None:
    """The customer may be paying at this moment; a bin that is touched by mistake asks nobody."""
    asks_for_a_link(selling)
    selling.says("CheckoutLeft").says(event, **fields)

    assert ({"kurta-v": Decimal(1)}, PAYING_BY_LINK) == (selling.quantities(), selling.state.browse.notice)


@pytest.mark.parametrize(("event", "fields"), AWAY)
def test_a_sale_without_lines_is_over(selling: Till, event: str, fields: dict[str, object]) -> None:
    """Buyer, notes and coupon of a customer who left must not stand on the next one's invoice."""
    selling.picks().says("CheckoutOpened").says("CustomerSaved", name="Meera").says("NotesTyped", value="Gift wrap")
    selling.says("CheckoutLeft").says(event, **fields)
    after, drafts = selling.state.checkout, dict(selling.device.disk.drafts)
    selling.picks().says("CheckoutOpened")

    assert (None, {}) == (after, drafts)
    assert (None, "") == (checkout(selling).customer, checkout(selling).notes)


def test_another_line_keeps_what_was_written(selling: Till) -> None:
    """The customer only leaves the shirt here."""
    selling.picks().picks("shirt", "shirt-m").says("CheckoutOpened").says("NotesTyped", value="Gift wrap")
    selling.says("CheckoutLeft").says("LineRemoved", line=0)

    assert "Gift wrap" == checkout(selling).notes


@pytest.mark.parametrize(("event", "fields"), AWAY)
def test_an_exchange_outlives_its_last_line(exchanging: Till, event: str, fields: dict[str, object]) -> None:
    """She takes another shirt: what she brought back still counts, and her name is typed once."""
    exchanging.picks("shirt", "shirt-m").says("CheckoutOpened").says("NotesTyped", value="Gift wrap")
    exchanging.says("CheckoutLeft").says(event, **fields)

    assert ({}, "Gift wrap") == (exchanging.quantities(), checkout(exchanging).notes)
    assert exchanging.state.exchange is not None


def test_money_in_an_exchange_keeps_its_last_line(exchanging: Till) -> None:
    """Only the credit would be shown."""
    exchanging.picks("shirt", "shirt-m").says("CheckoutOpened").says("AmountTyped", value="100").says("PaymentTaken")
    exchanging.says("CheckoutLeft").says("LineRemoved", line=0)

    assert {"shirt-m": Decimal(1)} == exchanging.quantities()
