"""A sale that the storage wrote and did not say so: what happens when it is found, and what was done meanwhile."""

from app.till.recorder import READ_AGAIN
from app.till.shifts import all_shifts
from app.till.state import Screen
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
