"""Voiding: a whole sale is taken back on its day, by a manager, and its number stays used."""

from app.domain.returning import Standing, Voided
from app.sync import bodies
from app.till.returned import stands
from app.till.taking_back import ANOTHER_DAY, CAME_BACK, VOIDED
from tests.till.test_returning import begins, counts, gives, page, returns
from tests.till.test_returning import sold as sold
from tests.till.till import Till


def voids(till: Till, pin: str = "2222") -> Till:
    order = till.orders()[-1]
    till.says("OrderOpened", order_id=order.id).says("VoidAsked", order_id=order.id)
    return till.says("VoidGiven", reason="Wrong customer", staff_id="ravi", pin=pin)


def test_a_void_keeps_its_number(sold: Till) -> None:
    """The number stays used, the order says what became of it, and no second document is made."""
    voids(sold).says("ScreenOpened", screen="sell").picks().pays()
    void = sold.bodies()[1]

    assert isinstance(void, bodies.Void)
    assert isinstance(void.void, Voided)
    assert (None, 99_900, "Ravi") == (sold.entries()[1].header.number, void.void.refunded, void.void.approved_by)
    assert ["DS01A2627-00001", "DS01A2627-00002"] == [order.number for order in sold.orders()]
    assert Standing.VOID is stands(sold.state.journal, sold.orders()[0])


def test_a_void_needs_a_managers_pin(sold: Till) -> None:
    """Taking a sale back and keeping the cash is the oldest trick at a till."""
    voids(sold, pin="1111")

    assert 1 == len(sold.entries())


def test_what_was_voided_does_not_come_back_again(sold: Till) -> None:
    """The money is gone already."""
    voids(sold)
    gives(counts(begins(sold)))

    assert VOIDED == page(sold).problem


def test_what_came_back_in_part_is_not_voided(sold: Till) -> None:
    """The void would give the returned part a second time."""
    returns(sold)
    voids(sold)
    dialog = sold.state.backs.voiding

    assert (2, CAME_BACK) == (len(sold.entries()), dialog.problem if dialog else "")


def test_a_sale_of_yesterday_is_not_voided(sold: Till) -> None:
    """Its day was closed: only a credit note may change it."""
    sold.time_passes(24 * 3600)
    sold.says("StaffChosen", staff_id="asha").says("PinGiven", pin="1111")
    voids(sold)
    dialog = sold.state.backs.voiding

    assert (1, ANOTHER_DAY) == (len(sold.entries()), dialog.problem if dialog else "")
