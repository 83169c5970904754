"""Today's app started on what each released format left in a browser, and the next one taken: selling goes on."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserType, expect

from app.domain.numbers import Number, parse_number
from e2e import profiles
from e2e.store import Store
from e2e.till import FIRST_START, Till
from e2e.torture.site import Site

WRITTEN = sorted(profiles.GOLDEN.glob("profile-*.json.gz"))


def number_of(text: str) -> Number:
    found = parse_number(text)
    assert found is not None, text
    return found


@pytest.mark.parametrize("file", WRITTEN, ids=lambda path: path.name.split(".")[0])
def test_today_starts_on_what_a_release_left(file: Path, browser_type: BrowserType, tmp_path: Path) -> None:
    """A till is updated in the middle of an outage, with sales that wait and a cart that is open: all of it stays."""
    profile = profiles.read(file)
    store = Store(data=tmp_path / "data").opens()
    till = Till(browser_type, tmp_path / "browser", store.address)
    try:
        profiles.adopt(store, profile)
        till.opens(profiles.EMPTY_PAGE)
        profiles.pour(till.page, store.address, profile)
        till.page.goto(store.address)
        till.signs_in_again("Asha")
        till.page.get_by_role("button", name="Continue sale").click()
        expect(till.page.get_by_role("region", name="Cart")).to_contain_text("Ribbed Top")
        assert till.count == 2
        expect(till.page.get_by_role("button", name="Checkout")).to_be_enabled(timeout=FIRST_START)
        till.checks_out()
        till.pays_with("Cash at Store")
        till.completes()
        number = till.is_saved(offline=None)
        till.starts_a_new_sale()

        till.shows_orders([*profile["sold"], number], "Synced")
        assert sorted(order["number"] for order in store.orders()) == sorted([*profile["sold"], number])
        assert follows(number_of(profile["sold"][-1]), number_of(number))
    finally:
        till.closes()
        store.closes()


def test_a_new_version_comes_at_one_press(browser_type: BrowserType, tmp_path: Path) -> None:
    """While a customer’s goods hang in the grid and the register asks for its server, the old one gives way."""
    site = Site(tmp_path / "site")
    till = Till(browser_type, tmp_path / "browser", site.store.address)
    try:
        till.opens().is_ready_to_sign_in()
        till.signs_in()
        till.page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
        site.publishes()
        till.page.evaluate("navigator.serviceWorker.ready.then(found => found.update()).then(() => 1)")
        till.page.locator("#update-now").click(timeout=FIRST_START)
        newer = "[...document.childNodes].some(({ data }) => data?.includes('version 2'))"
        till.page.wait_for_function(newer, timeout=FIRST_START)
        till.is_ready_to_sign_in()
    finally:
        till.closes()
        site.store.closes()


def follows(last: Number, next_one: Number) -> bool:
    """Whether a number is the next of its series; a financial year that began since begins with 1."""
    return next_one.counter == (last.counter + 1 if next_one.series == last.series else 1)
