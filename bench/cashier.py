"""A cashier in the till's own page, who serves customers and notes how long each thing took."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from random import Random
from typing import Any

from app.catalogue.words import words
from bench.sample import Sample
from e2e.till import Till

DEXIE, BARE, ALONE = "Dexie get", "the bare work", "the page alone"
SCANS, KEYS = 4, 4
"""In each sale."""
AT_ONCE = 50_000


@dataclass
class Cashier:
    """Serves one customer after the other, the same ones in each run."""

    till: Till
    things: list[tuple[str, str]]
    dice: Random = field(default_factory=lambda: Random(3))  # noqa: S311 - the same sales in each run
    taken: dict[str, list[Any]] = field(default_factory=dict)
    counted: bool = False
    same: int = 0
    """Keys after which there was nothing new to paint."""

    def comes_in(self, script: str) -> None:
        """Bring along what measures, and put the same barcodes beside."""
        self.till.page.evaluate(script)
        for start in range(0, len(self.things), AT_ONCE):
            self.till.page.evaluate("codes => bench.put(codes)", self.things[start : start + AT_ONCE])

    def sells(self, *, counted: bool) -> None:
        """Serve one customer, and do the same work bare."""
        self.counted = counted
        for code in self._codes():
            self._notes(DEXIE, self.till.page.evaluate("code => bench.get(code)", code))
            self._notes("scan", self.till.page.evaluate("code => bench.scan(code)", code))
        for beginning in self._typed():
            self._notes("key", self.till.page.evaluate("value => bench.key(value)", beginning))
            self._notes(ALONE, self.till.page.evaluate("bench.alone()"))
        self.till.searches("")
        self.till.checks_out()
        self.till.pays_with("Cash at Store")
        self._notes("save", self.till.page.evaluate("bench.save()"))
        self.till.is_saved(offline=None)
        self._notes(BARE, self.till.page.evaluate("bench.newest().then(bench.bare)"))
        self.till.starts_a_new_sale()

    def took(self, what: str) -> tuple[Sample, Sample]:
        """Milliseconds until something was in the page, and until it was painted."""
        there, painted = zip(*self.taken[what], strict=True)
        return Sample.of(there), Sample.of(painted)

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
