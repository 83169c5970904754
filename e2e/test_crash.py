"""The page crashes in the middle of a sale: nothing taken is forgotten, nothing saved is doubled."""

from contextlib import suppress
from decimal import Decimal

from playwright.sync_api import Error, expect

from e2e.drafts import writes_its_draft
from e2e.store import Store
from e2e.till import Till


def kill(till: Till) -> None:
    """Let the renderer crash, with both workers in it and without a word to them; somebody opens the address anew."""
    crashed = till.page
    with crashed.expect_event("crash"), suppress(Error):
        crashed.goto("chrome://crash")
    till._page = till.context.new_page()
    till.page.goto(till.address)


def half_is_paid(till: Till) -> int:
    """A card is charged for a part of a sale, which stays open; return what all of it comes to."""
    till.adds("Ribbed Top", size="S")
    due = till.total
    till.checks_out()
    till.pays_with("Card Swipe at Store", amount=Decimal(100), reference="HALF")
    till.completes()
    expect(till.page.get_by_role("main")).to_contain_text("HALF")
    return due


def the_rest_is_paid(store: Store, till: Till, due: int) -> None:
    """The sale is open again with that part, and is paid up: each part stands in the OMS once."""
    expect(till.page.get_by_role("main")).to_contain_text("HALF")
    till.pays_with("Card Swipe at Store", reference="REST")
    till.completes()
    number = till.is_saved(offline=None)
    till.starts_a_new_sale()
    [order] = [order for order in store.has_orders(1) if order["number"] == number]
    paid = store.asks(f"/orders/{order['id']}")["order"]["payments"]
    assert [payment["amount"] for payment in paid] == [10_000, due - 10_000]


def test_a_split_payment_survives_a_crash(store: Store, warm_till: Till) -> None:
    """A card was charged for a part when the page died: at the next start that money is still counted."""
    due = half_is_paid(warm_till)

    kill(warm_till)
    warm_till.is_ready_to_sign_in()
    warm_till.signs_in_again("Asha")
    warm_till.page.get_by_role("button", name="Continue sale").click()

    the_rest_is_paid(store, warm_till, due)


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
    with writes_its_draft(warm_till):
        warm_till.adds("Brown Bread")
    with writes_its_draft(warm_till):
        warm_till.adds("Ribbed Top", size="M")
    total = warm_till.total

    kill(warm_till)
    warm_till.signs_in_again("Asha")
    warm_till.page.get_by_role("button", name="Continue sale").click()

    expect(warm_till.page.locator("#cart-total")).to_have_attribute("data-minor", str(total))
