"""Who has to be named on the invoice before money is taken for it."""

from decimal import Decimal

import pytest

from app.till.state import Screen
from tests.till.till import Till


def fills(till: Till, count: int) -> Till:
    """A cart of so many kurtas at 499.50; a manager lets it pass that there are fewer."""
    till.picks("kurta").says("QuantityTyped", line=0, value=str(count))
    till.says("OverrideGiven", staff_id="ravi", pin="2222")
    assert {"kurta-v": Decimal(count)} == till.quantities()
    return till.says("CheckoutOpened").says("TenderChosen", tender_id="cash")


def test_a_large_sale_asks_for_the_buyer_before_money_is_taken(selling: Till) -> None:
    """CGST Rule 46 (e): without name, address and State it is no invoice, and afterwards the buyer is gone."""
    fills(selling, 120).says("SaleCompleted")

    checkout = selling.state.checkout
    assert checkout is not None
    expected = "The invoice of this sale needs the buyer’s name, address and State. Fill it in, then complete the sale."
    assert (True, expected, []) == (checkout.customer_open, checkout.problem, selling.orders())


def test_a_large_sale_goes_through_when_the_buyer_is_named(selling: Till) -> None:
    """It is asked once, and what was given stands on the order."""
    fills(selling, 120)
    selling.says("CustomerSaved", name="Meera", address="4 Church Street", state_code="29").says("SaleCompleted")

    buyer = selling.orders()[0].customer
    assert ("Meera", "4 Church Street", "29") == (buyer and (buyer.name, buyer.address, buyer.state_code))


@pytest.mark.parametrize("event", ["SaleCompleted", "PaymentTaken"])
def test_part_of_a_large_sale_is_not_taken_either(selling: Till, event: str) -> None:
    """Money that was taken would have to be given back to somebody who does not want to be named."""
    fills(selling, 120).says("AmountTyped", value="100").says(event)

    checkout = selling.state.checkout
    assert ((), True) == (checkout and checkout.payments, checkout and checkout.customer_open)


def test_a_sale_below_the_limit_asks_nothing(selling: Till) -> None:
    """The limit is on the taxable value: 100 kurtas are 49,950 rupees with tax."""
    fills(selling, 100).says("SaleCompleted")

    assert Screen.SAVED is selling.state.screen
