"""A line that lies: answers lost, portals, slowness; the register believes only the OMS."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserType, expect

from e2e.conftest import TillMaker
from e2e.line import Line
from e2e.store import Store
from e2e.till import Till

pytestmark = pytest.mark.usefixtures("good_line")


@pytest.fixture(scope="module")
def till(browser_type: BrowserType, line: Line, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Till]:
    """A register behind the line, ready for offline; shared by the tests of this file."""
    made = Till(browser_type, tmp_path_factory.mktemp("profile"), line.address).opens()
    made.becomes_ready_for_offline()
    yield made
    made.closes()


def test_a_lost_answer_doubles_nothing(store: Store, line: Line, till: Till) -> None:
    """The server booked the sale and its answer was lost: the register sends again, the OMS books nothing twice."""
    before = len(store.orders())
    line.loses_answers_to("/api/v1/entries", times=2)

    number = till.sells("Brown Bread")

    till.shows_order(number, "Synced")
    booked = [order["number"] for order in store.orders()]
    assert (len(booked), booked.count(number)) == (before + 1, 1)


def test_a_captive_portal_is_not_believed(line: Line, till: Till) -> None:
    """A guest network that answers 200 to everything is an outage, and the sale waits."""
    line.has_a_portal()

    till.shows_banner("blue")
    number = till.sells("Brown Bread", offline=True)

    till.shows_order(number, "Pending", offline=True)
    line.works()
    till.shows_order(number, "Synced", offline=True)


@pytest.mark.parametrize("trouble", ["fails", "is_silent", "is_cut"])
def test_every_kind_of_silence_turns_the_banner_blue(line: Line, till: Till, trouble: str) -> None:
    """5xx, silence and broken connections all mean that the OMS is away; test_exactly_once measures how soon."""
    till.shows_banner("none")

    getattr(line, trouble)()

    till.shows_banner("blue")


def test_an_outage_in_the_middle_of_a_download_is_seen(line: Line, new_till: TillMaker) -> None:
    """Bulk work must not keep the register from noticing: the banner comes while pieces still trickle."""
    line.is_slow("/api/v1/images/", 20_000)
    till = new_till(line.address).opens()
    till.signs_in("Asha")

    line.is_silent()

    till.shows_banner("attention")
    expect(till.page.locator("#banner")).to_contain_text("wait")


def test_a_download_shows_its_bytes_and_goes_on_where_it_broke(line: Line, new_till: TillMaker, tmp_path: Path) -> None:
    """An associate sees that something arrives, and how much; a reload in the middle begins nothing again."""
    line.is_slow("/api/v1/images/", 20_000)
    till = new_till(line.address, tmp_path / "profile").opens()
    till.signs_in("Asha")
    till.goes_to("Settings")
    bar = till.page.get_by_role("progressbar").first
    expect(bar).to_be_visible(timeout=60_000)
    expect(till.page.get_by_role("main")).to_contain_text("kB")

    till.reloads()
    line.works()
    line.seen.clear()
    till.becomes_ready_for_offline()

    assert any(seen.startswith("GET /api/v1/images/") for seen in line.seen)
