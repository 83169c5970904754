"""Returns, exchanges and voids (T10): credit notes, never more than was sold, and what is known where."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from playwright.sync_api import Locator, expect

from e2e.looking import looks_wrong
from e2e.store import Store
from e2e.till import STAFF, Till
from tests.conftest import line, order
from tests.fakes.register import Register

TOP, BREAD = "Ribbed Top", "Brown Bread"
SOLD: list[str] = []
"""Invoice numbers, for the tests that follow."""


def sells_two(till: Till) -> str:
    """Sell two loaves of bread for cash."""
    till.goes_to("Sell")
    till.adds(BREAD)
    till.adds(BREAD)
    till.checks_out()
    till.pays_with("Cash at Store")
    till.completes()
    number = till.is_saved(offline=None)
    till.starts_a_new_sale()
    return number


def opens(till: Till, number: str) -> None:
    till.order_row(number).get_by_role("button", name=number).first.click()
    expect(till.page.get_by_role("heading", name=number)).to_be_visible()


def takes_back(till: Till, number: str, how: str = "Return items") -> None:
    """Open the page on which goods of an order come back."""
    opens(till, number)
    till.page.get_by_role("button", name=how, exact=True).click()
    expect(till.page.get_by_role("heading", name=f"Take back from {number}")).to_be_visible()


def counts(till: Till, item: str, quantity: str, reason: str = "Wrong size") -> None:
    till.page.get_by_role("spinbutton", name=f"How many of {item}").fill(quantity)
    till.page.get_by_role("combobox", name="Reason").fill(reason)


def gives_back(till: Till) -> str:
    """Give the money back; return the number of the credit note."""
    till.page.get_by_role("button", name="Give back").click()
    expect(till.page.get_by_role("heading", name="Credit note saved")).to_be_visible()
    return till.invoice_number


def order_of(store: Store, number: str) -> dict[str, Any]:
    [found] = [each for each in store.orders() if each["number"] == number]
    detail: dict[str, Any] = store.asks(f"/orders/{found['id']}")
    return detail


def notes_of(store: Store, number: str, many: int = 1) -> list[dict[str, Any]]:
    """Wait until the OMS holds so many credit notes of an order."""
    [found] = [each for each in store.orders() if each["number"] == number]
    notes: list[dict[str, Any]] = store.waits_for(
        f"/orders/{found['id']}", lambda detail: detail["notes"] if len(detail["notes"]) >= many else None
    )
    return notes


def why(till: Till) -> Locator:
    return till.page.locator("#return-pin-problem, #return-why").first


def test_t10_a_line_comes_back_for_cash(store: Store, warm_till: Till) -> None:
    """A credit note with a number of its own, on paper and in the OMS; the shelf has it again."""
    SOLD.append(sells_two(warm_till))
    store.has_orders(1)
    takes_back(warm_till, SOLD[0])
    counts(warm_till, BREAD, "1")
    expect(warm_till.page.locator("#return-hint")).to_have_count(0)
    expect(warm_till.page.get_by_role("button", name="Give back")).to_be_enabled()  # half way to it its colour is none
    wrong = looks_wrong(warm_till, "return")
    number = gives_back(warm_till)

    expect(warm_till.invoice).to_contain_text("Credit Note")
    expect(warm_till.invoice).to_contain_text(SOLD[0])
    assert [*wrong, *looks_wrong(warm_till, "credit-note")] == []
    warm_till.page.get_by_role("button", name="Done").click()
    [note] = notes_of(store, SOLD[0])
    assert (note["number"], note["reason"]) == (number, "Wrong size")
    assert number[:6] != SOLD[0][:6]
    assert [refund["kind"] for refund in note["refunds"]] == ["cash"]
    assert order_of(store, SOLD[0])["summary"]["standing"] == "Partly returned"


def test_t10_never_more_than_was_sold(store: Store, warm_till: Till) -> None:
    """What is left can come back, and then nothing; the list says how each order stands."""
    takes_back(warm_till, SOLD[0])
    counts(warm_till, BREAD, "2")
    expect(warm_till.page.get_by_role("button", name="Give back")).to_be_disabled()
    counts(warm_till, BREAD, "1")
    gives_back(warm_till)
    warm_till.page.get_by_role("button", name="Done").click()
    notes = notes_of(store, SOLD[0], 2)

    assert sum(note["totals"]["total"] for note in notes) == order_of(store, SOLD[0])["order"]["totals"]["total"]
    row = warm_till.order_row(SOLD[0])
    expect(row).to_contain_text("Returned")
    expect(warm_till.page.get_by_role("table", name="Orders").get_by_text("Credit note")).to_have_count(2)
    wrong = looks_wrong(warm_till, "orders-returns")
    opens(warm_till, SOLD[0])
    expect(warm_till.page.get_by_role("button", name="Return items")).to_have_count(0)
    assert [*wrong, *looks_wrong(warm_till, "order-returned")] == []


def test_t10_an_exchange_is_a_return_and_a_sale_in_one_payment(store: Store, warm_till: Till) -> None:
    """The loaf counts towards the top; only the difference is paid, and both papers name each other."""
    SOLD.append(sells_two(warm_till))
    takes_back(warm_till, SOLD[1], "Exchange")
    counts(warm_till, BREAD, "1")
    warm_till.page.get_by_role("button", name="Choose the new items").click()
    expect(warm_till.page.locator("#exchange")).to_contain_text(SOLD[1])
    warm_till.adds(TOP, size="M")
    wrong = looks_wrong(warm_till, "sell-exchange")
    warm_till.checks_out()
    credit = -int(warm_till.page.locator("#checkout-credit").get_attribute("data-minor") or "0")
    wrong += looks_wrong(warm_till, "checkout-exchange")
    warm_till.pays_with("Card Swipe at Store", reference="X1")
    warm_till.completes()
    number = warm_till.is_saved(offline=None)
    expect(warm_till.page.get_by_role("region", name="Credit note")).to_contain_text(SOLD[1])
    wrong += looks_wrong(warm_till, "saved-exchange")
    warm_till.starts_a_new_sale()
    store.has_orders(3)
    [note] = notes_of(store, SOLD[1])
    made = order_of(store, number)["order"]

    assert wrong == []
    assert (made["credit"]["amount"], made["credit"]["number"]) == (credit, note["number"])
    assert (note["credited"], note["refunds"], note["exchanged_for"]) == (credit, [], made["id"])
    assert made["totals"]["total"] == credit + made["payments"][0]["amount"]
    assert store.asks("/exceptions?resolved=false")["exceptions"] == []


def test_t10_a_void_keeps_its_number(store: Store, warm_till: Till) -> None:
    """A manager takes the whole sale back on its day; the next sale has the next number."""
    number = warm_till.sells(BREAD)
    opens(warm_till, number)
    warm_till.page.get_by_role("button", name="Void sale").click()
    dialog = warm_till.page.get_by_role("dialog", name=f"Void sale {number}")
    dialog.get_by_role("textbox", name="Reason").fill("Wrong customer")
    dialog.get_by_role("textbox", name="Manager’s PIN").fill(STAFF["Ravi"])
    wrong = looks_wrong(warm_till, "voiding")
    dialog.get_by_role("button", name="Void the sale").click()

    expect(dialog).to_have_count(0)
    expect(warm_till.page.get_by_role("main")).to_contain_text("Voided by Ravi")
    assert [*wrong, *looks_wrong(warm_till, "order-void")] == []
    after = warm_till.sells(BREAD)
    assert int(after.rpartition("-")[2]) == int(number.rpartition("-")[2]) + 1
    expect(warm_till.order_row(number)).to_contain_text("Void")
    [found] = store.waits_for("/orders", lambda page: [one for one in page["orders"] if one["standing"] == "Void"])
    assert found["number"] == number


def test_t10_online_a_sale_of_another_register_comes_back(store: Store, warm_till: Till) -> None:
    """The customer comes to whichever counter is free."""
    other, now = Register(store.address).enrols(), datetime.now(UTC)
    entry = other.sells(order(line("no-such-variant", quantity=Decimal(2)), id="elsewhere", at=now), now.date())
    other.syncs()
    number = entry.header.number or ""
    warm_till.goes_to("Orders")
    warm_till.page.get_by_role("button", name="Return or exchange").click()
    dialog = warm_till.page.get_by_role("dialog", name="Return or exchange")
    dialog.get_by_role("textbox", name="Number of the invoice").fill(number)
    dialog.get_by_role("button", name="Find the sale").click()
    expect(warm_till.page.get_by_role("heading", name=f"Take back from {number}")).to_be_visible()
    counts(warm_till, "Cotton Kurta", "1", "Faulty")
    gives_back(warm_till)
    warm_till.page.get_by_role("button", name="Done").click()

    [note] = notes_of(store, number)
    assert (note["original"]["register"], note["register"] != note["original"]["register"]) == (
        entry.header.register,
        True,
    )


def test_t10_offline_a_known_sale_comes_back_with_a_hint(store: Store, warm_till: Till) -> None:
    """It is in the journal; that it is best done online is said, and the OMS gets it when it is back."""
    store.loses_its_server()
    warm_till.shows_banner("blue")
    takes_back(warm_till, SOLD[1])
    expect(warm_till.page.locator("#return-hint")).to_contain_text("Best done when online")
    counts(warm_till, BREAD, "1", "Faulty")
    gives_back(warm_till)

    expect(warm_till.page.locator("#note-locally")).to_be_visible()
    expect(warm_till.invoice).to_contain_text("Offline")
    warm_till.page.get_by_role("button", name="Done").click()


def test_t10_offline_an_unknown_sale_is_refused(store: Store, warm_till: Till) -> None:
    """Nobody can check that receipt now: the reason, and what to do; nothing is given back."""
    warm_till.goes_to("Orders")
    warm_till.page.get_by_role("button", name="Return or exchange").click()
    dialog = warm_till.page.get_by_role("dialog", name="Return or exchange")
    dialog.get_by_role("textbox", name="Number of the invoice").fill("DS01Z2627-00042")
    dialog.get_by_role("button", name="Find the sale").click()

    expect(dialog).to_contain_text("not known on this device")
    expect(dialog).to_contain_text("Nothing was given back.")
    assert looks_wrong(warm_till, "seeking") == []
    warm_till.page.keyboard.press("Escape")
    store.opens()
    notes_of(store, SOLD[1], 2)
