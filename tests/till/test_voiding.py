"""Voiding: a whole sale is taken back on its day, by a manager, and its number stays used."""

import pytest

from app.domain.returning import Standing, Voided
from app.sync import bodies
from app.sync.questions import Denied, Given, NoAnswer
from app.sync.returns import KnownSale
from app.till.returned import stands
from app.till.taking_back import ANOTHER_DAY, CAME_BACK, VOIDED
from tests.given_back import credit_note, pick, voided
from tests.till.online import given, silence
from tests.till.test_returning import UNKNOWN, begins, counts, gives, notes, page, returns
from tests.till.test_returning import sold as sold
from tests.till.till import Till
from tests.till.ui.page import by_id, drawn


def begins_to_void(till: Till) -> Till:
    order = till.orders()[-1]
    return till.says("OrderOpened", order_id=order.id).says("VoidAsked", order_id=order.id)


def is_voided(till: Till, pin: str = "2222") -> Till:
    return till.says("VoidGiven", reason="Wrong customer", staff_id="ravi", pin=pin)


def voids(till: Till, pin: str = "2222", answer: Given | Denied | NoAnswer = UNKNOWN) -> Till:
    """Void the last sale; while the OMS is there it says first what has come back of it."""
    begins_to_void(till)
    if till.asked():
        till.is_answered(answer)
    return is_voided(till, pin)


def told(till: Till) -> str:
    dialog = till.state.backs.voiding
    return dialog.problem if dialog else ""


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


def test_what_came_back_at_another_register_is_not_voided(sold: Till) -> None:
    """The OMS knows of it: the void would give that money a second time."""
    order = sold.orders()[0]
    note = credit_note(order, pick(0, 1), id="of R2", number="DS01D2627-00001")
    voids(sold, answer=given(KnownSale(order=order, notes=(note,))))

    assert (1, CAME_BACK) == (len(sold.entries()), told(sold))
    assert CAME_BACK == by_id(drawn(sold.state), "void-why").text


def test_what_was_voided_elsewhere_is_not_voided_again(sold: Till) -> None:
    """A register that was recovered from this one may have done it: nothing is left to take back."""
    order = sold.orders()[0]
    voids(sold, answer=given(KnownSale(order=order, void=voided(order))))

    assert (1, VOIDED) == (len(sold.entries()), told(sold))


def test_until_the_oms_has_answered_nothing_is_voided(sold: Till) -> None:
    """It may say in a second that the money is gone; the dialog says what is waited for."""
    is_voided(begins_to_void(sold))
    page = drawn(sold.state)

    assert (1, True) == (len(sold.entries()), "disabled" in by_id(page, "void-go").attrs)
    assert "is asked what has come back" in by_id(page, "void-asking").text


@pytest.mark.parametrize("answer", [UNKNOWN, silence()])
def test_without_news_a_sale_is_voided_as_it_is_known_here(sold: Till, answer: Denied | NoAnswer) -> None:
    """The OMS has not heard of the sale yet, or is just going away."""
    voids(sold, answer=answer)

    assert 2 == len(sold.entries())


def test_offline_nobody_is_asked(sold: Till) -> None:
    """A slip is put right in an outage, too."""
    sold.goes_offline()
    begins_to_void(sold)
    asked = sold.asked()
    is_voided(sold)

    assert ([], 1) == (asked, len([body for body in sold.bodies() if isinstance(body, bodies.Void)]))


def test_the_answer_to_another_dialog_changes_nothing(sold: Till) -> None:
    """The dialog was closed and opened again: one question is waited for, and the old answer is dropped."""
    begins_to_void(sold).says("DialogClosed")
    begins_to_void(sold)
    sold.is_answered(silence())
    is_voided(sold)
    first = len(sold.entries())
    sold.is_answered(UNKNOWN)
    is_voided(sold)

    assert (1, 2) == (first, len(sold.entries()))


def test_a_dialog_that_was_closed_keeps_no_return_waiting(sold: Till) -> None:
    """The manager says: take one item back instead. Nobody waits for what the void had asked."""
    begins_to_void(sold).says("DialogClosed")
    sold.goes_offline()
    order_id = sold.orders()[0].id
    gives(counts(sold.says("ReturnAsked", order_id=order_id)))

    assert 1 == len(notes(sold))
