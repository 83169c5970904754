"""What happens with several tabs of one register: each scene begins with one tab at work, and ends with one."""

import contextlib
import time
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from random import Random
from statistics import median

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page

from e2e.torture.customers import picks
from e2e.torture.machine import Machine

GUESSED = 2.0
"""Seconds that something lasts as long as nobody has measured it."""
PUMP = 0.02
MOST = 90.0
"""Seconds that a slow machine may take to start a register."""
STATE = """
    () => document.querySelector("#use-here") ? "waits" : document.querySelector("#staff-asha") ? "has it" : ""
"""
SHARE_UP = 0.6
"""Of scenes in which the OMS can be reached."""


class NoWord(Exception):
    """A second tab did not say that the register is open elsewhere."""


class Tabs:
    """The tabs of a running register, with somebody at the one that sells."""

    def __init__(self, machine: Machine, dice: Random, codes: Sequence[str], wrong: list[str]) -> None:
        self.machine, self.dice, self.codes, self.wrong = machine, dice, codes, wrong
        self._lasted = defaultdict[str, deque[float]](lambda: deque(maxlen=5))

    @property
    def selling(self) -> Page:
        return self.machine.browser.page

    def plays(self, name: str) -> None:
        """Play a scene by its name."""
        self.machine.notebook.notes(f"scene: {name}")
        self.machine.goes(up=self.dice.random() < SHARE_UP)
        try:
            SCENES[name](self)
        except NoWord:
            self.wrong.append(f"{name}: a second tab opened the register without a word about the first")
            self._goes_on(self.selling.context.pages[-1], self.selling)
        except Exception:
            self._leaves_evidence(name)
            raise
        self.machine.browser.lives_on()

    def _leaves_evidence(self, name: str) -> None:
        for number, page in enumerate(self.selling.context.pages):
            with contextlib.suppress(PlaywrightError):
                page.screenshot(path=self.machine.profile.with_name(f"{name} {number}.png"), timeout=5_000)

    # --- the scenes --------------------------------------------------------------------------------------

    def is_taken_over(self) -> None:
        """Another tab takes over at a random instant of a checkout, and goes on with what it finds."""
        first, other = self.selling, self._another()
        self._fills()
        began = self._begins(first, "checksOut")
        self._waits(other, self.dice.uniform(0, self._lasts("checkout")))
        other.evaluate("hands.takesOver()")
        if self._ended(first) == "done":
            self._lasted["checkout"].append(time.monotonic() - began)
        self._stops(first)
        self._goes_on(other, first)

    def completes_while_it_is_taken_over(self) -> None:
        """The first tab hangs; it is pressed in at a random instant of the other one's start."""
        first, other = self._hung()
        self._waits(other, self.dice.uniform(0, self._lasts("start")))
        self.machine.gate.opens()
        self._stops(first)
        self._goes_on(other, first)

    def both_complete(self) -> None:
        """The first tab hangs and does not know that it was taken over: "Complete sale" is pressed in both at once."""
        first, other = self._hung()
        self._signs_in(other)
        if resumed := self.machine.takes_up():
            self._begins(other, "completesTogether", resumed)
            self.machine.gate.waits_for(1)
        self.machine.gate.opens()
        self._stops(first)
        if self.machine.notebook.in_hand:
            self._ended(other)
        first.close()
        other.evaluate("hands.leaves()")

    def both_take_over(self) -> None:
        """Two tabs wait, and "Use here" is pressed in both at once: one of them sells, the others say that it does."""
        first, others = self.selling, (self._another(), self._another())
        self._fills()
        self._begins(first, "checksOut")
        for other in others:
            other.evaluate("hands.begins('takesOverTogether')")
        self.machine.gate.waits_for(2)
        self.machine.gate.opens()
        self._stops(first)
        winner, loser = self._one_of(*others)
        loser.close()
        self._goes_on(winner, first)

    def is_closed(self) -> None:
        """The selling tab is closed in the middle of a checkout: the one that waits goes on by itself."""
        first, other = self.selling, self._another()
        self._fills()
        self._begins(first, "checksOut")
        self._waits(other, self.dice.uniform(0, self._lasts("checkout")))
        self._goes_on(other, first)

    def is_reloaded(self) -> None:
        """The selling tab is reloaded in the middle of a checkout while another one waits: one of them goes on."""
        first, other = self.selling, self._another()
        self._fills()
        self._begins(first, "checksOut")
        self._waits(other, self.dice.uniform(0, self._lasts("checkout")))
        first.reload(wait_until="commit")
        winner, loser = self._one_of(first, other)
        self._goes_on(winner, loser)

    def sleeps(self) -> None:
        """The selling tab is frozen in the middle of a checkout, as in a sleep, and wakes when another one has sold."""
        first, other = self.selling, self._another()
        self._fills()
        self._begins(first, "checksOut")
        self._waits(other, self.dice.uniform(0, self._lasts("checkout")))
        devtools = first.context.new_cdp_session(first)
        devtools.send("Page.setWebLifecycleState", {"state": "frozen"})
        other.evaluate("hands.takesOver()")
        self._signs_in(other)
        self._finishes(other)
        devtools.send("Page.setWebLifecycleState", {"state": "active"})
        self._stops(first)
        first.close()

    # --- their parts ---------------------------------------------------------------------------------------

    def _fills(self) -> None:
        self.machine.notebook.begins()
        self.selling.evaluate("codes => hands.adds(codes)", picks(self.dice, self.codes))

    def _another(self) -> Page:
        """Open the register once more; it has to say that it is open elsewhere."""
        other = self.machine.browser.opens_another(window=self.dice.random() < 0.5)
        other.wait_for_selector("#use-here, #staff-asha", timeout=MOST * 1000)
        if not other.evaluate("hands.isElsewhere()"):
            raise NoWord
        return other

    def _hung(self) -> tuple[Page, Page]:
        """Fill a sale up to its last button, let the page hang before it, and take the register over meanwhile."""
        first, other = self.selling, self._another()
        self._fills()
        self._begins(first, "completesHung")
        self.machine.gate.waits_for(1)
        other.evaluate("hands.takesOver()")
        return first, other

    def _begins(self, page: Page, what: str, resumed: str = "") -> float:
        values = [what, self.machine.notebook.in_hand, self.machine.pays(self.dice, resumed)]
        page.evaluate("([name, ...values]) => hands.begins(name, ...values)", values)
        return time.monotonic()

    def _ended(self, page: Page) -> str:
        return str(page.evaluate("hands.ends()"))

    def _stops(self, page: Page) -> None:
        """A tab that was taken over says so, in whatever it was doing."""
        page.wait_for_selector("#use-here", timeout=MOST * 1000)

    def _one_of(self, *pages: Page) -> tuple[Page, Page]:
        """Wait until one of two tabs has the register and the other one says so; that is settled when it stays so."""
        deadline = time.monotonic() + MOST
        while time.monotonic() < deadline:
            states = [page.evaluate(STATE) for page in pages]
            if sorted(states) == ["has it", "waits"]:
                return pages[states.index("has it")], pages[states.index("waits")]
            self._waits(pages[0], PUMP)
        raise AssertionError(f"of two tabs {states} after {MOST:.0f} seconds")

    def _goes_on(self, page: Page, other: Page) -> None:
        """The tab that has the register now goes on alone, and finishes what was open."""
        other.close()
        self._signs_in(page)
        self._finishes(page)

    def _finishes(self, page: Page) -> None:
        if resumed := self.machine.takes_up():
            self._begins(page, "checksOut", resumed)
            self._ended(page)
            page.evaluate("hands.leaves()")

    def _signs_in(self, page: Page) -> None:
        began = time.monotonic()
        page.wait_for_selector("#staff-asha", timeout=MOST * 1000)
        self._lasted["start"].append(time.monotonic() - began)
        page.evaluate("hands.signsIn('asha', '1111')")
        self.machine.browser.turns_to(page)

    def _lasts(self, what: str) -> float:
        return median(self._lasted[what]) if self._lasted[what] else GUESSED

    def _waits(self, page: Page, seconds: float) -> None:
        page.wait_for_timeout(seconds * 1000)


SCENES: dict[str, Callable[[Tabs], None]] = {
    "taken over": Tabs.is_taken_over,
    "pressed while it is taken over": Tabs.completes_while_it_is_taken_over,
    "pressed in both": Tabs.both_complete,
    "taken over by two": Tabs.both_take_over,
    "closed": Tabs.is_closed,
    "reloaded": Tabs.is_reloaded,
    "asleep": Tabs.sleeps,
}
"""By what happens to the tab that sells."""
