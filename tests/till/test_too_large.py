"""A sale that is too large to be sent in one piece: said before it is paid for good, and the cart stands as it was."""

import pytest

from app.till import making
from app.till.making import TOO_LARGE
from app.till.state import Screen
from tests.till.test_recording import numbers, problem
from tests.till.till import Till


def test_a_sale_that_no_server_would_take_is_not_written(selling: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paid and saved, it could never be sent: so it is said before, and the cart is divided."""
    selling.picks().says("CheckoutOpened")
    with monkeypatch.context() as small:
        small.setattr(making, "LARGEST", 1_000)
        selling.says("SaleCompleted")
    stood = (selling.state.screen, problem(selling), len(selling.entries()), selling.state.cart.count)

    selling.says("SaleCompleted")

    assert (Screen.CHECKOUT, TOO_LARGE, 0, 1) == stood
    assert ["DS01A2627-00001"] == numbers(selling)
