"""A register that is left alone is locked; the sale stands under the lock, and a PIN opens it."""

from playwright.sync_api import Locator, expect

from e2e.till import Till


def locked(till: Till) -> Locator:
    return till.page.get_by_role("dialog", name="Locked")


def locks(till: Till) -> None:
    till.page.get_by_role("button", name="Lock", exact=True).click()
    expect(locked(till)).to_be_visible()


def unlocks(till: Till, pin: str, name: str = "") -> None:
    if name:
        locked(till).get_by_role("button", name=name).click()
    locked(till).get_by_role("textbox", name="PIN").fill(pin)
    locked(till).get_by_role("button", name="Unlock").click()


def test_a_sale_survives_the_lock_to_the_letter(warm_till: Till) -> None:
    """Nobody locks a screen that throws the sale away; so half a word has to be there again."""
    warm_till.adds("Brown Bread")
    warm_till.checks_out()
    warm_till.page.get_by_role("textbox", name="Order notes").fill("gift wr")
    warm_till.page.get_by_role("button", name="Customer").click()
    warm_till.page.get_by_role("textbox", name="Name", exact=True).fill("Meer")

    warm_till.page.evaluate("document.querySelector('#lock-screen').click()")
    expect(locked(warm_till)).to_be_visible()
    unlocks(warm_till, "1111")

    expect(locked(warm_till)).to_have_count(0)
    expect(warm_till.page.get_by_role("textbox", name="Name", exact=True)).to_have_value("Meer")
    warm_till.page.keyboard.press("Escape")
    expect(warm_till.page.get_by_role("textbox", name="Order notes")).to_have_value("gift wr")


def test_under_the_lock_nothing_can_be_done(warm_till: Till) -> None:
    """A scanner, a key or a wrong PIN must not reach the sale."""
    locks(warm_till)

    warm_till.page.keyboard.press("F9")
    warm_till.page.keyboard.press("Escape")
    unlocks(warm_till, "9999")

    expect(locked(warm_till)).to_contain_text("Wrong PIN")
    expect(warm_till.page.get_by_role("heading", name="Sale saved")).to_have_count(0)


def test_another_person_takes_the_sale_over(warm_till: Till) -> None:
    """Asha goes to lunch in mid-sale; the customer is served, and the invoice says by whom."""
    unlocks(warm_till, "2222", name="Ravi")
    expect(locked(warm_till)).to_have_count(0)

    expect(warm_till.page.locator("#header")).to_contain_text("Ravi")
    warm_till.completes()
    warm_till.is_saved()
    expect(warm_till.invoice).to_contain_text("Ravi")
