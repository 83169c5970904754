"""What a long journal costs: everything that a register does with it, at several lengths, beside 100 orders.

The till and the courier run on CPython over stores that find by key, in the processor's time of this one process. What
the OMS's intake costs with as many orders is told by `intake`.
"""

import gc
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial

from app.till.standing import pending
from app.till.state import Screen
from bench.long import Long
from bench.plan import Plan
from bench.row import Goal, Row
from bench.sample import Sample, in_turn, working

SHORT, FIRST = 100, "with 100 orders"
LONGER, SMALL = (10_000, 100_000), (1_000,)
NO_MORE = 1.2
"""Times the figure with 100 orders."""
Figure = Callable[[Long], float]


def starts(till: Long) -> float:
    """From nothing until people can sign in, and then until somebody has; the older entries are opened behind that."""
    took = working(till.starts_again)
    till.stops_what_was_begun()
    till.hears("status")
    took += working(till.signs_in)
    till.starts_again().reads_the_rest()
    till.hears("status")
    till.signs_in()
    return took


def sells(till: Long) -> float:
    """Sell; return what it took from “Complete sale” until the sale is in both places and on the screen."""
    till.says("ScreenOpened", screen="sell").picks()
    till.says("CheckoutOpened").says("TenderChosen", tender_id="cash")
    took = working(lambda: till.says("SaleCompleted"))
    assert till.state.screen is Screen.SAVED, "the sale was not made"
    till.says("SaleLeft")
    return took


def completes_a_sale(till: Long) -> float:
    """The second of two: what is remembered of a journal is this till's then, not that of the one before."""
    sells(till)
    return sells(till)


def sends_it(till: Long) -> float:
    """The courier hears of a sale, looks at what waits, and sends it."""
    sells(till)
    return working(till.couriers)


def hears_what_became_of_it(till: Long) -> float:
    """The till reads the verdict on a sale, and says so."""
    sells(till)
    till.couriers()
    took = working(lambda: till.hears("verdicts"))
    assert not pending(till.state), "a sale has no verdict"
    return took


def looks_back(till: Long) -> float:
    """After a sale somebody opens Orders, and searches; the second of two, as with "Complete sale"."""
    _looks(till)
    return _looks(till)


def _looks(till: Long) -> float:
    sells(till)

    def looks() -> None:
        till.says("ScreenOpened", screen="orders").says("OrdersFiltered", by="text", value="p1")

    took = working(looks)
    till.says("OrdersFiltered", by="text", value="")
    return took


def reports(till: Long) -> float:
    """After a sale somebody opens the report of the shift."""
    sells(till)
    till.says("ScreenOpened", screen="shift")
    took = working(lambda: till.says("ReportOpened", shift_id=till.shift))
    till.says("ReportOpened", shift_id="")
    return took


FIGURES: dict[str, Figure] = {
    "start of the till, until somebody is signed in": starts,
    "“Complete sale”": completes_a_sale,
    "a sale on its way: the courier looks, and sends it": sends_it,
    "its verdict read, and shown": hears_what_became_of_it,
    "Orders opened after a sale, and searched": looks_back,
    "the shift's report after a sale": reports,
}


def run(plan: Plan) -> Sequence[Row]:
    """Measure each with every length, turn and turn about."""
    with ExitStack() as stack:
        tills: dict[int, Long] = {}
        for many in (SHORT, *(SMALL if plan.small else LONGER)):
            plan.says(f"a register with {many:,} orders")
            tills[many] = Long(length=many).works()
            stack.callback(tills[many].close)
        gc.freeze()  # a browser keeps its journal outside of Python
        stack.callback(gc.unfreeze)
        found = {what: _taken(plan, figure, tills) for what, figure in FIGURES.items()}
    return [_row(what, many, taken) for what, taken in found.items() for many in taken if many != SHORT]


def _taken(plan: Plan, figure: Figure, tills: dict[int, Long]) -> dict[int, Sample]:
    ways = {str(many): partial(figure, till) for many, till in tills.items()}
    taken = {int(many): sample for many, sample in in_turn(ways, plan.size(11, 5)).items()}
    plan.says(f"{figure.__name__}: {', '.join(f'{sample.median:.2f} ms' for sample in taken.values())}")
    return taken


def _row(what: str, many: int, taken: dict[int, Sample]) -> Row:
    goals = (Goal(NO_MORE, FIRST),)
    return Row(f"{what}, {many:,} orders", taken[many], {FIRST: taken[SHORT]}, goals=goals, paired=True)
