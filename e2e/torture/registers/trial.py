"""Several registers at work on one OMS, each in a thread; at the end the evidence of all places."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from e2e.line import Served
from e2e.torture.checker import Evidence, check, stock_of
from e2e.torture.plan import Measure, Plan, Tally
from e2e.torture.registers.sales import baskets
from e2e.torture.registers.station import Pace, Station
from e2e.torture.registers.wire import Count

EXPECTED = frozenset({"oversold"})
"""What the OMS may want people to look at: the baskets are rolled, whatever lies on the shelves."""


class Trial:
    """Registers of a round; `data` is the folder of the OMS that is behind their lines."""

    def __init__(self, plan: Plan, behind: Served, data: Path, registers: int, pace: Pace) -> None:
        self.count = Count()
        self._data = data
        self._stock = stock_of(self.database)
        self._began = time.monotonic()
        names = [f"t{place + 1}" for place in range(registers)]
        sold = [baskets(plan.random(f"baskets of {name}")) for name in names]
        self.source = sold[0].source
        self.stations = [
            Station(name, behind, some, plan.random(name), self.count, pace)
            for name, some in zip(names, sold, strict=True)
        ]

    @property
    def database(self) -> str:
        """The OMS's address, as SQLAlchemy writes it."""
        return f"sqlite:///{self._data / 'store-os.db'}"

    @contextmanager
    def at_work(self, enough: Callable[[Station], bool]) -> Iterator[None]:
        """Let every register work until it has enough and all of it is sent; meanwhile the round does its own."""
        with ThreadPoolExecutor(len(self.stations)) as threads:
            works = [threads.submit(each.works, enough) for each in self.stations]
            yield
            for done in works:
                done.result()

    def closes(self) -> None:
        for station in self.stations:
            station.closes()

    def tally(self, name: str, *, more: int = 0, **measures: Measure) -> Tally:
        """Check everything and sum up; `more` are faults that are no fault of a line."""
        work = round(time.monotonic() - self._began, 1)
        faults, deaths = self.count.faults, sum(each.deaths for each in self.stations)
        storage = sum(each.counter.faults for each in self.stations)
        tally = check(self._evidence()).tally(
            name,
            faults=faults.total() + deaths + storage + more,
            acknowledged=sum(len(each.counter.saved) for each in self.stations),
            **measures,
            requests=self.count.requests,
            batches=sum(each.batches for each in self.stations),
            work=work,
            sales=self.source,
            couriers_killed=deaths,
            storage_failed=storage,
            **{name.replace(" ", "_"): times for name, times in sorted(faults.items())},
        )
        copied = [each.profile.name for each in self.stations if each.profile.copied]
        return tally.also(f"{name} was called a copy of itself" for name in copied)

    def _evidence(self) -> Evidence:
        counters = [each.counter for each in self.stations]
        return Evidence(
            database=self.database,
            secrets=self._data / "secrets.json",
            acknowledged=tuple(told for each in counters for told in each.saved),
            places=tuple(place for each in self.stations for place in each.profile.places()),
            attempted=frozenset(mark for each in counters for mark in each.attempted),
            taken={key: amount for each in counters for key, amount in each.taken.items()},
            stock=self._stock,
            attention=EXPECTED,
        )
