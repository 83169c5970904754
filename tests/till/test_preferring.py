"""POS settings of a register: they hold at once and after a restart, and bad ones change nothing."""

import pytest

from app.domain.order import Fulfilment
from app.domain.preferences import MOST_QUICK, Layout, Paper, Preferences, Size
from app.till.flow.preferring import FULL, ONE_TENDER
from app.till.selectors import all_tenders, tenders_here
from app.till.state import Screen
from tests.till.till import Till


def prefers(till: Till, **choices: str) -> Till:
    for name, value in choices.items():
        till.says("PreferenceChosen", name=name, value=value)
    return till


def adds(till: Till, text: str, product_id: str) -> Till:
    return till.says("QuickTyped", value=text).says("QuickAdded", product_id=product_id)


def offered(till: Till) -> list[str]:
    return [tender.id for tender in tenders_here(till.state)]


def test_a_choice_survives_a_restart(selling: Till) -> None:
    """Nobody sets a register up every morning."""
    prefers(selling, paper="58", prints_itself="true", copies="2", layout="list", size="large").starts_again()
    wants = selling.state.preferences

    assert (Paper.MM58, True, 2) == (wants.paper, wants.prints_itself, wants.copies)
    assert (Layout.LIST, Size.LARGE) == (wants.layout, wants.size)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("paper", "57"),
        ("layout", "shelf"),
        ("size", ""),
        ("copies", "0"),
        ("copies", "9"),
        ("speed", "fast"),
        ("printer", "x"),
        ("quick", "x"),
        ("", ""),
    ],
)
def test_a_choice_that_is_none_changes_nothing(selling: Till, name: str, value: str) -> None:
    """A page that was tampered with, or is older than the till, breaks no register."""
    prefers(selling, **{name: value})

    assert Preferences() == selling.state.preferences


@pytest.mark.parametrize("kept", ["", "{", '{"paper": "57"}', '{"newer": 1}', "[" * 10_000])
def test_what_the_device_kept_and_cannot_be_read_is_forgotten(selling: Till, kept: str) -> None:
    """Half-written settings must not keep a register from starting."""
    selling.device.disk.local["preferences"] = kept
    selling.starts_again()

    assert (Preferences(), Screen.SIGN_IN) == (selling.state.preferences, selling.state.screen)


def test_nobody_signed_in_changes_nothing(till: Till) -> None:
    """Settings belong to whoever works here."""
    prefers(till, paper="58")

    assert Paper.AUTO is till.state.preferences.paper


def test_a_payment_method_is_not_offered_here(selling: Till) -> None:
    """A counter without a card terminal must not take cards."""
    selling.says("TenderOffered", tender_id="card", value="false").picks().says("CheckoutOpened")
    selling.says("TenderChosen", tender_id="card")

    assert (["cash", "upi", "link"], "cash") == (
        offered(selling),
        selling.state.checkout and selling.state.checkout.tender_id,
    )


def test_the_last_payment_method_stays(selling: Till) -> None:
    """Without one nothing could be sold."""
    for tender_id in ("card", "upi", "link", "cash"):
        selling.says("TenderOffered", tender_id=tender_id, value="false")

    assert (["cash"], ONE_TENDER) == (offered(selling), selling.state.trouble)


def test_the_first_payment_method_is_chosen_at_checkout(selling: Till) -> None:
    """Where everybody pays by UPI, that is one tap less for each sale."""
    selling.says("TenderMoved", tender_id="upi", by=-2).picks().says("CheckoutOpened")

    assert ("upi", ["upi", "cash", "card", "link"]) == (
        selling.state.checkout and selling.state.checkout.tender_id,
        [tender.id for tender in all_tenders(selling.state)],
    )


def test_a_quick_button_sells_its_product(selling: Till) -> None:
    """O6: what is sold all day long is one tap away."""
    adds(selling, "kurta", "kurta")
    selling.says("ProductPicked", product_id=selling.state.quick.tiles[0].product.id)

    assert 1 == len(selling.state.cart.lines)


def test_quick_buttons_stand_again_after_a_restart(selling: Till) -> None:
    """In their order."""
    adds(selling, "kurta", "kurta")
    adds(selling, "rice", "rice").says("QuickMoved", product_id="rice", by=-1).starts_again()

    assert ["rice", "kurta"] == [tile.product.id for tile in selling.state.quick.tiles]


def test_a_quick_button_goes_away(selling: Till) -> None:
    """And only that one."""
    adds(selling, "kurta", "kurta")
    adds(selling, "rice", "rice").says("QuickRemoved", product_id="kurta")

    assert ["rice"] == [tile.product.id for tile in selling.state.quick.tiles]


def test_a_product_that_was_not_found_gets_no_button(selling: Till) -> None:
    """A made-up id would be a button that does nothing."""
    selling.says("QuickAdded", product_id="nothing")

    assert () == selling.state.preferences.quick


def test_there_is_room_for_so_many_quick_buttons(selling: Till) -> None:
    """Products have to be seen, too."""
    many = tuple(f"p{number}" for number in range(MOST_QUICK))
    selling.device.disk.local["preferences"] = Preferences(quick=many).model_dump_json()
    selling.starts_again().signs_in()
    adds(selling, "kurta", "kurta")

    assert (many, FULL) == (selling.state.preferences.quick, selling.state.trouble)


def test_a_checkout_begins_with_what_is_usual_here(selling: Till) -> None:
    """A counter that mostly delivers begins with Delivery; offline, with what is possible."""
    prefers(selling, fulfilment="delivery").picks().says("CheckoutOpened")
    online = selling.state.checkout
    selling.says("CheckoutLeft").says("CartEmptied")
    selling.goes_offline()
    selling.picks().says("CheckoutOpened")
    offline = selling.state.checkout

    assert (Fulfilment.DELIVERY, Fulfilment.SELF_PICKUP) == (
        online and online.fulfilment,
        offline and offline.fulfilment,
    )


def test_where_delivery_is_not_offered_it_cannot_be_chosen(selling: Till) -> None:
    """Said with a reason, and the sale goes on as a pickup."""
    prefers(selling, delivers="false").picks().says("CheckoutOpened").says("FulfilmentChosen", value="delivery")
    checkout = selling.state.checkout

    assert checkout is not None
    assert (Fulfilment.SELF_PICKUP, True) == (checkout.fulfilment, "not offered" in checkout.problem)
