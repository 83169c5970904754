"""The courier's end of a bad line: a session of requests that rolls the dice before each request.

The line does what was rolled, on real sockets. Waiting alone is played: where nothing will come back the limit is cut
short, and the register's clock moves on by the whole of it.
"""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Any

import requests

from e2e.line import Line, Served
from e2e.store import free_port
from e2e.torture.registers.faults import DELAYED, FAULTS, GOOD, REFUSED, TOO_LATE, Fault, Trouble
from tests.fakes.courier import FakeTimer

NO_ANSWER = (requests.RequestException,)
SHORT = 0.05
"""Real seconds that are waited where nothing will come."""
MOST_REAL = 3.0
"""A limit that is longer is never waited out."""
LONGEST_DELAY = 30.0
BURST = 4
"""So many requests in a row fail at most, before the dice are rolled again."""


@dataclass
class Chance:
    """Which fault comes next."""

    dice: Random
    share: float
    """How many of all requests begin a row of faults; of probes a quarter of that, or nothing else would be sent."""
    slow: int = 0
    """How many of the silent ones are waited for in real time."""
    left: int = 0

    def draws(self, path: str) -> Fault:
        """Roll for one request; trouble comes in rows, or a link would never be lost."""
        share = self.share / 4 if path.endswith("/ping") else self.share
        if self.left == 0 and self.dice.random() < share:
            self.left = self.dice.randint(1, BURST)
        if self.left == 0:
            return GOOD
        self.left -= 1
        return self.dice.choices(FAULTS, [fault.weight for fault in FAULTS])[0]


@dataclass
class Count:
    """What happened on all lines of a round."""

    faults: Counter[str] = field(default_factory=Counter)
    requests: int = 0
    posted: threading.Event = field(default_factory=threading.Event)
    """Set whenever entries set out."""
    under_way: int = 0
    """How many requests with entries have no answer yet."""


class Wire(requests.Session):
    """A session whose requests go wrong."""

    def __init__(self, behind: Served, chance: Chance, timer: FakeTimer, count: Count) -> None:
        super().__init__()
        self.line = Line(behind)
        self.chance: Chance | None = chance
        self.batches = 0
        """How many requests were to bring entries."""
        self._timer = timer
        self._count = count
        self._trouble = Trouble(chance.dice)
        self._nobody = f"http://localhost:{free_port()}"

    def request(self, method: str | bytes, url: str | bytes, *given: Any, **named: Any) -> requests.Response:
        """Send one request through whatever the dice say."""
        limit = float(named["timeout"])
        fault = self._rolled(str(url), limit)
        self._count.requests += 1
        self._trouble.number += 1
        late = self._held_ones_arrive()
        if fault is REFUSED:
            url = str(url).replace(self.line.address, self._nobody)
        if fault.silent:
            named["timeout"] = limit if self._in_real_time(limit) else SHORT
            self._timer.at += limit
        self.line.fault = lambda request: fault.act(self._trouble, request)
        try:
            with self._noted(str(url)):
                return super().request(method, url, *given, **named)
        finally:
            self.line.works()
            for thread in late:
                thread.join()

    def mends(self) -> None:
        """From now on the line is good; what it holds arrives at once."""
        self.chance = None
        self._trouble.number += 1_000_000
        for thread in self._held_ones_arrive():
            thread.join()

    def closes(self) -> None:
        self.close()
        self.line.closes()

    def _rolled(self, path: str, limit: float) -> Fault:
        fault = self.chance.draws(path) if self.chance else GOOD
        if fault is DELAYED:
            seconds = LONGEST_DELAY * self._trouble.dice.random() ** 3
            self._timer.at += min(seconds, limit)
            fault = DELAYED if seconds < limit else TOO_LATE
        if fault is not GOOD:
            self._count.faults[fault.name] += 1
        return fault

    @contextmanager
    def _noted(self, url: str) -> Iterator[None]:
        """Let the round know that entries are under way."""
        brings = url.endswith("/entries")
        self.batches += brings
        self._count.under_way += brings
        if brings:
            self._count.posted.set()
        try:
            yield
        finally:
            self._count.under_way -= brings

    def _in_real_time(self, limit: float) -> bool:
        if self.chance is None or not self.chance.slow or limit > MOST_REAL:
            return False
        self.chance.slow -= 1
        return True

    def _held_ones_arrive(self) -> list[threading.Thread]:
        """Let old requests reach the server: half of them before the new one, half of them beside it."""
        threads = [threading.Thread(target=each.arrives) for each in self._trouble.due()]
        for thread in threads:
            thread.start()
            if self._trouble.dice.random() < 0.5:
                thread.join()
        return threads
