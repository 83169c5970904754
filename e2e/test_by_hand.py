"""Offline Mode by hand: the switch, its conditions, the green banner, and Turn Off."""

from playwright.sync_api import expect

from e2e.conftest import TillMaker
from e2e.store import Store
from e2e.till import Till


def switch(till: Till, name: str = "Offline Mode") -> None:
    till.goes_to("Settings")
    till.page.get_by_role("switch", name=name).click()


def test_s03_s05_the_switch_waits_for_data_and_folder(store: Store, new_till: TillMaker) -> None:
    """Without data or folder offline selling would be a trap: the switch is off limits and says what is missing."""
    till = new_till(store.address).opens()
    till.signs_in("Asha")
    till.goes_to("Settings")

    switch = till.page.get_by_role("switch", name="Offline Mode")

    expect(switch).to_be_disabled()
    expect(till.page.get_by_role("main")).to_contain_text("folder")
    till.page.get_by_role("button", name="Choose folder").click()
    expect(switch).to_be_enabled(timeout=60_000)


def test_s01_s07_by_hand_the_banner_is_green(store: Store, warm_till: Till) -> None:
    """Chosen by hand, with the internet there: green, with a way to turn it off, and nothing is sent."""
    switch(warm_till)

    warm_till.shows_banner("green")
    expect(warm_till.page.locator("#banner")).to_contain_text(
        "You’re in Offline Mode. You can continue billing, data will be synced once you’re back online."
    )
    number = warm_till.sells("Brown Bread", offline=True)
    warm_till.shows_order(number, "Pending", offline=True)
    assert store.orders() == []


def test_s07_turn_off_shows_only_while_the_internet_is_there(store: Store, warm_till: Till) -> None:
    """A button that cannot work would be pressed again and again."""
    turn_off = warm_till.page.locator("#banner").get_by_role("button", name="Turn Off")
    expect(turn_off).to_be_visible()

    store.loses_its_server()
    expect(turn_off).to_have_count(0, timeout=10_000)
    warm_till.shows_banner("green")

    store.opens()
    expect(turn_off).to_be_visible(timeout=20_000)


def test_s08_s17_turn_off_syncs_what_waits(store: Store, warm_till: Till) -> None:
    """One tap, and everything that waited goes out in the background."""
    warm_till.page.locator("#banner").get_by_role("button", name="Turn Off").click()

    warm_till.shows_toast("Order syncing started in background")
    store.has_orders(1)
    warm_till.shows_banner("none")
