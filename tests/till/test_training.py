"""Training: everything as in a sale, and nothing of it is one."""

from decimal import Decimal

import pytest

from app.sync.bodies import Sale, Training
from app.sync.entry import Kind
from app.till.flow.locking import BY_PEOPLE
from app.till.flow.training import MANAGER, NOT_IN_TRAINING, OPEN_SALE, REAL
from app.till.past import rows, to_sync
from app.till.selectors import pending
from app.till.shifts import all_shifts
from tests.till.till import Till


@pytest.fixture
def practising(till: Till) -> Till:
    """Ravi has turned training on."""
    return till.signs_in("ravi", "2222").says("TrainingSwitched")


def sell(till: Till) -> Till:
    return till.picks("kurta").pays("cash")


def left(till: Till) -> Decimal:
    """How many kurtas may still be sold, as the grid says."""
    till.says("SearchTyped", value="kurta")
    return till.state.browse.tiles[0].available["kurta-v"]


def test_practice_is_no_sale_and_has_a_number_of_its_own(practising: Till) -> None:
    """A gap in the invoices, or a training sale among them, is what an auditor asks about first."""
    (body,) = sell(practising).bodies()

    assert isinstance(body, Training)
    assert ("DS01T2627-00001", True) == (body.order.number, body.order.training)


def test_the_next_real_sale_takes_the_first_invoice_number(practising: Till) -> None:
    """Practice uses up none of the numbers that the law counts."""
    sell(practising).says("SaleLeft").says("TrainingSwitched")
    sell(practising)

    assert ["DS01T2627-00001", "DS01A2627-00001"] == [entry.header.number for entry in practising.entries()]


def test_stock_and_what_waits_stay_as_they_are(practising: Till) -> None:
    """Ten beginners in a morning must not empty the shelves, nor make anybody wait for a sync."""
    before = left(practising)
    sell(practising).says("SaleLeft")

    assert (before, 0) == (left(practising), pending(practising.state))


def test_practice_stands_in_the_list_and_waits_for_nothing(practising: Till) -> None:
    """A beginner wants to look at it again; the dialog of what is to be sent is about sales."""
    sell(practising)
    journal = practising.state.journal

    assert ([True], ()) == ([row.order.training for row in rows(journal)], to_sync(journal))


def test_practice_is_not_corrected(practising: Till) -> None:
    """A correction is an entry of the books."""
    sell(practising).says("SaleLeft").says("TrainingSwitched")
    (row,) = rows(practising.state.journal)
    practising.says("OrderOpened", order_id=row.order.id).says("CorrectionAsked", order_id=row.order.id)

    assert practising.state.looking_back.correcting is None


def test_no_shift_counts_practice(practising: Till) -> None:
    """The drawer holds nothing of it."""
    practising.says("TrainingSwitched").says("ScreenOpened", screen="shift").says("ShiftBegun", amount="100")
    practising.says("ScreenOpened", screen="sell").says("TrainingSwitched")
    sell(practising)

    (shift,) = all_shifts(practising.state)
    assert ((), 100_00) == (shift.orders, shift.expected)


def test_training_lasts_over_a_restart(practising: Till) -> None:
    """A browser that crashed must not turn practice into sales in silence."""
    practising.starts_again()

    assert practising.state.training


def test_practice_that_a_crash_left_open_is_not_offered(practising: Till) -> None:
    """A draft with play money must never be finished as a sale."""
    practising.picks("kurta").pays("card", amount="100", reference="1")
    practising.starts_again().signs_in()

    assert (None, {}) == (practising.state.found_draft, practising.device.disk.drafts)


def test_a_sale_that_a_crash_left_open_ends_training(selling: Till) -> None:
    """Money that was taken for a real sale must not end in practice."""
    selling.picks("kurta").pays("card", amount="100", reference="1")
    selling.starts_again()
    selling.device.disk.local["training"] = "on"
    selling.starts_again().signs_in()
    assert selling.state.training

    selling.says("DraftResumed").pays("cash")

    assert [Sale] == [type(body) for body in selling.bodies()]
    assert not selling.starts_again().state.training


def test_it_is_never_switched_in_the_middle_of_a_sale(practising: Till) -> None:
    """Half of a sale would be practice."""
    practising.picks("kurta").says("TrainingSwitched")

    assert (True, OPEN_SALE) == (practising.state.training, practising.state.trouble)


def test_an_associate_does_not_turn_it_on(selling: Till) -> None:
    """Goods could leave the shop on a paper that looks like one."""
    selling.says("TrainingSwitched")

    assert (False, MANAGER) == (selling.state.training, selling.state.trouble)


def test_an_associate_turns_it_off(practising: Till) -> None:
    """Whoever finds the register in training at opening time can sell."""
    practising.says("SignedOut").signs_in().says("TrainingSwitched")

    assert not practising.state.training


@pytest.mark.parametrize(
    ("event", "fields"),
    [
        ("ShiftBegun", {"amount": "100"}),
        ("CustomerSaved", {"name": "Meera", "phone": "9876543210"}),
        ("SaleParked", {"name": "Meera"}),
        ("LinkWanted", {}),
        ("CouponApplied", {"value": "TEN"}),
    ],
)
def test_what_would_be_real_is_not_done(practising: Till, event: str, fields: dict[str, str]) -> None:
    """Customers, cash, coupons and links belong to the store, whatever is practised."""
    practising.picks("kurta").says("CheckoutOpened")
    before = practising.entries()
    practising.says(event, **fields)

    assert (NOT_IN_TRAINING, before, []) == (practising.state.trouble, practising.entries(), practising.asked())


def test_printing_practice_again_leaves_no_trace(practising: Till) -> None:
    """A reprint is a fact about an invoice, and this is none."""
    sell(practising)
    order_id = practising.state.saved.id if practising.state.saved else ""
    practising.says("InvoicePrinted", order_id=order_id).says("InvoicePrinted", order_id=order_id)

    assert [Kind.TRAINING] == [entry.header.kind for entry in practising.entries()]


def test_practice_is_forgotten_even_where_the_switch_was_lost(practising: Till) -> None:
    """Drafts are written strictly, the switch is not: after a power cut the draft is what is believed."""
    practising.picks("kurta")
    practising.device.disk.local.pop("training")
    practising.starts_again().signs_in()

    assert (False, None) == (practising.state.training, practising.state.found_draft)


def test_all_that_is_not_heard_is_something_people_do() -> None:
    """The guard is for people; what the world answers has to come through."""
    assert REAL <= BY_PEOPLE
