"""A profile is copied on disk between two lives; both copies sell, meet the OMS in some order, and one of them is told.

What the product promises: the copy is told at its contact, sells nothing more, and sends what it has. Each sale of
both is booked once, or, where both finished the very sale that was open when they parted, kept for a person to decide.
"""

import shutil
import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from playwright.sync_api import BrowserType

from e2e.line import Line
from e2e.store import Store
from e2e.template import RUNNING
from e2e.torture.checker import Acknowledged, Place
from e2e.torture.customers import picks, tenders
from e2e.torture.machine import Machine
from e2e.torture.notebook import Notebook

OPEN = ("nothing", "a cart", "a part is paid")
"""What is open when the browser is killed before the copy, each as likely."""
ORDERS = ("the first one first", "the copy first", "together")
"""In which order the two come to the OMS."""
SHARE_ANEW = 0.5
"""Of copies that are set up anew once they were told."""
MOST = 90.0


@dataclass
class Left:
    """What machines that are gone have left: what they showed as saved, and their places."""

    notebooks: list[tuple[Notebook, str]] = field(default_factory=list)
    """Each with the register that it is about."""
    places: list[Place] = field(default_factory=list)
    open_when_copied: set[str] = field(default_factory=set)

    @property
    def acknowledged(self) -> tuple[Acknowledged, ...]:
        return tuple(
            Acknowledged(told.number, told.total, told.paid, told.mark, name)
            for notebook, name in self.notebooks
            for told in notebook.saved
        )

    def takes(self, machine: Machine) -> None:
        """Read what a machine has, and note whose it is."""
        machine.arrives()
        self.places += machine.places()
        self.notebooks.append((machine.notebook, machine.name))


@dataclass
class Copying:
    """Copies a register as often as it is told to; the one that goes on is the register from then on."""

    chromium: BrowserType
    store: Store
    line: Line
    place: Path
    codes: list[str]
    left: Left
    wrong: list[str]
    anew: int = 0
    """How many copies were set up anew."""
    _copies: int = 0

    def happens(self, machine: Machine, dice: Random) -> Machine:
        """Kill, copy, let both sell in an outage and come to the OMS; return the one that goes on."""
        opened, order = dice.choice(OPEN), dice.choice(ORDERS)
        machine.notebook.notes(f"copied with {opened} open, {order}")
        self._opens(machine, dice, opened)
        machine.browser.is_over()
        other = self._copied(machine)
        try:
            for each in (machine, other):
                each.goes(up=False)
                each.starts()
                each.signs_in()
                self._sells(each, dice)
            kept, copy = self._meet(machine, other, order)
            self._is_over_for(copy, dice)
        except BaseException:
            other.closes()
            raise
        return kept

    def _opens(self, machine: Machine, dice: Random, opened: str) -> None:
        """A sale is open when the browser dies, or none."""
        if opened == "nothing":
            return
        machine.notebook.begins()
        machine.browser.does("adds", picks(dice, self.codes))
        if opened == "a part is paid":
            paid = tenders(dice, machine.notebook, 2)
            machine.browser.does("readies", machine.notebook.in_hand, paid)

    def _copied(self, machine: Machine) -> Machine:
        self._copies += 1
        name = f"R1/{chr(ord('a') + self._copies)}"
        profile = shutil.copytree(machine.profile, self.place / name.replace("/", "-"), ignore=RUNNING)
        other = Machine(self.chromium, self.store, Path(profile), self.line, name)
        other.notebook.in_hand = mark = machine.notebook.in_hand
        if mark:
            paid = {each for each in machine.notebook.taken if each.startswith(f"{mark}-")}
            self.left.open_when_copied |= {mark} | paid
        return other

    def _sells(self, machine: Machine, dice: Random) -> None:
        resumed = machine.takes_up()
        for number in range(dice.randint(1, 3)):
            machine.sells(dice, self.codes, resumed if number == 0 else "")

    def _meet(self, first: Machine, copy: Machine, order: str) -> tuple[Machine, Machine]:
        """Let both come to the OMS; return the one that goes on, and the one that was told."""
        second_last = (copy, first) if order == "the copy first" else (first, copy)
        for machine in second_last:
            machine.goes(up=True)
            if order != "together":
                machine.arrives(first, copy)
        return self._told(*second_last, together=order == "together")

    def _told(self, one: Machine, two: Machine, *, together: bool) -> tuple[Machine, Machine]:
        """Exactly one is told in words; whoever came first goes on."""
        deadline = time.monotonic() + MOST
        told = list[Machine]()
        while not told and time.monotonic() < deadline:
            told = [machine for machine in (one, two) if machine.browser.does("isCopy")]
            time.sleep(0.5)
        for machine in (one, two):
            machine.arrives(one, two)
        told = [machine for machine in (one, two) if machine.browser.does("isCopy")]
        if len(told) != 1 or (not together and told != [two]):
            names = ", ".join(each.name for each in told) or "neither"
            self.wrong.append(f"of {one.name} and {two.name}, in this order, {names} was told to be a copy")
        return (two, one) if told == [one] else (one, two)

    def _is_over_for(self, copy: Machine, dice: Random) -> None:
        """What the copy has is read; it ends, or becomes another register with numbers of its own."""
        self.left.takes(copy)
        if dice.random() < SHARE_ANEW and copy.browser.does("isCopy"):
            self.anew += 1
            copy.name, copy.notebook = "", Notebook(name=f"{copy.notebook.name}N")
            copy.browser.does("setsUpAnew")
            copy.signs_in()
            copy.browser.does("isReady")
            copy.sells(dice, self.codes)
            copy.name = str(copy.register.rpartition("-")[2])
            self.left.takes(copy)
        copy.closes()
