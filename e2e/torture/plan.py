"""What a round of the suite is told, and what it hands back."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from threading import Event

Measure = float | int | str
Count = int | None
"""How often something was found; None where nobody looked: that is no zero."""
COUNTED = ("lost", "doubled", "numbers_twice", "gaps", "differing")
"""What has to be zero."""


@dataclass(frozen=True)
class Plan:
    """How much is asked of the suite. Chance comes from here alone, so a failure replays with its seed."""

    seed: int
    kills: int
    """How often a browser is killed."""
    orders: int
    """How many orders go through the faults of the network."""
    place: Path
    """A folder that is the suite's own while it runs."""
    enough: Event = field(default_factory=Event, compare=False)
    """Set where somebody wants a long round to end: it lets everything arrive, and counts what was done."""

    def random(self, name: str) -> Random:
        """Return the dice of one thing; what another thing rolls does not change them."""
        return Random(f"{self.seed}/{name}")  # noqa: S311 - chance that can be repeated is the point

    def room(self, name: str) -> Path:
        """Return an empty folder of a round's own."""
        room = self.place / name
        room.mkdir(parents=True)
        return room

    def says(self, text: str) -> None:
        """Tell whoever watches how far it is."""
        print(f"   {text}", flush=True)


@dataclass(frozen=True)
class Tally:
    """What came of a round: how many faults, how many sales were acknowledged, and what is wrong with them.

    A count that a round does not give was not measured, and is shown as such.
    """

    name: str
    faults: int
    """How many faults were injected."""
    acknowledged: Count = None
    """How many sales had been shown as saved, and were looked for afterwards."""
    lost: Count = None
    """Acknowledged, and missing where they have to be."""
    doubled: Count = None
    """There twice: the sale, or its money."""
    numbers_twice: Count = None
    """Legal numbers that two documents bear."""
    gaps: Count = None
    """Places in a journal, or numbers of a series, that nothing explains."""
    differing: Count = None
    """Bytes, totals, taxes, payments, stock or ledger that are not what they have to be."""
    measures: dict[str, Measure] = field(default_factory=dict)
    """What else was measured, such as seconds and megabytes."""
    left_out: tuple[str, ...] = ()
    """Faults that this machine cannot make, and why."""
    notes: tuple[str, ...] = ()
    """What was found, in words: one line for each thing that is wrong comes first."""

    @property
    def good(self) -> bool:
        """Whether something was measured, and nothing of it is wrong."""
        counts = [getattr(self, name) for name in COUNTED]
        return not any(counts) and counts != [None] * len(counts)

    def also(self, wrong: Iterable[str]) -> "Tally":
        """Return the tally with what else was found to be other than it has to be, one sentence each."""
        notes = tuple(f"differing: {sentence}" for sentence in wrong)
        return replace(self, differing=(self.differing or 0) + len(notes), notes=(*notes, *self.notes))


def added(counts: Iterable[Count]) -> Count:
    """Add up what was measured; None where nothing was."""
    measured = [count for count in counts if count is not None]
    return sum(measured) if measured else None
