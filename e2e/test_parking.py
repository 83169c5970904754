"""Parked sales (T7): put aside under a name, found again after a restart, resumed at today's prices, or discarded."""

from pathlib import Path

from playwright.sync_api import Locator, expect

from e2e.looking import looks_wrong
from e2e.store import Store
from e2e.till import Till

LAMP = "Reading Lamp"


def costs(store: Store, folder: Path, rupees: int) -> None:
    """Let the back office import a lamp at a price."""
    file = folder / "lamp.csv"
    file.write_text(f"name,category,sale price,sku,stock,tax class\n{LAMP},Decor,{rupees},LAMP-1,40,standard\n")
    store.imports(file)


def parks(till: Till, name: str) -> None:
    till.page.get_by_role("button", name="Park sale").click()
    dialog = till.page.get_by_role("dialog", name="Park sale")
    dialog.get_by_role("textbox", name="Name").fill(name)
    dialog.get_by_role("button", name="Park", exact=True).click()
    expect(till.page.locator("#cart-total")).to_have_attribute("data-minor", "0")


def opens_the_list(till: Till, count: int) -> Locator:
    till.page.get_by_role("button", name=f"Parked sales: {count}").click()
    return till.page.get_by_role("dialog", name="Parked sales")


def cart(till: Till) -> Locator:
    return till.page.get_by_role("region", name="Cart")


def test_t07_a_sale_is_parked_under_a_name(store: Store, warm_till: Till, tmp_path: Path) -> None:
    """The next customer is served at once, and nobody has to remember what was in the cart."""
    costs(store, tmp_path, 1_000)
    warm_till.searches(LAMP)
    expect(warm_till.products.filter(has_text=LAMP)).to_be_visible(timeout=20_000)
    warm_till.adds(LAMP)
    warm_till.page.get_by_role("button", name="Park sale").click()
    wrong = looks_wrong(warm_till, "park")
    warm_till.page.keyboard.press("Escape")
    parks(warm_till, "Meera")
    warm_till.adds("Brown Bread")
    parks(warm_till, "Red bag")
    wrong += looks_wrong(warm_till, "parked")

    listed = opens_the_list(warm_till, 2)
    expect(listed.get_by_role("listitem")).to_have_count(2)
    expect(listed).to_contain_text("1,000.00")
    assert [*wrong, *looks_wrong(warm_till, "parked-list")] == []
    warm_till.page.keyboard.press("Escape")


def test_t07_after_a_restart_it_is_resumed_at_todays_price(store: Store, warm_till: Till, tmp_path: Path) -> None:
    """The lamp has become dearer overnight: that is said. The cart that was open is parked first; all is sold once."""
    warm_till.closes()
    costs(store, tmp_path, 1_200)
    warm_till.opens().signs_in()
    warm_till.searches(LAMP)
    expect(warm_till.products).to_have_count(1)
    expect(warm_till.page.get_by_role("list", name="Products")).to_contain_text("1,200.00", timeout=20_000)
    warm_till.adds("Brown Bread")
    opens_the_list(warm_till, 2).get_by_role("button", name="Resume Meera").click()

    expect(cart(warm_till)).to_contain_text(LAMP)
    expect(warm_till.page.locator("#sell-notice")).to_contain_text("₹\u00a01,000.00 → ₹\u00a01,200.00")
    assert looks_wrong(warm_till, "parked-resumed") == []
    warm_till.checks_out()
    warm_till.pays_with("Cash at Store")
    warm_till.completes()
    warm_till.is_saved(offline=None)
    warm_till.starts_a_new_sale()
    assert [120_000] == [order["total"] for order in store.has_orders(1)]


def test_t07_a_parked_sale_is_discarded(warm_till: Till) -> None:
    """By who parked it, and only after being asked once more."""
    opens_the_list(warm_till, 2).get_by_role("button", name="Discard Red bag").click()
    warm_till.page.get_by_role("button", name="Discard sale").locator("visible=true").click()

    expect(warm_till.page.get_by_role("dialog", name="Parked sales").get_by_role("listitem")).to_have_count(1)
    warm_till.page.keyboard.press("Escape")
    expect(warm_till.page.get_by_role("button", name="Parked sales: 1")).to_be_visible()
