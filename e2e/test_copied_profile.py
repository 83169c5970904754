"""A browser profile that was copied while it was closed: both copies sell, one of them goes on, no sale is lost."""

import shutil
from pathlib import Path

from playwright.sync_api import BrowserType, expect

from e2e.store import Store
from e2e.template import RUNNING
from e2e.till import Till

SECOND = "This is a copy of a register that went on elsewhere"


def test_a_copied_profile_is_told_and_becomes_another_register(
    store: Store, warm_till: Till, browser_type: BrowserType, tmp_path: Path
) -> None:
    """Copied while it was closed, opened one after the other, both sold in an outage: R1 goes on, its copy does not."""
    first = warm_till
    first.closes()
    profile = shutil.copytree(first.profile, tmp_path / "copy", ignore=RUNNING)
    second = Till(browser_type, profile, first.address, headed=first.headed)
    before = len(store.orders())
    store.loses_its_server()
    sold = [_sells_in_an_outage(till) for till in (first, second)]
    assert sold[0] == sold[1], "both give the same number: that is what this is about"
    store.opens()

    first.opens().signs_in()
    first.shows_order(sold[0], "Synced")
    second.opens()
    expect(second.page.locator("#banner")).to_contain_text(SECOND, timeout=60_000)
    second.signs_in()
    second.shows_order(sold[1], "Needs attention")
    assert [order["number"] for order in store.has_orders(before + 2)][:2] == sold

    second.page.get_by_role("button", name="Set up anew").click()
    second.page.get_by_role("region", name="Set up anew").get_by_role("button").click()
    second.becomes_ready_for_offline()
    number = second.sells("Brown Bread")
    second.shows_order(number, "Synced")
    assert number[:5] != sold[0][:5]
    assert len(store.has_orders(before + 3)) == before + 3
    second.closes()


def _sells_in_an_outage(till: Till) -> str:
    """Start without a server, sell one thing, and close the browser."""
    till.opens().signs_in()
    till.shows_banner("blue")
    number = till.sells("Brown Bread", offline=True)
    till.closes()
    return number
