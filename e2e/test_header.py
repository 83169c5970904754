"""The icons of the header, and what is said after an outage: readiness (O2), line (P2), saved and synced (T4, T5)."""

import re

from playwright.sync_api import expect

from e2e.store import Store
from e2e.till import Till

HELD = """{ const { register } = ServiceWorkerContainer.prototype;
    ServiceWorkerContainer.prototype.register = async function (...what) {
        await new Promise((go) => { window.goOn = go; });
        return register.apply(this, what);
    }; }"""
"""Lets the app be kept only when the test says so."""


def test_o02_the_blue_cloud_tells_what_is_here_and_how_old(warm_till: Till) -> None:
    """Whoever sees a storm coming wants to know whether the register is safe, not to believe it."""
    warm_till.page.get_by_role("button", name="Offline ready").click()
    popup = warm_till.page.get_by_role("dialog", name="Offline mode is enabled")
    rows = popup.get_by_role("table", name="Data on this device").get_by_role("row")

    expect(rows.filter(has_text="Catalogue")).to_contain_text(re.compile(r"1,\d{3}.*(now|ago)"))
    expect(rows.filter(has_text="Payment modes")).to_contain_text(re.compile("now|ago"))
    warm_till.page.keyboard.press("Escape")
    expect(popup).to_have_count(0)


def test_p02_the_icon_is_gray_online_and_a_click_makes_it_red(warm_till: Till) -> None:
    """One tap takes the register offline by hand, one brings it back."""
    online = warm_till.page.get_by_role("button", name="Online", exact=True)
    expect(online).not_to_have_class(re.compile("red"))
    online.click()
    warm_till.shows_banner("green")
    offline = warm_till.page.get_by_role("button", name="Offline", exact=True)
    expect(offline).to_have_class(re.compile("red"))
    offline.click()

    expect(online).to_be_visible()


def test_t04_t05_a_sale_is_saved_locally_and_then_all_synced(store: Store, warm_till: Till) -> None:
    """First that it is safe here, then that nothing waits any more: both are counted, not hoped."""
    here = warm_till.page.locator("#saved-here")
    store.loses_its_server()
    warm_till.shows_banner("blue")
    warm_till.sells("Brown Bread", offline=True)
    expect(here).to_contain_text("Saved on this device: 1")
    store.opens()

    expect(warm_till.page.locator("#banner")).to_contain_text("All synced", timeout=60_000)
    expect(here).to_contain_text("Saved on this device: 0")
    store.has_orders(1)


def test_a_register_is_called_ready_once_its_app_is_kept(warm_till: Till) -> None:
    """All data is here, but closed now the register would not start without a network: whoever looks has to read it."""
    page = warm_till.page
    page.evaluate("navigator.serviceWorker.getRegistration().then((found) => found.unregister())")
    page.add_init_script(HELD)
    page.reload()
    warm_till.signs_in()

    page.get_by_role("button", name="Preparing for offline").click()
    expect(page.get_by_role("dialog", name="Preparing for offline")).to_contain_text("only on this page")
    page.evaluate("goOn()")
    expect(page.get_by_role("dialog", name="Offline mode is enabled")).to_be_visible(timeout=60_000)
