"""What a round of the suite is told, and what it hands back."""

from dataclasses import dataclass, field
from pathlib import Path
from random import Random

Measure = float | int | str


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
    """What came of a round: how many faults, how many sales were acknowledged, and what is wrong with them."""

    name: str
    faults: int
    """How many faults were injected."""
    acknowledged: int
    """How many sales had been shown as saved."""
    lost: int = 0
    """Acknowledged, and missing where they have to be."""
    doubled: int = 0
    """There twice: the sale, or its money."""
    numbers_twice: int = 0
    """Legal numbers that two documents bear."""
    gaps: int = 0
    """Places in a journal, or numbers of a series, that nothing explains."""
    differing: int = 0
    """Bytes, totals, taxes, payments, stock or ledger that are not what they have to be."""
    measures: dict[str, Measure] = field(default_factory=dict)
    """What else was measured, such as seconds and megabytes."""
    notes: tuple[str, ...] = ()
    """What was found, in words: one line for each thing that is wrong comes first."""

    @property
    def good(self) -> bool:
        return not (self.lost or self.doubled or self.numbers_twice or self.gaps or self.differing)
