"""The lives of one register: a browser starts, somebody works with it, and it is killed in the middle of something."""

import shutil
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random
from statistics import median

from playwright.sync_api import BrowserType

from e2e.line import Line, Request
from e2e.torture.browser import Browser, Killed
from e2e.torture.customers import picks, tenders
from e2e.torture.notebook import Notebook
from e2e.torture.site import Site

PUSH = "POST /api/v1/entries"
NO_REGISTER = "#enrol-title, #main[data-screen=starting] .note"
"""What a browser shows that wants to be enrolled, and cannot reach the OMS for it."""
CATALOGUE = "#category-all"
OVER = 1.05
"""A kill may come a little after the end of what it is to hit: what follows at once belongs to it."""
GUESSED = 0.5
"""Seconds that something lasts of which nobody knows it yet: less than any of it does, so that the kill hits."""
BEGINS = {"paying": "taken", "saving": "completes"}
"""What is heard when the time begins for which a kill is meant."""
SHARE_IN_PEACE = 0.5
"""Of lives in which a sale is saved before the one that the kill is meant for."""
SHARE_OF_DISCARDED = 0.2
"""Of sales that were found again and nothing was paid for."""


class Register:
    """A profile with what is around it: the store, the line to it, and somebody's notebook."""

    def __init__(self, chromium: BrowserType, place: Path, dice: Random) -> None:
        self.dice = dice
        """Each life has its own, so that what one did not live to do does not change the next."""
        self.site = Site(place)
        self.line = Line(self.site.store)
        self._codes = self.site.codes()
        self.notebook = Notebook()
        self.meant = Counter[str]()
        """Kills by the phase that they were meant for."""
        self.hit = Counter[tuple[str, str]]()
        """Those that hit it, by phase and last word; one that came at the end of its life is not among them."""
        self.folder = "ok"
        """What the next start finds: the folder, one that is `gone` from the disk, or `none` that was ever chosen."""
        self._chromium, self._profile = chromium, place / "profile"
        self._last: Browser | None = None
        self._lasted = defaultdict[str, deque[float]](lambda: deque(maxlen=5))

    def starts(self) -> Browser:
        self._last = Browser(self._chromium, self._profile, self.line.address, self.notebook.hears)
        return self._last

    def becomes_ready(self) -> None:
        """Enrol, load everything, have a folder; one that is put there beside the product is seen at the next start."""
        for ready in (False, True):
            browser = self.starts()
            self._signs_in(browser)
            browser.does("hasFolder", "ok")
            if ready:
                browser.does("isReady")
            browser.is_over()

    def closes(self) -> None:
        if self._last is not None:
            self._last.is_over()
        self.line.closes()
        self.site.store.closes()

    # --- one life -----------------------------------------------------------------------------------

    def lives(self, phase: str, *, up: bool, folder: str) -> None:
        """Start, work, and be killed in a phase; `folder` is what the next start is to find."""
        (self.line.works if up else self.line.is_cut)()
        if phase == "update":
            self.site.publishes()
        self.notebook.said = "nothing"
        self.meant[phase] += 1
        browser = self.starts()
        try:
            with self._aims(browser, phase, "start"):
                self._signs_in(browser)
            self.folder = "none"  # as long as nobody can be sure
            browser.does("hasFolder", folder)
            self.folder = folder
            self._works(browser, phase)
        except Killed:
            self.hit[phase, self.notebook.said] += 1
        finally:
            browser.is_over()
            self.notebook.when = None

    def _works(self, browser: Browser, phase: str) -> None:
        resumed = self._takes_up(browser, discard=self.dice.random() < SHARE_OF_DISCARDED)
        if resumed or phase == "sync" or self.dice.random() < SHARE_IN_PEACE:
            self._sells(browser, resumed)
        if phase == "update":
            self._is_updated(browser)
        elif phase == "sync":
            self._sends(browser)
        else:
            self._sells(browser, "", phase)

    def _takes_up(self, browser: Browser, *, discard: bool) -> str:
        """Take up what is offered after a start, and say where it goes on; nothing where nothing is open."""
        taken_up = str(browser.does("takesUp", discard))
        if taken_up in {"cart", "checkout"}:
            return taken_up
        self.notebook.in_hand = ""
        return ""

    def loses_its_database(self) -> None:
        """What Chromium does by itself with a database that it finds damaged: all of it is gone at the next start."""
        with suppress(FileNotFoundError):  # the life before was killed before it had made one
            shutil.rmtree(self._profile / "Default" / "IndexedDB")
        self.folder = "none"  # which folder it was is forgotten with it

    def finishes(self) -> Browser:
        """The line is good and the folder there: finish what is open, send everything, and leave the browser open."""
        self.line.works()
        browser = self.starts()
        self._signs_in(browser)
        while resumed := self._takes_up(browser, discard=False):
            self._sells(browser, resumed)
        browser.does("hasFolder", "ok")
        browser.is_over()
        browser = self.starts()
        self._signs_in(browser)
        browser.does("isComplete")
        return browser

    # --- what is done in it -------------------------------------------------------------------------

    def _signs_in(self, browser: Browser) -> None:
        browser.waits_for(f"#staff-asha, {NO_REGISTER}")
        if browser.sees(NO_REGISTER):
            self.line.works()  # a browser without a register can do nothing until somebody brings the line back
            browser.waits_for("#staff-asha")
        browser.does("signsIn", "asha", "1111")
        if not browser.sees(CATALOGUE):
            self.line.works()  # nor can one that was killed between its enrolment and its catalogue

    def _sells(self, browser: Browser, resumed: str, phase: str = "") -> None:
        """Sell something, or what was taken up again; a kill may be meant for the checkout, or for its last moment."""
        if not self.notebook.in_hand:
            self.notebook.begins()
        if not resumed:
            browser.does("adds", picks(self.dice, self._codes))
        parts = 1 if resumed == "checkout" else 2 if phase == "paying" else self.dice.choice((1, 1, 2, 3))
        paid = tenders(self.dice, self.notebook, parts)
        with self._aims(browser, phase, "checkout"), self._listens(browser, phase):
            browser.does("checksOut", self.notebook.in_hand, paid)
        browser.does("leaves")

    def _sends(self, browser: Browser) -> None:
        """The line is there again, and what waits goes out; the kill is meant for the time since the first request."""
        began = list[float]()

        def pushing(request: Request) -> bool:
            if not began and f"{request.command} {request.path}".startswith(PUSH):
                began.append(time.monotonic())
                self._kills(browser, "sync")
            return False

        self.line.fault = pushing
        browser.does("nothingWaits")
        if began:
            self._lasted["sync"].append(time.monotonic() - began[0])

    def _is_updated(self, browser: Browser) -> None:
        """A new version is loaded, offered, taken; then the register starts with it."""
        with self._aims(browser, "update", "update"):
            browser.does("takesUpdate")
            self._signs_in(browser)

    # --- when it is killed ----------------------------------------------------------------------------

    def _kills(self, browser: Browser, name: str) -> None:
        """Kill it at a random instant of something that lasts about as long as it did lately."""
        lasts = median(self._lasted[name]) * OVER if self._lasted[name] else GUESSED
        browser.is_killed_in(self.dice.uniform(0, lasts))

    def _aims(self, browser: Browser, phase: str, name: str) -> "Aim":
        """The kill is meant for what is done now, if this is its phase."""
        begins = (lambda: self._kills(browser, name)) if phase == name else (lambda: None)
        return Aim(begins, self._lasted[name])

    @contextmanager
    def _listens(self, browser: Browser, phase: str) -> Iterator[None]:
        """The same for what begins when a word is heard; all of it ends with the saved sale."""
        began = dict[str, float]()

        def heard(said: str) -> None:
            for name, word in BEGINS.items():
                if said == word and name not in began:
                    began[name] = time.monotonic()
                    if phase == name:
                        self._kills(browser, name)

        self.notebook.when = heard
        yield
        for name, at in began.items():
            self._lasted[name].append(time.monotonic() - at)


class Aim:
    """Measures how long something lasts when nobody kills it."""

    def __init__(self, begins: Callable[[], object], lasted: deque[float]) -> None:
        self._begins, self._lasted = begins, lasted
        self.began = 0.0

    def __enter__(self) -> None:
        self.began = time.monotonic()
        self._begins()

    def __exit__(self, failed: type[BaseException] | None, *_: object) -> None:
        if failed is None:
            self._lasted.append(time.monotonic() - self.began)
