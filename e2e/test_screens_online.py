"""The screens of what exists only online, at the usual till and on a phone: axe finds nothing, pictures are kept."""

from playwright.sync_api import expect

from e2e.buying import begins_a_sale
from e2e.store import Store
from e2e.test_delivery import gets_a_fee, names_the_buyer
from e2e.test_live_stock import looks_up
from e2e.test_payment_link import gets_a_link
from e2e.test_screens import Look
from e2e.test_screens import look as look  # a fixture
from e2e.till import Till


def test_looking_up(warm_till: Till, look: Look) -> None:
    """The switch is pressed, and the screen says what that means."""
    warm_till.goes_to("Sell")
    warm_till.page.get_by_role("button", name="Look up").click()
    expect(warm_till.page.get_by_role("button", name="Look up")).to_have_attribute("aria-pressed", "true")

    assert look("looking-up") == []
    warm_till.page.get_by_role("button", name="Look up").click()


def test_live_stock(warm_till: Till, look: Look) -> None:
    """A size, and where else there is one."""
    dialog = looks_up(warm_till, "Kids Shorts")
    dialog.get_by_role("radio").first.check(force=True)
    dialog.get_by_role("button", name="Check live stock").click()
    expect(dialog).to_contain_text("Jayanagar")

    assert look("live-stock") == []
    warm_till.page.keyboard.press("Escape")


def test_a_delivery(warm_till: Till, look: Look) -> None:
    """Address, fee, times; the fee stands among the sums."""
    begins_a_sale(warm_till)
    names_the_buyer(warm_till)
    gets_a_fee(warm_till)

    warm_till.page.locator("#get-fee").scroll_into_view_if_needed()
    assert look("delivery") == []
    warm_till.page.get_by_role("radio", name="Self Pickup").check(force=True)


def test_a_payment_link(warm_till: Till, look: Look) -> None:
    """The code that the customer scans, and what it waits for."""
    url = gets_a_link(warm_till)
    shown = look("payment-link")
    phone = warm_till.context.new_page()
    phone.set_viewport_size({"width": 390, "height": 844})
    phone.goto(url)
    phone.screenshot(path=".build/screens/pay-page-390.png")
    phone.close()

    assert shown == []


def test_a_payment_link_without_internet(store: Store, warm_till: Till, look: Look) -> None:
    """What is not known is said."""
    store.loses_its_server()
    expect(warm_till.page.get_by_text("The payment link cannot be checked now.")).to_be_visible(timeout=20_000)

    assert look("payment-link-offline") == []
    store.opens()
    warm_till.shows_banner("none")
    warm_till.pays_with("Cash at Store")
    warm_till.completes()
    warm_till.is_saved()
    warm_till.starts_a_new_sale()


def test_editing_a_product(warm_till: Till, look: Look) -> None:
    """What a manager may change, and what the catalogue says."""
    warm_till.page.get_by_role("button", name="Sign out").click()
    warm_till.signs_in("Ravi")
    looks_up(warm_till, "Brown Bread").get_by_role("button", name="Edit product").click()

    assert look("edit-product") == []
    warm_till.page.get_by_role("dialog", name="Edit product").get_by_role("textbox", name="Price").fill("much")
    warm_till.page.get_by_role("button", name="Save").click()
    expect(warm_till.page.locator("#edit-problem")).to_contain_text("not an amount")
    warm_till.page.keyboard.press("Escape")
