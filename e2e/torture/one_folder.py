"""Two registers, each in a browser of its own, keep their journals in one real folder that was chosen at both."""

from base64 import b64decode
from pathlib import Path
from random import Random

from playwright.sync_api import BrowserType

from e2e.desktop import Desktop
from e2e.line import Line
from e2e.store import Store
from e2e.till import Till
from e2e.torture.browser import HANDS
from e2e.torture.checker import Acknowledged, Kept, Place, folder_at
from e2e.torture.customers import picks, tenders
from e2e.torture.machine import register_of
from e2e.torture.notebook import Notebook


class Counter:
    """One of them: somebody sells there, and writes down what the screen says."""

    def __init__(self, chromium: BrowserType, place: Path, line: Line, desktop: Desktop, name: str) -> None:
        self.notebook = Notebook(name=name)
        self.till = Till(
            chromium,
            place / f"folder-{name}",
            line.address,
            headed=True,
            real_folder=True,
            environment=desktop.environment,
        )

    def becomes_ready(self, desktop: Desktop, folder: Path) -> None:
        """Enrol, and choose the folder through the browser's own picker."""
        self.till.opens()
        self.till.page.on("console", lambda message: self.notebook.hears(message.text))
        self.till.signs_in()
        self.till.chooses_a_folder()
        desktop.grants(str(folder))
        self.till.is_ready_for_offline()
        self.till.page.evaluate(HANDS)

    def begins(self, dice: Random, codes: list[str]) -> None:
        """Begin a sale; it goes on while somebody sells at the other register."""
        mark, paid = self.notebook.begins(), tenders(dice, self.notebook, dice.choice((1, 2)))
        self.till.page.evaluate("codes => hands.adds(codes)", picks(dice, codes))
        self.till.page.evaluate("values => hands.begins('checksOut', ...values)", [mark, paid])

    def ends(self) -> None:
        """Wait until it is saved."""
        self.till.page.evaluate("hands.ends()")
        self.till.page.evaluate("hands.leaves()")

    def entries(self) -> tuple[Kept, ...]:
        """What its browser keeps."""
        rows = self.till.page.evaluate("hands.journal()")
        return tuple(Kept(b64decode(row["line"]), row["seq"], row["id"], row["number"]) for row in rows)


class OneFolder:
    """Both registers; they stay open, and sell each time."""

    def __init__(self, chromium: BrowserType, store: Store, place: Path, desktop: Desktop) -> None:
        self.folder = place / "one folder"
        self.folder.mkdir()
        self._line = Line(store)
        self.counters = [Counter(chromium, place, self._line, desktop, name) for name in ("X", "Y")]
        try:
            for counter in self.counters:
                counter.becomes_ready(desktop, self.folder)
        except BaseException:
            self.closes()
            raise

    def happens(self, dice: Random, codes: list[str]) -> None:
        """Both sell at the same time, with the OMS there or not."""
        (self._line.works if dice.random() < 0.5 else self._line.is_cut)()
        for _ in range(dice.randint(1, 3)):
            for counter in self.counters:
                counter.begins(dice, codes)
            for counter in self.counters:
                counter.ends()

    def finishes(self) -> tuple[list[Place], list[Acknowledged]]:
        """Let everything arrive, and read what lies in the folder and in both browsers."""
        self._line.works()
        places, told = list[Place](), list[Acknowledged]()
        for counter in self.counters:
            counter.till.page.evaluate("hands.isSent()")
            kept = counter.entries()
            name = register_of(kept).rpartition("-")[2]
            places.append(Place(f"IndexedDB {name}", kept, name))
            told += [Acknowledged(one.number, one.total, one.paid, one.mark, name) for one in counter.notebook.saved]
        files = folder_at(self.folder)
        for name in [place.register for place in places]:
            own = tuple(kept for kept in files.entries if register_of([kept]).endswith(f"-{name}"))
            places.append(Place(f"one folder, {name}", own, name, unreadable=files.unreadable))
        return places, told

    def closes(self) -> None:
        for counter in self.counters:
            counter.till.closes()
        self._line.closes()
