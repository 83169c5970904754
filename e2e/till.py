"""The register as the person in front of it sees it: what can be done, and what the screen says."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from playwright.sync_api import BrowserContext, BrowserType, Locator, Page, expect

from e2e.browser import FILL, FOLDER_WITHOUT_PICKER, SNAPSHOTS, launch_options

STAFF = {"Asha": "1111", "Ravi": "2222"}
FIRST_START = 180_000
"""Milliseconds that a first start may take, as the page allows: everything is downloaded and stored."""


@dataclass
class Till:
    """One browser profile, and the register that lives in it."""

    chromium: BrowserType
    profile: Path
    address: str
    headed: bool = False
    real_folder: bool = False
    """Leave the folder picker to the window system."""
    room: int | None = None
    """Bytes that the browser may keep for the store, where that is to be less than the disk has."""
    environment: dict[str, str] | None = None
    """The browser's environment, where it is not ours: another screen."""
    arguments: tuple[str, ...] = ()
    """What the browser is told at its start beside the usual."""
    console: list[str] = field(default_factory=list)
    """What the browser's console said."""
    asked: list[str] = field(default_factory=list)
    """Every address that the browser asked for."""
    _context: BrowserContext | None = None
    _page: Page | None = None

    # --- the browser ------------------------------------------------------------------------------

    @property
    def context(self) -> BrowserContext:
        assert self._context is not None, "the browser is closed"
        return self._context

    @property
    def page(self) -> Page:
        assert self._page is not None, "the browser is closed"
        return self._page

    def opens(self, page: str = "") -> "Till":
        """Start the browser and open a page of the address; the profile is the one of last time."""
        options = launch_options(headed=self.headed, environment=self.environment)
        options["args"] += self.arguments
        self._context = self.chromium.launch_persistent_context(
            str(self.profile), viewport={"width": 1280, "height": 800}, locale="en-IN", **options
        )
        self._context.set_default_timeout(20_000)
        if not self.real_folder:
            self._context.add_init_script(FOLDER_WITHOUT_PICKER)
        self._context.tracing.start(screenshots=False, snapshots=SNAPSHOTS)
        self._context.on("console", lambda message: self.console.append(f"{message.type}: {message.text}"))
        self._context.on("request", lambda request: self.asked.append(request.url))
        self._page = self._context.pages[0]
        if self.room is not None:
            devtools = self.context.new_cdp_session(self.page)
            devtools.send("Storage.overrideQuotaForOrigin", {"origin": self.address, "quotaSize": self.room})
        self.page.goto(f"{self.address}{page}")
        return self

    def runs_out_of_room(self) -> None:
        """Fill what the browser may keep to the last kilobyte, in a database beside the register's."""
        self.page.evaluate(FILL)

    def has_room_again(self) -> None:
        self.page.evaluate("new Promise((done) => { indexedDB.deleteDatabase('ballast').onsuccess = done; })")

    @property
    def is_open(self) -> bool:
        return self._context is not None

    def closes(self) -> None:
        """Close the browser in good order."""
        if self._context is not None:
            self._context.close()
        self._context = self._page = None

    def reloads(self) -> None:
        self.page.reload()

    # --- starting ---------------------------------------------------------------------------------

    def is_ready_to_sign_in(self, within: float = FIRST_START) -> None:
        expect(self.page.get_by_role("heading", name="Sign in")).to_be_visible(timeout=within)

    def signs_in(self, name: str = "Asha", pin: str | None = None) -> None:
        """Sign in as a member of staff."""
        self.is_ready_to_sign_in()
        self.page.get_by_role("button", name=re.compile(rf"^{name}\b")).click()
        self.page.get_by_role("textbox", name="PIN").fill(pin or STAFF[name])
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        if pin is None:
            expect(self.page.get_by_role("searchbox", name="Search products")).to_be_visible()

    def signs_in_again(self, name: str) -> None:
        """Sign in where an open sale may be offered instead of the product search."""
        self.is_ready_to_sign_in()
        self.page.get_by_role("button", name=re.compile(rf"^{name}\b")).click()
        self.page.get_by_role("textbox", name="PIN").fill(STAFF[name])
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        expect(self.page.get_by_role("navigation")).to_be_visible()

    def works_in(self, page: Page) -> None:
        """Go on in another tab."""
        self._page = page

    def becomes_ready_for_offline(self, name: str = "Asha") -> None:
        """Sign in, choose the folder once, and wait until everything is here."""
        self.signs_in(name)
        self.chooses_a_folder()
        self.is_ready_for_offline()
        self.goes_to("Sell")

    def chooses_a_folder(self) -> None:
        self.goes_to("Settings")
        self.page.get_by_role("button", name="Choose folder").click()

    def is_ready_for_offline(self, within: float = FIRST_START) -> None:
        expect(self.page.get_by_role("button", name="Offline ready")).to_be_visible(timeout=within)

    def goes_to(self, place: str) -> None:
        """Follow a link of the header, and wait until the place is drawn."""
        link = self.page.get_by_role("navigation").get_by_role("link", name=place, exact=True)
        link.click()
        expect(link).to_have_attribute("aria-current", "page")

    # --- selling ----------------------------------------------------------------------------------

    def searches(self, text: str) -> None:
        expect(self.page.locator("dialog[open]")).to_have_count(0)  # nothing can be typed behind one that closes
        self.page.get_by_role("searchbox", name="Search products").fill(text)

    @property
    def products(self) -> Locator:
        return self.page.get_by_role("list", name="Products").get_by_role("button")

    def picks(self, name: str) -> None:
        """Search for a product and tap it."""
        self.searches(name)
        self.products.filter(has_text=name).first.click()

    def scans(self, code: str) -> None:
        """Hold a code before a scanner: quick keys, wherever the focus is, and Enter."""
        keyboard, at = self.context.new_cdp_session(self.page), time.time()
        for number, key in enumerate([*code, "Enter"]):
            # The time is told, because a busy machine would make the scanner as slow as a person.
            press = {"key": key, "timestamp": at + number / 100}
            keyboard.send("Input.dispatchKeyEvent", {"type": "keyDown", "text": key.replace("Enter", "\r"), **press})
            keyboard.send("Input.dispatchKeyEvent", {"type": "keyUp", **press})

    def adds(self, name: str, size: str = "", colour: str = "") -> None:
        """Put one of a product into the cart, with its size and colour where it has any."""
        self.searches(name)
        before = self.count
        self.products.filter(has_text=name).first.click()
        if size or colour:
            dialog = self.page.get_by_role("dialog", name="Choose size")
            for choice in filter(None, (size, colour)):
                dialog.get_by_role("radio", name=re.compile(rf"^{re.escape(choice)}(?!\w)")).check(force=True)
            dialog.get_by_role("button", name="Add to cart").click()
        expect(self.page.locator("#cart-total")).not_to_have_attribute("data-minor", "0")
        self.page.wait_for_function(
            "before => document.querySelector('#cart').innerText.includes(`${before + 1} item`)", arg=before
        )

    @property
    def count(self) -> int:
        """How many items the cart says it has."""
        said = re.search(r"(\d[\d,]*) items?", self.page.locator("#cart").inner_text())
        return int(said[1].replace(",", "")) if said else 0

    @property
    def total(self) -> int:
        """The cart's total in paise."""
        return int(self.page.locator("#cart-total").get_attribute("data-minor") or "0")

    def checks_out(self) -> None:
        self.page.get_by_role("button", name="Checkout").click()
        expect(self.page.get_by_role("group", name="Payment")).to_be_visible()

    def pays_with(self, tender: str, amount: Decimal | None = None, reference: str = "") -> None:
        """Choose a tender and fill in what it asks; the amount field already holds what is due."""
        expect(self.page.locator("dialog[open]")).to_have_count(0)  # one that was just closed covers the tenders
        payment = self.page.get_by_role("group", name="Payment")
        payment.get_by_role("radio", name=re.compile(f"^{tender}")).check(force=True)
        if amount is not None:
            self.page.get_by_role("textbox", name="Amount received").fill(str(amount))
        if reference:
            self.page.get_by_role("textbox", name="Reference").fill(reference)

    def completes(self) -> None:
        self.page.get_by_role("button", name="Complete sale").click()

    @property
    def invoice(self) -> Locator:
        return self.page.get_by_role("region", name="Invoice")

    @property
    def invoice_number(self) -> str:
        return self.page.locator("#invoice-number").inner_text()

    def is_saved(self, *, offline: bool | None = False) -> str:
        """Wait for "Sale saved" and return the invoice's number.

        None leaves the mark open: a register that has just started does not know yet whether the OMS is there.
        """
        expect(self.page.get_by_role("heading", name="Sale saved")).to_be_visible()
        expect(self.page.locator("#invoice-total")).to_be_visible()  # the rest of the paper is drawn behind its head
        label = self.invoice.get_by_text("Offline", exact=True)
        if offline is False:
            expect(label).to_have_count(0)
        if offline:
            expect(label).to_be_visible()
            expect(self.page.get_by_text("Sale saved locally — will sync when online.")).to_be_visible()
        return self.invoice_number

    def shows_orders(self, numbers: list[str], state: str, **how: bool) -> None:
        """Wait until all these orders are in a state."""
        for number in numbers:
            self.shows_order(number, state, **how)

    def starts_a_new_sale(self) -> None:
        self.page.get_by_role("button", name="New sale").click()
        expect(self.page.locator("#cart-total")).to_have_attribute("data-minor", "0")

    def sells(
        self,
        name: str,
        *,
        tender: str = "Cash at Store",
        size: str = "",
        colour: str = "",
        reference: str = "",
        offline: bool | None = False,
    ) -> str:
        """Sell one of a product, from search to saved invoice; return the invoice's number."""
        self.goes_to("Sell")
        self.adds(name, size, colour)
        self.checks_out()
        self.pays_with(tender, reference=reference)
        self.completes()
        number = self.is_saved(offline=offline)
        self.starts_a_new_sale()
        return number

    # --- what the screen says ---------------------------------------------------------------------

    def shows_banner(self, kind: str, within: float = 30_000) -> None:
        """Wait for a banner by its `data-banner`; "none" means that it goes away."""
        expect(self.page.locator("#banner")).to_have_attribute("data-banner", kind, timeout=within)

    def is_online(self) -> None:
        """Wait until the register has heard from the OMS itself."""
        self.goes_to("Status")
        expect(self.page.get_by_role("region", name="Connection")).to_contain_text("reachable", timeout=30_000)

    def shows_toast(self, text: str) -> None:
        expect(self.page.locator("#toast")).to_contain_text(text)

    def order_row(self, number: str) -> Locator:
        self.goes_to("Orders")
        return self.page.get_by_role("table", name="Orders").get_by_role("row").filter(has_text=number)

    def shows_order(self, number: str, state: str, *, offline: bool | None = None) -> None:
        """Wait until an order stands in the list in a state, with or without the mark "Offline Order"."""
        row = self.order_row(number)
        expect(row).to_contain_text(state, timeout=30_000)
        if offline is not None:
            mark = row.get_by_text("Offline Order")
            expect(mark).to_be_visible() if offline else expect(mark).to_have_count(0)

    def left_the_origin(self) -> list[str]:
        """Return every address outside of the store's own that the browser asked for."""
        return [address for address in self.asked if not address.startswith((self.address, "data:", "blob:"))]

    @contextmanager
    def without_network(self) -> Iterator[None]:
        """Set the browser offline, as when the cable is pulled."""
        self.context.set_offline(True)
        try:
            yield
        finally:
            self.context.set_offline(False)
