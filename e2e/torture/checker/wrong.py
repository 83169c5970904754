"""What the checker has found so far, by kind; the same sentence counts once."""

from dataclasses import dataclass, field

from e2e.torture.checker.evidence import Findings
from e2e.torture.plan import Measure


@dataclass
class Wrong:
    """Sentences, in the order in which they were found."""

    lost: dict[str, None] = field(default_factory=dict)
    doubled: dict[str, None] = field(default_factory=dict)
    numbers_twice: dict[str, None] = field(default_factory=dict)
    gaps: dict[str, None] = field(default_factory=dict)
    differing: dict[str, None] = field(default_factory=dict)
    told: dict[str, None] = field(default_factory=dict)
    """What copies of a register made twice, and the OMS says so itself: nobody's loss, and counted by itself."""

    def is_lost(self, sentence: str) -> None:
        self.lost.setdefault(sentence)

    def is_doubled(self, sentence: str) -> None:
        self.doubled.setdefault(sentence)

    def is_used_twice(self, sentence: str) -> None:
        self.numbers_twice.setdefault(sentence)

    def is_a_gap(self, sentence: str) -> None:
        self.gaps.setdefault(sentence)

    def differs(self, sentence: str) -> None:
        self.differing.setdefault(sentence)

    def is_told(self, sentence: str) -> None:
        self.told.setdefault(sentence)

    def findings(self, measures: dict[str, Measure]) -> Findings:
        return Findings(
            tuple(self.lost),
            tuple(self.doubled),
            tuple(self.numbers_twice),
            tuple(self.gaps),
            tuple(self.differing),
            measures,
        )
