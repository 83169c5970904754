"""Looking back at orders: the list, the way of one, what is doubtful or failed, and putting it right."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from app.domain.money import format_money
from e2e.store import Store
from e2e.till import STAFF, Till

TOP, BREAD = "Ribbed Top", "Brown Bread"
OFFLINE: list[str] = []
"""Invoice numbers of the sales that were made offline, for the tests that follow."""


@pytest.fixture(scope="module", autouse=True)
def _start_of_day() -> None:
    OFFLINE.clear()


def opens(till: Till, number: str) -> None:
    """Open an order of the list."""
    till.order_row(number).get_by_role("button", name=number, exact=True).click()
    expect(till.page.get_by_role("heading", name=number)).to_be_visible()


def timeline(till: Till) -> Locator:
    return till.page.get_by_role("list", name="Timeline")


def corrects(till: Till, reason: str, manager: str = "Ravi", **fields: str) -> None:
    """Fill in the dialog of a correction and let a manager save it."""
    till.page.get_by_role("button", name="Correct", exact=True).click()
    dialog = till.page.get_by_role("dialog", name="Correct the order")
    for label, value in fields.items():
        dialog.get_by_label(label.replace("_", " "), exact=True).fill(value)
    dialog.get_by_role("textbox", name="Reason").fill(reason)
    dialog.get_by_role("textbox", name="Manager’s PIN").fill(STAFF[manager])
    dialog.get_by_role("button", name="Save correction").click()
    expect(dialog).to_have_count(0)


@pytest.fixture
def unknown_key(store: Store) -> Iterator[None]:
    """The OMS has lost the keys of its registers, until it is mended."""
    store.loses_its_keys()
    yield
    store.finds_its_keys()


def test_s14_offline_orders_stand_in_the_list_at_once(store: Store, warm_till: Till) -> None:
    """Before any sync the associate can find what was just sold, marked as what it is."""
    online = warm_till.sells(TOP, size="M", tender="Card Swipe at Store", reference="A1")
    warm_till.shows_order(online, "Synced", offline=False)
    store.loses_its_server()
    warm_till.shows_banner("blue")
    OFFLINE.append(warm_till.sells(BREAD, offline=True))
    OFFLINE.append(warm_till.sells(TOP, size="S", offline=True))

    warm_till.shows_orders(OFFLINE, "Pending", offline=True)


def test_s14_the_list_is_searched_and_narrowed(warm_till: Till) -> None:
    """Somebody stands there with half a receipt: number, item, mark and tender all lead to the order."""
    warm_till.goes_to("Orders")
    page, rows = warm_till.page, warm_till.page.get_by_role("table", name="Orders").locator("tbody tr")
    search = page.get_by_role("searchbox", name="Search orders")
    expect(rows).to_have_count(3)

    search.fill("bread")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text(OFFLINE[0])
    expect(page.locator("#orders-count")).to_have_text("1 of 3 orders")
    search.fill("")
    page.get_by_label("Tender").select_option("Card Swipe at Store")
    expect(rows).to_have_count(1)
    page.get_by_role("button", name="Clear").click()
    page.get_by_label("Made").select_option("Offline Order")
    expect(rows).to_have_count(2)
    page.get_by_label("From", exact=True).fill("2099-01-01")
    expect(page.get_by_role("heading", name="No orders of this kind")).to_be_visible()
    page.get_by_role("button", name="Clear").click()
    expect(rows).to_have_count(3)


def test_s14_an_offline_order_shows_its_way_and_its_invoice(warm_till: Till) -> None:
    """Made, saved, in the folder, and still to be sent: what is safe is said before anybody asks."""
    opens(warm_till, OFFLINE[0])

    for step in ("Made by Asha", "Saved on this device", "In the folder", "Waits to be sent"):
        expect(timeline(warm_till)).to_contain_text(step)
    expect(warm_till.invoice).to_contain_text("Reprint")
    expect(warm_till.page.get_by_role("button", name="Print invoice")).to_be_visible()


def test_s15_both_sides_show_both_numbers(store: Store, warm_till: Till) -> None:
    """The till's legal number never changes; the OMS answers with its own, and each side knows the other's."""
    store.opens()
    orders = {order["number"]: order["order_number"] for order in store.has_orders(3)}
    warm_till.shows_orders(OFFLINE, "Synced", offline=True)

    opens(warm_till, OFFLINE[0])

    expect(timeline(warm_till)).to_contain_text(f"Order {orders[OFFLINE[0]]} in the store’s system")
    expect(timeline(warm_till)).to_contain_text("Accepted")


def test_s15_oversold_stock_is_shown_on_both_sides(store: Store, warm_till: Till) -> None:
    """Somebody else sold the last one: the sale stands, the list says so, and the back office gets an exception."""
    store.loses_its_server()
    warm_till.shows_banner("blue")
    number = warm_till.sells(BREAD, offline=True)
    store.does_to_its_database("UPDATE stock SET quantity = quantity - 1000000000")
    store.opens()

    warm_till.shows_order(number, "Needs attention", offline=True)
    opens(warm_till, number)
    expect(warm_till.page.locator("#order-why")).to_contain_text("More was sold than was in stock: Brown Bread")
    [found] = [one for one in store.asks("/exceptions?kind=oversold")["exceptions"] if one["resolved_at"] is None]
    assert found["order_id"] in {order["id"] for order in store.orders() if order["number"] == number}
    bread = warm_till.page.get_by_role("list", name="Products").get_by_role("listitem").filter(has_text=BREAD).first
    warm_till.goes_to("Sell")
    warm_till.searches(BREAD)
    expect(bread).to_contain_text("sold out", timeout=30_000)  # the register has heard of it, …
    store.does_to_its_database("UPDATE stock SET quantity = quantity + 1000000000")
    tells(store, "stock", "revision = (SELECT max(revision) FROM stock)")
    expect(bread).not_to_contain_text("sold out", timeout=30_000)  # … and that it is mended


def test_s18_a_refused_order_says_why_and_what_to_do(store: Store, warm_till: Till, unknown_key: None) -> None:
    """It stays on this device, red, with the reason in words; nothing else waits behind it."""
    number = warm_till.sells(BREAD)
    warm_till.shows_order(number, "Failed")
    opens(warm_till, number)

    why = warm_till.page.locator("#order-why")
    expect(why).to_contain_text("sealed with a key that the OMS does not know")
    expect(why).to_contain_text("choose Send again")
    assert number not in {order["number"] for order in store.orders()}

    store.finds_its_keys()
    warm_till.page.get_by_role("button", name="Send again").click()

    warm_till.shows_order(number, "Synced")
    assert [number] == [order["number"] for order in store.orders() if order["number"] == number]


def test_s18_a_correction_keeps_the_original(store: Store, warm_till: Till) -> None:
    """A name that was misheard: corrected by a manager, marked here, and beside the original at the OMS."""
    number = OFFLINE[1]
    opens(warm_till, number)
    corrects(warm_till, "Misheard", Name="Mira Iyer", Order_notes="Gift wrap")

    expect(warm_till.page.get_by_role("main")).to_contain_text("Corrected by Ravi")
    expect(warm_till.invoice).to_contain_text("Mira Iyer")
    expect(warm_till.order_row(number)).to_contain_text("Corrected")
    detail = at_the_oms(store, number)
    assert (detail["order"]["customer"], detail["order"]["notes"]) == (None, "")
    assert (detail["corrected"]["customer"]["name"], detail["corrected"]["notes"]) == ("Mira Iyer", "Gift wrap")
    assert [amendment["correction"]["reason"] for amendment in detail["amendments"]] == ["Misheard"]


def test_s18_what_the_law_fixes_is_locked(warm_till: Till) -> None:
    """Nobody looks for a field that is not there: it is shown, with the reason why it stays."""
    opens(warm_till, OFFLINE[1])
    warm_till.page.get_by_role("button", name="Correct", exact=True).click()
    dialog = warm_till.page.get_by_role("dialog", name="Correct the order")

    locked = dialog.get_by_role("region", name="Fixed by law")
    expect(locked).to_contain_text("it changes only by a credit note and a new invoice")
    expect(locked).to_contain_text(OFFLINE[1])
    expect(locked.get_by_role("textbox")).to_have_count(0)
    warm_till.page.keyboard.press("Escape")


def test_s18_an_associate_cannot_correct_alone(warm_till: Till) -> None:
    """Only managers are offered; a wrong PIN changes nothing."""
    warm_till.page.get_by_role("button", name="Correct", exact=True).click()
    dialog = warm_till.page.get_by_role("dialog", name="Correct the order")
    expect(dialog.get_by_role("combobox", name="Manager").locator("option")).to_have_text(["Ravi"])
    dialog.get_by_label("Order notes").fill("Other")
    dialog.get_by_role("textbox", name="Reason").fill("x")
    dialog.get_by_role("textbox", name="Manager’s PIN").fill("1111")
    dialog.get_by_role("button", name="Save correction").click()

    expect(dialog).to_contain_text("Wrong PIN")
    warm_till.page.keyboard.press("Escape")


def test_s18_a_refused_order_is_corrected_and_sent_again(store: Store, warm_till: Till, unknown_key: None) -> None:
    """Original and correction are offered together once the OMS is mended; the order arrives once, with both."""
    number = warm_till.sells(BREAD)
    warm_till.shows_order(number, "Failed")
    opens(warm_till, number)
    store.finds_its_keys()
    corrects(warm_till, "Asked for it later", Order_notes="Two bags")

    warm_till.shows_order(number, "Synced")
    expect(warm_till.order_row(number)).to_contain_text("Corrected")
    detail = at_the_oms(store, number)
    assert (detail["order"]["notes"], detail["corrected"]["notes"]) == ("", "Two bags")


def test_s15_a_total_that_differs_is_shown_on_both_sides(store: Store, warm_till: Till) -> None:
    """Tax was raised while the register was offline: both sums stand on both sides, and nothing is swallowed."""
    without = "value = replace(value, '\"prices_include_tax\":true', '\"prices_include_tax\":false')"
    warm_till.goes_to("Sell")
    warm_till.adds(TOP, size="L")
    before = warm_till.total
    tells(store, "records", "dataset = 'settings'", without)
    total = warm_till.page.locator("#cart-total")
    expect(total).not_to_have_attribute("data-minor", str(before), timeout=20_000)
    store.loses_its_server()
    warm_till.shows_banner("blue")
    warm_till.checks_out()
    warm_till.pays_with("Card Swipe at Store", reference="A2")
    warm_till.completes()
    number = warm_till.is_saved(offline=True)
    warm_till.starts_a_new_sale()
    store.does_to_its_database(
        "UPDATE records SET value = replace(value, '\"rate\":500', '\"rate\":1200') WHERE dataset = 'rates'"
    )
    store.opens()

    warm_till.shows_order(number, "Needs attention", offline=True)
    [order] = [order for order in store.orders() if order["number"] == number]
    assert order["state"] == "attention"
    assert order["computed"] > order["total"]
    opens(warm_till, number)
    said = warm_till.page.locator("#order-differs")
    expect(said).to_contain_text(
        f"computes {format_money(order['computed'])}, the invoice says {format_money(order['total'])}"
    )


def tells(store: Store, table: str, where: str, change: str = "at = at") -> None:
    """Change something in the back office, so that registers hear of it."""
    newest = "(SELECT value FROM counters WHERE name = 'revision')"
    with closing(sqlite3.connect(store.data / "store-os.db", timeout=30)) as database, database:  # both, or neither
        database.execute("UPDATE counters SET value = value + 1 WHERE name = 'revision'")
        database.execute(f"UPDATE {table} SET {change}, revision = {newest} WHERE {where}")  # noqa: S608 -- our own words


def at_the_oms(store: Store, number: str) -> dict[str, Any]:
    """Wait until the OMS holds a correction of an order, and return the whole order."""
    [order] = [order for order in store.orders() if order["number"] == number]
    deadline = time.monotonic() + 20
    while not (detail := store.asks(f"/orders/{order['id']}"))["amendments"] and time.monotonic() < deadline:
        time.sleep(0.1)
    found: dict[str, Any] = detail
    return found
