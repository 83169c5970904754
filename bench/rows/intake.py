"""The OMS's intake, one process: orders a second from bytes to commit, beside a bare insert of the rows it writes."""

from collections.abc import Sequence
from itertools import islice

from bench.bare import insert, inserted
from bench.plan import Missing, Plan
from bench.row import Goal, Row
from bench.sample import Sample, milliseconds
from bench.shop import Database, Shop, databases

BATCH = 100
"""As many as the courier sends at once."""
BARE = "bare INSERT"
KINDS = ("SQLite", "PostgreSQL")


def run(plan: Plan) -> Sequence[Row]:
    """Measure on both databases; on SQLite alone where there is no other, and in the small form."""
    rows: list[Row] = []
    for kind in KINDS[: plan.size(len(KINDS), 1)]:
        try:
            with databases(kind) as new:
                rows += _measured(plan, kind, new)
        except Missing as error:
            plan.says(f"{kind} was left out: {error}")
    return rows


def _measured(plan: Plan, kind: str, new: Database) -> list[Row]:
    """Take in at several lengths of the journal; at each, the same rows go into a second database that has as many."""
    shop = Shop.opens(plan.room(f"intake-{kind}"), new())
    other = Shop.opens(plan.room(f"intake-{kind}-bare"), new())
    marks = (0, 10_000, 100_000) if not plan.small else (0,)
    lines, taken, found = shop.sells(), 0, list[Row]()
    first: Sample | None = None
    try:
        for mark in marks:
            while taken < mark:
                taken += _both(shop, other, list(islice(lines, BATCH)))[0]
            plan.says(f"{kind}: {taken} orders in the OMS")
            ours, bare = list[float](), list[float]()
            for turn in range(-plan.warm_ups, plan.repetitions):
                some = list(islice(lines, BATCH))
                count, own, others = _both(shop, other, some)
                taken += count
                if turn >= 0:
                    ours.append(own)
                    bare.append(others)
            found.append(_row(f"OMS intake, {kind}, {mark:,} orders there", ours, bare, first))
            first = first or found[0].ours
    finally:
        shop.oms.close()
        other.oms.close()
    return found


def _both(shop: Shop, other: Shop, lines: list[bytes]) -> tuple[int, float, float]:
    """Take a batch in, then insert its rows beside it; the milliseconds of each."""
    with inserted(shop.oms.database.engine) as rows:
        ours = milliseconds(lambda: shop.takes_in(lines))
    return len(lines), ours, milliseconds(lambda: insert(other.oms.database.engine, rows))


def _row(what: str, ours: list[float], bare: list[float], first: Sample | None) -> Row:
    own = Sample.of(ours).per_second(BATCH)
    peers = {BARE: Sample.of(bare).per_second(BATCH)}
    goals = [Goal(0.3, BARE, at_least=True)]
    if first is not None:
        peers["with 100 orders"] = first
        goals.append(Goal(1 / 1.2, "with 100 orders", at_least=True))
    return Row(what, own, peers, "orders/s", tuple(goals), paired=True)
