"""A sale that the storage wrote and did not say so: the next start knows it, and what was taken since."""

from app.domain.money import format_money
from tests.till.till import Till


def test_money_taken_for_a_sale_that_was_saved_already_is_told(selling: Till) -> None:
    """The storage wrote the sale and did not say so: the coin that was taken then is the customer's."""
    selling.picks().says("CheckoutOpened").says("TenderChosen", tender_id="cash")
    selling.device.disk.faults, selling.device.disk.unreadable = ["breaks after"], 1
    selling.says("SaleCompleted")
    selling.says("TenderChosen", tender_id="cash").says("AmountTyped", value="1").says("PaymentTaken")
    selling.starts_again()

    [order] = selling.orders()
    assert f"{order.number} was saved before" in selling.state.trouble
    assert f"{format_money(100)} was taken after that, and is in no sale: give it back." in selling.state.trouble
