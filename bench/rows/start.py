"""From navigation to the first sale: beside a stock PyScript page that imports pydantic and prints one line.

A till is ready when whoever works here can sign in: the journal was read and the catalogue is open by then.
"""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from playwright.sync_api import BrowserContext, BrowserType, Page, sync_playwright

from bench.pages import PATIENCE_MS, served
from bench.plan import Plan
from bench.row import Goal, Row
from bench.sample import Sample, in_turn
from bench.stock import SAID, lay_out
from bench.till import store_with, till_of
from e2e.browser import launch_options
from e2e.line import Line, Request
from e2e.store import Store

STOCK = "stock PyScript page"
MOST_MB = 14
WATCH = """(() => {
    const there = location.port === "%s"
        ? () => document.body?.textContent.includes("%s")
        : () => document.querySelector(".people button");
    new MutationObserver(() => { if (!globalThis.readyAt && there()) globalThis.readyAt = performance.now(); })
        .observe(document, { subtree: true, childList: true, characterData: true });
})()"""


def run(plan: Plan) -> Sequence[Row]:
    """Start again and again, warm and offline; then visit for the first time, each time in a new browser profile."""
    many = plan.size(30_000, 1_000)
    folder = plan.room("stock")
    lay_out(folder)
    plan.says(f"a store with {many:,} products")
    with store_with(plan, "start", many) as store, served(folder) as stock, sync_playwright() as playwright:
        watch = WATCH % (stock.rsplit(":")[-1].strip("/"), SAID)
        rows = [_first(plan, playwright.chromium, store, stock, watch)]
        rows.append(_transfer(playwright.chromium, store, watch))
        return [_warm(plan, playwright.chromium, store, stock, watch, many), *rows]


def _warm(plan: Plan, chromium: BrowserType, store: Store, stock: str, watch: str, many: int) -> Row:
    """The till's server is down, the page's is up and its files are in the browser's cache."""
    plan.says("warm starts")
    with till_of(store, chromium) as till:
        till.context.add_init_script(watch)
        store.loses_its_server()
        ways = {"ours": partial(_visit, till.page, store.address), STOCK: partial(_visit, till.page, stock)}
        taken = in_turn(ways, plan.repetitions, plan.warm_ups)
    what = f"warm start, offline: navigation → first sale possible, {many:,} products"
    return Row(what, taken["ours"], {STOCK: taken[STOCK]}, goals=(Goal(0.3, STOCK),), paired=True)


def _first(plan: Plan, chromium: BrowserType, store: Store, stock: str, watch: str) -> Row:
    plan.says("first visits")

    def visit(address: str) -> float:
        with _new_browser(chromium, watch) as context:
            return _visit(context.pages[0], address)

    ways: dict[str, Callable[[], float]] = {"ours": partial(visit, store.address), STOCK: partial(visit, stock)}
    taken = in_turn(ways, plan.repetitions, warm_ups=1)
    why = "ours enrols the register and loads the catalogue on the way"
    goals = (Goal(0.6, STOCK),)
    return Row("first visit, host on loopback", taken["ours"], {STOCK: taken[STOCK]}, goals=goals, paired=True, why=why)


def _transfer(chromium: BrowserType, store: Store, watch: str) -> Row:
    """What comes over the line at a first visit, until the register is ready for offline."""
    line, app, data = Line(store), list[int](), list[int]()

    def counts(request: Request) -> bool:
        status, headers, body = request.forward()
        (data if request.path.startswith("/api/") else app).append(len(body))
        return request.reply_with(status, headers, body)

    line.fault = counts
    try:
        with _new_browser(chromium, watch) as context:
            _visit(context.pages[0], line.address)
            context.pages[0].evaluate("navigator.serviceWorker.ready.then(() => null)")
    finally:
        line.closes()
    why = f"and {sum(data) / 1e6:.2f} MB of the catalogue and the like"
    goals = (Goal(plus=MOST_MB, figure="max"),)
    return Row("first visit, the app as transferred", Sample.of([sum(app) / 1e6]), unit="MB", goals=goals, why=why)


@contextmanager
def _new_browser(chromium: BrowserType, watch: str) -> Iterator[BrowserContext]:
    with tempfile.TemporaryDirectory(prefix="store-os-bench-", ignore_cleanup_errors=True) as profile:
        context = chromium.launch_persistent_context(str(Path(profile)), **launch_options(headed=False))
        context.add_init_script(watch)
        try:
            yield context
        finally:
            context.close()


def _visit(page: Page, address: str) -> float:
    """Go there, and return the milliseconds until it can be used; then leave, so that nothing of it runs on."""
    page.goto(address)
    page.wait_for_function("globalThis.readyAt", timeout=PATIENCE_MS)
    took = float(page.evaluate("readyAt"))
    page.goto("about:blank")
    return took
