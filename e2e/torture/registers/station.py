"""A register at work: its till sells, its couriers send, and either may die at any moment."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random

from e2e.line import Served
from e2e.torture.registers.counter import Counter
from e2e.torture.registers.errands import Courier
from e2e.torture.registers.profile import Profile
from e2e.torture.registers.sales import Baskets, Shelves
from e2e.torture.registers.wire import Chance, Count, Wire
from tests.fakes.till import FakeClock

PATIENCE = 50_000
"""Turns after which a register that has not come to its end has got stuck."""


@dataclass(frozen=True)
class Pace:
    """How a round wears its registers out; chances are for one turn of a courier."""

    share: float = 0.45
    """So many of the requests that are no probes begin a row of faults."""
    soon: float = 1 / 10
    """The next sale, once something was sent since the last one."""
    later: float = 1 / 300
    """The next sale before that: while the line is down."""
    together: int = 1
    """At most so many sales are made without a turn between them."""
    deaths: float = 0.004
    """A courier dies."""
    other_tab: float = 0.2
    """It is the turn of the courier in a tab that was taken over, and works on."""
    real_waits: int = 0
    """So often a silent line is waited out in real time."""
    rest: float = 0.0
    """Real seconds that a courier rests where it has nothing to do, so that the server has the machine to itself."""


class Station:
    """One register with its till, its couriers, and their lines."""

    def __init__(self, name: str, behind: Served, sold: Baskets, dice: Random, count: Count, pace: Pace) -> None:
        self._dice, self._sold, self._pace = dice, sold, pace
        self.profile = Profile(name)
        self.profile.device.clock = FakeClock(datetime.now(UTC))
        self.counter = Counter(self.profile, Shelves(), another(dice))
        self.couriers = [
            Courier(
                self.profile,
                Wire(behind, Chance(another(dice), pace.share, slow), self.profile.timer, count),
                pace.rest,
            )
            for slow in (pace.real_waits, 0)
        ]
        self.deaths = 0

    @property
    def batches(self) -> int:
        """How often entries were sent, in vain or not."""
        return sum(courier.wire.batches for courier in self.couriers)

    def works(self, enough: "Callable[[Station], bool]") -> None:
        """Enrol, sell and sync in any order; at the end the line is good, and all that waits goes out."""
        self._until(lambda: self.profile.registered is not None)
        self.counter.opens()
        sent = self.batches
        while not enough(self):
            if self._dice.random() < (self._pace.soon if self.batches > sent else self._pace.later):
                sent = self.batches
                for _ in range(self._dice.randint(1, self._pace.together)):
                    self.counter.sells(next(self._sold.each))
            else:
                self._turn(self.couriers)
        for courier in self.couriers:
            courier.wire.mends()
        self._until(lambda: self.couriers[0].rested and not self.profile.waiting)

    def closes(self) -> None:
        for courier in self.couriers:
            courier.dies()
            courier.wire.closes()
        self.counter.closes()

    def _until(self, done: Callable[[], bool]) -> None:
        """Let the first courier work on."""
        for _ in range(PATIENCE):
            if done():
                return
            self._turn(self.couriers[:1])
        raise AssertionError(f"{self.profile.name} did not come to its end: {self.profile.waiting} entries wait")

    def _turn(self, couriers: Sequence[Courier]) -> None:
        """Let one of the couriers go on; now and then it dies first."""
        courier = couriers[-1] if self._dice.random() < self._pace.other_tab else couriers[0]
        if self._dice.random() < self._pace.deaths:
            self.deaths += 1
            courier.dies()
        courier.has_a_turn()


def another(dice: Random) -> Random:
    """Dice for one thing alone, out of those for several."""
    return Random(dice.random())  # noqa: S311 - chance that can be repeated is the point
