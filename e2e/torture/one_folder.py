"""Two registers, each in a browser of its own, keep their journals in one real folder that was chosen at both.

One of them is killed while it saves, now and then, and the other goes on.
"""

from dataclasses import replace
from pathlib import Path
from random import Random

from playwright.sync_api import BrowserType

from e2e.desktop import Desktop
from e2e.line import Line, Request
from e2e.store import Store
from e2e.torture.checker import Acknowledged, Place, folder_at
from e2e.torture.checker.evidence import SWAP
from e2e.torture.counter import SAVING, WRITING, Counter
from e2e.torture.gathering import part_of
from e2e.torture.machine import register_of

SHARE_KILLED = 0.4
"""Of sales in which one of the two is killed."""
WANTED = (("killed_saving", SAVING), ("killed_writing", WRITING), ("half_written", WRITING))
"""What a happening has to come to at least once, and the kill that is meant for it; either may do the last."""
TRIES = 20
"""Kills of each kind in one happening at most, as long as it has not come to that."""


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
            self._goes(up=True)
            for counter in self.counters:
                counter.becomes_ready(self.folder)
        except BaseException:
            self.closes()
            raise

    def happens(self, dice: Random, codes: list[str]) -> None:
        """Both sell at the same time, with the OMS there or not."""
        self._goes(up=dice.random() < 0.5)
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

    def _goes(self, *, up: bool) -> None:
        """The line works, or is cut; what the workers ask of the counters comes to them anyway."""

        def fault(request: Request) -> bool:
            return any(counter.asks(request) for counter in self.counters) or (not up and request.hang_up())

        self._line.fault = fault

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
        self._goes(up=True)
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
