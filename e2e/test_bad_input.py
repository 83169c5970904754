"""What goes wrong in real shops: strange products, a full disk, a wrong clock, a dead worker; nothing is lost."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import BrowserType, expect

from e2e.buying import names_the_buyer
from e2e.drafts import writes_its_draft
from e2e.line import Line
from e2e.looking import looks_wrong
from e2e.store import Store
from e2e.test_shell import worker_of
from e2e.till import FIRST_START, Till

pytestmark = pytest.mark.usefixtures("good_line")
STRANGE = Path(__file__).parent / "files" / "strange.csv"


@pytest.fixture(scope="module")
def till(
    browser_type: BrowserType, store: Store, line: Line, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Till]:
    """A register behind a line, in a store that also sells strange things."""
    store.imports(STRANGE)
    made = Till(browser_type, tmp_path_factory.mktemp("profile"), line.address).opens()
    made.becomes_ready_for_offline()
    yield made
    made.closes()


def changed(name: str, value: object) -> Callable[[bytes], bytes]:
    """Change one field of a JSON answer, at its top or in its image."""

    def change(body: bytes) -> bytes:
        answer = json.loads(body)
        place = answer["image"] if name in answer.get("image", {}) else answer
        place[name] = value
        return json.dumps(answer).encode()

    return change


def test_a_name_with_html_stays_a_name(till: Till) -> None:
    """A product name is text, whatever stands in it: nothing is loaded and no script runs."""
    till.searches("Mug")

    expect(till.products.filter(has_text="Mug").first).to_be_visible()
    expect(till.page.locator("img[src=x]")).to_have_count(0)
    assert till.left_the_origin() == []


def test_a_name_with_an_emoji_is_sold(till: Till) -> None:
    """From search to invoice the name is the one of the shop."""
    till.adds("Lassi")
    till.checks_out()
    till.pays_with("Cash at Store")
    till.completes()
    till.is_saved()

    expect(till.invoice).to_contain_text("Mango 🥭 Lassi")
    till.starts_a_new_sale()


def test_a_product_without_a_price_is_never_given_away(till: Till) -> None:
    """It says that it cannot be sold, and the cart stays as it was."""
    till.picks("Gift without a price")

    expect(till.page.get_by_role("main")).to_contain_text(re.compile("price", re.IGNORECASE))
    expect(till.page.locator("#cart-total")).to_have_attribute("data-minor", "0")


def test_a_sum_of_almost_a_trillion_paise_is_exact(store: Store, till: Till) -> None:
    """Nearly ten thousand million rupees fit on the screen and in the books, to the paisa."""
    till.adds("Golden Elephant")
    total = till.total
    till.checks_out()
    till.page.get_by_role("button", name="Customer").click()
    names_the_buyer(till)
    till.pays_with("Card Swipe at Store", reference="BIG")
    till.completes()
    number = till.is_saved()
    till.starts_a_new_sale()

    till.shows_order(number, "Synced")
    [booked] = [order["total"] for order in store.orders() if order["number"] == number]
    assert (total, booked) == (987_654_321_050, 987_654_321_050)


def test_an_amount_beyond_a_trillion_paise_is_a_slip_of_the_finger(till: Till) -> None:
    """A barcode scanned into the amount must not become change of a fortune: it is refused, and nothing is saved."""
    till.goes_to("Sell")
    till.adds("Brown Bread")
    till.checks_out()
    till.pays_with("Cash at Store", amount=Decimal("20000000000015"))
    till.completes()

    expect(till.page.get_by_role("main")).to_contain_text(re.compile("too large|check the digits", re.IGNORECASE))
    expect(till.page.get_by_role("heading", name="Sale saved")).to_have_count(0)
    till.pays_with("Cash at Store", amount=Decimal(57))
    till.completes()
    till.is_saved()
    till.starts_a_new_sale()


def may_keep(till: Till, size: int) -> None:
    """The browser gives no more room than this."""
    devtools = till.context.new_cdp_session(till.page)
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": till.address, "quotaSize": size})


def test_a_full_disk_is_said_and_loses_nothing(store: Store, browser_type: BrowserType, tmp_path: Path) -> None:
    """The sale is not called saved while it is not; with room again the same sale is saved, once."""
    till = Till(browser_type, tmp_path / "profile", store.address, room=160 << 20).opens()
    till.becomes_ready_for_offline()
    till.adds("Brown Bread")
    till.checks_out()
    till.pays_with("Cash at Store")
    till.runs_out_of_room()
    till.completes()
    expect(till.page.get_by_text("The disk of this device is full.").first).to_be_visible()
    expect(till.page.get_by_role("heading", name="Sale saved")).to_have_count(0)

    till.has_room_again()
    till.completes()

    number = till.is_saved(offline=None)
    till.starts_a_new_sale()
    till.shows_order(number, "Synced")
    assert [order["number"] for order in store.orders()].count(number) == 1
    till.closes()


def test_a_start_on_a_full_disk_says_so_and_goes_on_by_itself(
    store: Store, browser_type: BrowserType, tmp_path: Path
) -> None:
    """It cannot even note that it sells here, and had stopped again and again without a word."""
    till = Till(browser_type, tmp_path / "profile", store.address, room=160 << 20).opens()
    till.becomes_ready_for_offline()
    till.closes()
    till.room = 1 << 20
    till.opens()
    expect(till.page.get_by_text("The disk of this device is full")).to_be_visible(timeout=FIRST_START)
    assert looks_wrong(till, "no-room") == []

    may_keep(till, 160 << 20)
    till.signs_in()
    till.sells("Brown Bread", offline=None)
    till.closes()


def test_a_wrong_clock_is_said(line: Line, till: Till) -> None:
    """An invoice bears a time: a clock ten minutes off is told, and selling goes on."""
    line.changes_answers_to("/api/v1/ping", _ten_minutes_later)

    till.shows_banner("attention")

    expect(till.page.locator("#banner")).to_contain_text("clock")
    number = till.sells("Brown Bread")
    till.shows_order(number, "Synced")
    line.works()
    till.shows_banner("none")


def _ten_minutes_later(body: bytes) -> bytes:
    answer = json.loads(body)
    answer["time"] = (datetime.fromisoformat(answer["time"]) + timedelta(minutes=10)).isoformat()
    return json.dumps(answer).encode()


def test_a_manifest_of_a_newer_format_is_left_alone(line: Line, till: Till) -> None:
    """After an upgrade of the server an old register sells on with what it has, and says what to do."""
    line.changes_answers_to("/api/v1/snapshot", lambda body: changed("format", 99)(changed("sha256", "0" * 64)(body)))
    till.reloads()
    till.signs_in("Asha")

    till.goes_to("Settings")
    expect(till.page.get_by_role("main")).to_contain_text("newer version", timeout=30_000)

    number = till.sells("Brown Bread")
    till.shows_order(number, "Synced")


def test_a_dead_courier_is_started_again(store: Store, till: Till) -> None:
    """Selling does not notice; the page starts the courier again, and the sale still arrives."""
    till.goes_to("Sell")
    till.adds("Brown Bread")
    worker_of(till, "courier").evaluate("setTimeout(() => self.close())")
    till.checks_out()
    till.pays_with("Cash at Store")
    till.completes()
    number = till.is_saved()
    till.starts_a_new_sale()

    expect(till.page.get_by_text("Syncing stopped and is started again.")).to_be_visible(timeout=90_000)
    till.shows_order(number, "Synced")
    assert [order["number"] for order in store.orders()].count(number) == 1
    till.page.get_by_role("button", name="OK", exact=True).click()


def test_a_dead_till_worker_is_started_again(till: Till) -> None:
    """The worker dies with a full cart: the page notices, starts it again, and the sale is offered again."""
    till.goes_to("Sell")
    with writes_its_draft(till):
        till.adds("Brown Bread")
    total = till.total
    worker_of(till, "till").evaluate("setTimeout(() => self.close())")

    expect(till.page.get_by_text("The register stopped and is started again.")).to_be_visible(timeout=60_000)
    till.signs_in_again("Asha")
    till.page.get_by_role("button", name="Continue sale").click()

    expect(till.page.locator("#cart-total")).to_have_attribute("data-minor", str(total))
    till.page.get_by_role("button", name="OK", exact=True).click()
