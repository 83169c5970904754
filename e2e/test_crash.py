"""The page is killed in the middle of a sale: nothing taken is forgotten, nothing saved is doubled."""

from decimal import Decimal

from playwright.sync_api import expect

from e2e.store import Store
from e2e.till import Till


def kill(till: Till) -> None:
    """End the renderer as a crash does: without a word to the page."""
    till.page.goto("about:blank")
    till.page.goto(till.address)


def test_a_split_payment_survives_a_crash(store: Store, warm_till: Till) -> None:
    """A card was charged for a part when the page died: at the next start that money is still counted."""
    warm_till.adds("Ribbed Top", size="S")
    due = warm_till.total
    warm_till.checks_out()
    warm_till.pays_with("Card Swipe at Store", amount=Decimal(100), reference="HALF")
    warm_till.completes()
    expect(warm_till.page.get_by_role("main")).to_contain_text("HALF")

    kill(warm_till)
    warm_till.is_ready_to_sign_in()
    warm_till.signs_in_again("Asha")
    warm_till.page.get_by_role("button", name="Continue sale").click()

    expect(warm_till.page.get_by_role("main")).to_contain_text("HALF")
    warm_till.pays_with("Card Swipe at Store", reference="REST")
    warm_till.completes()
    number = warm_till.is_saved(offline=None)
    warm_till.starts_a_new_sale()
    [order] = [order for order in store.has_orders(1) if order["number"] == number]
    paid = store.asks(f"/orders/{order['id']}")["order"]["payments"]
    assert [payment["amount"] for payment in paid] == [10_000, due - 10_000]


def test_a_saved_sale_is_not_offered_again(store: Store, warm_till: Till) -> None:
    """After "Sale saved" a crash leaves no open sale behind: it is in the journal, once."""
    warm_till.adds("Brown Bread")
    warm_till.checks_out()
    warm_till.pays_with("Cash at Store")
    warm_till.completes()
    number = warm_till.is_saved(offline=None)

    kill(warm_till)
    warm_till.signs_in_again("Asha")

    expect(warm_till.page.get_by_role("button", name="Continue sale")).to_have_count(0)
    warm_till.shows_order(number, "Synced")
    assert [order["number"] for order in store.orders()].count(number) == 1


def test_a_cart_survives_a_crash(warm_till: Till) -> None:
    """Twenty scanned items are not scanned a second time because a page died."""
    warm_till.goes_to("Sell")
    warm_till.adds("Brown Bread")
    warm_till.adds("Ribbed Top", size="M")
    total = warm_till.total

    kill(warm_till)
    warm_till.signs_in_again("Asha")
    warm_till.page.get_by_role("button", name="Continue sale").click()

    expect(warm_till.page.locator("#cart-total")).to_have_attribute("data-minor", str(total))
