"""What a long journal costs in the browser: the start of the real till, what a cashier waits for, and memory."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from itertools import islice
from pathlib import Path

from playwright.sync_api import BrowserType, sync_playwright

from bench.aged import has_sold, is_summed_up
from bench.cashier import Cashier
from bench.goods import named
from bench.memory import Scales, need_proc
from bench.pages import PATIENCE_MS
from bench.peers import bundle
from bench.plan import Plan
from bench.row import Goal, Row
from bench.rows.growth import FIRST, LONGER, NO_MORE, SHORT, SMALL
from bench.rows.start import WATCH, Visits
from bench.sample import Sample, in_turn
from bench.till import keeps_its_start, opened, store_with
from e2e.store import Store
from e2e.till import Till

PRODUCTS = 1_000


def run(plan: Plan) -> Sequence[Row]:
    """Let a register sell so much, take its server away, and start it again and again, beside one that sold little."""
    need_proc()
    lengths = (SHORT, *(SMALL if plan.small else LONGER))
    with store_with(plan, "aged", PRODUCTS) as store, sync_playwright() as playwright:
        with ExitStack() as open_:
            tills = {many: _till(plan, open_, playwright.chromium, store, many) for many in lengths}
            store.loses_its_server()
            for many, till in tills.items():
                is_summed_up(till, many)
            people, ready = _starts(plan, tills)
            cashiers = _sales(plan, tills)
            profiles = {many: till.profile for many, till in tills.items()}
        standing, held = _memory(plan, playwright.chromium, store, profiles)
        store.opens()
    start = "start in the browser, offline: navigation →"
    return [
        *_rows(f"{start} sign-in possible", people),
        *_rows(f"{start} first sale possible", ready),
        *_waits("scan → line in the cart painted", cashiers, "scan"),
        *_waits("key press → results painted", cashiers, "key"),
        *_waits("“Complete sale” → durable in both places, and said so", cashiers, "save"),
        *_rows("memory of the renderer, with garbage", standing, "MB"),
        *_rows("memory of the renderer", held, "MB"),
    ]


def _till(plan: Plan, open_: ExitStack, chromium: BrowserType, store: Store, many: int) -> Till:
    plan.says(f"a browser with {many:,} orders")
    till = opened(Till(chromium, store.data.parent / f"profile-{many}", store.address))
    open_.callback(till.closes)
    till.becomes_ready_for_offline()
    keeps_its_start(till)
    has_sold(till, store, many)
    return till


def _starts(plan: Plan, tills: Mapping[int, Till]) -> tuple[dict[int, Sample], dict[int, Sample]]:
    """How long each takes until somebody can sign in, and until somebody has."""
    plan.says("starts")
    visits = {many: Visits() for many in tills}
    ways: dict[str, Callable[[], float]] = {}
    for many, till in tills.items():
        till.context.add_init_script(WATCH % ("", ""))
        ways[str(many)] = partial(visits[many].goes, till.page, till.address)
    ready = {int(many): sample for many, sample in in_turn(ways, plan.repetitions, plan.warm_ups).items()}
    people = {
        many: Sample.of([each["people"] for each in visits[many].steps[-len(sample.values) :]])
        for many, sample in ready.items()
    }
    return people, ready


def _sales(plan: Plan, tills: Mapping[int, Till]) -> dict[int, Cashier]:
    """Let each sell in its turn, once what comes behind its start is done; none of it reaches the server."""
    plan.says("sales")
    script, things = bundle("screen", plan.room("aged-page")).read_text(), list(islice(named(plan), PRODUCTS))
    cashiers = {many: Cashier(till, things) for many, till in tills.items()}
    for cashier in cashiers.values():
        cashier.till.page.goto(cashier.till.address)
        cashier.till.page.wait_for_function("at.ready", timeout=PATIENCE_MS)
        Scales().weighs(cashier.till.page, str(cashier.till.profile))
        cashier.comes_in(script)
    for turn in range(-plan.warm_ups, plan.repetitions):
        for many in cashiers if turn % 2 else reversed(list(cashiers)):
            cashiers[many].sells(counted=turn >= 0)
    return cashiers


def _waits(what: str, cashiers: Mapping[int, Cashier], which: str) -> list[Row]:
    """A sale counts when the page says that it is kept, everything else when it is painted; p95, as in `screen`."""
    taken = {many: each.took(which)[which != "save"] for many, each in cashiers.items()}
    return _rows(what, taken, figure="p95")


def _memory(
    plan: Plan, chromium: BrowserType, store: Store, profiles: Mapping[int, Path]
) -> tuple[dict[int, Sample], dict[int, Sample]]:
    """What each holds: as it stands, and without garbage."""
    plan.says("memory")
    scales = {many: Scales() for many in profiles}
    ways: dict[str, Callable[[], float]] = {
        str(many): partial(_held, chromium, profile, store, scales[many]) for many, profile in profiles.items()
    }
    held = {int(many): sample for many, sample in in_turn(ways, plan.size(5, 1), warm_ups=0).items()}
    return {many: Sample.of(each.standing) for many, each in scales.items()}, held


def _held(chromium: BrowserType, profile: Path, store: Store, scales: Scales) -> float:
    till = opened(Till(chromium, profile, store.address))
    try:
        till.signs_in()
        till.page.wait_for_function("document.querySelector('#search')", timeout=PATIENCE_MS)
        return scales.weighs(till.page, str(profile))
    finally:
        till.closes()


def _rows(what: str, taken: Mapping[int, Sample], unit: str = "ms", figure: str = "median") -> list[Row]:
    short, goals = {FIRST: taken[SHORT]}, (Goal(NO_MORE, FIRST, figure=figure),)
    return [
        Row(f"{what}, {many:,} orders", sample, short, unit=unit, goals=goals, figure=figure, paired=True)
        for many, sample in taken.items()
        if many != SHORT
    ]
