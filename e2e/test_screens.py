"""Every screen, at the usual till and on a phone: axe finds nothing, nothing scrolls sideways, and a picture is kept.

The pictures lie in .build/screens/ for people to look at; the order of the tests is the way of a sale.
"""

from collections.abc import Callable
from decimal import Decimal
from functools import partial

import pytest
from playwright.sync_api import expect

from e2e.looking import SCREENS, looks_wrong
from e2e.store import Store
from e2e.till import Till

Look = Callable[[str], list[str]]


@pytest.fixture
def look(warm_till: Till) -> Look:
    """Look at the screen as it is: return what is wrong with it, and keep pictures."""
    return partial(looks_wrong, warm_till)


def test_selling(warm_till: Till, look: Look) -> None:
    """The screen that is looked at all day."""
    warm_till.goes_to("Sell")
    warm_till.adds("Ribbed Top", size="M")
    warm_till.adds("Brown Bread")
    warm_till.searches("")

    assert look("sell") == []


def test_choosing_a_size(warm_till: Till, look: Look) -> None:
    """The dialog that a customer looks at, too."""
    warm_till.picks("Kids Shorts")

    assert look("choose-size") == []
    warm_till.page.keyboard.press("Escape")


def test_weighing(warm_till: Till, look: Look) -> None:
    """Weighed goods ask for a weight."""
    warm_till.picks("Nagpur Orange")

    assert look("weight") == []
    warm_till.page.keyboard.press("Escape")


def test_nothing_found(warm_till: Till, look: Look) -> None:
    """A search without a hit says what to do."""
    warm_till.searches("zzzz")
    expect(warm_till.products).to_have_count(0)

    assert look("nothing-found") == []
    warm_till.searches("")


def test_the_cart_on_a_phone(warm_till: Till, look: Look) -> None:
    """On a phone the cart is a bar; a tap opens it."""
    warm_till.page.set_viewport_size({"width": 390, "height": 844})
    bar = warm_till.page.locator("#cart-bar")
    bar.click()
    expect(bar).to_have_attribute("aria-expanded", "true")

    assert look("cart-open") == []
    warm_till.page.set_viewport_size({"width": 390, "height": 844})
    bar.click()


def test_checking_out(warm_till: Till, look: Look) -> None:
    """Two columns: what to fill in, and what is being paid; part of it is already paid by card."""
    warm_till.checks_out()
    warm_till.pays_with("Card Swipe at Store", amount=Decimal(50), reference="A1")
    warm_till.completes()
    expect(warm_till.page.get_by_role("main")).to_contain_text("A1")

    assert look("checkout") == []


def test_a_upi_code(warm_till: Till, look: Look) -> None:
    """The code that a customer scans has to be large and sharp."""
    warm_till.pays_with("UPI at Store")

    assert look("upi") == []


def test_the_customer(warm_till: Till, look: Look) -> None:
    """Who buys, where an invoice has to say so."""
    warm_till.page.get_by_role("button", name="Customer").click()

    assert look("customer") == []
    warm_till.page.keyboard.press("Escape")


def test_the_saved_sale(warm_till: Till, look: Look) -> None:
    """ "Sale saved", and the invoice with everything that the law asks."""
    warm_till.pays_with("Cash at Store")
    warm_till.completes()
    warm_till.is_saved()

    assert look("saved") == []
    _paper(warm_till, "invoice")
    warm_till.starts_a_new_sale()


def _paper(till: Till, name: str) -> None:
    """Keep the invoice as paper, A4 and the 80 mm of a receipt printer."""
    for paper, width in (("a4", "210mm"), ("receipt", "80mm")):
        till.page.pdf(path=str(SCREENS / f"{name}-{paper}.pdf"), width=width, height="297mm")


@pytest.mark.parametrize("place", ["Orders", "Customers", "Settings", "Status"])
def test_places(warm_till: Till, look: Look, place: str) -> None:
    """Where one goes between two customers."""
    warm_till.goes_to(place)

    assert look(place.lower()) == []


def test_an_order(warm_till: Till, look: Look) -> None:
    """An order again, with its invoice."""
    warm_till.goes_to("Orders")
    warm_till.page.get_by_role("table", name="Orders").get_by_role("row").nth(1).get_by_role("button").first.click()
    expect(warm_till.invoice).to_be_visible()

    assert look("order") == []


def test_correcting_an_order(warm_till: Till, look: Look) -> None:
    """What may be corrected, and what is locked."""
    warm_till.page.get_by_role("button", name="Correct", exact=True).click()
    expect(warm_till.page.get_by_role("dialog", name="Correct the order")).to_be_visible()

    assert look("correcting") == []
    warm_till.page.keyboard.press("Escape")


def test_the_filters_of_orders_on_a_phone(warm_till: Till, look: Look) -> None:
    """Folded away until somebody wants them."""
    warm_till.goes_to("Orders")
    warm_till.page.set_viewport_size({"width": 390, "height": 844})
    warm_till.page.get_by_role("button", name="Filters").click()

    assert look("orders-filters") == []


def test_readiness(warm_till: Till, look: Look) -> None:
    """What the blue cloud says."""
    warm_till.goes_to("Sell")
    warm_till.page.get_by_role("button", name="Offline ready").click()
    expect(warm_till.page.get_by_text("Offline mode is enabled")).to_be_visible()

    assert look("ready") == []
    warm_till.page.keyboard.press("Escape")


def test_more_than_there_is(warm_till: Till, look: Look) -> None:
    """More than the last-synced stock needs a manager."""
    warm_till.adds("Brown Bread")
    quantity = warm_till.page.get_by_role("spinbutton").first
    quantity.fill("9999")
    quantity.press("Enter")
    expect(warm_till.page.get_by_role("dialog")).to_be_visible()

    assert look("override") == []
    warm_till.page.keyboard.press("Escape")


def test_the_lock(warm_till: Till, look: Look) -> None:
    """What a customer sees while nobody is there: no cart, no names of other customers."""
    warm_till.page.get_by_role("button", name="Lock", exact=True).click()
    dialog = warm_till.page.get_by_role("dialog", name="Locked")
    expect(dialog).to_be_visible()

    assert look("locked") == []
    dialog.get_by_role("textbox", name="PIN").fill("1111")
    dialog.get_by_role("button", name="Unlock").click()
    expect(dialog).to_have_count(0)


def test_hindi(warm_till: Till, look: Look) -> None:
    """Longer words and another script: nothing may break out of its place."""
    warm_till.goes_to("Settings")
    warm_till.page.get_by_role("combobox", name="Language").select_option("हिन्दी")
    expect(warm_till.page.get_by_role("link", name="बिक्री")).to_be_visible()
    settings = look("settings-hindi")
    warm_till.goes_to("बिक्री")
    sell = look("sell-hindi")
    warm_till.goes_to("सेटिंग्स")
    warm_till.page.get_by_role("combobox", name="भाषा").select_option("English")

    assert settings + sell == []


def test_banners(store: Store, warm_till: Till, look: Look) -> None:
    """Blue and green, as the associate sees them."""
    warm_till.goes_to("Settings")
    warm_till.page.get_by_role("switch", name="Offline Mode").click()
    warm_till.shows_banner("green")
    green = look("banner-green")
    warm_till.page.get_by_role("switch", name="Offline Mode").click()
    warm_till.shows_banner("none")
    store.loses_its_server()
    warm_till.goes_to("Sell")
    warm_till.shows_banner("blue")

    assert green + look("banner-blue") == []


def test_offline_sessions(warm_till: Till, look: Look) -> None:
    """The two sessions of the banners, as a table on a till and as cards on a phone."""
    warm_till.goes_to("Settings")
    warm_till.page.get_by_role("button", name="Export").scroll_into_view_if_needed()

    assert look("sessions") == []


def test_signing_in(warm_till: Till, look: Look) -> None:
    """The first screen of the day, with a PIN that was wrong."""
    warm_till.page.get_by_role("button", name="Sign out").click()
    warm_till.signs_in("Asha", pin="9999")
    expect(warm_till.page.get_by_role("main")).to_contain_text("PIN")

    assert look("sign-in") == []
