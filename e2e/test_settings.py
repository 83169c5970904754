"""Settings → Network Connectivity: what is here and how old, what waits and since when; and a clock that is wrong."""

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import BrowserType, expect

from e2e.line import Line
from e2e.store import Store
from e2e.till import Till


def switches(till: Till, name: str) -> None:
    till.goes_to("Settings")
    till.page.get_by_role("switch", name=name).click()


def test_s03_every_data_set_has_its_size_and_its_age(warm_till: Till) -> None:
    """Whoever goes offline wants to know what they go offline with."""
    warm_till.goes_to("Settings")
    rows = warm_till.page.get_by_role("table", name="Data on this device").get_by_role("row")

    for name in ("Catalogue", "Inventory", "Payment modes", "Staff", "Customers"):
        expect(rows.filter(has_text=name)).to_have_text(re.compile(r"\d.*(ago|just now)"))


def test_s18_with_auto_sync_off_the_page_says_what_waits(store: Store, warm_till: Till) -> None:
    """The number and the age of the oldest say whether somebody has to act; "Sync now" is how."""
    switches(warm_till, "Auto-Sync")
    warm_till.sells("Brown Bread")
    warm_till.goes_to("Settings")
    main = warm_till.page.get_by_role("main")
    expect(main).to_contain_text("1 sale waits to be sent")
    expect(main).to_contain_text("The oldest is of")

    warm_till.page.get_by_role("button", name="Sync now").click()

    expect(main).to_contain_text("Every sale is synced", timeout=20_000)
    store.has_orders(1)
    switches(warm_till, "Auto-Sync")


def test_s05_the_folder_is_named_with_its_state_and_room(warm_till: Till) -> None:
    """A folder that nobody can find again is no second copy."""
    warm_till.goes_to("Settings")
    card = warm_till.page.locator(".card").filter(has_text="Folder for offline sales")

    expect(card).to_contain_text("written")
    expect(card).to_contain_text(re.compile(r"[\d.]+ [kMG]B free"))


def clock_is_off(line: Line, by: timedelta) -> None:
    """Let the OMS tell another time than this machine's."""

    def told(body: bytes) -> bytes:
        answer = json.loads(body)
        if "time" in answer:
            answer["time"] = (datetime.fromisoformat(answer["time"]) + by).isoformat()
        return json.dumps(answer).encode()

    line.changes_answers_to("/api/v1/ping", told)


@pytest.fixture(scope="module")
def doubted(browser_type: BrowserType, line: Line, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Till]:
    """A till on a line that can tell another time."""
    opened = Till(browser_type, tmp_path_factory.mktemp("doubted"), line.address).opens()
    opened.becomes_ready_for_offline()
    yield opened
    opened.closes()


def test_a_clock_that_differs_by_minutes_is_warned_about(doubted: Till, line: Line) -> None:
    """Invoices with a wrong time are found by the auditor, months later."""
    clock_is_off(line, timedelta(minutes=3))

    doubted.shows_banner("attention")
    expect(doubted.page.locator("#banner")).to_contain_text("clock is wrong")


def test_a_clock_that_differs_by_half_a_day_needs_a_manager(doubted: Till, line: Line) -> None:
    """A sale under a wrong date gets a number of a wrong year; somebody has to look, and it is written down."""
    clock_is_off(line, timedelta(hours=13))
    doubted.goes_to("Status")
    expect(doubted.page.get_by_role("main")).to_contain_text(re.compile(r"46[78]\d\d s"), timeout=30_000)
    doubted.goes_to("Sell")
    doubted.adds("Brown Bread")
    doubted.checks_out()
    doubted.completes()
    dialog = doubted.page.get_by_role("dialog", name="Check the date")
    expect(dialog).to_contain_text("12 hours")

    dialog.get_by_role("textbox", name="Manager’s PIN").fill("2222")
    dialog.get_by_role("button", name="The date is right").click()
    expect(dialog).to_have_count(0)
    doubted.completes()
    doubted.is_saved()
