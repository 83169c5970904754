"""What a cashier waits for in the till's own page: scan to line, key to results, "Complete sale" to saved.

Beside keys and scans stands what this page takes by itself to paint tiles that changed places: a change waits for the
browser's next frame, up to 17 ms, whoever has made it.
"""

from collections.abc import Sequence
from itertools import islice

from playwright.sync_api import sync_playwright

from bench.cashier import ALONE, BARE, DEXIE, Cashier
from bench.goods import named
from bench.peers import bundle
from bench.plan import Plan
from bench.row import Goal, Row
from bench.sample import Sample
from bench.till import store_with, till_of


def run(plan: Plan) -> Sequence[Row]:
    """Sell again and again: search, scan, complete; Dexie and the bare work beside each sale."""
    many = plan.size(818_846, 1_000)
    things = list(islice(named(plan), many))
    plan.says(f"a store with {many:,} products")
    with store_with(plan, "screen", many) as store, sync_playwright() as playwright:
        plan.says("a till that has them")
        with till_of(store, playwright.chromium) as till:
            cashier = Cashier(till, things)
            cashier.comes_in(bundle("screen", plan.room("screen-page")).read_text())
            for turn in range(-plan.warm_ups, plan.repetitions):
                cashier.sells(counted=turn >= 0)
            return _rows(cashier, many)


def _rows(cashier: Cashier, many: int) -> list[Row]:
    """Hold what was noted against the goals."""
    return [
        _row(cashier, "scan", f"scan → line in the cart painted, {many:,} barcodes", Goal(1.5, DEXIE, 8, "p95")),
        _row(cashier, "key", f"key press → results painted, {many:,} products", Goal(plus=16, figure="p95")),
        _row(cashier, "save", "“Complete sale” → durable in both places, and said so", Goal(2, BARE, figure="p95")),
    ]


def _row(cashier: Cashier, what: str, title: str, goal: Goal) -> Row:
    """What is durable counts when the page says so, everything else when it is painted."""
    there, painted = cashier.took(what)
    ours, other = (there, painted) if what == "save" else (painted, there)
    peers = {goal.to: Sample.of(cashier.taken[goal.to])} if goal.to else {}
    peers |= {} if what == "save" else {ALONE: cashier.took(ALONE)[1]}
    why = "painted" if what == "save" else "in the page, before the frame"
    why += f": median {other.median:.1f}, p95 {other.p95:.1f} ms"
    why += f"; {cashier.same} keys changed nothing" if what == "key" else ""
    return Row(title, ours, peers, goals=(goal,), figure="p95", why=why)
