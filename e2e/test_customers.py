"""S11 and the scanner of S16: customers are found, written down and corrected, offline too, and nobody's work is lost.

The demo store has forty customers: c001 Meera Iyer (98450 10007), c002 Arjun Shetty (98450 10144, card CARD-0002).
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from e2e.conftest import TillMaker
from e2e.looking import looks_wrong
from e2e.store import Store
from e2e.till import Till

ARJUN = "Arjun Shetty"
OURS, THEIRS = "9811111111", "9822222222"
CAMERA = """
    window.BarcodeDetector = class {
        async detect(video) { return video.readyState < 2 ? [] : [{ rawValue: "CARD-0002" }]; }
    };
"""
"""Chromium on Linux has no detector; the video is that of its fake device."""


def in_oms(store: Store) -> dict[str, dict[str, Any]]:
    """The customers as the OMS tells every register."""
    page = store.asks("/changes?cursor=0&datasets=customers&limit=2000")
    return {change["id"]: change["value"] for change in page["changes"] if not change["gone"]}


def row(till: Till, name: str) -> Locator:
    """A customer's row of the list."""
    till.goes_to("Customers")
    till.page.get_by_role("searchbox", name="Search customers").fill(name)
    return till.page.get_by_role("table", name="Customers").get_by_role("row").filter(has_text=name)


def opens(till: Till, name: str) -> None:
    """Open a customer's page."""
    row(till, name).get_by_role("button", name=name).click()
    expect(till.page.get_by_role("heading", name=name)).to_be_visible()


def saves(till: Till, **fields: str) -> None:
    """Fill the form of a page or of the dialog, and save it."""
    for label, text in fields.items():
        till.page.get_by_role("textbox", name=label).fill(text)
    till.page.get_by_role("button", name="Save", exact=True).click()


def is_sent(till: Till, name: str) -> None:
    """Wait until the OMS has said something about a customer's edits."""
    expect(row(till, name)).to_be_visible()
    expect(row(till, name)).not_to_contain_text("Pending", timeout=30_000)


def dialog(till: Till) -> Locator:
    return till.page.get_by_role("dialog", name="Customer")


def asks_who_buys(till: Till) -> Locator:
    """Put bread into the cart, go to checkout and open the dialog."""
    till.goes_to("Sell")
    if not till.count:
        till.adds("Brown Bread")
    till.checks_out()
    till.page.get_by_role("button", name="Customer", exact=True).click()
    return dialog(till)


def shows_buyer(till: Till, name: str) -> None:
    expect(dialog(till)).to_have_count(0)
    expect(till.page.locator("#customer-facts")).to_contain_text(name)


@pytest.fixture
def leaves_no_sale(warm_till: Till) -> Iterator[None]:
    """The next test begins with an empty cart."""
    yield
    if dialog(warm_till).count():
        warm_till.page.keyboard.press("Escape")
    warm_till.pays_with("Cash at Store")
    warm_till.completes()
    warm_till.is_saved(offline=None)
    warm_till.starts_a_new_sale()


@pytest.mark.parametrize("typed", ["98450 10144", "shetty arjun"])
def test_s11_a_customer_is_found_at_checkout(warm_till: Till, store: Store, typed: str) -> None:
    """By the phone number or the name that the customer says; the order in the OMS is theirs."""
    asks_who_buys(warm_till).get_by_role("searchbox", name="Find by phone or name").fill(typed)
    found = looks_wrong(warm_till, "customer-found")
    dialog(warm_till).get_by_role("button", name=ARJUN).click()
    shows_buyer(warm_till, ARJUN)
    warm_till.completes()
    number = warm_till.is_saved()
    warm_till.starts_a_new_sale()
    warm_till.shows_order(number, "Synced")
    order = next(each for each in store.orders() if each["number"] == number)

    assert [] == found
    assert store.asks(f"/orders/{order['id']}")["order"]["customer"]["id"] == "c002"


def test_s11_a_customer_written_down_offline_reaches_the_oms_once(warm_till: Till, store: Store) -> None:
    """At once in the list, after a restart too; and in the OMS as soon as the line is back, once."""
    with warm_till.without_network():
        warm_till.shows_banner("blue")
        warm_till.goes_to("Customers")
        warm_till.page.get_by_role("button", name="New customer").click()
        expect(warm_till.page.get_by_role("heading", name="New customer")).to_be_visible()
        new = looks_wrong(warm_till, "customer-new")
        saves(warm_till, Name="Zoya Kapoor", Phone="98330 00001", GSTIN="29AAGCB7383J1Z4")
        warm_till.shows_toast("Zoya Kapoor is saved.")
        saves(warm_till, Email="zoya@example.com")
        warm_till.shows_toast("Zoya Kapoor is saved.")
        expect(row(warm_till, "98330 00001".replace(" ", ""))).to_contain_text("Pending")
        offline = looks_wrong(warm_till, "customers")
    is_sent(warm_till, "Zoya Kapoor")
    there = [each for each in in_oms(store).values() if each["phone"] == "9833000001"]

    assert [] == new + offline
    assert [("Zoya Kapoor", "zoya@example.com", "29")] == [
        (one["name"], one["email"], one["state_code"]) for one in there
    ]


def test_s11_a_gstin_with_a_slip_is_not_taken(warm_till: Till) -> None:
    """The check digit finds it; what was typed stays to be corrected."""
    opens(warm_till, "Kavya Khan")
    saves(warm_till, Address="5 Lake Road", GSTIN="29AAGCB7383J1Z5")

    expect(warm_till.page.get_by_role("alert").filter(has_text="last character of the GSTIN")).to_be_visible()
    expect(warm_till.page.get_by_role("textbox", name="Address")).to_have_value("5 Lake Road")


def test_s11_what_both_sides_changed_is_decided_field_by_field(
    warm_till: Till, store: Store, new_till: TillMaker
) -> None:
    """Two tills correct one phone number while one of them is offline: both numbers are shown, and a person chooses."""
    other = new_till(store.address).opens()
    other.signs_in("Ravi")
    other.is_online()
    with warm_till.without_network():
        warm_till.shows_banner("blue")
        opens(warm_till, "Rohan Fernandes")
        saves(warm_till, Phone=OURS)
        warm_till.shows_toast("Rohan Fernandes is saved.")
        opens(other, "Rohan Fernandes")
        saves(other, Phone=THEIRS, Email="rohan@example.com")
        other.shows_toast("Rohan Fernandes is saved.")
        is_sent(other, "Rohan Fernandes")
    expect(row(warm_till, "Rohan Fernandes")).to_contain_text("Needs attention", timeout=30_000)
    opens(warm_till, "Rohan Fernandes")
    expect(warm_till.page.get_by_text(f"Phone: here {OURS}, in the back office {THEIRS}")).to_be_visible()
    clash = looks_wrong(warm_till, "customer-clash")
    warm_till.page.get_by_role("button", name="Use ours").click()
    expect(warm_till.page.get_by_role("button", name="Use ours")).to_have_count(0)
    is_sent(warm_till, "Rohan Fernandes")
    there = in_oms(store)["c004"]

    assert [] == clash
    assert (OURS, "rohan@example.com") == (there["phone"], there["email"])


def test_s11_employee_and_notes_stand_on_the_order(warm_till: Till, store: Store) -> None:
    """Who sold it, and how it is to be wrapped: on the invoice, and in the OMS."""
    warm_till.goes_to("Sell")
    warm_till.adds("Brown Bread")
    warm_till.checks_out()
    page = warm_till.page
    page.get_by_role("combobox", name="Sales employee").select_option("Ravi")
    page.get_by_role("textbox", name="Order notes").fill("Blue paper")
    page.get_by_role("button", name="Gift wrap", exact=True).click()
    expect(page.get_by_role("textbox", name="Order notes")).to_have_value("Blue paper; Gift wrap")
    looks = looks_wrong(warm_till, "checkout-notes")
    warm_till.completes()
    number = warm_till.is_saved()
    expect(warm_till.invoice).to_contain_text("Ravi")
    expect(warm_till.invoice).to_contain_text("Blue paper; Gift wrap")
    warm_till.starts_a_new_sale()
    warm_till.shows_order(number, "Synced")
    summary = next(each for each in store.orders() if each["number"] == number)
    order = store.asks(f"/orders/{summary['id']}")["order"]

    assert [] == looks
    assert ("Ravi", "Blue paper; Gift wrap") == (order["sales_employee"], order["notes"])


@pytest.mark.usefixtures("leaves_no_sale")
def test_s16_customer_scan_of_a_card_names_the_buyer(warm_till: Till) -> None:
    """A hand scanner, wherever the focus is; the card does not land in the cart."""
    asks_who_buys(warm_till)
    expect(dialog(warm_till).get_by_text("This browser has no camera scanner.")).to_be_visible()
    warm_till.scans("CARD-0002")
    shows_buyer(warm_till, ARJUN)

    expect(warm_till.page.get_by_role("group", name="Items")).not_to_contain_text("CARD")


@pytest.mark.usefixtures("leaves_no_sale")
def test_s16_customer_scan_of_a_strange_card_says_what_to_do(warm_till: Till) -> None:
    """A card of another shop: the customer is found by hand, in the same dialog."""
    asks_who_buys(warm_till)
    warm_till.scans("CARD-9999")

    expect(dialog(warm_till).get_by_role("alert")).to_contain_text("Nobody has this card.")


def test_s16_customer_scan_with_the_camera(warm_till: Till) -> None:
    """Where the browser can read codes, the camera does it; it stops when the code is read."""
    warm_till.context.add_init_script(CAMERA)
    warm_till.reloads()
    warm_till.signs_in()
    camera = asks_who_buys(warm_till).get_by_role("button", name="Scan with camera")
    expect(camera).to_be_enabled(timeout=60_000)
    camera.click()
    shows_buyer(warm_till, ARJUN)

    expect(warm_till.page.locator("dialog.camera")).to_have_count(0)


@pytest.mark.usefixtures("leaves_no_sale")
def test_s16_customer_scan_is_disabled_offline_and_comes_back_by_itself(warm_till: Till) -> None:
    """With its reason; finding by phone or name goes on, and nobody has to turn anything on again."""
    warm_till.page.get_by_role("button", name="Customer", exact=True).click()
    camera = dialog(warm_till).get_by_role("button", name="Scan with camera")
    expect(camera).to_be_enabled()
    with warm_till.without_network():
        expect(camera).to_be_disabled(timeout=20_000)
        expect(dialog(warm_till)).to_contain_text(re.compile("comes back by itself"))
        offline = looks_wrong(warm_till, "customer-offline")
        warm_till.scans("CARD-0001")
        expect(dialog(warm_till).get_by_role("alert")).to_contain_text("internet")
    expect(camera).to_be_enabled(timeout=30_000)
    warm_till.scans("CARD-0001")
    shows_buyer(warm_till, "Meera Iyer")

    assert [] == offline
