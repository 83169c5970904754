"""House accounts at the till: a customer who has one, what its limit leaves, and a manager above it."""

import pytest

from app.till.balances import balance_told
from app.till.state import Screen
from tests.till.test_tenders import ACCOUNT, NBSP, account, amount, problem, with_tenders
from tests.till.till import Till


def for_meera(till: Till) -> Till:
    """Go to checkout, and say that Meera buys."""
    return till.picks().says("CheckoutOpened").says("CustomerAsked").says("CustomerOpened", customer_id="c1")


@pytest.fixture
def shop(selling: Till) -> Till:
    return with_tenders(selling, ACCOUNT)


def test_a_house_account_needs_a_customer_who_has_one(shop: Till) -> None:
    """What nobody owes nobody pays."""
    shop.picks().pays("account")
    nobody = problem(shop)
    shop.says("CustomerAsked").says("CustomerOpened", customer_id="c1").pays("account")

    assert nobody.startswith("A house account belongs to a customer. Choose the customer first.")
    assert problem(shop).startswith("Meera Iyer has no house account here.")
    assert [] == shop.orders()


def test_a_house_account_takes_what_its_limit_leaves(shop: Till) -> None:
    """What was put on it here since the last sync counts, too."""
    account(shop, 100_000, owed=20_000)
    for_meera(shop).pays("account").says("SaleLeft")
    for_meera(shop).says("TenderChosen", tender_id="account")

    assert "c1" == shop.orders()[0].payments[0].account
    assert f"₹{NBSP}300.50 is left on the house account, of a limit of ₹{NBSP}1,000.00." == balance_told(shop.state)
    assert "300.50" == amount(shop)


def test_above_the_limit_a_manager_is_asked(shop: Till) -> None:
    """The sentence says how much is left, and nothing is taken before the PIN was right."""
    account(shop, 20_000)
    for_meera(shop).pays("account", "499.50")
    approval = shop.state.checkout.approval if shop.state.checkout else None
    assert approval is not None
    shop.says("LimitAllowed", staff_id="ravi", pin="1111")
    wrong = shop.orders()
    shop.says("LimitAllowed", staff_id="ravi", pin="2222")

    left = f"₹{NBSP}200.00 is left of its limit of ₹{NBSP}200.00"
    assert f"This is above the limit of the house account: {left}. A manager can let it pass." == approval.why
    assert [] == wrong
    assert ["Ravi"] == [payment.approved_by for payment in shop.orders()[0].payments]


def test_an_associate_lets_nothing_pass(shop: Till) -> None:
    """Not even with their own PIN."""
    account(shop, 20_000)
    for_meera(shop).pays("account", "499.50").says("LimitAllowed", staff_id="asha", pin="1111")

    assert (Screen.CHECKOUT, []) == (shop.state.screen, shop.orders())


def test_a_part_above_the_limit_is_added_once_a_manager_agrees(shop: Till) -> None:
    """ "Add payment" stays "Add payment": the rest is asked for."""
    account(shop, 20_000)
    for_meera(shop).says("TenderChosen", tender_id="account").says("AmountTyped", value="300").says("PaymentTaken")
    shop.says("LimitAllowed", staff_id="ravi", pin="2222")

    checkout = shop.state.checkout
    assert checkout is not None
    assert ([(30_000, "Ravi")], None) == (
        [(each.amount, each.approved_by) for each in checkout.payments],
        checkout.approval,
    )
