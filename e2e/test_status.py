"""Status: what is here, diagnostics, a reset that never destroys a sale; the cache, and what is closed offline."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Download, Locator, expect

from app.sync.entry import Entry, parse
from e2e.looking import looks_wrong
from e2e.store import Store
from e2e.till import FIRST_START, Till

BREAD, OWL = "Brown Bread", "Paper Owl Lantern"
GO = "Clear and download again"
COUNTS_PLEAS = """
    window.pleas = 0;
    const { persist } = StorageManager.prototype;
    StorageManager.prototype.persist = function () {
        window.pleas += 1;
        return persist.call(this);
    };
"""
"""How often the page asks the browser to keep its data."""


def status(till: Till) -> Locator:
    till.goes_to("Status")
    return till.page.get_by_role("main")


def facts(till: Till, name: str) -> Locator:
    return till.page.get_by_role("region", name=name)


def reset(till: Till) -> Locator:
    """Open the dialog of the reset."""
    status(till).get_by_role("button", name="Reset local data").click()
    return till.page.get_by_role("dialog", name="Reset local data")


def gives(till: Till, button: Locator, folder: Path) -> Path:
    """Press a button that gives a file, and return it."""
    with till.page.expect_download() as download:
        button.click()
    given: Download = download.value
    path = folder / given.suggested_filename
    given.save_as(path)
    return path


def starts_anew(till: Till) -> None:
    """The page has loaded itself anew, and everything is downloaded."""
    till.signs_in()
    till.is_ready_for_offline(within=FIRST_START)


@pytest.fixture
def auto_sync_is_on(warm_till: Till) -> Iterator[None]:
    """Whatever a test did, what waits is sent by itself afterwards."""
    yield
    warm_till.goes_to("Settings")
    switch = warm_till.page.get_by_role("switch", name="Auto-Sync")
    if switch.get_attribute("aria-checked") == "false":
        switch.click()


def test_t06_status_says_what_is_here_how_old_and_how_large(warm_till: Till) -> None:
    """What support asks first, and what an associate can read aloud."""
    status(warm_till)
    rows = warm_till.page.get_by_role("table", name="Data on this device").get_by_role("row")
    for name in ("Catalogue", "Inventory", "Payment modes", "Staff", "Customers"):
        expect(rows.filter(has_text=name)).to_have_text(re.compile(r"\d.*(ago|just now)"))
    expect(facts(warm_till, "Storage")).to_contain_text(re.compile(r"Used[\d.]+ [kMG]B"))
    expect(facts(warm_till, "Storage")).to_contain_text("Kept by the browser")
    expect(facts(warm_till, "Storage")).to_contain_text("written")
    expect(facts(warm_till, "Register")).to_contain_text("Pyodide")
    syncs = warm_till.page.get_by_role("table", name="Last syncs")
    for words in ("New catalogue", "Changes read", "Full check", "done"):
        expect(syncs).to_contain_text(words)
    assert [] == looks_wrong(warm_till, "status")


def test_t06_the_browser_is_asked_to_keep_the_data(warm_till: Till) -> None:
    """It decides by itself; the button may be pressed, and what it answered is shown."""
    status(warm_till)
    ask = warm_till.page.get_by_role("button", name="Ask to keep it")
    if ask.count():
        ask.click()

    expect(facts(warm_till, "Storage")).to_contain_text(re.compile("while there is room|until it is removed"))
    expect(warm_till.page.locator("#trouble")).to_be_empty()


def test_t06_each_start_asks_the_browser_to_keep_the_data(warm_till: Till) -> None:
    """Nobody presses a button on the first day; its answer stands in the readiness popup and on Status."""
    status(warm_till)
    expect(facts(warm_till, "Storage")).to_contain_text("while there is room")
    devtools = warm_till.context.new_cdp_session(warm_till.page)
    devtools.send("Browser.grantPermissions", {"origin": warm_till.address, "permissions": ["durableStorage"]})
    warm_till.context.add_init_script(COUNTS_PLEAS)

    warm_till.reloads()
    warm_till.signs_in()

    assert 1 == warm_till.page.evaluate("window.pleas")
    warm_till.page.get_by_role("button", name="Offline ready").click()
    popup = warm_till.page.get_by_role("dialog")
    expect(popup).to_contain_text(re.compile(r"Kept by the browser\s*until it is removed"))
    warm_till.page.keyboard.press("Escape")
    status(warm_till)
    expect(facts(warm_till, "Storage")).to_contain_text("until it is removed")
    expect(warm_till.page.get_by_role("button", name="Ask to keep it")).to_have_count(0)
    devtools.send("Browser.resetPermissions")


def test_the_app_is_offered_where_the_browser_can_install_it(warm_till: Till) -> None:
    """An installed app's data is kept. Its answer needs a person, so the browser's offer is made here again."""
    devtools = warm_till.context.new_cdp_session(warm_till.page)
    assert [] == devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]
    status(warm_till)
    button = warm_till.page.get_by_role("main").get_by_role("button", name="Install the app")
    warm_till.page.evaluate("dispatchEvent(new Event('appinstalled'))")
    expect(warm_till.page.get_by_role("heading", name="Storage")).to_be_visible()
    expect(button).to_be_hidden()
    warm_till.page.evaluate(
        """() => {
            const offer = Object.assign(new Event("beforeinstallprompt", { cancelable: true }), {
                prompt: async () => { window.installing = offer.defaultPrevented; },
            });
            dispatchEvent(offer);
        }"""
    )

    button.click()
    expect(button).to_be_hidden()
    assert warm_till.page.evaluate("window.installing") is True


def test_t06_diagnostics_hold_nothing_about_anybody(warm_till: Till, tmp_path: Path) -> None:
    """One file for support, from a till that has sold."""
    warm_till.is_online()
    number = warm_till.sells(BREAD)
    path = gives(warm_till, status(warm_till).get_by_role("button", name="Diagnostics"), tmp_path)
    text = path.read_text("utf-8")
    told = json.loads(text)

    assert ("R1", "online", 1) == (told["register"], told["line"]["mode"], told["journal"]["opened"]["sale"])
    assert "Pyodide" in told["versions"]["runtime"]
    assert "Chrome" in told["versions"]["browser"]
    assert [] == [word for word in (number, "Asha", "Ravi", "Meera", "Lakeside", "29AABCD") if word in text]


def test_t06_an_unsynced_sale_refuses_a_reset_until_it_is_in_a_file(
    store: Store, warm_till: Till, tmp_path: Path, auto_sync_is_on: None
) -> None:
    """With the file and a manager the data is cleared; the sale stays, is sent, and the series goes on."""
    del auto_sync_is_on
    warm_till.goes_to("Settings")
    warm_till.page.get_by_role("switch", name="Auto-Sync").click()
    number = warm_till.sells(BREAD)
    dialog = reset(warm_till)
    expect(dialog).to_contain_text("not sent yet")
    expect(dialog.get_by_role("button", name=GO)).to_have_count(0)
    assert [] == looks_wrong(warm_till, "reset-waiting")

    path = gives(warm_till, dialog.get_by_role("button", name="Save a file"), tmp_path)
    entries = [parse(line) for line in path.read_bytes().splitlines()]
    assert number in [entry.header.number for entry in entries if isinstance(entry, Entry)]
    expect(dialog).to_contain_text("given out")
    dialog.get_by_label("Manager", exact=True).select_option("Ravi")
    dialog.get_by_role("textbox", name="Manager’s PIN").fill("2222")
    assert [] == looks_wrong(warm_till, "reset-manager")
    dialog.get_by_role("button", name=GO).click()

    starts_anew(warm_till)
    warm_till.shows_order(number, "Pending")
    warm_till.goes_to("Settings")
    warm_till.page.get_by_role("switch", name="Auto-Sync").click()
    warm_till.shows_order(number, "Synced")
    assert number in [order["number"] for order in store.orders()]


def test_t06_with_everything_synced_a_reset_is_one_yes_and_it_sells_again(store: Store, warm_till: Till) -> None:
    """Cleared, loaded anew, downloaded again; the next invoice has the next number."""
    before = store.orders()
    dialog = reset(warm_till)
    expect(dialog.get_by_role("textbox")).to_have_count(0)
    dialog.get_by_role("button", name=GO).click()

    starts_anew(warm_till)
    number = warm_till.sells(BREAD)

    numbers = sorted(order["number"] for order in store.has_orders(len(before) + 1))
    assert (number, len(numbers)) == (numbers[-1], int(number[-5:]))
    expect(status(warm_till).get_by_role("table", name="Last syncs")).to_contain_text("Local data cleared")


def test_t01_what_is_new_at_the_store_is_found_by_searching(store: Store, warm_till: Till, tmp_path: Path) -> None:
    """Cached, and refreshed by opening the sales page, by searching and by scrolling; nobody reloads anything."""
    warm_till.goes_to("Sell")
    file = tmp_path / "owl.csv"
    file.write_text(f"name,category,sale price,sku,stock,tax class\n{OWL},Decor,950,OWL-1,40,standard\n")
    store.imports(file)
    warm_till.page.get_by_role("main").hover()
    warm_till.page.mouse.wheel(0, 600)

    warm_till.searches(OWL)

    expect(warm_till.products.filter(has_text=OWL)).to_be_visible(timeout=20_000)


def test_t01_products_customers_and_categories_are_here_without_the_server(store: Store, warm_till: Till) -> None:
    """The cache is what sells in an outage."""
    store.loses_its_server()
    warm_till.shows_banner("blue")
    warm_till.goes_to("Sell")
    warm_till.page.get_by_role("group", name="Categories").get_by_role("button", name="Decor", exact=True).click()
    warm_till.searches(OWL)
    expect(warm_till.products.filter(has_text=OWL)).to_be_visible()

    warm_till.goes_to("Customers")

    expect(warm_till.page.get_by_role("main")).to_contain_text("Meera Iyer")


def test_t02_areas_that_need_the_server_are_closed_with_the_reason(store: Store, warm_till: Till) -> None:
    """The server is still away: every area of the till opens, the back office does not, and a reset waits."""
    for place in ("Sell", "Orders", "Customers", "Shift", "Settings", "Status"):
        warm_till.goes_to(place)
        expect(warm_till.page.get_by_role("navigation").get_by_role("link", name=place)).to_have_attribute(
            "aria-current", "page"
        )
    main = status(warm_till)
    office = main.get_by_role("link", name="Back office")
    expect(office).to_have_attribute("aria-disabled", "true")
    expect(office).not_to_have_attribute("href", re.compile("."))
    expect(main).to_contain_text("Not available while the internet is not connected. It comes back by itself.")
    expect(main.get_by_role("button", name="Reset local data")).to_be_disabled()
    assert [] == looks_wrong(warm_till, "status-offline")

    store.opens()
    warm_till.shows_banner("none")

    expect(office).to_have_attribute("href", "/office/")
    with warm_till.context.expect_page() as opened:
        office.click()
    expect(opened.value.get_by_role("heading", name="Sign in")).to_be_visible()
    opened.value.close()
    expect(main.get_by_role("heading", name="Status")).to_be_visible()
