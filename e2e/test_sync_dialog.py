"""The dialog "Sync to Server": sending the checked orders (P3), and carrying them to the back office as a file (P6)."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from e2e.looking import looks_wrong, page_looks_wrong
from e2e.office import BackOffice
from e2e.store import Store
from e2e.till import Till

BREAD = "Brown Bread"


@pytest.fixture(scope="module", autouse=True)
def _by_hand(warm_till: Till) -> None:
    """Auto-Sync is off: what waits goes when somebody says so."""
    warm_till.goes_to("Settings")
    switch = warm_till.page.get_by_role("switch", name="Auto-Sync")
    switch.click()
    expect(switch).to_have_attribute("aria-checked", "false")


@pytest.fixture
def dialog(warm_till: Till) -> Iterator[Locator]:
    """The dialog, and closed in the end."""
    shown = warm_till.page.get_by_role("dialog", name="Sync to Server")
    yield shown
    warm_till.page.keyboard.press("Escape")
    expect(shown).to_have_count(0)


def opens(till: Till) -> None:
    till.page.get_by_role("button", name="Sync to Server").click()


def row(dialog: Locator, number: str) -> Locator:
    return dialog.get_by_role("row").filter(has_text=number)


def checks(dialog: Locator, *numbers: str) -> None:
    for number in numbers:
        dialog.get_by_role("checkbox", name=f"Choose {number}").check()
    expect(dialog.locator("#sync-count")).to_have_text(re.compile(f"^{len(numbers)} of "))


def syncs(dialog: Locator) -> None:
    dialog.get_by_role("button", name="Sync to Back-Office").click()


def test_p03_the_checked_orders_are_sent_and_the_third_waits(store: Store, warm_till: Till, dialog: Locator) -> None:
    """Two of three are checked; the third stays on the device until somebody wants it sent, too."""
    first, second, third = (warm_till.sells(BREAD) for _ in range(3))
    expect(warm_till.page.locator("#sync-to-server")).to_have_text(re.compile("3$"))
    opens(warm_till)
    assert looks_wrong(warm_till, "sync-dialog") == []
    checks(dialog, first, third)

    syncs(dialog)

    for number in (first, third):
        expect(row(dialog, number)).to_contain_text("Synced", timeout=30_000)
    expect(row(dialog, second)).to_contain_text("Pending")
    assert {first, third} == {order["number"] for order in store.has_orders(2)}


def test_p03_all_is_all(store: Store, warm_till: Till, dialog: Locator) -> None:
    """With all checked the rest of the journal goes along, and the icon is calm again."""
    opens(warm_till)
    dialog.get_by_role("checkbox", name="Select all").check()
    syncs(dialog)

    expect(dialog.get_by_role("row").filter(has_text="Synced")).to_have_count(1, timeout=30_000)
    expect(warm_till.page.locator("#sync-to-server")).to_have_text(re.compile("0$"))
    store.has_orders(3)


def test_p03_a_failure_is_said_in_words_and_sent_again(store: Store, warm_till: Till, dialog: Locator) -> None:
    """S18 beside it: the reason is mended at the OMS, and the same bytes are taken in."""
    number = warm_till.sells(BREAD)
    store.loses_its_keys()
    opens(warm_till)
    checks(dialog, number)
    syncs(dialog)
    expect(row(dialog, number)).to_contain_text("sealed with a key that the OMS does not know", timeout=30_000)
    expect(row(dialog, number)).to_contain_text("Failed")
    store.finds_its_keys()

    checks(dialog, number)
    syncs(dialog)

    expect(row(dialog, number)).to_contain_text("Synced", timeout=30_000)
    store.has_orders(4)


@pytest.mark.usefixtures("server_is_back")
def test_p03_offline_nothing_can_be_sent_and_the_reason_is_said(store: Store, warm_till: Till, dialog: Locator) -> None:
    """Only while online; what waits is listed all the same, and it says that it is safe."""
    store.loses_its_server()
    warm_till.shows_banner("blue")
    number = warm_till.sells(BREAD, offline=True)
    opens(warm_till)
    checks(dialog, number)

    expect(dialog.get_by_role("button", name="Sync to Back-Office")).to_be_disabled()
    expect(dialog).to_contain_text("Not available while the internet is not connected")
    expect(dialog).to_contain_text("safe on this device")
    assert looks_wrong(warm_till, "sync-dialog-offline") == []


@pytest.fixture(scope="module")
def office(browser: Browser, store: Store) -> Iterator[BackOffice]:
    """A desk behind the store, where somebody has signed in."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-IN")
    yield BackOffice(context.new_page(), store).signs_in()
    context.close()


def exports(till: Till, dialog: Locator, number: str, folder: Path) -> Path:
    """Give one order out as a file."""
    opens(till)
    checks(dialog, number)
    with till.page.expect_download() as download:
        dialog.get_by_role("button", name="CSV Export").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def imports(office: BackOffice, file: Path) -> Locator:
    """Take the file in; return the row about its order."""
    office.opens("imports")
    office.page.get_by_label("Pending orders (CSV)").set_input_files(file)
    office.page.get_by_role("button", name="Import orders").click()
    return office.page.get_by_role("table", name="Imported orders").get_by_role("row").nth(1)


@pytest.mark.usefixtures("server_is_back")
def test_p06_exported_offline_then_imported_then_synced_is_one_order(
    store: Store, warm_till: Till, dialog: Locator, office: BackOffice, tmp_path: Path
) -> None:
    """The file goes by hand where the internet does not; whatever comes twice is booked once."""
    before = len(store.orders())
    store.loses_its_server()
    warm_till.shows_banner("blue")
    number = warm_till.sells(BREAD, offline=True)
    file = exports(warm_till, dialog, number, tmp_path)
    store.opens()

    expect(imports(office, file)).to_contain_text("Taken in")
    assert page_looks_wrong(office.page, "office-pending-orders") == []
    expect(imports(office, file)).to_contain_text("Already here")
    assert number in {order["number"] for order in store.has_orders(before + 1)}
    warm_till.shows_banner("none")
    syncs(dialog)

    expect(row(dialog, number)).to_contain_text("Synced", timeout=30_000)
    store.has_orders(before + 1)
