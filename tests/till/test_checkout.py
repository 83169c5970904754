"""Checkout: what stands on the order beside its lines: customer, State, notes, and how it is handed over."""

import pytest

from app.sync.protocol import CustomerChange
from app.till.state import Checkout, Screen
from tests.conftest import customer
from tests.till.till import Till


def checkout(till: Till) -> Checkout:
    found = till.state.checkout
    assert found is not None
    return found


def test_delivery_is_refused_without_the_internet(selling: Till) -> None:
    """What was promised to be delivered has to be known to those who deliver."""
    selling.picks().says("CheckoutOpened")
    selling.goes_offline()

    selling.says("FulfilmentChosen", value="delivery")

    assert "self_pickup" == checkout(selling).fulfilment
    assert checkout(selling).problem


def test_an_empty_cart_has_nothing_to_pay(selling: Till) -> None:
    """F4 on an empty cart is a slip."""
    selling.says("CheckoutOpened")

    assert (Screen.SELL, "The cart is empty. Add a product first.") == (
        selling.state.screen,
        selling.state.browse.notice,
    )


def test_leaving_checkout_forgets_nothing(selling: Till) -> None:
    """One more thing from the shelf, and the customer's name is still there."""
    selling.picks().says("CheckoutOpened").says("CustomerSaved", name="Meera").says("NotesTyped", value="Gift wrap")
    order_id = checkout(selling).order_id

    selling.says("CheckoutLeft").picks().says("CheckoutOpened").pays()

    order = selling.orders()[0]
    assert (order_id, "Meera", "Gift wrap") == (order.id, getattr(order.customer, "name", ""), order.notes)


def test_a_customer_of_another_state_pays_igst(selling: Till) -> None:
    """Typing a State flips the tax; the total for the customer stays the same."""
    selling.picks().says("CheckoutOpened").says("CustomerSaved", name="Meera", state_code="27").pays("card")

    order = selling.orders()[0]
    assert (True, "27", 0, 0, 7619) == (
        order.inter_state,
        order.place_of_supply,
        order.totals.cgst,
        order.totals.sgst,
        order.totals.igst,
    )


def test_without_an_address_it_is_the_stores_own_state(selling: Till) -> None:
    """IGST Act s.10(1)(ca): no address recorded, the supplier's place."""
    selling.picks().says("CheckoutOpened").says("CustomerSaved", name="Meera").pays("card")

    order = selling.orders()[0]
    assert (False, "29", 0, 3810) == (order.inter_state, order.place_of_supply, order.totals.igst, order.totals.cgst)


def test_a_known_phone_number_is_a_known_customer(selling: Till) -> None:
    """The second visit must not make a second customer."""
    selling.gets([CustomerChange(id="c9", revision=40, value=customer("c9", phone="9000000009"))])
    selling.hears("changes")

    selling.picks().says("CheckoutOpened").says("CustomerSaved", name="Meera", phone="90000 00009")

    assert "c9" == getattr(checkout(selling).customer, "id", "")


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "  "},
        {"name": "x" * 201},
        {"name": "M", "phone": "12345"},
        {"name": "M", "gstin": "29ABC"},
        {"name": "M", "state_code": "Karnataka"},
    ],
)
def test_customer_details_have_to_be_possible(selling: Till, fields: dict[str, str]) -> None:
    """What is wrong on an invoice stays wrong for seven years."""
    selling.picks().says("CheckoutOpened").says("CustomerAsked").says("CustomerSaved", **fields)

    assert (None, True) == (checkout(selling).customer, bool(checkout(selling).problem))


def test_a_name_may_hold_anything(selling: Till) -> None:
    """Names have emojis and angle brackets; they are kept as typed and drawn as text."""
    selling.picks().says("CheckoutOpened").says("CustomerSaved", name="<b>Меера 🪷</b>").pays()

    assert "<b>Меера 🪷</b>" == getattr(selling.orders()[0].customer, "name", "")
