"""Round "server": its process is killed in mid-transaction while batches arrive; then there are two on one database."""

import sqlite3
import time
from random import Random

from e2e.torture.plan import Plan, Tally
from e2e.torture.registers.demo import demo_data
from e2e.torture.registers.nursery import Nursery, QuickStore
from e2e.torture.registers.station import Pace
from e2e.torture.registers.trial import Trial

NAME = "server"
REGISTERS = 2
MANY = 20
"""Beyond so many kills of browsers the server is killed a quarter as often."""
PACE = Pace(share=0.1, together=25, deaths=0.001, rest=0.01)
TRIES = 4
"""Batches that are waited for, at most, until one is under way at the instant of a kill: an idle server that dies
proves nothing."""
LONGEST = 0.15
"""Seconds after a batch has set out within which the process dies: its transaction takes about so long."""


class Either:
    """The servers on one database: requests go to them in turn, also to one that is dead just now."""

    def __init__(self, first: QuickStore) -> None:
        self.servers = [first]
        self._turn = 0

    @property
    def port(self) -> int:
        self._turn += 1
        return self.servers[self._turn % len(self.servers)].port

    def closes(self) -> None:
        for server in self.servers:
            server.closes()


def run(plan: Plan) -> Tally:
    """Kill so often, the second half with two servers, and compare all places once nothing waits any more."""
    kills = min(plan.kills, max(MANY, plan.kills // 4))
    dice, nursery = plan.random(NAME), Nursery()
    either = Either(QuickStore(data=demo_data(plan.room(NAME)), nursery=nursery).opens())
    data, done, under_way = either.servers[0].data, [False], 0
    trial = Trial(plan, either, data, REGISTERS, PACE)
    try:
        with trial.at_work(lambda _: done[0]):
            try:
                for number in range(kills):
                    if number == kills // 2:
                        either.servers.append(either.servers[0].beside().opens())
                    under_way += _kills(either, dice, trial)
            finally:
                done[0] = True  # or the registers would work on, and be waited for, when this has failed
        tally = trial.tally(NAME, more=kills, kills=kills, kills_with_a_batch_under_way=under_way)
        return _whole(tally, either.servers[0])
    finally:
        trial.closes()
        either.closes()
        nursery.closes()


def _kills(either: Either, dice: Random, trial: Trial) -> bool:
    """Kill one server, now and then all of them, at a random instant after a batch set out; then start them again."""
    under_way = any(_under_way(dice, trial) for _ in range(TRIES))
    victims = either.servers if dice.random() < 0.2 else [dice.choice(either.servers)]
    for victim in victims:
        victim.loses_its_server()
    for victim in victims:
        victim.opens()
    return under_way


def _under_way(dice: Random, trial: Trial) -> bool:
    """Wait for a batch to set out, and on to a random instant after it; say whether one has no answer then."""
    trial.count.posted.clear()
    trial.count.posted.wait(10)
    time.sleep(dice.uniform(0, LONGEST))
    return trial.count.under_way > 0


def _whole(tally: Tally, store: QuickStore) -> Tally:
    """Ask SQLite itself whether its file is whole."""
    database = sqlite3.connect(store.data / "store-os.db")
    said = [row[0] for row in database.execute("PRAGMA integrity_check")]
    database.close()
    return tally.also([] if said == ["ok"] else [f"SQLite says {said[:3]}"])
