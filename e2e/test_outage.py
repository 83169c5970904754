"""The main story, told in order by one register: online, outage, closed browser, and the internet is back.

Each test goes on where the one before ended, as a day in a store does.
"""

import pytest
from playwright.sync_api import expect

from e2e.store import Store
from e2e.till import Till

TOP = "Ribbed Top"
OFFLINE: list[str] = []
"""Invoice numbers of the sales that were made offline, for the tests that follow."""


@pytest.fixture(scope="module", autouse=True)
def _start_of_day() -> None:
    OFFLINE.clear()


def test_s01_a_sale_online_is_in_the_oms(store: Store, warm_till: Till) -> None:
    """The plainest promise: what is sold here is booked there, under its number, to the paisa."""
    warm_till.adds(TOP, size="S")
    total = warm_till.total
    warm_till.checks_out()
    warm_till.pays_with("Card Swipe at Store", reference="AUTH 4711")
    warm_till.completes()
    number = warm_till.is_saved()
    warm_till.starts_a_new_sale()

    [order] = store.has_orders(1)

    assert (order["number"], order["total"], order["offline"]) == (number, total, False)
    warm_till.shows_order(number, "Synced", offline=False)


def test_s02_s06_the_server_dies_and_the_banner_is_blue(store: Store, warm_till: Till) -> None:
    """The associate has to know within ten seconds, whatever the browser thinks of the network."""
    store.loses_its_server()

    warm_till.shows_banner("blue", within=10_000)

    expect(warm_till.page.locator("#banner")).to_contain_text("Internet is not connected")
    expect(warm_till.page.locator("#banner").get_by_role("button", name="Turn Off")).to_have_count(0)


def test_s09_s12_s13_three_sales_with_three_tenders_offline(warm_till: Till) -> None:
    """Selling goes on as before: sizes, cash, card and UPI, and each invoice says that it was made offline."""
    OFFLINE.append(warm_till.sells(TOP, size="M", tender="Cash at Store", offline=True))
    OFFLINE.append(warm_till.sells(TOP, size="L", tender="Card Swipe at Store", reference="A1", offline=True))
    OFFLINE.append(warm_till.sells("Brown Bread", tender="UPI at Store", reference="412345678901", offline=True))

    assert len(set(OFFLINE)) == 3


def test_p07_the_register_starts_without_a_server(warm_till: Till) -> None:
    """The browser is closed and opened in the outage: the register starts, knows its sales, and sells on."""
    warm_till.closes()
    warm_till.opens()
    warm_till.signs_in("Asha")

    warm_till.shows_orders(OFFLINE, "Pending", offline=True)
    OFFLINE.append(warm_till.sells(TOP, size="S", offline=True))


def test_p07_the_register_starts_with_the_browser_offline(warm_till: Till) -> None:
    """With the cable pulled too the register starts from what it keeps."""
    with warm_till.without_network():
        warm_till.reloads()
        warm_till.signs_in("Ravi")
        OFFLINE.append(warm_till.sells(TOP, size="L", offline=True))

        warm_till.shows_orders(OFFLINE, "Pending", offline=True)


def test_s17_the_server_is_back_and_every_order_arrives_once(store: Store, warm_till: Till) -> None:
    """The promise of the product: toast, background sync, each order once in the OMS, and the banner gone."""
    store.opens()

    warm_till.shows_toast("Order syncing started in background")
    orders = store.has_orders(1 + len(OFFLINE))
    warm_till.shows_banner("none")
    warm_till.shows_orders(OFFLINE, "Synced", offline=True)

    offline = [order["number"] for order in orders if order["offline"]]
    assert sorted(offline) == sorted(OFFLINE)


def test_s15_the_totals_are_those_of_the_till(store: Store, warm_till: Till) -> None:
    """What the associate saw is what was booked: the sums of both sides agree, and numbers have no gap."""
    rows = warm_till.page.get_by_role("table", name="Orders").get_by_role("row")
    orders = store.orders()

    for order in orders:
        expect(rows.filter(has_text=order["number"])).to_contain_text(f"{order['total'] // 100 % 1000:03d}"[-2:])
    counters = sorted(int(order["number"].rsplit("-", 1)[1]) for order in orders)
    assert counters == list(range(1, len(orders) + 1))


def test_no_request_left_the_origin(warm_till: Till) -> None:
    """A store's firewall lets nothing else through, and neither do we: not one request in the whole story."""
    assert warm_till.left_the_origin() == []
