"""A sale with nothing to pay and a terminal tender chosen: no card is asked for, and the sale is made."""

from collections.abc import Callable

import pytest

from app.domain.promotion import PercentOff
from app.sync.protocol import PromotionChange
from app.till.state import Screen
from tests.conftest import promotion
from tests.till.cards import with_terminal
from tests.till.test_exchanging import exchanging as exchanging
from tests.till.till import Till


def picks_a_little(till: Till) -> Till:
    """Half a kilogram of rice, which costs less than a kurta."""
    return till.says("ProductPicked", product_id="rice").says("WeightTyped", value="0.5").says("ChoiceConfirmed")


@pytest.mark.parametrize("online", [True, False])
@pytest.mark.parametrize("picks", [Till.picks, picks_a_little])
def test_an_exchange_with_nothing_due_asks_no_terminal(
    exchanging: Till, picks: Callable[[Till], Till], online: bool
) -> None:
    """An even exchange, or one worth more: a card asked for 0.00 would leave the checkout shut for good."""
    with_terminal(exchanging)
    if not online:
        exchanging.goes_offline()
    picks(exchanging).pays("terminal")

    assert (Screen.SAVED, (), []) == (
        exchanging.state.screen,
        exchanging.orders()[-1].payments,
        exchanging.device.terminal.numbers,
    )


def test_what_is_free_asks_no_terminal(till: Till) -> None:
    """A promotion takes everything off: a card is not asked for 0.00."""
    free = promotion("free", offer=PercentOff(rate=10_000), products=("kurta",))
    till.gets([PromotionChange(id="free", revision=60, value=free)])
    with_terminal(till).picks().pays("terminal")

    assert ([()], []) == ([order.payments for order in till.orders()], till.device.terminal.numbers)
