"""Ways to pay (O4): vouchers with a balance, house accounts with a limit, tenders of the store's own; split."""

import re
from collections.abc import Iterator
from decimal import Decimal

import pytest
from playwright.sync_api import Browser, expect

from e2e.conftest import TillMaker
from e2e.looking import looks_wrong, page_looks_wrong
from e2e.office import BackOffice
from e2e.store import Store
from e2e.till import Till

MINUTE = 60_000
MUG, LAMP = "Speckled Coffee Mug", "Cane Table Lamp"
"""Some 300 and 1,600 rupees in the demo store, which has vouchers of 500 and 1,000, and an account of Meera Iyer."""


@pytest.fixture(scope="module")
def office(browser: Browser, store: Store) -> Iterator[BackOffice]:
    """A desk where somebody has signed in."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-IN")
    yield BackOffice(context.new_page(), store).signs_in()
    context.close()


def begins(till: Till, product: str = MUG) -> None:
    till.goes_to("Sell")
    till.adds(product)
    till.checks_out()


def due(till: Till) -> int:
    """What is due, in paise."""
    return int(till.page.locator("#due").get_attribute("data-minor") or "0")


def gives_voucher(till: Till, code: str) -> None:
    """Choose the voucher, type its code, and wait until its balance is said."""
    till.page.get_by_role("radio", name="Gift Voucher").check(force=True)
    till.page.get_by_role("textbox", name="Voucher code").fill(code)
    expect(till.page.locator("#balance")).to_contain_text("is left on this voucher", timeout=MINUTE)


def chooses_meera(till: Till) -> None:
    till.page.locator("#customer-ask").click()
    dialog = till.page.get_by_role("dialog", name="Customer")
    dialog.get_by_role("searchbox").fill("Meera Iyer")
    dialog.get_by_role("button", name=re.compile("^Meera Iyer")).first.click()
    expect(dialog).to_have_count(0)


def adds_payment(till: Till) -> None:
    """Add a part of what is due, and wait until it is taken."""
    before = till.page.locator(".taken li").count()
    till.page.get_by_role("button", name="Add payment of").click()
    expect(till.page.locator(".taken li")).to_have_count(before + 1)


def complains(till: Till, sentence: str) -> None:
    till.completes()
    expect(till.page.locator("#checkout-problem")).to_contain_text(sentence)


def is_done(till: Till, *, offline: bool = False) -> None:
    till.is_saved(offline=offline)
    till.starts_a_new_sale()
    if not offline:  # the back office, which is looked at next, has it by then
        expect(till.page.locator("#saved-here")).to_contain_text("Saved on this device: 0", timeout=MINUTE)


def test_o04_a_voucher_is_spent_over_two_sales(office: BackOffice, store: Store, warm_till: Till) -> None:
    """The second sale knows what the first has left, and the back office shows both."""
    begins(warm_till)
    price = due(warm_till)
    gives_voucher(warm_till, "gift-1000")
    assert looks_wrong(warm_till, "checkout-voucher") == []
    warm_till.completes()
    is_done(warm_till)
    begins(warm_till, LAMP)
    lamp = due(warm_till)
    gives_voucher(warm_till, "GIFT-1000")
    expect(warm_till.page.get_by_role("textbox", name="Amount received")).to_have_value(
        f"{(100_000 - price) / 100:.2f}"
    )
    adds_payment(warm_till)
    assert lamp - (100_000 - price) == due(warm_till)
    warm_till.pays_with("Cash at Store")
    warm_till.completes()
    is_done(warm_till)
    store.has_orders(2)

    office.goes_to("Vouchers")
    office.finds("GIFT-1000")
    expect(office.main.get_by_role("table", name="Movements").get_by_role("row")).to_have_count(4)
    expect(office.main.locator(".facts")).to_contain_text("Spent")
    assert page_looks_wrong(office.page, "office-voucher") == []


def test_o04_a_sale_is_split_over_three_tenders(store: Store, warm_till: Till) -> None:
    """Voucher, card and cash: together the total, to the coin."""
    begins(warm_till, LAMP)
    gives_voucher(warm_till, "GIFT-500")
    warm_till.page.get_by_role("textbox", name="Amount received").fill("200")
    adds_payment(warm_till)
    warm_till.pays_with("Card Swipe at Store", Decimal("300.50"), "004211")
    adds_payment(warm_till)
    warm_till.pays_with("Cash at Store")
    warm_till.completes()
    is_done(warm_till)

    order = store.has_orders(3)[0]
    paid = store.asks(f"/orders/{order['id']}")["order"]["payments"]
    assert ["voucher", "card", "cash"] == [each["kind"] for each in paid]
    assert [20_000, 30_050] == [each["amount"] for each in paid[:2]]
    assert order["total"] == sum(each["amount"] for each in paid)


def test_o04_a_voucher_spent_on_two_offline_tills_is_found(
    office: BackOffice, store: Store, warm_till: Till, new_till: TillMaker
) -> None:
    """Neither could know of the other: both sales stand, the second needs a person, at the till and in the office."""
    other = new_till(store.address).opens()
    other.becomes_ready_for_offline("Ravi")
    for till in (warm_till, other):
        begins(till)
    price = due(warm_till) / 100
    issues(office, "TWICE-2026", price)
    for till in (warm_till, other):
        gives_voucher(till, "TWICE-2026")
    store.loses_its_server()
    sold = {spends_offline(till): till for till in (warm_till, other)}
    spends_nothing_more(warm_till)
    store.opens()
    (second,) = [order["number"] for order in store.has_orders(6) if order["state"] == "attention"]
    sold[second].shows_order(second, "Needs attention")

    office.goes_to("Attention")
    expect(office.main).to_contain_text(
        f"The voucher …2026 is overdrawn by ₹\u00a0{price:.2f}: it was spent elsewhere before."
    )
    office.opens("vouchers/TWICE-2026")
    expect(office.main).to_contain_text("Overdrawn")
    other.closes()
    warm_till.shows_banner("none", within=MINUTE)


def issues(office: BackOffice, code: str, rupees: float) -> None:
    office.opens("vouchers/new")
    office.page.get_by_label("Amount (₹)").fill(f"{rupees:.2f}")
    office.page.get_by_label("Code", exact=True).fill(code)
    office.saves("Issue")


def spends_nothing_more(till: Till) -> None:
    """What was spent a moment ago is not there for the next customer, offline too."""
    till.starts_a_new_sale()
    begins(till)
    till.page.get_by_role("radio", name="Gift Voucher").check(force=True)
    till.page.get_by_role("textbox", name="Voucher code").fill("TWICE-2026")
    expect(till.page.locator("#balance")).to_contain_text("Nothing is left on this voucher.")
    till.pays_with("Cash at Store")
    till.completes()
    till.is_saved(offline=True)
    till.starts_a_new_sale()


def spends_offline(till: Till) -> str:
    """Complete the sale that is open once the server is gone; return its number."""
    till.shows_banner("blue")
    till.completes()
    return till.is_saved(offline=True)


def test_o04_a_house_account_has_a_limit(office: BackOffice, warm_till: Till) -> None:
    """Above it a manager is asked; what is owed stands in the back office, and a payment lowers it."""
    office.opens("accounts/c001")
    office.page.get_by_label("Limit (₹)").fill("100")
    office.saves()
    begins(warm_till)
    price = due(warm_till)
    warm_till.page.get_by_role("radio", name="House Account").check(force=True)
    complains(warm_till, "A house account belongs to a customer.")
    chooses_meera(warm_till)
    expect(warm_till.page.locator("#balance")).to_contain_text("of a limit of ₹\u00a0100.00", timeout=MINUTE)
    warm_till.page.get_by_role("textbox", name="Amount received").fill(f"{price / 100:.2f}")
    warm_till.completes()
    dialog = warm_till.page.get_by_role("dialog", name="Above the limit")
    expect(dialog).to_contain_text("₹\u00a0100.00 is left of its limit of ₹\u00a0100.00")
    assert looks_wrong(warm_till, "above-limit") == []
    dialog.get_by_label("Manager’s PIN").fill("2222")
    dialog.get_by_role("button", name="Allow").click()
    is_done(warm_till)

    office.opens("accounts/c001")
    expect(office.main).to_contain_text("Above the limit")
    assert page_looks_wrong(office.page, "office-account") == []
    office.page.get_by_label("Amount paid (₹)").fill(f"{price / 100:.2f}")
    office.saves("Take the payment")
    expect(office.main.locator(".facts")).to_contain_text("Clear")


def test_o04_a_custom_tender_has_its_rule(office: BackOffice, warm_till: Till) -> None:
    """Made in the back office, it is at the till within a minute, with its own name for the reference, and its cap."""
    office.goes_to("Tenders")
    office.page.get_by_role("link", name="Add tender").click()
    office.page.get_by_label("Name", exact=True).fill("Meal card")
    office.page.get_by_label("Kind", exact=True).select_option("custom")
    office.page.get_by_label("Position").fill("9")
    office.ticks("Allowed offline", on=True)
    office.ticks("Asks for a reference", on=True)
    office.page.get_by_label("Label at the till").fill("Approval code")
    office.page.get_by_label("Made of").select_option("digits")
    office.page.get_by_label("At least (characters)").fill("6")
    office.page.get_by_label("At most (characters)").fill("6")
    office.page.get_by_label("Of one sale (₹)").fill("1000")
    office.saves()
    begins(warm_till)
    expect(warm_till.page.get_by_role("radio", name="Meal card")).to_be_attached(timeout=MINUTE)
    warm_till.page.get_by_role("radio", name="Meal card").check(force=True)
    complains(warm_till, "Type “Approval code” for “Meal card”. It has 6 digits. Nothing was taken.")
    warm_till.page.get_by_role("textbox", name="Approval code").fill("12A456")
    complains(warm_till, "“Approval code” does not fit. It has 6 digits. Nothing was taken.")
    assert looks_wrong(warm_till, "checkout-custom") == []
    warm_till.page.get_by_role("textbox", name="Approval code").fill("123456")
    warm_till.completes()

    is_done(warm_till)


def test_o04_a_cap_holds_over_a_split(warm_till: Till) -> None:
    """Of the lamp the meal card pays at most a thousand rupees; the amount that is offered is the cap."""
    begins(warm_till, LAMP)
    warm_till.page.get_by_role("radio", name="Meal card").check(force=True)
    amount = warm_till.page.get_by_role("textbox", name="Amount received")
    expect(amount).to_have_value("1000.00")
    warm_till.page.get_by_role("textbox", name="Approval code").fill("123456")
    amount.fill("900")
    adds_payment(warm_till)
    warm_till.page.get_by_role("radio", name="Meal card").check(force=True)
    warm_till.page.get_by_role("textbox", name="Approval code").fill("123456")
    expect(amount).to_have_value("100.00")
    amount.fill("100.01")
    complains(warm_till, "At most ₹\u00a01,000.00 of a sale may be paid with “Meal card”; ₹\u00a0100.00 is left.")
    warm_till.pays_with("Cash at Store")
    warm_till.completes()

    is_done(warm_till)
