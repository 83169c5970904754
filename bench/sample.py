"""What was measured: many values of one thing, and how they are taken so that a busy machine hurts all alike."""

import gc
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter, process_time

FIGURES = ("median", "p95", "p98", "max")


@dataclass(frozen=True)
class Sample:
    """Values in the order in which they were taken."""

    values: tuple[float, ...]

    def __post_init__(self) -> None:
        assert self.values, "nothing was measured"

    @classmethod
    def of(cls, values: Sequence[float]) -> "Sample":
        return cls(tuple(map(float, values)))

    @property
    def median(self) -> float:
        return median(self.values)

    @property
    def p95(self) -> float:
        return self.at(0.95)

    @property
    def p98(self) -> float:
        return self.at(0.98)

    @property
    def max(self) -> float:
        return max(self.values)

    @property
    def spread(self) -> tuple[float, float]:
        """Half of the values lie in between."""
        if len(self.values) == 1:
            return self.values[0], self.values[0]
        low, _, high = quantiles(self.values, n=4, method="inclusive")
        return low, high

    def at(self, share: float) -> float:
        """Return the value that so large a share of all does not exceed."""
        return sorted(self.values)[max(math.ceil(share * len(self.values)), 1) - 1]

    def figure(self, name: str) -> float:
        assert name in FIGURES, name
        return float(getattr(self, name))

    def per_second(self, count: float) -> "Sample":
        """Turn milliseconds for so many things into things a second."""
        return Sample(tuple(count * 1000 / value for value in self.values))


def milliseconds(work: Callable[[], object]) -> float:
    """Do something and return how long it took; the garbage of what was done before is not part of it."""
    gc.collect()
    began = perf_counter()
    work()
    return (perf_counter() - began) * 1000


def working(work: Callable[[], object]) -> float:
    """Do something that this process does by itself; return how long it kept a core at work, whatever else ran."""
    gc.collect()
    began = process_time()
    work()
    return (process_time() - began) * 1000


def in_turn(works: Mapping[str, Callable[[], float]], repetitions: int, warm_ups: int = 1) -> dict[str, Sample]:
    """Measure several things turn and turn about, each round the other way round; each returns its own time.

    What disturbs the machine for a while disturbs them all, so their ratio stays what it is.
    """
    names = list(works)
    taken: dict[str, list[float]] = {name: [] for name in names}
    for turn in range(-warm_ups, repetitions):
        for name in names if turn % 2 else reversed(names):
            value = works[name]()
            if turn >= 0:
                taken[name].append(value)
    return {name: Sample.of(values) for name, values in taken.items()}
