"""The back office in a browser: what is changed there, the registers have within a minute."""

import csv
import io
import re
from collections.abc import Iterator

import pytest
import requests
from playwright.sync_api import Browser, expect

from e2e.looking import page_looks_wrong
from e2e.office import BackOffice
from e2e.store import Store
from e2e.till import Till

MINUTE = 60_000
BARCODE = "2000000011653"
"""Of a loaf of brown bread in the demo store."""
PLACES = (
    "",
    "orders",
    "attention",
    "products",
    "stock",
    "customers",
    "staff",
    "tenders",
    "promotions",
    "registers",
    "registers/R1",
    "registers/R1/import",
    "reports",
    "reports?by=hour",
    "reports?by=product",
    "reports?by=movement",
    "reports?by=drawer",
    "reports?by=shifts",
    "reports?by=hsn",
    "sessions",
    "imports",
    "settings",
    "settings/cash",
    "settings/channels/pos",
    "settings/returns",
    "settings/store",
    "audit",
    "people",
    "people/admin",
    "password",
    "customers/new",
    "staff/new",
    "tenders/new",
    "vouchers",
    "vouchers/new",
    "vouchers/GIFT-500",
    "accounts",
    "accounts/c001",
)


@pytest.fixture(scope="module")
def office(browser: Browser, store: Store) -> Iterator[BackOffice]:
    """A desk where somebody has signed in; shared by the tests of this file."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-IN")
    yield BackOffice(context.new_page(), store).signs_in()
    context.close()


def wrong(office: BackOffice, name: str) -> list[str]:
    """Look at the page as it is, at the desk and on a phone."""
    return page_looks_wrong(office.page, f"office-{name}")


def prices(office: BackOffice, price: str) -> None:
    """Give the bread another price."""
    office.goes_to("Products")
    office.finds(BARCODE)
    office.main.locator("input[id^='price-']").first.fill(price)
    office.saves()


def costs(till: Till, price: str) -> None:
    """Wait until the till shows a price, or what else stands on the tile."""
    till.goes_to("Sell")
    till.searches("Brown Bread")
    expect(till.page.get_by_role("list", name="Products")).to_contain_text(price, timeout=MINUTE)
    till.searches("")


def test_a_price_reaches_the_till(office: BackOffice, warm_till: Till) -> None:
    """Nobody may pay yesterday's price because nobody told the till."""
    prices(office, "77.50")
    assert wrong(office, "product") == []

    costs(warm_till, "77.50")


def test_a_sale_that_oversold_needs_attention(office: BackOffice, store: Store, warm_till: Till) -> None:
    """Sold while the register was away, and meanwhile counted as gone: money was taken, so a person has to look."""
    warm_till.goes_to("Settings")
    warm_till.page.get_by_role("switch", name="Offline Mode").click()
    warm_till.shows_banner("green")
    office.goes_to("Stock")
    office.finds(BARCODE)
    office.page.get_by_label("Count now").fill("0")
    office.saves("Correct the count")
    warm_till.goes_to("Sell")
    warm_till.scans(BARCODE)
    expect(warm_till.page.get_by_role("region", name="Cart").get_by_role("listitem")).to_have_count(1)
    warm_till.checks_out()
    warm_till.pays_with("Cash at Store")
    warm_till.completes()
    warm_till.is_saved(offline=True)
    warm_till.starts_a_new_sale()
    warm_till.page.locator("#banner").get_by_role("button", name="Turn Off").click()
    order = store.has_orders(1)[0]

    office.goes_to("Orders")
    first = office.main.get_by_role("row").nth(1)
    expect(first).to_contain_text("Needs attention")
    first.get_by_role("link", name=order["number"]).click()
    assert wrong(office, "order") == []
    office.main.get_by_role("button", name="Settle").click()

    expect(office.main.get_by_text("Synced", exact=True)).to_be_visible()


def pieces(office: BackOffice) -> tuple[int, int]:
    """How many loaves the report says were sold, and how many the stock list says are left."""
    files = ("reports?by=product&format=csv", f"stock?text={BARCODE}&format=csv")
    read = (office.page.request.get(f"{office.store.address}/office/{file}").body() for file in files)
    sold, stock = (csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")) for body in read)
    pieces_sold = sum(int(row["Quantity"]) for row in sold if "Brown Bread" in row["Product"])
    return pieces_sold, int(next(iter(stock))["Count"])


def test_o05_a_sale_is_in_the_reports_and_off_the_stock_by_itself(
    office: BackOffice, store: Store, warm_till: Till
) -> None:
    """Nobody presses a button, not at the till and not in the back office: once it is synced, it is counted."""
    office.goes_to("Stock")
    office.finds(BARCODE)
    office.page.get_by_label("Count now").fill("20")
    office.saves("Correct the count")
    costs(warm_till, "20 left")
    (sold, left), orders = pieces(office), len(store.orders())
    warm_till.scans(BARCODE)
    expect(warm_till.page.get_by_role("region", name="Cart").get_by_role("listitem")).to_have_count(1)
    warm_till.checks_out()
    warm_till.pays_with("Cash at Store")
    warm_till.completes()
    warm_till.is_saved()
    warm_till.starts_a_new_sale()
    number = store.has_orders(orders + 1)[0]["number"]

    office.goes_to("Reports")
    expect(office.main.get_by_role("img", name=re.compile("Sales by day"))).to_be_visible()
    office.page.get_by_label("By", exact=True).select_option("Stock movement")
    office.page.get_by_role("button", name="Show").click()
    newest = office.main.get_by_role("row").nth(1)
    expect(newest).to_contain_text("Sold")
    expect(newest.get_by_role("link", name=number)).to_be_visible()
    assert (sold + 1, left - 1) == pieces(office)


def test_o01_a_store_without_the_feature_waits_in_an_outage(office: BackOffice, store: Store, warm_till: Till) -> None:
    """What the back office has not enabled the till must not do on its own."""
    office.switches_offline_mode(on=False)
    warm_till.goes_to("Settings")
    expect(warm_till.page.get_by_role("switch", name="Offline Mode")).to_be_disabled(timeout=MINUTE)
    expect(warm_till.page.get_by_role("button", name="Offline ready")).to_have_count(0)

    store.loses_its_server()

    expect(warm_till.page.locator("#banner")).to_contain_text("Billing has to wait.", timeout=20_000)
    store.opens()
    warm_till.is_online()
    office.switches_offline_mode(on=True)
    warm_till.goes_to("Settings")
    expect(warm_till.page.get_by_role("switch", name="Offline Mode")).to_be_enabled(timeout=MINUTE)
    expect(warm_till.page.get_by_role("button", name="Offline ready")).to_be_visible()


def test_p01_one_register_may_have_less_than_the_store(office: BackOffice, warm_till: Till) -> None:
    """P1: "Allow Offline Mode" off for one register's channel takes its icons within a minute, and gives them back."""
    office.goes_to("Settings")
    office.page.get_by_role("link", name="Channels").click()
    icon = warm_till.page.get_by_role("button", name="Offline ready")
    office.ticks("Allow Offline Mode", on=False, group="Register R1")
    office.saves()
    expect(icon).to_have_count(0, timeout=MINUTE)

    office.ticks("Allow Offline Mode", on=True, group="Register R1")
    office.saves()

    expect(icon).to_be_visible(timeout=MINUTE)


def test_p01_without_auto_detect_an_outage_is_announced(office: BackOffice, store: Store, warm_till: Till) -> None:
    """The associate decides then; and only at this register, the others go on by themselves."""
    office.goes_to("Settings")
    office.page.get_by_role("link", name="Channels").click()
    expect(office.main).to_contain_text("Sales Associate Controls")
    office.ticks("Allow Auto-Detect Online-Offline", on=False, group="Register R1")
    office.saves()
    prices(office, "78.50")
    costs(warm_till, "78.50")  # changes come in their order, so the switch is there too

    store.loses_its_server()

    banner = warm_till.page.locator("#banner")
    expect(banner).to_contain_text("Turn on Offline Mode to continue billing.", timeout=20_000)
    warm_till.goes_to("Settings")
    warm_till.page.get_by_role("switch", name="Offline Mode").click()
    warm_till.shows_banner("green")
    store.opens()
    banner.get_by_role("button", name="Turn Off").click(timeout=20_000)


def test_a_revoked_register_gets_nothing_any_more(office: BackOffice, store: Store) -> None:
    """A stolen machine must not go on reading customers."""
    store.asks("/orders")  # by a register of its own, the newest
    office.goes_to("Registers")
    office.main.get_by_role("rowheader").get_by_role("link").last.click()
    office.ticks("Yes, take", on=True)
    assert wrong(office, "register") == []
    office.saves("Take out of service")

    with pytest.raises(requests.HTTPError, match="401"):
        store.asks("/orders")


@pytest.mark.parametrize("place", PLACES)
def test_every_page_can_be_read_at_the_desk_and_on_a_phone(office: BackOffice, place: str) -> None:
    """A page that scrolls sideways or that a screen reader can't read is a page for some people only."""
    office.opens(place)

    assert wrong(office, re.sub(r"\W", "-", place) or "dashboard") == []


def test_signing_out_shuts_the_door(office: BackOffice) -> None:
    """Last of the file: after it nobody is signed in."""
    office.opens("")
    office.page.get_by_role("button", name="Sign out").click()
    expect(office.page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert wrong(office, "sign-in") == []

    office.opens("orders")

    expect(office.page.get_by_role("heading", name="Sign in")).to_be_visible()
