"""A price that a sync changes in mid-sale: shown at its line; the customer pays what she saw until somebody decides."""

from pathlib import Path

from playwright.sync_api import Locator, expect

from e2e.store import Store
from e2e.test_promotions import cart, looks_good
from e2e.till import Till

LAMP = "Reading Lamp"


def priced(store: Store, folder: Path, rupees: int) -> None:
    """Let the back office import a lamp at a price."""
    file = folder / "lamp.csv"
    file.write_text(f"name,category,sale price,sku,stock,tax class\n{LAMP},Decor,{rupees},LAMP-1,40,standard\n")
    store.imports(file)


def news(till: Till) -> Locator:
    return cart(till).get_by_role("group", name="News of")


def test_a_price_changed_in_mid_sale_waits_for_a_decision(store: Store, warm_till: Till, tmp_path: Path) -> None:
    """The lamp goes from ₹ 1,000 to ₹ 1,200 while it lies on the counter: kept first, used after the next change."""
    priced(store, tmp_path, 1_000)
    warm_till.searches(LAMP)
    expect(warm_till.products.filter(has_text=LAMP)).to_be_visible(timeout=20_000)
    warm_till.adds(LAMP)

    priced(store, tmp_path, 1_200)
    expect(news(warm_till)).to_contain_text("1,200.00", timeout=20_000)
    assert ([], 100_000) == (looks_good(warm_till, "news", cart=True), warm_till.total)
    cart(warm_till).get_by_role("button", name="Keep ₹\u00a01,000.00").click()
    expect(news(warm_till)).to_have_count(0)
    assert 100_000 == warm_till.total

    priced(store, tmp_path, 900)
    cart(warm_till).get_by_role("button", name="Use ₹\u00a0900.00").click(timeout=20_000)
    expect(warm_till.page.locator("#cart-total")).to_have_attribute("data-minor", "90000")
    expect(news(warm_till)).to_have_count(0)
    warm_till.checks_out()
    warm_till.pays_with("Cash at Store")
    warm_till.completes()
    warm_till.is_saved()

    [order] = store.has_orders(1)

    assert (90_000, "accepted") == (order["total"], order["state"])
