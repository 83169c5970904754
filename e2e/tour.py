"""Walks through the product as the guides do and takes their pictures: `python3 build.py docs`.

A picture that a guide shows is the product as it is: the steps are those of the guide, on the demo store.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from e2e.office import BackOffice
from e2e.store import ROOT, Store
from e2e.till import Till

PICTURES = ROOT / "docs" / "pictures"


@dataclass(frozen=True)
class Tour:
    """A store, a till in it, and where pictures go."""

    store: Store
    till: Till
    folder: Path

    @property
    def page(self) -> Page:
        return self.till.page

    def takes(self, name: str) -> None:
        """Keep a picture of the screen as it is."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=str(self.folder / f"{name}.png"))


def signing_in(tour: Tour) -> None:
    """The first start, and a name with its PIN."""
    tour.till.is_ready_to_sign_in()
    tour.takes("sign-in")
    tour.till.signs_in("Ravi")


def getting_ready(tour: Tour) -> None:
    """The folder is chosen once; then the blue cloud says that all is here."""
    tour.till.chooses_a_folder()
    tour.till.is_ready_for_offline()
    tour.page.get_by_role("button", name="Offline ready").click()
    expect(tour.page.get_by_text("Offline mode is enabled")).to_be_visible()
    tour.takes("ready")
    tour.page.keyboard.press("Escape")


def selling(tour: Tour) -> None:
    """From the search to the invoice."""
    till = tour.till
    till.goes_to("Sell")
    till.adds("Ribbed Top", size="S")
    till.adds("Brown Bread")
    till.searches("")
    expect(till.products.first).to_be_visible()
    tour.takes("sell")
    till.checks_out()
    tour.takes("checkout")
    till.completes()
    till.is_saved()
    tour.takes("saved")
    till.starts_a_new_sale()


def offline_by_itself(tour: Tour) -> None:
    """The server is gone: the banner is blue, and selling goes on."""
    tour.store.loses_its_server()
    tour.till.goes_to("Sell")
    tour.till.shows_banner("blue")
    tour.till.adds("Brown Bread")
    tour.takes("offline")
    tour.till.checks_out()
    tour.till.completes()
    tour.till.is_saved(offline=True)
    tour.takes("saved-offline")
    tour.till.starts_a_new_sale()
    tour.till.goes_to("Orders")
    tour.takes("orders-offline")
    tour.store.opens()
    tour.till.shows_banner("none", within=60_000)


def offline_by_hand(tour: Tour) -> None:
    """The switch in Settings, and the green banner."""
    tour.till.goes_to("Settings")
    tour.takes("settings")
    tour.page.get_by_role("switch", name="Offline Mode").click()
    tour.till.shows_banner("green")
    tour.takes("offline-by-hand")
    tour.page.get_by_role("button", name="Turn Off").first.click()
    tour.till.shows_banner("none")


def looking_back(tour: Tour) -> None:
    """The orders of the day, one of them, and the state of the register."""
    tour.till.goes_to("Orders")
    tour.page.get_by_role("table", name="Orders").get_by_role("row").nth(1).get_by_role("button").first.click()
    expect(tour.till.invoice).to_be_visible()
    tour.takes("order")
    tour.till.goes_to("Status")
    tour.takes("status")


def between_customers(tour: Tour) -> None:
    """The people who buy here, and the cash in the drawer."""
    tour.till.goes_to("Customers")
    expect(tour.page.get_by_role("searchbox", name="Search customers")).to_be_visible()
    tour.takes("customers")
    tour.till.goes_to("Shift")
    tour.page.get_by_role("textbox", name="Opening float").fill("1000")
    tour.page.get_by_role("button", name="Open shift").click()
    expect(tour.page.get_by_role("heading", name="Shift is open")).to_be_visible()
    tour.takes("shift")


def behind_the_store(tour: Tour) -> None:
    """The back office, in a tab of its own."""
    office = BackOffice(tour.till.context.new_page(), tour.store).signs_in()
    office.page.set_viewport_size({"width": 1280, "height": 800})
    tour.folder.mkdir(parents=True, exist_ok=True)
    office.page.screenshot(path=str(tour.folder / "office.png"))
    office.page.close()


STOPS: tuple[Callable[[Tour], None], ...] = (
    signing_in,
    getting_ready,
    selling,
    offline_by_itself,
    offline_by_hand,
    looking_back,
    between_customers,
    behind_the_store,
)


@contextmanager
def opened(folder: Path) -> Iterator[Tour]:
    """A demo store and a till of its own, put away at the end."""
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        store = Store(data=Path(place) / "data").opens()
        till = Till(playwright.chromium, Path(place) / "profile", store.address).opens()
        try:
            yield Tour(store, till, folder)
        finally:
            till.closes()
            store.closes()


def walk(tour: Tour) -> None:
    """Take every picture."""
    for stop in STOPS:
        stop(tour)


if __name__ == "__main__":
    with opened(Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES) as whole:
        walk(whole)
