"""A row of the table: what was measured, beside what, and what it is to come to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import median

from bench.sample import Sample

BEST = "the best of them"


@dataclass(frozen=True)
class Goal:
    """Ours is to be at most (or at least) `factor` times the peer's figure, and `plus`; without a peer `plus` alone."""

    factor: float = 0.0
    to: str = ""
    """The name of a peer, or BEST."""
    plus: float = 0.0
    figure: str = "median"
    at_least: bool = False


@dataclass(frozen=True)
class Held:
    """A goal held against what was measured."""

    goal: Goal
    value: float
    """The ratio to the peer, or the figure itself where the goal has no peer, or something is added to the peer's."""
    limit: float
    words: str

    @property
    def met(self) -> bool:
        return self.value >= self.limit if self.goal.at_least else self.value <= self.limit

    @property
    def off_by(self) -> float:
        """How many times it is worse than the goal; at most 1 where it is met."""
        better, worse = (self.value, self.limit) if self.goal.at_least else (self.limit, self.value)
        return worse / better if better else float("inf")


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    what: str
    ours: Sample
    peers: Mapping[str, Sample] = field(default_factory=dict)
    unit: str = "ms"
    goals: tuple[Goal, ...] = ()
    figure: str = "median"
    """Which figure of the sample the table shows first."""
    paired: bool = False
    """Whether the samples were taken turn and turn about: then the ratio is the median of the ratios of each turn."""
    why: str = ""
    """What there is to know: how it was measured, or why a goal is not met."""

    def held(self) -> list[Held]:
        """Hold every goal against what was measured."""
        return [self._held(goal) for goal in self.goals]

    def ratio(self, peer: str, figure: str) -> float:
        """Return how many times the peer's figure ours is."""
        ours, theirs = self.ours, self.peers[peer]
        if self.paired and figure == "median" and len(ours.values) == len(theirs.values):
            return median(own / other for own, other in zip(ours.values, theirs.values, strict=True))
        return ours.figure(figure) / theirs.figure(figure)

    def _held(self, goal: Goal) -> Held:
        sign = "≥" if goal.at_least else "≤"
        if not goal.to:
            words = f"{goal.figure} {sign} {goal.plus:g} {self.unit}"
            return Held(goal, self.ours.figure(goal.figure), goal.plus, words)
        peer = self._best(goal) if goal.to == BEST else goal.to
        words = f"{sign} {goal.factor:g} × {goal.to}"
        if goal.plus:
            limit = goal.factor * self.peers[peer].figure(goal.figure) + goal.plus
            return Held(goal, self.ours.figure(goal.figure), limit, f"{words} + {goal.plus:g} {self.unit}")
        return Held(goal, self.ratio(peer, goal.figure), goal.factor, words)

    def _best(self, goal: Goal) -> str:
        best = max if goal.at_least else min
        return best(self.peers, key=lambda name: self.peers[name].figure(goal.figure))
