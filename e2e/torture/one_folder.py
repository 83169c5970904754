"""Two registers, each in a browser of its own, keep their journals in one real folder that was chosen at both.

One of them is killed while it saves, now and then, and the other goes on.
"""

import os
import signal
import threading
import time
from base64 import b64decode
from collections import Counter as Hits
from collections import deque
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from random import Random
from statistics import median

from playwright.sync_api import BrowserType, Page
from playwright.sync_api import Error as PlaywrightError

from e2e.browser import processes_of
from e2e.desktop import Desktop
from e2e.line import Line
from e2e.store import Store
from e2e.till import Till
from e2e.torture.browser import HANDS
from e2e.torture.checker import Acknowledged, Kept, Place, folder_at
from e2e.torture.checker.evidence import SWAP
from e2e.torture.customers import picks, tenders
from e2e.torture.gathering import part_of
from e2e.torture.lives import GUESSED, OVER
from e2e.torture.machine import register_of
from e2e.torture.notebook import Notebook

SHARE_KILLED = 0.4
"""Of sales in which one of the two is killed."""
SHARE_AT_ONCE = 0.5
"""Of starts after a kill in which the folder is allowed before the next sale, and not some sales later."""
SAVING, WRITING = "saving", "writing"
"""What a kill is meant for: any instant of the saving, or the one at which a file is being written."""
WANTED = (("killed_saving", SAVING), ("killed_writing", WRITING), ("half_written", WRITING))
"""What a happening has to come to at least once, and the kill that is meant for it; either may do the last."""
TRIES = 20
"""Kills of each kind in one happening at most, as long as it has not come to that."""
LOOKS = 0.0005
"""Seconds between two looks into the folder: a file is written in a few thousandths."""
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
        self._desktop.grants(str(folder))
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
        self._death = None

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
        self._desktop.allows_again(self._is_allowed)
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
        self.till.opens()
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
                self._death = threading.Thread(
                    target=self._dies, args=(self._meant, half_written(self._own)), daemon=True
                )
                self._death.start()
                self._meant = ""
        elif said == "saved" and self._death is None:
            self.lasted.append(time.monotonic() - self._pressed)

    def _dies(self, meant: str, before: set[Path]) -> None:
        """Kill every process of it at once: after its time, or as soon as a file is half written."""
        if meant == SAVING:
            threading.Event().wait(self._dies_in)
        deadline = time.monotonic() + PATIENCE
        while meant == WRITING and half_written(self._own) <= before:
            if self.notebook.said != "completes" or time.monotonic() > deadline:
                break
            threading.Event().wait(LOOKS)
        os.killpg(self._processes, signal.SIGKILL)
        self.hits[meant] += self.notebook.said == "completes"


class OneFolder:
    """Both registers; they stay open, and sell each time."""

    def __init__(self, chromium: BrowserType, store: Store, place: Path, desktop: Desktop) -> None:
        self.folder = place / "one folder"
        self.folder.mkdir()
        self.half_written = set[Path]()
        """Files that a kill left behind which are empty, or lie beside the one that they were to become."""
        self._line = Line(store)
        self.counters = [Counter(chromium, place, self._line, desktop, name) for name in ("X", "Y")]
        try:
            for counter in self.counters:
                counter.becomes_ready(self.folder)
        except BaseException:
            self.closes()
            raise

    def happens(self, dice: Random, codes: list[str]) -> None:
        """Both sell at the same time, with the OMS there or not."""
        (self._line.works if dice.random() < 0.5 else self._line.is_cut)()
        for _ in range(dice.randint(1, 3)):
            killed = bool(self.counters[0].lasted) and dice.random() < SHARE_KILLED
            self._sell(dice, codes, dice.choice((SAVING, WRITING)) if killed else "")
        for measure, meant in WANTED:
            for _ in range(TRIES):
                if not self.measures[measure]:
                    self._sell(dice, codes, meant)

    @property
    def measures(self) -> dict[str, int]:
        """How many kills hit, by what they were meant for, what they left in the folder, and what was taken up."""
        hits = {f"killed_{meant}": sum(each.hits[meant] for each in self.counters) for meant in (SAVING, WRITING)}
        taken_up = sum(counter.taken_up for counter in self.counters)
        return hits | {"half_written": len(self.half_written), "taken_up": taken_up}

    def _sell(self, dice: Random, codes: list[str], meant: str) -> None:
        """Both sell at the same time; one of them is killed in it, if a kill is meant for something."""
        victim = dice.choice(self.counters) if meant else None
        if victim is not None and meant == WRITING:
            victim.allows_its_folder()
        for counter in self.counters:
            counter.sells(dice, codes, meant if counter is victim else "")
        for counter in self.counters:
            counter.ends()
        if victim is not None:
            victim.waits_for_its_death()
            self.half_written |= half_written(self.folder)
            victim.goes_on(dice)

    def finishes(self) -> tuple[list[Place], list[Acknowledged]]:
        """Let everything arrive, and read what lies in the folder and in both browsers."""
        self._line.works()
        places, told, registers = list[Place](), list[Acknowledged](), list[str]()
        for counter in self.counters:
            counter.is_whole()
            kept = counter.entries()
            registers.append(register_of(kept))
            name = registers[-1].rpartition("-")[2]
            places.append(Place(f"IndexedDB {name}", kept, name))
            told += [Acknowledged(one.number, one.total, one.paid, one.mark, name) for one in counter.notebook.saved]
        files = folder_at(self.folder)
        for register in registers:
            own, name = part_of(files, register), register.rpartition("-")[2]
            places.append(replace(own, name=f"one folder, {name}", register=name))
        return places, told

    def closes(self) -> None:
        for counter in self.counters:
            counter.closes()
        self._line.closes()


def half_written(folder: Path) -> set[Path]:
    """Return files that are empty, or lie beside the one that they were to become."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path for path in files if path.suffix == SWAP or not path.stat().st_size}
