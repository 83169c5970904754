"""The browser is killed again and again while today's app brings the oldest database up to its own version."""

import shutil
import time
from base64 import b64decode
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import BrowserType

from e2e import profiles
from e2e.browser import before_workers
from e2e.line import Line, Request
from e2e.store import Store
from e2e.template import RUNNING
from e2e.test_updates import follows, number_of
from e2e.till import Till
from e2e.torture.apart import seed_of_the_day
from e2e.torture.browser import Browser, Killed
from e2e.torture.notebook import Notebook
from e2e.torture.plan import Plan

OLDEST = profiles.read(profiles.GOLDEN / "profile-1.json.gz")
IN_IT, ANYWHERE, ABOUT_ITS_END = "in the upgrade", "anywhere in a start", "about the upgrade's end"
KILLS = (IN_IT, ANYWHERE, ABOUT_ITS_END, ANYWHERE)
"""What each kill is meant for; where no upgrade is left, the third comes as soon as somebody can sign in."""
END_SECONDS = 0.06
"""Within so long after one of its last stores was asked for an upgrade is over, and the till reads what it holds."""
HELD = f"/api/held/upgrade-from-{OLDEST['version']}"
ASKS = """
    {
        let [left, from] = [%d, 0];
        const open = IDBFactory.prototype.open;
        IDBFactory.prototype.open = function (...values) {
            const opening = open.apply(this, values);
            opening.addEventListener("upgradeneeded", ({ oldVersion }) => (from = oldVersion));
            return opening;
        };
        const make = IDBDatabase.prototype.createObjectStore;
        IDBDatabase.prototype.createObjectStore = function (...values) {
            if (this.name === "store-os" && left-- === 0) {  // PyScript has a database, too
                const asked = new XMLHttpRequest();
                asked.open("GET", `${self.origin}/api/held/upgrade-from-${from}`, false);
                asked.send();
            }
            return make.apply(this, values);
        };
    }
"""
"""A worker that makes stores asks the line before one of them, and waits: its transaction is open as long as that.

`indexedDB.databases()` would not do: after a kill it may say the version that the browser is about to take back.
"""
MISSING = 3
"""Stores that the oldest database lacks."""
SILENT = "it is silent"
SHARE_UP = 0.6
"""Of starts in which the OMS can be reached."""


class Upgraded:
    """A profile of the oldest release, and the browsers that are started on it with today's app."""

    def __init__(self, chromium: BrowserType, plan: Plan) -> None:
        self.plan = plan
        self.store = Store(data=plan.place / "data").opens()
        self.line = Line(self.store)
        self.notebook = Notebook()
        self.starts = 0
        self.upgrades: list[int] = []
        """Starts, by their number from 1, in which a worker was seen in the upgrade from the oldest version."""
        self.stopped: list[str] = []
        """What the page said of registers that it had to start again; on a busy machine one may be silent too long."""
        self._last: Browser | None = None
        self._chromium, self._profile, self._dice = chromium, plan.place / "profile", plan.random("upgrade")

    def is_poured(self) -> None:
        """The browser holds what the release left, and was closed in good order."""
        profiles.adopt(self.store, OLDEST)
        till = Till(self._chromium, self._profile, self.line.address).opens(profiles.EMPTY_PAGE)
        profiles.pour(till.page, self.line.address, OLDEST)
        till.closes()

    def lasts(self) -> float:
        """Seconds that a first start lasts until somebody can sign in, measured on a copy that meets no OMS."""
        copy = Path(shutil.copytree(self._profile, self._profile.with_name("copy"), ignore=RUNNING))
        self.line.fault = without_oms
        browser = self._starts(copy)
        began = time.monotonic()
        browser.goes_to(self.line.address)
        browser.waits_for("#staff-asha")
        lasted = time.monotonic() - began
        browser.is_over()
        return lasted

    def is_killed(self, meant: str, lasts: float) -> None:
        """Start today's app on what there is, and kill it."""
        browser = self._starts(self._profile)
        self._minds(browser, meant)
        if meant == ANYWHERE:
            browser.is_killed_in(self._dice.uniform(0, lasts))
        with suppress(Killed):
            browser.goes_to(self.line.address)
            browser.waits_for("#staff-asha")
            if meant == ANYWHERE:
                browser.waits_for("#nobody")  # until it is killed
        browser.is_over()

    def sells(self) -> str:
        """Let it start in peace, finish the sale that was open, and send everything; return the sale's number."""
        browser = self._starts(self._profile)
        self._minds(browser, "nothing", up=True)
        browser.goes_to(self.line.address)
        browser.waits_for("#staff-asha")
        while not browser.sees("#draft-resume"):  # a register that was silent was started again, and asks once more
            browser.does("signsIn", "asha", "1111")
            browser.waits_for("#draft-resume, #staff-asha")
        assert browser.does("takesUp", False) == "cart"
        browser.does("checksOut", self.notebook.begins(), [{"tender": "cash", "reference": ""}])
        browser.does("leaves")
        browser.does("isComplete")
        [told] = self.notebook.saved
        assert told.total == OLDEST["open"]
        return told.number

    @property
    def journal(self) -> list[bytes]:
        """What the browser keeps now, to the byte."""
        return [b64decode(row["line"]) for row in self._running.does("journal")]

    def closes(self) -> None:
        """End the browser that runs, the line and the store."""
        if self._last is not None:
            self._last.is_over()
        self.line.closes()
        self.store.closes()

    @property
    def _running(self) -> Browser:
        assert self._last is not None, "it was never started"
        return self._last

    def _starts(self, profile: Path) -> Browser:
        """Start a browser on a page of the address on which nothing of ours runs."""
        address = f"{self.line.address}{profiles.EMPTY_PAGE}"
        self._last = Browser(self._chromium, profile, address, self._hears)
        return self._last

    def _hears(self, text: str) -> None:
        if text.startswith("till "):
            self.stopped.append(f"start {self.starts}: {text}")
        self.notebook.hears(text)

    def _minds(self, browser: Browser, meant: str, *, up: bool | None = None) -> None:
        """Note an upgrade of this start, and kill in it if that is meant; the OMS is there or not."""
        self.starts += 1
        start, seconds, left = self.starts, self._dice.uniform(0, END_SECONDS), self._dice.randrange(MISSING)
        up = self._dice.random() < SHARE_UP if up is None else up

        def upgrading(request: Request) -> bool:
            if request.path != HELD:
                return not up and without_oms(request)
            self.upgrades.append(start)
            if meant == IN_IT:
                browser.dies()
            elif meant == ABOUT_ITS_END:
                browser.is_killed_in(seconds)
            return request.reply(200, b"", "text/plain")

        self.line.fault = upgrading
        browser.page.add_init_script(before_workers(ASKS % left))


def without_oms(request: Request) -> bool:
    """The app can be loaded, and the OMS cannot be asked."""
    return request.path.startswith("/api/") and request.hang_up()


@pytest.fixture
def register(browser_type: BrowserType, tmp_path: Path) -> Iterator[Upgraded]:
    """A register with the dice of the day, whose seed is said first."""
    plan = Plan(seed=seed_of_the_day(), kills=len(KILLS), orders=0, place=tmp_path)
    plan.says(f"seed {plan.seed}")
    made = Upgraded(browser_type, plan)
    yield made
    made.closes()


def test_an_upgrade_that_is_killed_again_and_again_loses_nothing(register: Upgraded) -> None:
    """A till is switched off while an update changes its database: no sale may hang on the instant."""
    register.is_poured()
    lasts = register.lasts()
    for meant in KILLS:
        register.is_killed(meant, lasts)
    number = register.sells()

    register.store.has_orders(len(OLDEST["sold"]) + 1)
    register.plan.says(f"a start lasts {lasts:.1f} s; upgrades in starts {register.upgrades} of {register.starts}")
    assert all(SILENT in why for why in register.stopped), register.stopped
    assert (register.upgrades[0], len(register.upgrades) > 1) == (1, True), "killed in it, and still the oldest"
    assert sorted(order["number"] for order in register.store.orders()) == sorted([*OLDEST["sold"], number])
    assert follows(number_of(OLDEST["sold"][-1]), number_of(number))
    kept = [b64decode(row["line"]["base64"]) for row in OLDEST["stores"]["journal"]["rows"]]
    assert register.journal[: len(kept)] == kept
