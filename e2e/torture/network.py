"""Round "network": orders of three registers go through every fault of a line, while couriers and tabs die."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random

from e2e.store import Store
from e2e.torture.checker import Evidence, Findings, check, stock_of
from e2e.torture.plan import Plan, Tally
from e2e.torture.registers.counter import Counter
from e2e.torture.registers.errands import Courier
from e2e.torture.registers.profile import Profile
from e2e.torture.registers.sales import Baskets, Shelves, baskets
from e2e.torture.registers.wire import Chance, Count, Wire
from tests.fakes.till import FakeClock

NAME = "network"
REGISTERS = 3
SHARE = 0.45
"""So many of the requests that are no probes begin a row of faults."""
SOON, LATER = 1 / 10, 1 / 300
"""How likely the next sale is at a turn: once something was sent since the last one, and before."""
DEATHS = 0.004
"""How often a courier dies at a turn."""
OTHER_TAB = 0.2
"""How often it is the turn of the courier in a tab that was taken over, and works on."""
REAL_WAITS = 2
"""So often a register waits out a silent line in real time."""
PATIENCE = 50_000
"""Turns after which a register that has not come to its end has got stuck."""


class Station:
    """One register with its till, its couriers, and their lines."""

    def __init__(self, name: str, store: Store, baskets_: Baskets, dice: Random, count: Count) -> None:
        self._dice = dice
        self._baskets = baskets_
        self.profile = Profile(name)
        self.profile.device.clock = FakeClock(datetime.now(UTC))
        self.counter = Counter(self.profile, Shelves(), another(dice))
        self.couriers = [
            Courier(self.profile, Wire(store, Chance(another(dice), SHARE, slow), self.profile.timer, count))
            for slow in (REAL_WAITS, 0)
        ]
        self.deaths = 0

    @property
    def batches(self) -> int:
        """How often entries were sent, in vain or not."""
        return sum(courier.wire.batches for courier in self.couriers)

    def works(self, orders: int) -> None:
        """Enrol, sell and sync in any order; at the end the line is good, and all that waits goes out."""
        self._until(lambda: self.profile.registered is not None)
        self.counter.opens()
        sent = self.batches
        while len(self.counter.saved) < orders:
            if self._dice.random() < (SOON if self.batches > sent else LATER):
                sent = self.batches
                self.counter.sells(next(self._baskets.each))
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
        courier = couriers[-1] if self._dice.random() < OTHER_TAB else couriers[0]
        if self._dice.random() < DEATHS:
            self.deaths += 1
            courier.dies()
        courier.has_a_turn()


def another(dice: Random) -> Random:
    """Dice for one thing alone, out of those for several."""
    return Random(dice.random())  # noqa: S311 - chance that can be repeated is the point


@dataclass(frozen=True)
class Trial:
    """Everything of a round."""

    store: Store
    stations: Sequence[Station]
    source: str
    count: Count


def run(plan: Plan) -> Tally:
    """Lay the lines, let every register work in a thread of its own, and compare all places at the end."""
    trial = _prepared(plan)
    stock, began = stock_of(database_of(trial.store)), time.monotonic()
    try:
        with ThreadPoolExecutor(REGISTERS) as threads:
            shares = [plan.orders // REGISTERS + (place < plan.orders % REGISTERS) for place in range(REGISTERS)]
            for done in [threads.submit(each.works, some) for each, some in zip(trial.stations, shares, strict=True)]:
                done.result()
        seconds = time.monotonic() - began
        return _tally(trial, check(_evidence(trial, stock)), seconds)
    finally:
        for station in trial.stations:
            station.closes()
        trial.store.closes()


def _prepared(plan: Plan) -> Trial:
    store, count = Store(data=plan.room(NAME) / "data").opens(), Count()
    names = [f"t{place + 1}" for place in range(REGISTERS)]
    sources = [baskets(plan.random(f"baskets of {name}")) for name in names]
    stations = [Station(name, store, some, plan.random(name), count) for name, some in zip(names, sources, strict=True)]
    return Trial(store, stations, sources[0].source, count)


def database_of(store: Store) -> str:
    """The address of a store's database."""
    return f"sqlite:///{store.data / 'store-os.db'}"


def _evidence(trial: Trial, stock: dict[str, int]) -> Evidence:
    return Evidence(
        database=database_of(trial.store),
        secrets=trial.store.data / "secrets.json",
        acknowledged=tuple(told for each in trial.stations for told in each.counter.saved),
        places=tuple(place for each in trial.stations for place in each.profile.places()),
        attempted=frozenset(mark for each in trial.stations for mark in each.counter.attempted),
        taken={key: amount for each in trial.stations for key, amount in each.counter.taken.items()},
        stock=stock,
    )


def _tally(trial: Trial, found: Findings, seconds: float) -> Tally:
    faults, deaths = trial.count.faults, sum(each.deaths for each in trial.stations)
    storage = sum(each.counter.faults for each in trial.stations)
    return found.tally(
        NAME,
        faults=faults.total() + deaths + storage,
        acknowledged=sum(len(each.counter.saved) for each in trial.stations),
        requests=trial.count.requests,
        batches=sum(each.batches for each in trial.stations),
        deaths=deaths,
        storage=storage,
        work=round(seconds, 1),
        sales=trial.source,
        **{name.replace(" ", "_"): times for name, times in sorted(faults.items())},
    )
