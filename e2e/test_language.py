"""Hindi, chosen at the register: at once, with the sale as it was, and again after a restart."""

from playwright.sync_api import expect

from e2e.store import Store
from e2e.till import Till


def test_a_register_speaks_hindi_at_once(warm_till: Till) -> None:
    """The next cashier reads Hindi; the items in the cart and what is on the page must not suffer for it."""
    warm_till.adds("Ribbed Top", size="M")
    warm_till.goes_to("Settings")
    warm_till.page.get_by_role("combobox", name="Language").select_option("हिन्दी")

    expect(warm_till.page.locator("html")).to_have_attribute("lang", "hi")
    warm_till.goes_to("बिक्री")
    expect(warm_till.page.locator("#cart")).to_contain_text("1 आइटम")


def test_a_sale_in_hindi(store: Store, warm_till: Till) -> None:
    """Everything on the way to the invoice; the invoice itself speaks as the law does."""
    warm_till.page.get_by_role("button", name="चेकआउट").click()
    warm_till.page.get_by_role("button", name="बिक्री पूरी करें").click()

    expect(warm_till.page.get_by_role("heading", name="बिक्री सेव हो गई")).to_be_visible()
    expect(warm_till.invoice).to_contain_text("Tax Invoice")
    store.has_orders(1)


def test_the_banner_speaks_hindi(store: Store, warm_till: Till) -> None:
    """What is said when something is wrong has to be understood first of all."""
    store.loses_its_server()

    warm_till.shows_banner("blue")
    expect(warm_till.page.locator("#banner")).to_contain_text("इंटरनेट कनेक्ट नहीं है")


def test_after_a_restart_it_still_speaks_hindi(warm_till: Till) -> None:
    """It is chosen once for a register, not once a day."""
    warm_till.reloads()

    expect(warm_till.page.get_by_role("heading", name="साइन इन")).to_be_visible(timeout=60_000)
