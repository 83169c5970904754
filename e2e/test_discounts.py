"""Discounts by hand (O3) and changed prices (T9): by role, with a manager, offline, and in the reports."""

import csv
import io
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from e2e.looking import looks_wrong, page_looks_wrong
from e2e.office import BackOffice
from e2e.store import Store
from e2e.till import Till

MUG, BREAD = "Enamel Coffee Mug", "Brown Bread"
MINUTE = 60_000


@pytest.fixture(scope="module")
def office(browser: Browser, store: Store) -> Iterator[BackOffice]:
    """A desk where somebody has signed in."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-IN")
    yield BackOffice(context.new_page(), store).signs_in()
    context.close()


def cart(till: Till) -> Locator:
    return till.page.get_by_role("region", name="Cart")


def asks(till: Till, button: str, *, way: str, value: str, reason: str) -> Locator:
    """Open the dialog at a line, or for the order, and fill it in."""
    cart(till).get_by_role("button", name=button).first.click()
    dialog = till.page.get_by_role("dialog", name="Discount")
    dialog.get_by_role("radio", name=way).check(force=True)
    expect(dialog.locator("label[for=bargain-value]")).to_contain_text(way)  # the field is filled in anew with it
    dialog.locator("#bargain-value").fill(value)
    dialog.get_by_role("button", name=reason).click()
    return dialog


def applies(till: Till, dialog: Locator, total: int) -> None:
    dialog.get_by_role("button", name="Apply").click()
    expect(dialog).to_have_count(0)
    expect(till.page.locator("#cart-total")).to_have_attribute("data-minor", str(total))


def pays(till: Till, *, offline: bool = False) -> str:
    """Pay by card, and return the invoice's number."""
    till.checks_out()
    till.pays_with("Card Swipe at Store", reference="D1")
    till.completes()
    return till.is_saved(offline=offline)


def order_of(store: Store, number: str) -> dict[str, Any]:
    """The order as the OMS holds it."""
    store.waits_for("/orders?limit=500", lambda found: [one for one in found["orders"] if one["number"] == number])
    found = next(order for order in store.orders() if order["number"] == number)
    whole: dict[str, Any] = store.asks(f"/orders/{found['id']}")
    return whole


def test_o03_a_line_is_reduced_within_the_limit(warm_till: Till) -> None:
    """Ten per cent are an associate's own to give: the new price is seen before it holds, and stands in the cart."""
    warm_till.adds(MUG)
    full = warm_till.total
    off = (full + 5) // 10

    dialog = asks(warm_till, "Discount for", way="Per cent", value="10", reason="Display piece")
    expect(dialog.locator("#bargain-after")).to_have_attribute("data-minor", str(full - off))
    wrong = looks_wrong(warm_till, "discount-line")
    applies(warm_till, dialog, full - off)

    expect(cart(warm_till)).to_contain_text("Display piece")
    assert [] == [*wrong, *looks_wrong(warm_till, "discount-cart")]


def test_o03_beyond_it_a_manager_lets_it_pass_offline_too(store: Store, warm_till: Till) -> None:
    """A third off the order, with the server gone: the PIN is checked here, and the invoice names every reason."""
    store.loses_its_server()
    warm_till.shows_banner("blue")
    before = warm_till.total
    third = before // 3

    dialog = asks(
        warm_till, "Discount on the order", way="Amount", value=str(Decimal(third) / 100), reason="Regular customer"
    )
    dialog.get_by_role("textbox", name="Manager’s PIN").fill("1111")
    dialog.get_by_role("button", name="Apply").click()
    expect(dialog).to_contain_text("Wrong PIN")
    wrong = looks_wrong(warm_till, "discount-manager")
    dialog.get_by_role("textbox", name="Manager’s PIN").fill("2222")
    applies(warm_till, dialog, before - third)
    number = pays(warm_till, offline=True)

    for words in ("Display piece", "Regular customer"):
        expect(warm_till.invoice).to_contain_text(words)
    assert [] == [*wrong, *looks_wrong(warm_till, "discount-invoice")]
    warm_till.starts_a_new_sale()
    store.opens()
    warm_till.shows_banner("none")
    order = order_of(store, number)
    assert "accepted" == order["summary"]["state"]
    given = order["order"]["discounts"]
    assert [(0, ""), (None, "Ravi")] == [(each["line"], each["given"]["approved_by"]) for each in given]
    assert sum(each["amount"] for each in given) == order["order"]["lines"][0]["discount"]


def test_o03_the_office_sees_who_gave_what_and_why(store: Store, office: BackOffice) -> None:
    """By reason and by associate, as a page and as a file."""
    office.opens("reports?by=given_associate")
    expect(office.main.get_by_role("rowheader", name="Asha")).to_be_visible()
    wrong = page_looks_wrong(office.page, "office-given")
    office.opens("reports?by=given_reason")
    with office.page.expect_download() as saved:
        office.page.get_by_role("link", name="Export CSV").click()
    text = saved.value.path().read_text("utf-8-sig")
    rows = {row[0]: row[1:] for row in csv.reader(io.StringIO(text))}

    assert (["1", "0"], ["1", "1"]) == (rows["Display piece"][:2], rows["Regular customer"][:2])
    assert [] == wrong


def test_t09_pricing_is_off_until_the_office_allows_it(office: BackOffice, warm_till: Till) -> None:
    """Then the till offers another price within the limits, and keeps both on the line."""
    warm_till.goes_to("Sell")
    warm_till.adds(BREAD)
    cart(warm_till).get_by_role("button", name="Discount for").click()
    dialog = warm_till.page.get_by_role("dialog", name="Discount")
    expect(dialog.get_by_role("radio", name="New price")).to_have_count(0)
    office.opens("settings/pricing")
    office.page.locator("#associate-below").fill("5")
    office.page.locator("#manager-below").fill("20")
    office.saves()
    wrong = page_looks_wrong(office.page, "office-pricing")

    expect(dialog.get_by_role("radio", name="New price")).to_be_visible(timeout=MINUTE)
    dialog.get_by_role("button", name="Close").click()
    assert [] == wrong


def test_t09_pricing_keeps_both_prices_to_the_oms(store: Store, warm_till: Till) -> None:
    """Within the associate's five per cent nobody is asked; further a manager, and nobody beyond that."""
    full = warm_till.total
    least = full - full * 2 // 10
    dialog = asks(warm_till, "Discount for", way="New price", value=str(Decimal(full // 2) / 100), reason="Price match")
    dialog.get_by_role("button", name="Apply").click()
    expect(dialog).to_contain_text("Only a price from")
    dialog.locator("#bargain-value").fill(str(Decimal(least) / 100))
    dialog.get_by_role("textbox", name="Manager’s PIN").fill("2222")
    wrong = looks_wrong(warm_till, "pricing-dialog")
    applies(warm_till, dialog, least)
    expect(cart(warm_till)).to_contain_text("Price changed, was")
    wrong += looks_wrong(warm_till, "pricing-cart")
    order = order_of(store, pays(warm_till))

    [line] = order["order"]["lines"]
    changed = line["changed_price"]
    assert ("accepted", least, full) == (order["summary"]["state"], line["unit_price"], changed["catalogue"])
    assert ("Asha", "Ravi", "Price match") == (changed["staff_name"], changed["approved_by"], changed["reason"])
    assert [] == wrong
