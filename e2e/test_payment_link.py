"""Online payment (S12, S16): a link that the customer pays on another screen, and what an outage means for it."""

import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.buying import begins_a_sale, gives_up
from e2e.store import Store
from e2e.till import Till


def tender(till: Till) -> Locator:
    return till.page.get_by_role("group", name="Payment").get_by_role("radio", name="Payment Link")


def gets_a_link(till: Till) -> str:
    tender(till).check(force=True)
    till.page.get_by_role("button", name="Create payment link").click()
    expect(till.page.locator("#link-state")).to_have_text("Waiting for the customer to pay")
    return till.page.locator("#link-url").get_attribute("href") or ""


def customer_opens(till: Till, url: str) -> Page:
    """The customer's own phone: another page, without any account."""
    phone = till.context.new_page()
    phone.goto(url)
    return phone


def is_taken(till: Till) -> None:
    expect(till.page.get_by_role("list", name="Payments taken")).to_contain_text("SBX", timeout=60_000)


def test_s12_online_the_customer_pays_by_link(store: Store, warm_till: Till) -> None:
    """The cashier shows the code, the customer pays, and the till knows without anybody pressing anything."""
    begins_a_sale(warm_till)
    phone = customer_opens(warm_till, gets_a_link(warm_till))
    phone.get_by_role("button", name="Pay").click()
    expect(phone.get_by_role("heading", name="Paid")).to_be_visible()
    phone.close()
    is_taken(warm_till)
    warm_till.completes()
    warm_till.is_saved()

    (order,) = store.has_orders(1)
    (payment,) = store.asks(f"/orders/{order['id']}")["order"]["payments"]
    assert ("online", order["total"], "") == (payment["kind"], payment["amount"], order["why"])
    assert [] == store.asks("/payments/links")["links"]
    warm_till.starts_a_new_sale()


def test_s12_a_declined_link_says_so_and_another_way_is_open(warm_till: Till) -> None:
    """Nothing was taken; the customer may try again or pay in cash."""
    begins_a_sale(warm_till)
    phone = customer_opens(warm_till, gets_a_link(warm_till))
    phone.get_by_role("button", name="Decline").click()
    expect(phone.get_by_role("heading", name="Declined")).to_be_visible()
    phone.close()

    expect(warm_till.page.locator("#checkout-problem")).to_contain_text("declined the payment link", timeout=20_000)
    warm_till.pays_with("Cash at Store")
    warm_till.completes()
    warm_till.is_saved()
    warm_till.starts_a_new_sale()


def test_s12_another_tender_withdraws_the_link(warm_till: Till) -> None:
    """A link that stays open might be paid as well."""
    begins_a_sale(warm_till)
    phone = customer_opens(warm_till, gets_a_link(warm_till))
    warm_till.pays_with("Cash at Store")
    warm_till.completes()
    warm_till.is_saved()

    withdrawn = phone.get_by_role("heading", name="This link was withdrawn")
    while not withdrawn.is_visible():
        phone.reload()
    phone.close()
    warm_till.starts_a_new_sale()


@pytest.mark.usefixtures("server_is_back")
def test_s12_s16_offline_the_link_is_off_limits_and_comes_back_by_itself(store: Store, warm_till: Till) -> None:
    """Only what needs no authorisation is taken offline; the reason stands beside it."""
    store.loses_its_server()
    warm_till.shows_banner("blue")
    begins_a_sale(warm_till)

    expect(tender(warm_till)).to_be_disabled()
    expect(warm_till.page.get_by_role("group", name="Payment")).to_contain_text("It comes back by itself.")
    store.opens()
    expect(tender(warm_till)).to_be_enabled(timeout=30_000)
    gives_up(warm_till)


@pytest.mark.usefixtures("server_is_back")
def test_s12_a_link_that_was_open_in_an_outage_is_found_paid_after_it(store: Store, warm_till: Till) -> None:
    """The till says what it does not know, forgets nothing over a restart, and takes the money once."""
    begins_a_sale(warm_till)
    url = gets_a_link(warm_till)
    store.loses_its_server()
    expect(warm_till.page.get_by_text("The payment link cannot be checked now.")).to_be_visible(timeout=20_000)

    warm_till.reloads()
    warm_till.signs_in_again("Asha")
    warm_till.page.get_by_role("button", name="Continue sale").click()
    warm_till.page.get_by_role("button", name="Checkout").click()
    store.opens()
    phone = customer_opens(warm_till, url)
    phone.get_by_role("button", name="Pay").click()
    expect(phone.get_by_role("heading", name="Paid")).to_be_visible()
    phone.close()
    is_taken(warm_till)
    warm_till.completes()
    number = warm_till.is_saved()
    warm_till.starts_a_new_sale()
    warm_till.shows_order(number, "Synced")
    assert "" == next(each["why"] for each in store.orders() if each["number"] == number)
