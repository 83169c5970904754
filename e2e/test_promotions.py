"""S16, what takes something off the price: it works online, is disabled offline with its reason, and comes back.

The demo store has two promotions: 15 % off everything for kids, and of three things for bed and bath the cheapest
free; and the coupon WELCOME10, ten per cent off from ₹ 500.
"""

import re
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from e2e.looking import STILL, problems
from e2e.store import ROOT, Store
from e2e.till import Till

KIDS, TOWEL = "Rocket Kids T-Shirt", "Terry Bath Towel"
COOKER, MUG = "Steel Pressure Cooker", "Enamel Coffee Mug"
SIZE = "4-5Y"


def minor(shown: Locator) -> int:
    """The exact amount of an element, in paise."""
    return int(shown.get_attribute("data-minor") or "0")


def cart(till: Till) -> Locator:
    return till.page.get_by_role("region", name="Cart")


def looks_good(till: Till, name: str, *, cart: bool = False) -> list[str]:
    """Keep pictures of the screen at both sizes, on the phone with its cart open, and return what is wrong with it."""
    wrong = []
    bar = till.page.locator("#cart-bar")
    for width, height in ((1280, 800), (390, 844)):
        till.page.set_viewport_size({"width": width, "height": height})
        if cart and width < 1280:
            bar.click()
            expect(bar).to_have_attribute("aria-expanded", "true")
        till.page.evaluate(STILL)
        till.page.screenshot(path=str(ROOT / ".build" / "screens" / f"{name}-{width}.png"))
        wrong += problems(till.page)
    if cart:
        bar.click()
    till.page.set_viewport_size({"width": 1280, "height": 800})
    return wrong


def order_of(store: Store, number: str) -> dict[str, Any]:
    """The order as the OMS holds it."""
    found = next(order for order in store.orders() if order["number"] == number)
    whole: dict[str, Any] = store.asks(f"/orders/{found['id']}")
    return whole


def finishes(till: Till, *, offline: bool = False) -> str:
    """Pay in cash and start the next sale."""
    if not till.page.get_by_role("button", name="Complete sale").is_visible():
        till.checks_out()
    till.pays_with("Cash at Store")
    till.completes()
    number = till.is_saved(offline=offline)
    till.starts_a_new_sale()
    return number


def test_s16_promotions_are_taken_off_and_reach_the_oms(store: Store, warm_till: Till) -> None:
    """What the poster says is what the customer pays, what the invoice shows, and what the OMS books."""
    warm_till.adds(KIDS, size=SIZE)
    expect(cart(warm_till)).to_contain_text("Kids’ Week: 15% off")
    wrong = looks_good(warm_till, "promotions-cart", cart=True)
    warm_till.checks_out()
    wrong += looks_good(warm_till, "promotions-checkout")
    warm_till.pays_with("Card Swipe at Store", reference="A1")
    warm_till.completes()
    number = warm_till.is_saved()
    expect(warm_till.invoice).to_contain_text("Kids’ Week: 15% off")
    wrong += looks_good(warm_till, "promotions-invoice")
    warm_till.starts_a_new_sale()
    store.has_orders(1)

    order = order_of(store, number)

    assert (wrong, "accepted") == ([], order["summary"]["state"])
    [line], [taken] = order["order"]["lines"], order["order"]["promotions"]
    assert (line["unit_price"] * 15 + 50) // 100 == line["discount"] == taken["amount"]
    assert line["unit_price"] - line["discount"] == order["summary"]["total"]


def test_s16_promotions_buy_two_get_one(warm_till: Till) -> None:
    """Of three equal towels the customer pays two."""
    for _ in range(3):
        warm_till.adds(TOWEL)
    each = re.search(r"₹\s([\d,]+)\.(\d\d) each", cart(warm_till).inner_text())
    assert each is not None
    price = int(each[1].replace(",", "") + each[2])

    assert 2 * price == warm_till.total
    cart(warm_till).get_by_role("button", name="Empty", exact=True).click()
    warm_till.page.get_by_role("button", name="Empty cart").click()
    expect(warm_till.page.locator("#cart-total")).to_have_attribute("data-minor", "0")


@pytest.fixture(scope="module")
def begun(store: Store, warm_till: Till) -> tuple[int, int]:
    """A sale begun online whose network goes at checkout: its total before, and after."""
    warm_till.adds(KIDS, size=SIZE)
    warm_till.checks_out()
    due = warm_till.page.locator("#due")
    before = minor(due)
    store.loses_its_server()
    warm_till.shows_banner("blue")
    expect(due).not_to_have_attribute("data-minor", str(before))
    return before, minor(due)


def test_s16_promotions_are_not_applied_offline_and_the_sale_says_so(begun: tuple[int, int], warm_till: Till) -> None:
    """A total that rose without a word would be a quarrel at the till."""
    before, after = begun

    assert before < after
    said = warm_till.page.locator("#checkout-offers")
    expect(said).to_contain_text("Promotions are not applied offline")
    assert [] == looks_good(warm_till, "promotions-offline")


def test_s16_promotions_come_back_by_themselves(begun: tuple[int, int], store: Store, warm_till: Till) -> None:
    """Nobody touched anything: the line is back, and so is the price."""
    store.opens()

    expect(warm_till.page.locator("#due")).to_have_attribute("data-minor", str(begun[0]), timeout=20_000)
    expect(warm_till.page.locator("#checkout-offers")).to_have_count(0)


def test_s16_promotions_stay_once_money_was_taken(store: Store, warm_till: Till) -> None:
    """Part of it is paid by card: the price that the customer agreed to holds, network or not."""
    agreed = minor(warm_till.page.locator("#checkout-total"))
    warm_till.pays_with("Card Swipe at Store", amount=Decimal(50), reference="A2")
    warm_till.page.get_by_role("button", name="Add payment").click()
    expect(warm_till.page.get_by_role("list", name="Payments taken")).to_contain_text("Card Swipe")
    store.loses_its_server()
    warm_till.shows_banner("blue")

    expect(warm_till.page.locator("#checkout-offers")).to_contain_text("its price stays as agreed")
    assert agreed == minor(warm_till.page.locator("#checkout-total"))
    number = finishes(warm_till, offline=True)
    store.opens()
    warm_till.shows_banner("none", within=60_000)
    warm_till.shows_order(number, "Synced", offline=True)
    assert "accepted" == order_of(store, number)["summary"]["state"]
    warm_till.goes_to("Sell")


def applies(till: Till, code: str) -> None:
    till.page.get_by_role("textbox", name="Coupon code").fill(code)
    till.page.get_by_role("button", name="Apply", exact=True).click()


def cooker_at_checkout(till: Till) -> int:
    """Something that is in no promotion and reaches the coupon's minimum; return what it costs."""
    till.picks(COOKER)
    till.page.get_by_role("dialog").get_by_role("radio").first.check(force=True)
    till.page.get_by_role("dialog").get_by_role("button", name="Add to cart").click()
    expect(till.page.locator("#cart-total")).not_to_have_attribute("data-minor", "0")
    till.checks_out()
    return minor(till.page.locator("#checkout-total"))


def test_s16_coupons_are_checked_by_the_oms(warm_till: Till) -> None:
    """A code that is none, and one that is: what it gives is seen before anything is paid."""
    full = cooker_at_checkout(warm_till)
    applies(warm_till, "welcome11")
    expect(warm_till.page.locator("#coupon-told")).to_contain_text("There is no coupon “WELCOME11”")
    applies(warm_till, "welcome10")
    expect(warm_till.page.get_by_role("group", name="Coupon")).to_contain_text("less")

    assert [] == looks_good(warm_till, "coupon")
    assert full - full // 10 == minor(warm_till.page.locator("#checkout-total"))


def test_s16_coupons_reach_the_oms_and_are_used_up_by_the_order(store: Store, warm_till: Till) -> None:
    """The invoice names it, and the OMS comes to the same total."""
    warm_till.pays_with("Card Swipe at Store", reference="A3")
    warm_till.completes()
    number = warm_till.is_saved()
    expect(warm_till.invoice).to_contain_text("WELCOME10")
    warm_till.starts_a_new_sale()
    warm_till.shows_order(number, "Synced")
    warm_till.goes_to("Sell")

    order = order_of(store, number)

    assert "accepted" == order["summary"]["state"]
    assert ["WELCOME10"] == [taken["code"] for taken in order["order"]["promotions"]]


def test_s16_coupons_that_were_applied_outlive_the_network(store: Store, warm_till: Till) -> None:
    """The OMS keeps it for this sale: the sale begun online ends offline at the same price."""
    full = cooker_at_checkout(warm_till)
    applies(warm_till, "WELCOME10")
    expect(warm_till.page.get_by_role("group", name="Coupon")).to_contain_text("less")
    store.loses_its_server()
    warm_till.shows_banner("blue")

    assert full - full // 10 == minor(warm_till.page.locator("#checkout-total"))
    finishes(warm_till, offline=True)


def test_s16_coupons_are_disabled_offline_and_come_back_by_themselves(store: Store, warm_till: Till) -> None:
    """Disabled with the reason, not hidden; nobody has to think of switching anything on again."""
    cooker_at_checkout(warm_till)
    code = warm_till.page.get_by_role("textbox", name="Coupon code")
    expect(code).to_be_disabled()
    expect(warm_till.page.locator("#coupon-why")).to_contain_text("internet is not connected")
    wrong = looks_good(warm_till, "coupon-offline")

    store.opens()

    expect(code).to_be_enabled(timeout=20_000)
    applies(warm_till, "WELCOME10")
    expect(warm_till.page.get_by_role("group", name="Coupon")).to_contain_text("less")
    finishes(warm_till)
    assert [] == wrong


def test_s16_extensions_are_sold_with_their_line(store: Store, warm_till: Till) -> None:
    """A gift wrap for each of two mugs: priced, taxed, on the invoice, and right at the OMS."""
    warm_till.adds(MUG)
    before = warm_till.total
    warm_till.page.get_by_role("button", name="Extras for").click()
    dialog = warm_till.page.get_by_role("dialog", name="Extras for")
    wrong = looks_good(warm_till, "extras")
    dialog.get_by_role("checkbox", name="Gift wrap").check(force=True)
    dialog.get_by_role("button", name="Done").click()
    expect(cart(warm_till).get_by_role("list", name="Extras of")).to_contain_text("Gift wrap")
    wrong += looks_good(warm_till, "extras-cart", cart=True)
    assert before + 4_900 == warm_till.total
    cart(warm_till).get_by_role("button", name="One more of").click()
    expect(warm_till.page.locator("#cart-total")).to_have_attribute("data-minor", str(2 * (before + 4_900)))
    warm_till.checks_out()
    warm_till.pays_with("Card Swipe at Store", reference="A5")
    warm_till.completes()
    number = warm_till.is_saved()
    warm_till.starts_a_new_sale()
    warm_till.shows_order(number, "Synced")
    warm_till.goes_to("Sell")

    order = order_of(store, number)

    assert (wrong, "accepted") == ([], order["summary"]["state"])
    assert ["2", "2"] == [line["quantity"] for line in order["order"]["lines"]]
    assert 2 * (before + 4_900) == order["summary"]["total"]


def test_s16_extensions_are_disabled_offline_and_those_in_the_cart_stay(store: Store, warm_till: Till) -> None:
    """A sale begun online keeps what was promised; nothing new is promised offline, and the reason is there."""
    warm_till.adds(MUG)
    extras = cart(warm_till).get_by_role("button", name="Extras for")
    extras.click()
    warm_till.page.get_by_role("dialog").get_by_role("checkbox", name="Gift wrap").check(force=True)
    warm_till.page.get_by_role("dialog").get_by_role("button", name="Done").click()
    expect(cart(warm_till).get_by_role("list", name="Extras of")).to_contain_text("Gift wrap")
    total = warm_till.total
    store.loses_its_server()

    expect(extras).to_be_disabled(timeout=15_000)
    expect(cart(warm_till)).to_contain_text("Not available while the internet is not connected")
    assert ([], total) == (looks_good(warm_till, "extras-offline", cart=True), warm_till.total)

    store.opens()
    expect(extras).to_be_enabled(timeout=20_000)
    finishes(warm_till)
