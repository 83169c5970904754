"""What a cashier waits for in the till's own page: scan to line, key to results, "Complete sale" to saved."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from random import Random
from typing import Any

from playwright.sync_api import sync_playwright

from app.catalogue.words import words
from bench.goods import named
from bench.peers import bundle
from bench.plan import Plan
from bench.row import Goal, Row
from bench.sample import Sample
from bench.till import store_with, till_of
from e2e.till import Till

DEXIE, BARE = "Dexie get", "the bare work"
SCANS, KEYS = 4, 4
"""In each sale."""
AT_ONCE = 50_000
Told = tuple[float, float] | None


def run(plan: Plan) -> Sequence[Row]:
    """Sell again and again: search, scan, complete; Dexie and the bare work beside each sale."""
    many = plan.size(818_846, 1_000)
    things = list(islice(named(plan), many))
    plan.says(f"a store with {many:,} products")
    with store_with(plan, "screen", many) as store, sync_playwright() as playwright:
        plan.says("a till that has them")
        with till_of(store, playwright.chromium) as till:
            till.page.evaluate(bundle("screen", plan.room("screen-page")).read_text())
            for start in range(0, many, AT_ONCE):
                till.page.evaluate("codes => bench.put(codes)", things[start : start + AT_ONCE])
            seen = Cashier(till, things)
            for turn in range(-plan.warm_ups, plan.repetitions):
                seen.sells(counted=turn >= 0)
            return seen.rows(many)


@dataclass
class Cashier:
    """Sells, and notes how long each thing took."""

    till: Till
    things: list[tuple[str, str]]
    dice: Random = field(default_factory=lambda: Random(3))  # noqa: S311 - the same sales in each run
    taken: dict[str, list[Any]] = field(default_factory=dict)
    counted: bool = False
    same: int = 0
    """Keys after which there was nothing new to paint."""

    def sells(self, *, counted: bool) -> None:
        """Serve one customer, and do the same work bare."""
        self.counted = counted
        for code in self._codes():
            self._notes(DEXIE, self.till.page.evaluate("code => bench.get(code)", code))
            self._notes("scan", self.till.page.evaluate("code => bench.scan(code)", code))
        for beginning in self._typed():
            self._notes("key", self.till.page.evaluate("value => bench.key(value)", beginning))
        self.till.searches("")
        self.till.checks_out()
        self.till.pays_with("Cash at Store")
        self._notes("save", self.till.page.evaluate("bench.save()"))
        self.till.is_saved(offline=None)
        self._notes(BARE, self.till.page.evaluate("bench.newest().then(bench.bare)"))
        self.till.starts_a_new_sale()

    def rows(self, many: int) -> list[Row]:
        """Hold what was noted against the goals."""
        return [
            self._row("scan", f"scan → line in the cart painted, {many:,} barcodes", Goal(1.5, DEXIE, 8, "p95")),
            self._row("key", f"key press → results painted, {many:,} products", Goal(plus=16, figure="p95")),
            self._row("save", "“Complete sale” → durable in both places, and said so", Goal(2, BARE, figure="p95")),
        ]

    def _row(self, what: str, title: str, goal: Goal) -> Row:
        """What is durable counts when the page says so, everything else when it is painted."""
        there, painted = (Sample.of(values) for values in zip(*self.taken[what], strict=True))
        ours, other = (there, painted) if what == "save" else (painted, there)
        peers = {goal.to: Sample.of(self.taken[goal.to])} if goal.to else {}
        why = "painted" if what == "save" else "in the page, before the frame"
        why += f": median {other.median:.1f}, p95 {other.p95:.1f} ms"
        why += f"; {self.same} keys changed nothing" if what == "key" else ""
        return Row(title, ours, peers, goals=(goal,), figure="p95", why=why)

    def _codes(self) -> Iterator[str]:
        """Choose things to scan, each once; a scale's label or a short code would be another story."""
        good = (code for code, _ in iter(lambda: self.dice.choice(self.things), None))
        return islice((code for code in good if len(code) == 13 and code[0] != "2"), SCANS)

    def _typed(self) -> Iterator[str]:
        """A name as it is typed, letter by letter."""
        name = next(" ".join(found) for found in iter(self._words, None) if len(" ".join(found)) >= KEYS)
        return (name[: at + 1].strip() for at in range(KEYS))

    def _words(self) -> list[str]:
        return words(self.dice.choice(self.things)[1])

    def _notes(self, what: str, took: Any) -> None:
        if took is None:
            assert what == "key", f"nothing came of a {what}"
            self.same += 1
        elif self.counted:
            self.taken.setdefault(what, []).append(took)
