"""A register whose storage fails, and somebody beside it who reads the screen and mends what can be mended."""

import time
from pathlib import Path
from random import Random
from typing import Any

from playwright.sync_api import BrowserType, CDPSession

from e2e.browser import FILL
from e2e.torture.browser import HANDS, Browser
from e2e.torture.customers import picks
from e2e.torture.lives import Register

BESIDE = Path(__file__).parent
PAGE, WORKERS = ((BESIDE / name).read_text("utf-8") for name in ("storage.js", "storage_worker.js"))
ROOM = 160 << 20
"""Bytes that the browser may keep: less than the disk has, so that it can be filled."""
SITE_DATA = "indexeddb,cache_storage,service_workers,local_storage,cookies"
"""What "clear browsing data" takes; the folder stands for one on the disk, and stays."""
MANAGER = "2222"
LONG = 60.0
"""Seconds after which a browser is started anew before the next fault, so that a register starts often."""
Files = dict[str, str]
"""What lies in the folder: base64 by path."""


class Keeper(Register):
    """One profile and its folder; in the profile there may have been several registers, one after the other."""

    def __init__(self, chromium: BrowserType, place: Path, dice: Random) -> None:
        super().__init__(chromium, place, dice)
        self.wrong: list[str] = []
        """What the screen said, or did not say, and should not have, or should."""
        self.damaged: Files = {}
        """Files that were damaged, as they have to stay: they are evidence."""
        self.due: list[str] = []
        """Names of damaged files that the next start has to tell of."""
        self.lost: list[str] = []
        """Registers whose browser data is gone."""
        self._devtools: CDPSession | None = None
        self._since = 0.0

    # --- its lives ------------------------------------------------------------------------------------

    def starts(self) -> Browser:
        """Start a browser with little room."""
        self._since = time.monotonic()
        self._last = Browser(self._chromium, self._profile, self.line.address, self.notebook.hears, hands=HANDS + PAGE)
        self._devtools = self._last.page.context.new_cdp_session(self._last.page)
        self.has_room(ROOM)
        return self._last

    @property
    def browser(self) -> Browser:
        """The one that is open, with somebody signed in; it is started where there is none."""
        return self._last or self.opens()

    def rests(self) -> None:
        """Close a browser that has been open for long."""
        if time.monotonic() - self._since > LONG:
            self.is_killed()

    def opens(self) -> Browser:
        """Start, sign in, finish what is open, and see what is told of damage."""
        before, browser = self.register, self.starts()
        self._signs_in(browser)
        if before not in {"", self.register}:
            self._is_recovered(browser, before)
        while resumed := self._takes_up(browser, discard=False):
            self._sells(browser, resumed)
        for name in self.due:
            told = any(name in each for each in self.notebook.troubles)  # where the folder was chosen again meanwhile
            if not told and not browser.does("names", name):
                self.wrong.append(f"{name} is damaged, and nobody was told")
        self.due.clear()
        return browser

    @property
    def register(self) -> str:
        """Whose the browser is, such as "DS01-R1"; so is its part of the folder called."""
        return self.notebook.register

    def _is_recovered(self, browser: Browser, lost: str) -> None:
        """The browser has become another register: it gets the folder, and brings what the lost one has in it."""
        self.lost.append(lost)
        self.line.works()
        browser.does("chooses")
        code = self.site.store.gives_a_recovery_code(lost.rpartition("-")[2])
        said = browser.does("recovers", lost, code, MANAGER)
        if "goes on for" not in said:
            self.wrong.append(f"{lost} was not recovered: {said}")

    def becomes_ready(self) -> None:
        """Enrol, choose the folder, load everything."""
        browser = self.opens()
        browser.does("chooses")
        browser.does("isReady")

    def is_killed(self) -> None:
        """All of the browser's processes at once."""
        if self._last is not None:
            self._last.is_over()
        self._last = None

    def starts_again(self) -> Browser:
        self.is_killed()
        return self.browser

    # --- what it sells --------------------------------------------------------------------------------

    def sells(self) -> None:
        """A sale that has to be saved, whatever is wrong with the storage."""
        self._sells(self.browser, "")

    def sells_no_more(self) -> str:
        """Try to sell after the browser lost its data, and return what is said."""
        self.notebook.begins()
        return str(self.browser.does("triesToSell", picks(self.dice, self._codes)[0]))

    def fills_a_cart(self) -> None:
        self.notebook.begins()
        self.browser.does("adds", picks(self.dice, self._codes))

    def cannot_save(self) -> bool:
        """Complete the open sale where that has to fail, and see that it is said, and that the sale stays open."""
        mark = self.notebook.in_hand
        answer = self.browser.does("cannotSave", mark, {"tender": "cash", "reference": ""})
        if not answer["told"]:
            self.wrong.append(f"{mark} is called saved, although it cannot be")
            return False
        self.notebook.notes(f"refused {mark}: {answer['told']}")
        self.notebook.counts["refused"] += 1
        if not answer["kept"]:
            self.wrong.append(f"{mark} could not be saved, and is not open any more")
        return True

    def goes_on(self, refused: bool) -> None:
        """Press once more what was refused, now that it can be saved."""
        if refused:
            self.browser.does("checksOut", self.notebook.in_hand, [{"tender": "cash", "reference": ""}])
        self.browser.does("leaves")

    # --- what is done to it -----------------------------------------------------------------------------

    def suffers(self, **faults: int | bool) -> None:
        """Let the workers' storage fail in some way; one of them may have been started a moment ago."""
        for worker in self.browser.page.workers:
            worker.evaluate(WORKERS)
            worker.evaluate("faults => void Object.assign(self.storageFaults, faults)", faults)

    def has_room(self, size: int) -> None:
        self.asks_the_browser("Storage.overrideQuotaForOrigin", quotaSize=size)

    def is_full(self) -> None:
        """Fill all the room that there is, to the last half kilobyte."""
        self.browser.page.evaluate(FILL)

    def loses_its_data(self) -> None:
        """Somebody clears the browsing data while the register is open."""
        self.asks_the_browser("Storage.clearDataForOrigin", storageTypes=SITE_DATA)

    def asks_the_browser(self, method: str, **values: object) -> None:
        if self._devtools is not None:
            self._devtools.send(method, {"origin": self.line.address, **values})

    def files(self) -> Files:
        """What lies in the folder."""
        listed: list[dict[str, Any]] = self.browser.does("content")
        return {file["path"]: file["content"] for file in listed}
