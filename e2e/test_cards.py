"""Cards at a terminal (P4, P5): asked about online, stored offline, processed after the sync; no number anywhere."""

import json
import sqlite3
import time
from base64 import b64decode
from collections.abc import Iterator
from decimal import Decimal

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from playwright.sync_api import Browser, Locator, expect

from app.domain.card import bound_to
from app.domain.order import Order
from e2e.leaks import barcodes, kept_by, kept_by_server, numbers_in, opened, raw_files, shapes
from e2e.looking import looks_wrong, page_looks_wrong
from e2e.office import BackOffice
from e2e.store import Store
from e2e.till import STAFF, Till
from server.oms.sandbox_processor import OAEP

APPROVED, DECLINED, LOST = "Is approved", "Is declined", "Charged, answer lost"
MINUTE = 60.0
SYNCED = """
    async (revision) => {
        const opened = await new Promise((done) => {
            const request = indexedDB.open("store-os");
            request.onsuccess = () => done(request.result);
        });
        const synced = await new Promise((done) => {
            const request = opened.transaction("status").objectStore("status").get("synced");
            request.onsuccess = () => done(JSON.parse(request.result?.value || "{}"));
        });
        opened.close();
        return synced.cursor >= revision;
    }
"""


@pytest.fixture(scope="module")
def office(browser: Browser, store: Store) -> Iterator[BackOffice]:
    """A desk where somebody has signed in; shared by the tests of this file."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-IN")
    yield BackOffice(context.new_page(), store).signs_in()
    context.close()


def goes_offline(till: Till) -> None:
    """By hand: nothing is sent until it is turned off."""
    till.page.get_by_role("button", name="Online", exact=True).click()
    till.shows_banner("green")


def comes_back(till: Till) -> None:
    till.page.get_by_role("button", name="Turn Off").click()
    till.shows_banner("none")


def holds_a_card(till: Till, card: str, amount: Decimal | None = None) -> None:
    """Pay for a loaf of bread by the terminal, as far as the button."""
    till.goes_to("Sell")
    till.adds("Brown Bread")
    till.checks_out()
    till.pays_with("Card on Terminal", amount)
    till.page.get_by_role("group", name="Test card").get_by_role("radio", name=card).check(force=True)


def stores_a_card(till: Till, card: str) -> str:
    holds_a_card(till, card)
    till.completes()
    number = till.is_saved(offline=True)
    till.starts_a_new_sale()
    return number


def opens_order(till: Till, number: str) -> Locator:
    till.order_row(number).get_by_role("button", name=number, exact=True).click()
    return till.page.get_by_role("main")


def order_id(store: Store, number: str) -> str:
    return str(next(each["id"] for each in store.orders() if each["number"] == number))


@pytest.fixture(scope="module")
def two_cards(warm_till: Till) -> tuple[str, str]:
    """Two loaves sold offline on cards, one good and one bad, and synced."""
    goes_offline(warm_till)
    numbers = stores_a_card(warm_till, APPROVED), stores_a_card(warm_till, DECLINED)
    expect(warm_till.page.locator("#at-risk")).to_be_visible()
    comes_back(warm_till)
    warm_till.shows_orders(list(numbers), "Synced")
    return numbers


def test_p04_a_card_stored_offline_is_processed_at_sync(
    store: Store, warm_till: Till, two_cards: tuple[str, str]
) -> None:
    """Green when it went through, red when it was refused; then nothing is at risk any more."""
    approved, declined = two_cards
    expect(opens_order(warm_till, approved).get_by_text("Processed", exact=True)).to_be_visible(timeout=30_000)
    assert looks_wrong(warm_till, "order-card-processed") == []
    main = opens_order(warm_till, declined)
    expect(main.get_by_text("Declined", exact=True)).to_be_visible(timeout=30_000)
    expect(main.locator("#card-why")).to_contain_text("not enough money")
    assert looks_wrong(warm_till, "order-card-refused") == []

    expect(warm_till.page.locator("#at-risk")).to_have_count(0)
    detail = store.asks(f"/orders/{order_id(store, approved)}")
    assert (0, 0, "") == (detail["unpaid"], detail["to_process"], detail["description"])


def test_p05_a_declined_order_is_unpaid_until_the_back_office_takes_another_payment(
    store: Store, office: BackOffice, two_cards: tuple[str, str]
) -> None:
    """The order is there with the error in its description; somebody takes the money and marks it Paid."""
    office.opens(f"orders/{order_id(store, two_cards[1])}")
    expect(office.main).to_contain_text("Unpaid")
    expect(office.main.get_by_text("Description")).to_be_visible()
    expect(office.main).to_contain_text("not enough money")
    assert page_looks_wrong(office.page, "office-card-refused") == []

    office.page.get_by_role("combobox", name="New payment").select_option(label="UPI at Store")
    office.page.get_by_role("textbox", name="Reference").fill("UTR 4711")
    office.saves("Mark Paid")
    expect(office.main.get_by_text("Paid", exact=True)).to_be_visible()
    expect(office.main).to_contain_text("Paid with upi UTR 4711")
    detail = store.asks(f"/orders/{order_id(store, two_cards[1])}")
    assert 0 == detail["unpaid"]


def test_p04_without_auto_sync_process_is_pressed(store: Store, warm_till: Till) -> None:
    """By hand: the order is sent, and its card waits for "Process"."""
    switch = warm_till.page.get_by_role("switch", name="Auto-Sync")
    warm_till.goes_to("Settings")
    switch.click()
    goes_offline(warm_till)
    number = stores_a_card(warm_till, APPROVED)
    warm_till.page.get_by_role("button", name="Turn Off").click()
    warm_till.goes_to("Settings")
    warm_till.page.get_by_role("button", name="Sync now").click()
    warm_till.shows_order(number, "Synced")
    expect(opens_order(warm_till, number).get_by_text("To be processed")).to_be_visible()

    warm_till.page.get_by_role("button", name="Sync to Server").click()
    dialog = warm_till.page.get_by_role("dialog", name="Sync to Server")
    row = dialog.get_by_role("row").filter(has_text=number)
    expect(dialog.get_by_role("columnheader", name="Process Card")).to_be_visible()
    assert looks_wrong(warm_till, "process-card") == []
    row.get_by_role("button", name="Process").click()
    expect(row.locator(".mark.green").get_by_text("Processed", exact=True)).to_be_visible(timeout=30_000)
    expect(dialog.locator(".mark.red").get_by_text("Declined", exact=True)).to_be_visible()
    warm_till.page.keyboard.press("Escape")
    warm_till.goes_to("Settings")
    switch.click()


def test_p04_online_a_lost_answer_charges_nothing_twice(store: Store, warm_till: Till) -> None:
    """The sale says what is known; asked again, the processor knows the payment."""
    holds_a_card(warm_till, LOST)
    assert looks_wrong(warm_till, "card") == []
    warm_till.completes()
    unknown = warm_till.page.locator("#card-unknown")
    expect(unknown).to_contain_text("may have been charged, or not")
    assert looks_wrong(warm_till, "card-unknown") == []
    unknown.get_by_role("button", name="Ask again").click()
    number = warm_till.is_saved()
    warm_till.starts_a_new_sale()
    warm_till.shows_order(number, "Synced")

    detail = store.asks(f"/orders/{order_id(store, number)}")
    (payment,) = detail["order"]["payments"]
    with sqlite3.connect(store.data / "store-os.db") as database:
        charged = list(
            database.execute("SELECT state, tries FROM sandbox_charges WHERE payment_id = ?", [payment["id"]])
        )
    assert ([("approved", 1)], "SBX", "") == (charged, payment["reference"][:3], detail["summary"]["why"])


def has_everything(store: Store, till: Till) -> None:
    """Wait until what the OMS has changed last has come."""
    revision = store.asks("/ping?nonce=cards")["revision"]
    until = time.monotonic() + MINUTE
    while not till.page.evaluate(SYNCED, revision):
        assert time.monotonic() < until, "the settings have not come"
        time.sleep(0.1)


def test_p04_no_card_number_is_kept_anywhere(store: Store, warm_till: Till, two_cards: tuple[str, str]) -> None:
    """Not in the browser, not in the folder, not at the OMS; and the search finds one where there is one."""
    goes_offline(warm_till)
    stores_a_card(warm_till, APPROVED)  # one that is not processed yet
    kept = kept_by(warm_till)
    kept |= kept_by_server(store) | {"opened": opened(store, kept)}
    numbers = card_numbers(store, kept["opened"])
    goods, served = barcodes(store.data), kept.pop("served")  # in pages of a file, too, values touch each other

    found = {where: numbers_in(text, numbers) for where, text in kept.items()}
    assert {} == {where: left for where, each in found.items() if (left := sorted(set(each) - goods))}
    files = {**raw_files(store), "served": served}
    assert [] == [file for file, text in files.items() for each in shapes(numbers) if each in text]
    assert 3 <= len(numbers)
    assert [sorted(numbers)] * 2 == [numbers_in(" ".join(numbers)), numbers_in(json.dumps(numbers), numbers)[::2]]
    comes_back(warm_till)


def card_numbers(store: Store, orders: str) -> list[str]:
    """What the processor reads in the stored cards of these orders: it is the only one that can."""
    private = load_pem_private_key((store.data / "sandbox-processor.pem").read_bytes(), None)
    numbers = []
    for line in orders.splitlines():
        body = json.loads(line)
        if "order" not in body:
            continue
        for payment in Order.model_validate_json(json.dumps(body["order"])).payments:
            if stored := payment.stored:
                key = private.decrypt(b64decode(stored.wrapped), OAEP)  # type: ignore[union-attr]
                bound = bound_to(payment.id, payment.amount, stored.terminal_id)
                plain = AESGCM(key).decrypt(b64decode(stored.iv), b64decode(stored.sealed), bound)
                numbers.append(str(json.loads(plain)["number"]))
    return numbers


def test_p04_above_the_cap_a_manager_lets_it_pass(store: Store, office: BackOffice, warm_till: Till) -> None:
    """The store says how much it trusts to a card that nobody can ask about; a manager may go further, to a limit."""
    office.opens("settings/cards")
    assert page_looks_wrong(office.page, "office-cards") == []
    office.page.get_by_role("textbox", name="In one sale without a manager").fill("10")
    office.saves()
    page = warm_till.page
    dialog = page.get_by_role("dialog", name="Store the card")
    has_everything(store, warm_till)
    goes_offline(warm_till)
    holds_a_card(warm_till, APPROVED)
    assert looks_wrong(warm_till, "card-offline") == []
    warm_till.completes()
    expect(dialog).to_be_visible()
    assert looks_wrong(warm_till, "card-manager") == []
    dialog.get_by_role("textbox", name="Manager’s PIN").fill(STAFF["Ravi"])
    dialog.get_by_role("button", name="Allow").click()
    warm_till.is_saved(offline=True)
    assert looks_wrong(warm_till, "card-saved") == []
    warm_till.starts_a_new_sale()
    comes_back(warm_till)
    expect(page.locator("#at-risk")).to_have_count(0, timeout=30_000)
