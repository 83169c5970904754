"""Who buys, where the law wants to know: the IRN of a sale to a business, and a name from 50,000 rupees on."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserType, expect

from e2e.buying import names_the_buyer
from e2e.line import Line
from e2e.looking import looks_wrong
from e2e.store import Store
from e2e.till import Till

BUSINESS = {"Name": "Meera Traders", "GSTIN": "29ABCDE1234F1ZW", "Address": "4 Church Street"}


@pytest.fixture(scope="module")
def till(
    browser_type: BrowserType, store: Store, line: Line, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Till]:
    """A till of a seller above the threshold for e-invoices."""
    line.changes_answers_to("/api/v1/changes", lambda body: body.replace(b'"e_invoice":false', b'"e_invoice":true'))
    opened = Till(browser_type, tmp_path_factory.mktemp("profile"), line.address).opens()
    opened.becomes_ready_for_offline()
    yield opened
    opened.closes()


def sells_to_a_business(till: Till) -> None:
    till.goes_to("Sell")
    till.adds("Ribbed Top", size="M")
    till.checks_out()
    till.page.get_by_role("button", name="Customer").click()
    names_the_buyer(till, BUSINESS)
    till.completes()


def test_a_sale_to_a_business_gets_its_irn(till: Till) -> None:
    """Rule 48 (4): online the number and its code are on the invoice while the customer packs up."""
    sells_to_a_business(till)
    till.is_saved()

    expect(till.page.locator("#irn")).to_be_visible(timeout=30_000)
    expect(till.invoice).to_contain_text("Tax Invoice")
    assert looks_wrong(till, "e-invoice") == []
    till.starts_a_new_sale()


def test_offline_it_is_provisional_until_the_irn_is_here(till: Till, line: Line) -> None:
    """Rule 48 (5): without the number it is no invoice and may not be called one; the number follows by itself."""
    line.is_cut()
    till.shows_banner("blue")
    sells_to_a_business(till)
    number = till.is_saved(offline=True)
    expect(till.invoice).to_contain_text("Provisional – the e-invoice follows")
    expect(till.invoice).not_to_contain_text("Tax Invoice")
    assert looks_wrong(till, "provisional") == []
    till.starts_a_new_sale()

    line.works()
    till.shows_order(number, "Synced", offline=True)
    till.order_row(number).get_by_role("button").first.click()

    expect(till.page.locator("#irn")).to_be_visible(timeout=30_000)
    expect(till.invoice).not_to_contain_text("Provisional")


def test_a_large_sale_asks_who_buys(till: Till) -> None:
    """Rule 46 (e): from 50,000 rupees on; afterwards the customer would be gone."""
    till.goes_to("Sell")
    till.adds("Brown Bread")
    quantity = till.page.get_by_role("spinbutton").first
    quantity.fill("9000")
    quantity.press("Enter")
    stock = till.page.get_by_role("dialog", name="Not enough in stock")
    stock.get_by_role("textbox", name="Manager’s PIN").fill("2222")
    stock.get_by_role("button", name="Allow").click()
    expect(stock).to_have_count(0)
    till.checks_out()
    till.completes()

    expect(till.page.get_by_role("dialog", name="Customer")).to_contain_text("name, address and State")
    names_the_buyer(till)
    till.completes()
    till.is_saved()
    expect(till.invoice).to_contain_text("29 – Karnataka")
