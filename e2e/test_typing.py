"""What an associate is typing belongs to the associate, whatever the network does meanwhile."""

from playwright.sync_api import expect

from e2e.store import Store
from e2e.till import Till


def test_typing_survives_a_banner(store: Store, warm_till: Till) -> None:
    """The worst minute: the line drops and the banner appears while the cash received is being typed."""
    warm_till.adds("Brown Bread")
    warm_till.checks_out()
    notes = warm_till.page.get_by_role("textbox", name="Order notes")
    notes.click()
    warm_till.page.keyboard.type("gift wr")
    store.loses_its_server()
    warm_till.shows_banner("blue")
    warm_till.page.keyboard.type("ap, please")

    expect(notes).to_have_value("gift wrap, please")
    expect(notes).to_be_focused()


def test_a_choice_survives_a_banner_that_goes(store: Store, warm_till: Till) -> None:
    """The State decides the tax: chosen and not yet saved, it went back to "As the store" without a word."""
    warm_till.page.get_by_role("button", name="Customer", exact=True).click()
    dialog = warm_till.page.get_by_role("dialog", name="Customer")
    state = dialog.get_by_role("combobox", name="State")
    scanner = dialog.locator("#customer-camera")  # seen only where the browser can read codes
    expect(scanner).to_be_disabled()
    state.select_option("29")
    store.opens()
    expect(scanner).to_be_enabled(timeout=60_000)  # so the dialog is drawn anew

    expect(state).to_have_value("29")
    dialog.get_by_role("button", name="Cancel").click()
    expect(dialog).to_have_count(0)
    store.loses_its_server()
    warm_till.shows_banner("blue")


def test_typing_survives_the_banner_that_goes(store: Store, warm_till: Till) -> None:
    """And the same when the internet comes back."""
    amount = warm_till.page.get_by_role("textbox", name="Amount received")
    amount.fill("")
    amount.click()
    warm_till.page.keyboard.type("10")
    store.opens()
    warm_till.shows_banner("none")
    warm_till.page.keyboard.type("0")

    expect(amount).to_have_value("100")
