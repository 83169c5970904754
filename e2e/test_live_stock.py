"""Live stock and product updates from the till (S16): asked of the OMS, off limits without it, back by themselves."""

import pytest
from playwright.sync_api import Locator, expect

from e2e.store import Store
from e2e.till import Till


def looks_up(till: Till, name: str) -> Locator:
    """Open a product's dialog without selling it."""
    till.goes_to("Sell")
    till.page.get_by_role("button", name="Look up").click()
    till.picks(name)
    return till.page.get_by_role("dialog")


def test_s16_online_live_stock_is_this_stores_and_the_others(warm_till: Till) -> None:
    """A customer asks for what is not on the shelf: which store has it, and when was that true?"""
    dialog = looks_up(warm_till, "Brown Bread")
    dialog.get_by_role("button", name="Check live stock").click()

    said = dialog.locator("#live-stock-said")
    expect(said).to_contain_text("In this store")
    for part in ("MG Road", "Jayanagar", "Asked at"):
        expect(said).to_contain_text(part)
    warm_till.page.keyboard.press("Escape")
    expect(warm_till.page.locator("#cart-total")).to_have_attribute("data-minor", "0")


@pytest.mark.usefixtures("server_is_back")
def test_s16_offline_live_stock_is_off_limits_and_comes_back_by_itself(store: Store, warm_till: Till) -> None:
    """Disabled with the reason; the last count is still shown, and selling goes on."""
    store.loses_its_server()
    warm_till.shows_banner("blue")
    dialog = looks_up(warm_till, "Brown Bread")
    button = dialog.get_by_role("button", name="Check live stock")

    expect(button).to_be_disabled()
    expect(dialog).to_contain_text("It comes back by itself.")
    store.opens()
    expect(button).to_be_enabled(timeout=30_000)
    dialog.get_by_role("button", name="Add to cart").click()
    expect(warm_till.page.locator("#cart-total")).not_to_have_attribute("data-minor", "0")
    warm_till.page.locator("#empty-cart-ask").click()
    warm_till.page.get_by_role("button", name="Empty cart").click()
    expect(warm_till.page.locator("#cart-total")).to_have_attribute("data-minor", "0")


def test_s16_only_a_manager_changes_a_product(warm_till: Till) -> None:
    """Asha sees the button, and why it is not hers."""
    dialog = looks_up(warm_till, "Brown Bread")

    expect(dialog.get_by_role("button", name="Edit product")).to_be_disabled()
    expect(dialog).to_contain_text("Only a manager may change a product.")
    warm_till.page.keyboard.press("Escape")


def test_s16_a_manager_changes_a_price_and_the_registers_hear_of_it(warm_till: Till) -> None:
    """Within seconds, by the way of all changes: the tile shows what the OMS has."""
    warm_till.page.get_by_role("button", name="Sign out").click()
    warm_till.signs_in("Ravi")
    looks_up(warm_till, "Brown Bread").get_by_role("button", name="Edit product").click()
    dialog = warm_till.page.get_by_role("dialog", name="Edit product")
    dialog.get_by_role("textbox", name="Price").fill("77.50")
    dialog.get_by_role("textbox", name="Stock correction").fill("-1")
    dialog.get_by_role("button", name="Save").click()

    warm_till.shows_toast("was changed for all registers")
    expect(dialog).to_have_count(0)
    warm_till.searches("Brown Bread")
    expect(warm_till.page.get_by_role("list", name="Products")).to_contain_text("77.50", timeout=20_000)


@pytest.mark.usefixtures("server_is_back")
def test_s16_offline_not_even_a_manager_changes_a_product(store: Store, warm_till: Till) -> None:
    """A change that only one register knows would be a second truth."""
    store.loses_its_server()
    warm_till.shows_banner("blue")
    button = looks_up(warm_till, "Brown Bread").get_by_role("button", name="Edit product")

    expect(button).to_be_disabled()
    store.opens()
    expect(button).to_be_enabled(timeout=30_000)
    warm_till.page.keyboard.press("Escape")
