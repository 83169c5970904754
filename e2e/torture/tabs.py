"""Round: several tabs and windows of one register, copies of its profile, and two registers on one folder.

A sale that any of them showed as saved is in the OMS once, and in that register's places. No number is given twice,
but by copies of a profile, and then the OMS says so itself (`twice_by_copies_and_told`).
"""

import contextlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

from playwright.sync_api import BrowserType, sync_playwright

from e2e.desktop import desktop, missing_programs
from e2e.line import Line
from e2e.store import Store
from e2e.torture.checker import Acknowledged, Evidence, Place, check, stock_of
from e2e.torture.copying import Copying, Left
from e2e.torture.gathering import database_of
from e2e.torture.machine import Machine
from e2e.torture.notebook import Notebook
from e2e.torture.one_folder import OneFolder
from e2e.torture.plan import Plan, Tally
from e2e.torture.scenes import SCENES, Tabs
from e2e.torture.site import codes_of

NAME = "tabs"
COPIED, ONE_FOLDER = "copied", "one folder"
DECK = (*SCENES, COPIED, ONE_FOLDER)
"""Every fault; dealt in a rolled order, again and again: so each comes once before any comes twice."""
EXPECTED = frozenset({"copied", "number", "used_twice", "conflict"})
"""What the OMS has to want people to look at, where a profile was copied; the checker looks at each by itself."""
A_LIFE = 5
"""Scenes after which a browser is started anew."""


def run(plan: Plan) -> Tally:
    """Deal as many faults as there are to be kills, let everything arrive, and check it."""
    with sync_playwright() as playwright, contextlib.ExitStack() as ends:
        shop = Shop(playwright.chromium, plan.room(NAME), plan, ends)
        try:
            shop.becomes_ready()
            before = stock_of(database_of(shop.store.data))
            for number, fault in enumerate(dealt(plan), start=1):
                shop.suffers(fault, plan.random(f"{NAME}/{number}"))
                plan.says(f"{number}: {fault}")
            return shop.tally(before)
        finally:
            shop.machine.notebook.is_kept_in(plan.place / f"{NAME}.log")


def dealt(plan: Plan) -> Iterator[str]:
    """The faults in their order."""
    dice, deck = plan.random(f"{NAME}/deck"), list[str]()
    for _ in range(plan.kills):
        if not deck:
            deck = dice.sample(DECK, len(DECK))
        yield deck.pop()


@dataclass
class Shop:
    """A store, the machine that is register R1 at the moment, and what else lives beside it."""

    chromium: BrowserType
    place: Path
    plan: Plan
    ends: contextlib.ExitStack
    wrong: list[str] = field(default_factory=list)
    left: Left = field(default_factory=Left)
    hit: Counter[str] = field(default_factory=Counter)
    """Faults that happened, by name."""
    missing: str = ""
    """What this machine lacks for two registers on one folder."""
    _tabs: Tabs | None = None
    _scenes: int = 0
    _one_folder: OneFolder | None = None

    def __post_init__(self) -> None:
        self.store = Store(data=self.place / "data").opens()
        self.ends.callback(self.store.closes)
        self._line = Line(self.store)
        self.ends.callback(self._line.closes)
        self.codes = codes_of(self.store.data)
        self.machine = Machine(self.chromium, self.store, self.place / "R1-a", self._line, "R1/a")
        self.ends.callback(lambda: self.machine.closes())
        about = self.chromium, self.store, self._line, self.place, self.codes, self.left, self.wrong
        self.copying = Copying(*about)

    def becomes_ready(self) -> None:
        """Enrol, load everything, have a folder; one that is put there beside the product is seen at the next start."""
        for ready in (False, True):
            self._starts()
            self.machine.browser.does("hasFolder", "ok")
            if ready:
                self.machine.browser.does("isReady")
                return
            self.machine.browser.is_over()

    def suffers(self, fault: str, dice: Random) -> None:
        """Let one fault happen."""
        if fault == COPIED:
            self.machine = self.copying.happens(self._at_work(dice).machine, dice)
            self._tabs = None
        elif fault == ONE_FOLDER:
            if (shared := self._two_on_one_folder()) is None:
                return
            self.machine.browser.rests()
            shared.happens(dice, self.codes)
        else:
            self._at_work(dice).plays(fault)
        self.hit[fault] += 1
        self.machine.browser.lives_on()

    def tally(self, before: dict[str, int]) -> Tally:
        """Let everything arrive, read all places, and compare them."""
        places, told = self._finishes()
        self.store.closes()
        evidence = Evidence(
            database=database_of(self.store.data),
            secrets=self.store.data / "secrets.json",
            acknowledged=tuple(told),
            places=tuple(places),
            attempted=frozenset(mark for notebook in self._notebooks for mark in notebook.attempted),
            taken={key: amount for notebook in self._notebooks for key, amount in notebook.taken.items()},
            stock=before,
            attention=EXPECTED,
            open_when_copied=frozenset(self.left.open_when_copied),
        )
        measures = {**self.hit, "set up anew": self.copying.anew}
        measures |= self._one_folder.measures if self._one_folder else {}
        found = check(evidence).tally(NAME, faults=self.hit.total(), acknowledged=len(told), **measures)
        left_out = (f"{ONE_FOLDER} (this machine lacks {self.missing})",) if self.missing else ()
        return replace(found, left_out=left_out).also(self.wrong)

    @property
    def _notebooks(self) -> list[Notebook]:
        """What was written down at every register of the round."""
        counters = self._one_folder.counters if self._one_folder else []
        return [*(notebook for notebook, _ in self.left.notebooks), *(counter.notebook for counter in counters)]

    def _finishes(self) -> tuple[list[Place], list[Acknowledged]]:
        self.machine.browser.is_over()
        self.machine.goes(up=True)
        self._starts()
        while resumed := self.machine.takes_up():
            self.machine.sells(self.plan.random(f"{NAME}/end"), self.codes, resumed)
        self.left.takes(self.machine)
        self.machine.browser.is_over()
        if self._one_folder is None:
            return self.left.places, list(self.left.acknowledged)
        places, told = self._one_folder.finishes()
        return [*self.left.places, *places], [*self.left.acknowledged, *told]

    def _starts(self) -> None:
        self.machine.starts()
        self.machine.signs_in()

    def _at_work(self, dice: Random) -> Tabs:
        """The register with one tab; its browser is started anew now and then."""
        self._scenes += 1
        if self._tabs is None:
            self._tabs = Tabs(self.machine, dice, self.codes, self.wrong)
        elif self._scenes % A_LIFE == 0:
            self.machine.browser.is_over()
            self._starts()
        self._tabs.machine, self._tabs.dice = self.machine, dice
        return self._tabs

    def _two_on_one_folder(self) -> OneFolder | None:
        if self._one_folder is None and not self.missing:
            self.missing = ", ".join(missing_programs())
            if not self.missing:
                screen = self.ends.enter_context(desktop())
                self._one_folder = OneFolder(self.chromium, self.store, self.place, screen)
                self.ends.callback(self._one_folder.closes)
        return self._one_folder
