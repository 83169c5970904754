"""Round "month": thirty days without a network, each with its shift, returns and corrections; then one drain.

Memory and time of the drain are measured, and how long the till takes to start with all that is in its journal.
"""

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.domain.numbers import INDIA
from e2e.torture.checker import Evidence, check, stock_of
from e2e.torture.plan import Measure, Plan, Tally
from e2e.torture.registers.demo import demo_data
from e2e.torture.registers.nursery import Nursery, QuickStore
from e2e.torture.registers.shop import Shop, plenty
from e2e.torture.registers.trading import trade

NAME = "month"
DAYS = 30
ENTRIES, FEW = 10_000, 300
"""As many entries as orders are asked for, within these bounds."""
MORNING = 9
HAPPENED = {"sale", "credit_note", "amended", "shift", "cash", "session_opened", "session_closed"}
"""Kinds of entries that a month has to have, or the round shows less than it says."""
MB = 2**20


def run(plan: Plan) -> Tally:
    """Sell for a month without a network, then send everything at once."""
    nursery = Nursery()
    store = QuickStore(data=demo_data(plan.room(NAME)), nursery=nursery).opens()
    database = f"sqlite:///{store.data / 'store-os.db'}"
    stock, shop = stock_of(database), Shop("t1", store)
    try:
        empty = _start_seconds(shop)
        store.loses_its_server()
        shop.is_offline()
        wanted = min(ENTRIES, max(FEW, plan.orders))
        measures: dict[str, Measure] = {"selling_seconds": _seconds(lambda: _sells_for_a_month(plan, shop, wanted))}
        measures |= {
            "journal_mb": _journal_mb(shop),
            "empty_start_seconds": empty,
            "start_seconds": _start_seconds(shop),
        }
        store.opens()
        measures |= _drained(shop, store.pid)
        shop.syncs()  # that the session is over was written when the till heard that all is sent
        return _tally(shop, database, store.data / "secrets.json", stock, measures)
    finally:
        shop.closes()
        store.closes()
        nursery.closes()


def _sells_for_a_month(plan: Plan, shop: Shop, wanted: int) -> None:
    goods, dice = plenty(), plan.random(NAME)
    today = datetime.now(INDIA).replace(hour=MORNING, minute=0, second=0, microsecond=0)
    for number in range(DAYS):
        left = wanted - len(shop.profile.device.disk.journal)
        day = (today + timedelta(days=number)).astimezone(UTC)
        trade(shop, goods, day, left // (DAYS - number), dice, surely=number == 0)
        if number % 10 == 9:
            plan.says(f"day {number + 1}: {len(shop.profile.device.disk.journal)} entries")


def _drained(shop: Shop, server: int) -> dict[str, Measure]:
    """Send everything, and measure what that takes of this process and of the server."""
    waiting, before, here = shop.profile.waiting, _rss_mb(server), _rss_mb(os.getpid())
    seconds = _seconds(shop.syncs)
    return {
        "drained": waiting,
        "journal_mb": _journal_mb(shop),
        "drain_seconds": seconds,
        "entries_a_second": round(waiting / seconds),
        "register_grew_mb": round(_rss_mb(os.getpid()) - here, 1),
        "server_grew_mb": round(_rss_mb(server) - before, 1),
    }


def _start_seconds(shop: Shop) -> float:
    """How long the till takes until it can sell: the best of three."""
    return min(shop.start_seconds() for _ in range(3))


def _journal_mb(shop: Shop) -> float:
    return round(sum(len(row.line) for row in shop.profile.device.disk.journal.values()) / MB, 2)


def _seconds(work: Callable[[], None]) -> float:
    began = time.monotonic()
    work()
    return round(time.monotonic() - began, 2)


def _rss_mb(pid: int) -> float:
    """The memory that a process holds just now."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / MB


def _tally(shop: Shop, database: str, secrets: Path, stock: dict[str, int], measures: dict[str, Measure]) -> Tally:
    evidence = Evidence(database, secrets, tuple(shop.saved), shop.profile.places(), stock=stock)
    kinds = {entry.header.kind.value for entry in shop.profile.device.disk.journal.values()}
    assert kinds >= HAPPENED, kinds
    return check(evidence).tally(NAME, faults=1, acknowledged=len(shop.saved), **measures)
