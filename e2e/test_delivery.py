"""Delivery (S10): quoted and booked with the OMS, off limits without it, and what an outage leaves of it."""

from decimal import Decimal

import pytest
from playwright.sync_api import Locator, expect

from e2e.buying import begins_a_sale, gives_up
from e2e.store import Store
from e2e.till import Till

HOME = {
    "Address": "21 Park Lane",
    "City": "Bengaluru",
    "PIN code": "560038",
    "Phone for the delivery": "9876543210",
}


def delivery(till: Till) -> Locator:
    return till.page.get_by_role("group", name="Fulfilment").get_by_role("radio", name="Delivery")


def names_the_buyer(till: Till) -> None:
    till.page.get_by_role("button", name="Customer").click()
    dialog = till.page.get_by_role("dialog", name="Customer")
    dialog.get_by_role("textbox", name="Name", exact=True).fill("Meera Rao")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)


def gets_a_fee(till: Till) -> None:
    """Choose Delivery, say where to, and ask what it costs."""
    delivery(till).check(force=True)
    for label, value in HOME.items():
        till.page.get_by_role("textbox", name=label, exact=True).fill(value)
    till.page.get_by_role("button", name="Get delivery fee").click()
    expect(till.page.locator("#delivery-fee")).to_contain_text("49.00")


def test_s10_online_a_delivery_is_quoted_sold_and_due(store: Store, warm_till: Till) -> None:
    """The fee is the OMS's word and a line of the sale; the address is on the list of what is to be brought."""
    begins_a_sale(warm_till)
    names_the_buyer(warm_till)
    before = int(warm_till.page.locator("#checkout-total").get_attribute("data-minor") or "0")
    gets_a_fee(warm_till)
    times = warm_till.page.get_by_role("group", name="Delivery time").get_by_role("radio")
    times.nth(1).check(force=True)
    expect(warm_till.page.locator("#checkout-total")).to_have_attribute("data-minor", str(before + 49_00))
    warm_till.pays_with("Card Swipe at Store", reference="A1")
    warm_till.completes()
    number = warm_till.is_saved()

    expect(warm_till.invoice).to_contain_text("21 Park Lane, Bengaluru, Karnataka 560038")
    expect(warm_till.invoice).to_contain_text("9968")
    (order,) = [each for each in store.has_orders(1) if each["number"] == number]
    (due,) = store.asks("/deliveries")["deliveries"]
    assert (order["id"], "to_deliver", "Meera Rao", before + 49_00, "") == (
        due["order_id"],
        due["status"],
        due["name"],
        order["total"],
        order["why"],
    )
    warm_till.starts_a_new_sale()


def test_s10_a_place_that_is_not_served_is_refused_in_words(warm_till: Till) -> None:
    """The cashier has to tell the customer something."""
    begins_a_sale(warm_till)
    gets_a_fee(warm_till)
    warm_till.page.get_by_role("textbox", name="PIN code").fill("110001")
    warm_till.page.get_by_role("button", name="Get delivery fee").click()

    expect(warm_till.page.locator("#checkout-problem")).to_contain_text("outside of our delivery area")
    gives_up(warm_till)


@pytest.mark.usefixtures("server_is_back")
def test_s10_offline_only_self_pickup_and_delivery_comes_back_by_itself(store: Store, warm_till: Till) -> None:
    """Disabled with the reason, not hidden; nobody has to do anything for it to come back."""
    store.loses_its_server()
    warm_till.shows_banner("blue")
    begins_a_sale(warm_till)

    expect(delivery(warm_till)).to_be_disabled()
    expect(warm_till.page.get_by_role("group", name="Fulfilment")).to_contain_text(
        "Not available while the internet is not connected. It comes back by itself."
    )
    store.opens()
    expect(delivery(warm_till)).to_be_enabled(timeout=30_000)
    gives_up(warm_till)


@pytest.mark.usefixtures("server_is_back")
def test_s10_a_sale_that_loses_the_internet_becomes_a_pickup_and_says_so(store: Store, warm_till: Till) -> None:
    """The fee goes with the delivery; the sale is completed offline without it."""
    begins_a_sale(warm_till)
    names_the_buyer(warm_till)
    before = warm_till.page.locator("#checkout-total").get_attribute("data-minor") or ""
    gets_a_fee(warm_till)
    store.loses_its_server()

    expect(warm_till.page.get_by_text("this sale cannot be delivered")).to_be_visible(timeout=20_000)
    expect(warm_till.page.locator("#checkout-total")).to_have_attribute("data-minor", before)
    expect(warm_till.page.get_by_role("radio", name="Self Pickup")).to_be_checked()
    warm_till.pays_with("Cash at Store")
    warm_till.completes()
    warm_till.is_saved(offline=True)
    warm_till.starts_a_new_sale()


@pytest.mark.usefixtures("server_is_back")
def test_s10_a_delivery_that_was_paid_for_stays(store: Store, warm_till: Till) -> None:
    """Money was taken under the quote: the rest is taken offline, and the OMS accepts the delivery."""
    begins_a_sale(warm_till)
    names_the_buyer(warm_till)
    gets_a_fee(warm_till)
    warm_till.pays_with("Card Swipe at Store", amount=Decimal(20), reference="A2")
    warm_till.completes()
    expect(warm_till.page.get_by_role("list", name="Payments taken")).to_contain_text("A2")
    store.loses_its_server()
    warm_till.shows_banner("blue")

    expect(warm_till.page.get_by_text("the delivery stays as it was quoted")).to_be_visible()
    warm_till.pays_with("Cash at Store")
    warm_till.completes()
    number = warm_till.is_saved(offline=True)
    warm_till.starts_a_new_sale()
    store.opens()
    warm_till.shows_order(number, "Synced", offline=True)
    assert "" == next(each["why"] for each in store.orders() if each["number"] == number)
    assert 2 == len(store.asks("/deliveries")["deliveries"])
