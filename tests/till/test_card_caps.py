"""How much is stored on cards while nobody can be asked (P4): in a sale, at a register, for hours, by a manager."""

import pytest

from app.till.risk import risk
from app.till.slices.cards import Stage
from tests.till.cards import card, checkout, sells_offline, stage, with_terminal
from tests.till.online import silence
from tests.till.till import Till


def test_above_the_cap_of_a_sale_a_manager_lets_it_pass(till: Till) -> None:
    """And the payment names who did."""
    with_terminal(till, sale_cap=400_00).goes_offline()
    till.picks().pays("terminal")
    assert (Stage.MANAGER, []) == (stage(till), till.device.terminal.numbers)
    till.says("CardApproved", staff_id="ravi", pin="2222")
    ((payment,),) = [order.payments for order in till.orders()]

    assert payment.stored
    assert "Ravi" == payment.stored.approved_by


@pytest.mark.parametrize(("staff_id", "pin"), [("ravi", "1111"), ("asha", "1111")])
def test_nobody_else_lets_it_pass(till: Till, staff_id: str, pin: str) -> None:
    """A wrong PIN, or an associate's."""
    with_terminal(till, sale_cap=400_00).goes_offline()
    till.picks().pays("terminal").says("CardApproved", staff_id=staff_id, pin=pin)

    assert (Stage.MANAGER, []) == (stage(till), till.orders())


def test_the_managers_dialog_can_be_left(till: Till) -> None:
    """Nothing was read, so nothing is owed."""
    with_terminal(till, sale_cap=400_00).goes_offline()
    till.picks().pays("terminal").says("DialogClosed").pays("cash")

    assert [["cash"]] == [[payment.tender_id for payment in order.payments] for order in till.orders()]


def test_two_cards_of_one_sale_count_together(till: Till) -> None:
    """A large sum cut into small ones is the same risk."""
    with_terminal(till, sale_cap=300_00).goes_offline()
    till.picks().pays("terminal", amount="200").pays("terminal", amount="200")

    assert (Stage.MANAGER, 1) == (stage(till), len(till.device.terminal.numbers))


def test_above_the_hard_cap_nobody_lets_it_pass(till: Till) -> None:
    """The store has said how much it can lose on one card."""
    with_terminal(till, sale_cap=100_00, hard_cap=400_00).goes_offline()
    till.picks().pays("terminal")

    assert (None, True) == (card(till), "At most" in checkout(till).problem)


def test_the_register_stores_no_more_than_its_cap(till: Till) -> None:
    """Money at risk is limited, however long the outage is."""
    with_terminal(till, register_cap=900_00).goes_offline()
    sells_offline(till)
    till.picks().pays("terminal")

    assert (1, True) == (len(till.orders()), "already waits for the card processor" in checkout(till).problem)


def test_what_is_taken_in_the_open_sale_counts(till: Till) -> None:
    """It is at risk before the sale is saved."""
    with_terminal(till).goes_offline()
    till.picks().pays("terminal", amount="100")

    assert 100_00 == risk(till.state).amount


def test_after_the_hours_nothing_more_is_stored(till: Till) -> None:
    """What waits may run out at the processor: the next thing to do is to get online."""
    with_terminal(till, hours=2).goes_offline()
    sells_offline(till)
    till.time_passes(2 * 3600)
    till.picks().pays("terminal")

    assert (1, True) == (len(till.orders()), "for 2 hours" in checkout(till).problem)


@pytest.mark.parametrize(
    ("seconds", "cap", "near"), [(0, 5_000_00, False), (6 * 3600, 5_000_00, True), (0, 600_00, True)]
)
def test_close_to_a_cap_the_header_warns(till: Till, seconds: int, cap: int, near: bool) -> None:
    """Before the till has to say no to a customer."""
    with_terminal(till, register_cap=cap, hours=7).goes_offline()
    sells_offline(till)
    till.time_passes(seconds)

    assert near == risk(till.state).near


def test_the_caps_hold_for_an_asked_card_that_is_stored_instead(till: Till) -> None:
    """It is the same risk; and it still wants an answer."""
    with_terminal(till, hard_cap=100_00, sale_cap=50_00)
    till.picks().pays("terminal")
    till.is_answered(silence())
    till.says("CardStored")

    assert (Stage.UNKNOWN, []) == (stage(till), till.orders())
    assert "At most" in checkout(till).problem
