"""Register settings (T9): training is marked everywhere and booked nowhere; products stand as the register wants."""

from playwright.sync_api import expect

from e2e.looking import looks_wrong
from e2e.store import Store
from e2e.test_pruning import LOCAL
from e2e.till import Till


def switches(till: Till) -> None:
    till.goes_to("Settings")
    till.page.get_by_role("switch", name="Training mode").click()


def test_t09_training_is_marked_everywhere(warm_till: Till) -> None:
    """Nobody may take practice for a sale, neither the cashier nor who is handed the paper."""
    warm_till.goes_to("Settings")
    expect(warm_till.page.get_by_role("switch", name="Training mode")).to_be_disabled()
    warm_till.page.get_by_role("button", name="Sign out").click()
    warm_till.signs_in("Ravi")
    switches(warm_till)
    expect(warm_till.page.locator("#training")).to_be_visible()
    wrong = looks_wrong(warm_till, "settings-training")

    warm_till.goes_to("Sell")
    warm_till.adds("Brown Bread")
    expect(warm_till.page.get_by_role("region", name="Cart")).to_contain_text("Training: this sale is not booked.")
    wrong += looks_wrong(warm_till, "sell-training")
    warm_till.checks_out()
    wrong += looks_wrong(warm_till, "checkout-training")
    warm_till.completes()

    expect(warm_till.page.get_by_role("heading", name="Training sale saved")).to_be_visible()
    expect(warm_till.invoice).to_contain_text("Training – not an invoice")
    assert [*wrong, *looks_wrong(warm_till, "saved-training")] == []


def test_t09_training_is_never_booked(store: Store, warm_till: Till) -> None:
    """The next real sale has the first invoice number, and the OMS holds that one alone."""
    practised = warm_till.invoice_number
    warm_till.starts_a_new_sale()
    switches(warm_till)
    expect(warm_till.order_row(practised)).to_contain_text("Training")
    number = warm_till.sells("Brown Bread")
    warm_till.shows_order(number, "Synced")

    assert [number] == [order["number"] for order in store.has_orders(1)]
    assert (True, True) == (number.endswith("-00001"), practised.endswith("-00001"))
    assert number != practised


def test_t09_training_outlasts_the_browser(warm_till: Till) -> None:
    """What was practice in the evening is practice in the morning, until somebody turns it off."""
    switches(warm_till)
    expect(warm_till.page.locator("#training")).to_be_visible()
    warm_till.page.wait_for_function(f"async () => (await ({LOCAL})('training')) === 'on'")
    warm_till.closes()
    warm_till.opens().signs_in("Asha")

    expect(warm_till.page.locator("#training")).to_be_visible()
    switches(warm_till)
    expect(warm_till.page.locator("#training")).to_have_count(0)


def test_t09_products_stand_as_this_register_wants(warm_till: Till) -> None:
    """A shop that knows its goods by name wants a list, one with pictures wants them large."""
    warm_till.goes_to("Settings")
    warm_till.page.get_by_role("combobox", name="Shown as").select_option("List")
    warm_till.page.get_by_role("combobox", name="Size", exact=True).select_option("Large")
    wrong = looks_wrong(warm_till, "settings-display")
    warm_till.goes_to("Sell")
    products = warm_till.page.get_by_role("list", name="Products")
    expect(products).to_have_attribute("data-layout", "list")
    first, second = (products.get_by_role("listitem").nth(place).bounding_box() for place in (0, 1))

    assert first is not None
    assert second is not None
    assert (first["x"], True) == (second["x"], second["y"] >= first["y"] + first["height"] - 1)
    assert [*wrong, *looks_wrong(warm_till, "sell-list")] == []
