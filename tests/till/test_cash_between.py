"""Cash between what is due and the coin that was asked for: no more is booked than the sale costs."""

from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import settings as runs
from hypothesis import strategies as st

from app.sync.protocol import SettingsChange
from app.till.selectors import cash_step, due, left
from app.till.state import Screen
from tests.conftest import settings
from tests.till.test_paying import checkout, payments
from tests.till.till import CASH, Till


def with_coins(till: Till, step: int, weight: str = "1.253") -> Till:
    """Let the store's smallest coin be another, and sell rice: 1.253 kg are 100.87."""
    till.gets([SettingsChange(id="DS01", revision=80, value=settings(cash_step=step))])
    till.hears("changes")
    till.says("ProductPicked", product_id="rice").says("WeightTyped", value=weight).says("ChoiceConfirmed")
    return till.says("CheckoutOpened").says("TenderChosen", tender_id="cash")


@pytest.mark.parametrize(
    ("step", "typed", "paid"),
    [
        (100, "100.87", ("cash", 10_087, 10_087)),
        (100, "100.90", ("cash", 10_087, 10_090)),
        (100, "101", ("cash", 10_100, 10_100)),
        (100, "102", ("cash", 10_100, 10_200)),
        (1_000, "105", ("cash", 10_000, 10_500)),
        (200, "100.99", ("cash", 10_000, 10_099)),
    ],
)
def test_what_is_between_is_change(selling: Till, step: int, typed: str, paid: tuple[str, int, int]) -> None:
    """Booked as too much, it kept the sale from being completed, and nobody knew why."""
    with_coins(selling, step).says("AmountTyped", value=typed).says("SaleCompleted")

    assert (Screen.SAVED, [paid]) == (selling.state.screen, payments(selling))
    (order,) = selling.orders()
    assert (paid[1], paid[1] - 10_087) == (order.totals.total, order.totals.rounding)


def test_a_large_coin_leaves_more_between(selling: Till) -> None:
    """103.04 are asked for as 105, and the customer hands 104."""
    with_coins(selling, 500, "1.28").says("AmountTyped", value="104").says("SaleCompleted")

    assert [("cash", 10_304, 10_400)] == payments(selling)


@pytest.mark.parametrize("event", ["PaymentTaken", "SaleCompleted"])
def test_the_last_part_of_a_split_gives_change_too(selling: Till, event: str) -> None:
    """50 by card, and 50.90 for the other 50.87."""
    with_coins(selling, 100).pays("card", "50").says("TenderChosen", tender_id="cash")
    selling.says("AmountTyped", value="50.90").says(event)
    if event == "PaymentTaken":
        assert 0 == left(selling.state)
        selling.says("SaleCompleted")

    assert [("card", 5_000, 5_000), ("cash", 5_087, 5_090)] == payments(selling)


@runs(max_examples=40)
@given(step=st.sampled_from([1, 50, 100, 200, 500, 1_000]), grams=st.integers(1, 3_000), cash=st.integers(0, 30_000))
def test_cash_never_leaves_less_than_nothing(step: int, grams: int, cash: int) -> None:
    """Whatever coin and sum: enough completes the sale, less leaves the rest, and only rounding is in between."""
    with closing(Till().signs_in()) as till:
        with_coins(till, step).says("CheckoutLeft").says("QuantityTyped", line=0, value=f"{grams / 1000}")
        till.says("CheckoutOpened")
        owed, asked = left(till.state), due(till.state, CASH)
        till.says("AmountTyped", value=f"{cash // 100}.{cash % 100:02d}").says("SaleCompleted")
        till.says("DialogClosed")

        assert cash_step(till.state) == step
        assert (Screen.SAVED if cash >= min(owed, asked) else Screen.CHECKOUT) == till.state.screen
        if till.state.screen is Screen.CHECKOUT:
            assert owed - sum(each.amount for each in checkout(till).payments) == left(till.state) > 0
            return
        (order,) = till.orders()
    assert order.paid == order.totals.total == (asked if cash >= asked else owed)
