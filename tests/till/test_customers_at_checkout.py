"""Customers at checkout: found, written down, scanned; and the notes on the order."""

import pytest

from app.domain.settings import Settings
from app.sync.bodies import CustomerChanged
from app.sync.protocol import SettingsChange
from app.sync.questions import Denied, Given, NoAnswer, Request
from app.till.directory import customers, found
from app.till.state import Screen
from tests.conftest import customer, settings
from tests.till.till import Till, people_changes

OLD, OURS = "9876543210", "9800000000"


def written(till: Till) -> list[CustomerChanged]:
    return [body for body in till.bodies() if isinstance(body, CustomerChanged)]


def names(till: Till, text: str = "") -> list[str]:
    return [each.name for each in found(till.state, text)]


def buyer(till: Till) -> str:
    checkout = till.state.checkout
    return checkout.customer.id if checkout and checkout.customer else ""


def test_somebody_found_is_on_the_sale(buying: Till) -> None:
    """One tap, and nothing is written down that was known before."""
    buying.says("CustomersSearched", value="meera").says("CustomerOpened", customer_id="c1")

    assert ("c1", [], Screen.CHECKOUT) == (buyer(buying), written(buying), buying.state.screen)


def test_a_new_buyer_is_written_down_for_the_next_time(buying: Till) -> None:
    """S11: who is typed in at checkout is a customer of the store from then on."""
    buying.says("CustomerSaved", name="Kavya Rao", phone=OURS, gstin="29AAGCB7383J1Z4")

    assert (["Kavya Rao"], [buyer(buying)]) == (names(buying, "kavya"), [body.customer_id for body in written(buying)])


def test_another_name_is_another_customer(buying: Till) -> None:
    """Typing over who is on the sale must not rename that person for ever."""
    buying.says("CustomerOpened", customer_id="c1").says("CustomerAsked").says("CustomerSaved", name="Kavya Rao")

    assert (["Kavya Rao", "Meera Iyer"], True) == (names(buying), buyer(buying) != "c1")


def test_who_is_known_by_the_phone_alone_loses_nothing(buying: Till) -> None:
    """A form that leaves a field empty is no wish to empty it."""
    buying.office_says_of_meera(41, gstin="29AAGCB7383J1Z4", state_code="29")
    buying.says("CustomerSaved", name="Meera", phone=OLD)
    on_sale = buying.state.checkout.customer if buying.state.checkout else None

    assert ("Meera Iyer", "29AAGCB7383J1Z4", []) == (
        getattr(on_sale, "name", ""),
        getattr(on_sale, "gstin", ""),
        written(buying),
    )


def test_a_buyer_can_be_taken_off_the_sale(buying: Till) -> None:
    """The wrong one was tapped; the tax has to follow."""
    buying.says("CustomerSaved", name="Kavya Rao", state_code="27").says("CustomerAsked").says("CustomerRemoved").pays()
    order = buying.orders()[0]

    assert (None, False) == (order.customer, order.inter_state)


def test_customers_of_a_register_do_not_hide_those_of_the_store(buying: Till) -> None:
    """What was written down here stands among all others, in their order."""
    buying.says("CustomerSaved", name="Zoya Khan")

    assert ["Meera Iyer", "Zoya Khan"] == [each.name for each in customers(buying.state)]


# ---------------------------------------------------------------- the scanner


def test_a_card_scanned_in_the_dialog_asks_the_oms(buying: Till) -> None:
    """S16: codes are not in the snapshot; and nothing lands in the cart."""
    buying.says("CodeScanned", code="CARD-0001")

    assert ([Request(path="/customers/lookup", query={"code": "CARD-0001"})], 1) == (
        buying.asked(),
        len(buying.state.cart.lines),
    )


def test_the_customer_of_the_card_is_on_the_sale(buying: Till) -> None:
    """Without a tap: the scanner is a hand already."""
    buying.says("CodeScanned", code="CARD-0001")
    buying.is_answered(Given(body=customer("c1").model_dump_json()))

    assert ("c1", False) == (buyer(buying), buying.state.checkout and buying.state.checkout.customer_open)


@pytest.mark.parametrize(
    "answer", [Denied(status=404, why="Nobody has this card."), NoAnswer(why="The store’s server did not answer.")]
)
def test_a_card_that_leads_to_nobody_says_so(buying: Till, answer: Denied | NoAnswer) -> None:
    """The cashier goes on by hand, in the same dialog."""
    buying.says("CodeScanned", code="CARD-0009")
    buying.is_answered(answer)
    checkout = buying.state.checkout
    assert checkout is not None

    assert ("", True, True) == (buyer(buying), checkout.customer_open, checkout.problem.startswith(answer.why))


def test_an_answer_for_a_dialog_that_was_left_changes_nothing(buying: Till) -> None:
    """The cashier has gone on with somebody else."""
    buying.says("CodeScanned", code="CARD-0001").says("DialogClosed")
    buying.is_answered(Given(body=customer("c1").model_dump_json()))

    assert buyer(buying) == ""


def test_offline_a_card_is_not_asked_for_and_comes_back_by_itself(buying: Till) -> None:
    """S16: disabled offline with its reason; nobody has to turn it on again."""
    buying.goes_offline()
    buying.says("CodeScanned", code="CARD-0001")
    refused = (buying.state.checkout.problem if buying.state.checkout else "", buying.asked())
    buying.comes_back()
    buying.says("CodeScanned", code="CARD-0001")

    assert (True, [], 1) == (bool(refused[0]), refused[1], len(buying.asked()))


def test_a_card_scanned_at_the_list_opens_its_page(listing: Till) -> None:
    """Looking somebody up is a scan, too."""
    listing.says("CodeScanned", code="CARD-0001")
    listing.is_answered(Given(body=customer("c1").model_dump_json()))

    assert (Screen.CUSTOMER, "c1") == (listing.state.screen, listing.state.customers.opened)


def test_a_camera_that_was_closed_is_no_trouble(buying: Till) -> None:
    """Who cancels knows it; who may not use the camera has to be told."""
    buying.says("CameraRefused", why="AbortError")
    quiet = buying.state.checkout.problem if buying.state.checkout else "?"
    buying.says("CameraRefused", why="NotAllowedError")

    assert ("", True) == (quiet, "camera" in (buying.state.checkout.problem if buying.state.checkout else ""))


# ---------------------------------------------------------------- notes


def test_a_common_note_is_one_tap_and_one_tap_back(buying: Till) -> None:
    """S11: gift wrap, and what was typed beside it stays."""
    buying.says("DialogClosed").says("NotesTyped", value="Blue paper").says("NoteTapped", note="Gift wrap")
    noted = buying.state.checkout.notes if buying.state.checkout else ""
    buying.says("NoteTapped", note="Gift wrap")

    assert ("Blue paper; Gift wrap", "Blue paper") == (
        noted,
        buying.state.checkout.notes if buying.state.checkout else "",
    )


def test_the_common_notes_are_the_stores(selling: Till) -> None:
    """A florist notes other things than a grocer."""
    own: Settings = settings(common_notes=("Ribbon",))
    selling.gets([*people_changes(), SettingsChange(id="DS01", revision=90, value=own)])
    selling.hears("changes")

    assert selling.state.people.settings is not None
    assert ("Ribbon",) == selling.state.people.settings.common_notes
