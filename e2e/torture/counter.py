"""A counter of the scene "one folder": a register in a headed browser of its own, which is killed while it saves."""

import os
import signal
import threading
import time
from base64 import b64decode
from collections import Counter as Hits
from collections import deque
from contextlib import suppress
from pathlib import Path
from random import Random
from statistics import median

from playwright.sync_api import BrowserType, Page
from playwright.sync_api import Error as PlaywrightError

from e2e.browser import before_workers, processes_of
from e2e.desktop import Desktop
from e2e.line import Line, Request
from e2e.profiles import EMPTY_PAGE
from e2e.till import Till
from e2e.torture.browser import HANDS
from e2e.torture.checker import Kept
from e2e.torture.customers import picks, tenders
from e2e.torture.lives import GUESSED, OVER
from e2e.torture.notebook import Notebook

SHARE_AT_ONCE = 0.5
"""Of starts after a kill in which the folder is allowed before the next sale, and not some sales later."""
SAVING, WRITING = "saving", "writing"
"""What a kill is meant for: any instant of the saving, or the one at which a file is half written."""
HELD = "/api/held/half-written-by-"
ASKS = f"""
    {{
        const close = FileSystemWritableFileStream.prototype.close;
        FileSystemWritableFileStream.prototype.close = function (...values) {{
            const asked = new XMLHttpRequest();
            asked.open("GET", `${{self.origin}}{HELD}%s`, false);
            asked.send();
            return close.apply(this, values);
        }};
    }}
"""
"""A worker that has written a file asks the line before it ends it: until then it lies beside an empty one."""
PATIENCE = 60.0
"""Seconds until what is missing in the folder is for the checker to say."""
PERMISSION = """
    async () => {
        const kept = await hands.tools.inDatabase("handles", "readonly", (store) => store.get("folder"));
        return kept.handle.queryPermission({ mode: "readwrite" });
    }
"""


class Counter:
    """One of them: somebody sells there, and writes down what the screen says."""

    def __init__(self, chromium: BrowserType, place: Path, line: Line, desktop: Desktop, name: str) -> None:
        self.notebook = Notebook(name=name)
        self.notebook.when = self._heard
        self.lasted = deque[float](maxlen=5)
        """Seconds from "Complete sale" to "Sale saved", when nobody killed it."""
        self.hits = Hits[str]()
        """Kills that came before somebody was told of the saved sale, by what they were meant for."""
        self.taken_up = 0
        """Unfinished sales that were taken up again after a kill."""
        self._pressed = self._dies_in = 0.0
        self._meant = ""
        self._death: threading.Thread | None = None
        self._due = threading.Event()
        """Set when a file is half written, or the sale is saved without one."""
        self._own = Path()
        self._desktop = desktop
        self.till = Till(
            chromium,
            place / f"folder-{name}",
            line.address,
            headed=True,
            real_folder=True,
            environment=desktop.environment,
        )

    @property
    def page(self) -> Page:
        return self.till.page

    def becomes_ready(self, folder: Path) -> None:
        """Enrol, and choose the folder through the browser's own picker."""
        self._opens()
        self.till.signs_in()
        self.till.chooses_a_folder()
        self._desktop.grants(folder, self.page)
        self.till.is_ready_for_offline()
        self.page.evaluate(HANDS)
        self._own = folder / str(self.page.evaluate("hands.register()"))

    def sells(self, dice: Random, codes: list[str], meant: str = "") -> None:
        """Begin a sale; it goes on while somebody sells at the other register. A kill may be meant for its end."""
        self._meant = meant
        self._dies_in = dice.uniform(0, median(self.lasted) * OVER if self.lasted else GUESSED)
        self.notebook.begins()
        self.page.evaluate("codes => hands.adds(codes)", picks(dice, codes))
        self._checks_out(dice.choice((1, 2)), dice)

    def ends(self) -> None:
        """Wait until it is saved, or killed."""
        try:
            self.page.evaluate("hands.ends()")
            self.page.evaluate("hands.leaves()")
        except PlaywrightError:
            if self._death is None:
                raise

    def waits_for_its_death(self) -> None:
        """Wait for the kill, whose time runs since "Complete sale" was pressed."""
        assert self._death is not None, "nothing was completed, so nobody killed it"
        self._death.join()
        self._death, self._meant = None, ""

    def asks(self, request: Request) -> bool:
        """Hold a worker of its own that is about to end a file, if it is to be killed then; say whether it asked."""
        if request.path != f"{HELD}{self.notebook.name}":
            return False
        if self._meant == WRITING and (death := self._death) is not None:
            self._due.set()
            death.join()
        return request.reply(200, b"", "text/plain")

    def goes_on(self, dice: Random) -> None:
        """Start it again after its death, and finish what is offered; the folder is allowed before that, or later."""
        self.closes()
        for left in self.till.profile.glob("Singleton*"):
            left.unlink(missing_ok=True)
        self._opens()
        self.page.wait_for_selector("#staff-asha", timeout=PATIENCE * 1000)
        self.page.evaluate(HANDS)
        self.page.evaluate("hands.signsIn('asha', '1111')")
        resumed = str(self.page.evaluate("hands.takesUp(false)"))
        if dice.random() < SHARE_AT_ONCE:
            self.allows_its_folder()
        if resumed in {"cart", "checkout"}:
            self.taken_up += 1
            self._checks_out(1 if resumed == "checkout" else 2, dice)
            self.ends()
        self.notebook.in_hand = ""

    def allows_its_folder(self) -> None:
        """Tap where the browser wants to be asked for the folder again."""
        if self._is_allowed():
            return
        self.page.bring_to_front()
        self.page.locator("#banner-folder").click(timeout=PATIENCE * 1000)
        self._desktop.allows_again(self.page, self._is_allowed)
        self.page.wait_for_selector("#banner-folder", state="detached", timeout=PATIENCE * 1000)

    def _is_allowed(self) -> bool:
        return bool(self.page.evaluate(PERMISSION) == "granted")

    def is_whole(self) -> None:
        """Wait until everything is sent, and the folder has a file for each entry, or will not have it."""
        self.allows_its_folder()
        self.page.evaluate("hands.isSent()")
        deadline = time.monotonic() + PATIENCE
        while self._in_the_folder() < len(self.entries()) and time.monotonic() < deadline:
            self.page.wait_for_timeout(200)

    def entries(self) -> tuple[Kept, ...]:
        """What its browser keeps."""
        rows = self.page.evaluate("hands.journal()")
        return tuple(Kept(b64decode(row["line"]), row["seq"], row["id"], row["number"]) for row in rows)

    def _in_the_folder(self) -> int:
        """Count the files that are written; an empty one is what a kill left, until it is mended."""
        return sum(path.stat().st_size > 0 for path in self._own.glob("journal/*/*.json"))

    def closes(self) -> None:
        """Close the browser in good order, if it lives."""
        with suppress(PlaywrightError):  # it was killed
            self.till.closes()

    def _opens(self) -> None:
        self.till.opens(EMPTY_PAGE)
        self.page.add_init_script(before_workers(ASKS % self.notebook.name))
        self.page.goto(self.till.address)
        self.page.on("console", lambda message: self.notebook.hears(message.text))
        self._processes = processes_of(self.till.profile)

    def _checks_out(self, parts: int, dice: Random) -> None:
        values = [self.notebook.in_hand, tenders(dice, self.notebook, parts)]
        self.page.evaluate("values => hands.begins('checksOut', ...values)", values)

    def _heard(self, said: str) -> None:
        """Measure how long it saves, and kill it at its instant."""
        if said == "completes":
            self._pressed = time.monotonic()
            if self._meant:
                self._due.clear()
                death = threading.Thread(target=self._dies, args=(self._meant,), daemon=True)
                death.start()
                self._death = death
        elif said == "saved" and self._death is None:
            self.lasted.append(time.monotonic() - self._pressed)
        elif said == "saved":
            self._due.set()

    def _dies(self, meant: str) -> None:
        """Kill every process of it at once: after its time, or as soon as a file is half written."""
        if meant == SAVING:
            threading.Event().wait(self._dies_in)
        else:
            self._due.wait(PATIENCE)
        os.killpg(self._processes, signal.SIGKILL)
        self.hits[meant] += self.notebook.said == "completes"
