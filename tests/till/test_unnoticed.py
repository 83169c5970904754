"""A sale that the storage wrote and did not say so: what happens when it is found, and what was done meanwhile."""

from decimal import Decimal

import pytest

from app.domain.payment import LinkState
from app.till.recorder import READ_AGAIN
from app.till.shifts import all_shifts
from app.till.state import Screen
from tests.till.online import asks_for_a_link, hears_of
from tests.till.test_returning import UNKNOWN, counts, gives
from tests.till.till import Till


def test_money_taken_after_an_unnoticed_write_is_not_forgotten(selling: Till) -> None:
    """The sale was written, nobody knew, and it went on with other money: that stays, under an order of its own."""
    selling.picks().says("CheckoutOpened").says("TenderChosen", tender_id="card")
    selling.device.disk.faults, selling.device.disk.unreadable = ["breaks after"], 1
    selling.says("SaleCompleted").says("AmountTyped", value="100").says("PaymentTaken")

    selling.says("SaleCompleted")

    checkout = selling.state.checkout
    assert checkout is not None
    assert ([10_000], True) == (
        [each.amount for each in checkout.payments],
        checkout.order_id != selling.orders()[0].id,
    )
    assert "DS01A2627-00001 had been saved after all" in checkout.problem


def test_the_journal_stays_in_its_order(selling: Till) -> None:
    """A sale that was written unnoticed is told late, after a younger entry."""
    selling.picks().says("CheckoutOpened")
    selling.device.disk.faults, selling.device.disk.unreadable = ["breaks after"], 1
    selling.says("SaleCompleted").says("OfflineSwitched").says("SaleCompleted")

    kept = [kept.header.seq for kept in selling.state.journal.kept]
    assert [1, 2] == kept


def test_a_shift_that_was_counted_without_knowing_everything_is_counted_again(selling: Till) -> None:
    """Cash was noted and nobody knew: a Z report that leaves it out would accuse the cashier."""
    selling.says("ScreenOpened", screen="shift").says("ShiftBegun", amount="1000")
    selling.device.disk.faults, selling.device.disk.unreadable = ["breaks after"], 1
    selling.says("CashTouched", direction="in", amount="200", reason="Change")

    selling.says("CountBegun").says("CountConfirmed")
    first, problem = all_shifts(selling.state)[-1], selling.state.shift.problem
    selling.says("CountBegun").says("CountConfirmed")

    assert (None, READ_AGAIN) == (first.closed, problem)
    closed = all_shifts(selling.state)[-1].closed
    assert closed is not None
    assert 1_200_00 == closed.expected


def test_a_sale_that_is_found_later_is_said(selling: Till) -> None:
    """The customer left when it could not be saved: an order that nobody knows of would be turnover without money."""
    selling.picks().says("CheckoutOpened")
    selling.device.disk.faults, selling.device.disk.unreadable = ["breaks after"], 1
    selling.says("SaleCompleted").says("CheckoutLeft").says("CartEmptied")
    selling.picks("shirt", "shirt-m").pays()

    assert "DS01A2627-00001 had been saved after all; it is in Orders." in selling.state.trouble
    assert ["DS01A2627-00001", "DS01A2627-00002"] == [order.number for order in selling.orders()]


def test_a_sale_that_is_tried_again_is_saved_and_nothing_else_is_said(selling: Till) -> None:
    """The second press finds it: that is the sale just made, and no reason to void anything."""
    selling.picks().says("CheckoutOpened")
    selling.device.disk.faults, selling.device.disk.unreadable = ["breaks after"], 1
    selling.says("SaleCompleted").says("SaleCompleted")

    assert (1, "", Screen.SAVED) == (len(selling.orders()), selling.state.trouble, selling.state.screen)


def is_written_unnoticed(till: Till) -> Till:
    """One kurta is paid in cash: the storage writes it, and neither says so nor can be read."""
    till.picks().says("CheckoutOpened")
    till.device.disk.faults, till.device.disk.unreadable = ["breaks after"], 1
    return till.says("SaleCompleted")


def is_open_again(till: Till) -> bool:
    """The first sale stands as it was written, and what is in the cart is another one that is not saved."""
    (order,), checkout = till.orders(), till.state.checkout
    assert checkout is not None
    told = f"Sale {order.number} had been saved after all" in checkout.problem
    return told and checkout.order_id != order.id and till.state.screen is Screen.CHECKOUT and not checkout.saving


def test_a_sale_that_was_changed_before_it_was_tried_again_is_not_called_saved(selling: Till) -> None:
    """The second kurta and its money would be in no entry, behind a screen that says "saved"."""
    is_written_unnoticed(selling).says("CheckoutLeft").picks().says("CheckoutOpened").says("SaleCompleted")

    assert (True, {"kurta-v": Decimal(2)}) == (is_open_again(selling), selling.quantities())
    assert selling.state.checkout
    assert "What was changed since then is in no sale." in selling.state.checkout.problem
    selling.says("CheckoutLeft").says("QuantityTyped", line=0, value="1").pays()
    assert [50_000, 50_000] == [order.totals.total for order in selling.orders()]


def test_a_sale_from_which_something_was_taken_out_is_not_called_saved(selling: Till) -> None:
    """The written sale has the shirt that the customer did not take: a person puts that right in Orders."""
    is_written_unnoticed(selling.picks("shirt", "shirt-m"))
    selling.says("CheckoutLeft").says("LineRemoved", line=0).says("CheckoutOpened").says("SaleCompleted")

    assert is_open_again(selling)


@pytest.mark.parametrize(
    "other", [("TenderChosen", {"tender_id": "card"}), ("AmountTyped", {"value": "2000"})], ids=["tender", "change"]
)
def test_a_sale_that_was_paid_otherwise_is_not_called_saved(
    selling: Till, other: tuple[str, dict[str, object]]
) -> None:
    """The receipt would name the first way to pay, and the change of the first note."""
    is_written_unnoticed(selling).says(other[0], **other[1]).says("SaleCompleted")

    assert is_open_again(selling)


def test_an_exchange_that_was_begun_since_then_goes_on(selling: Till) -> None:
    """The written sale does not count it: what she brought back is still hers."""
    selling.picks().pays().says("SaleLeft")
    order_id = selling.orders()[0].id
    is_written_unnoticed(selling).says("CheckoutLeft")
    selling.says("ScreenOpened", screen="orders").says("OrderOpened", order_id=order_id)
    selling.says("ReturnAsked", order_id=order_id, exchange=True).is_answered(UNKNOWN)
    gives(counts(selling)).says("CheckoutOpened").says("SaleCompleted")

    assert 2 == len(selling.orders())
    assert selling.state.exchange is not None


def test_money_of_the_written_sale_does_not_pay_the_open_one(selling: Till) -> None:
    """The link is in the first sale: taken again with the next tick, it would pay for the second kurta, too."""
    hears_of(selling, asks_for_a_link(selling), LinkState.PAID)
    selling.device.disk.faults, selling.device.disk.unreadable = ["breaks after"], 1
    selling.says("SaleCompleted").says("CheckoutLeft").picks().says("CheckoutOpened").pays("cash")
    assert is_open_again(selling)
    selling.time_passes(3)

    assert selling.state.checkout
    assert ((), None) == (selling.state.checkout.payments, selling.state.checkout.agreed)
