"""From navigation to the first sale: beside a stock PyScript page that imports pydantic and prints one line.

The first sale is possible when somebody is signed in and the search is there. Who works here can be chosen before: the
journal was read and the catalogue is open by then.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

from playwright.sync_api import BrowserContext, BrowserType, Page, sync_playwright

from bench.pages import PATIENCE_MS, served
from bench.plan import Plan
from bench.row import Goal, Row
from bench.sample import Sample, in_turn
from bench.stock import SAID, lay_out
from bench.till import keeps_its_start, new_browser, store_with, till_of
from e2e.line import Line, Request
from e2e.store import Store

STOCK = "stock PyScript page"
MOST_MB = 14
NOT_THE_APP = ("/api/", "/pictures/")
WATCH = """(() => {
    const stock = location.port === "%s", at = globalThis.at = {};
    const reached = (step, found) => found && !(step in at) && (at[step] = performance.now());
    const till = () => {
        const person = [...document.querySelectorAll(".people button")].find((each) => each.textContent === "Asha");
        if (reached("people", person)) person.click();
        const pin = document.querySelector("input.pin");
        if (reached("pin", pin)) { pin.value = "1111"; pin.form.requestSubmit(); }
        reached("ready", document.querySelector("#search"));
    };
    const look = stock ? () => reached("ready", document.body?.textContent.includes("%s")) : till;
    new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
})()"""
"""Signs in without losing time, as nobody can: typing a PIN is no part of a start, checking it is."""


def run(plan: Plan) -> Sequence[Row]:
    """Start again and again, warm and offline; then visit for the first time, each time in a new browser profile."""
    many = plan.size(30_000, 1_000)
    folder = plan.room("stock")
    lay_out(folder)
    plan.says(f"a store with {many:,} products")
    with store_with(plan, "start", many) as store, served(folder) as stock, sync_playwright() as playwright:
        watch = WATCH % (stock.rsplit(":")[-1].strip("/"), SAID)
        rows = [*_first(plan, playwright.chromium, store, stock, watch)]
        rows.append(_transfer(playwright.chromium, store, watch))
        return [*_warm(plan, playwright.chromium, store, stock, watch, many), *rows]


def _warm(plan: Plan, chromium: BrowserType, store: Store, stock: str, watch: str, many: int) -> list[Row]:
    """The till's server is down, the page's is up and its files are in the browser's cache."""
    plan.says("warm starts")
    with till_of(store, chromium) as till:
        keeps_its_start(till)
        till.context.add_init_script(watch)
        store.loses_its_server()
        seen = Visits()
        ways = {"ours": partial(seen.goes, till.page, store.address), STOCK: partial(_visit, till.page, stock)}
        taken = in_turn(ways, plan.repetitions, plan.warm_ups)
        store.opens()
    return seen.rows(f"warm start, offline, {many:,} products: navigation →", taken, Goal(0.3, STOCK))


def _first(plan: Plan, chromium: BrowserType, store: Store, stock: str, watch: str) -> list[Row]:
    plan.says("first visits")
    seen = Visits()

    def ours() -> float:
        with _new_browser(chromium, watch) as context:
            return seen.goes(context.pages[0], store.address)

    def theirs() -> float:
        with _new_browser(chromium, watch) as context:
            return _visit(context.pages[0], stock)

    taken = in_turn({"ours": ours, STOCK: theirs}, plan.repetitions, warm_ups=1)
    return seen.rows("first visit, host on loopback: navigation →", taken, Goal(0.6, STOCK))


@dataclass
class Visits:
    """How far each start of ours came, and when."""

    steps: list[dict[str, float]] = field(default_factory=list)

    def goes(self, page: Page, address: str) -> float:
        """Go there; return the milliseconds until somebody was signed in."""
        return _visit(page, address, self.steps)

    def rows(self, what: str, taken: dict[str, Sample], goal: Goal) -> list[Row]:
        """Make a row of the first sale, and one of the sign-in before it."""
        counted = self.steps[-len(taken["ours"].values) :]
        people = Sample.of([each["people"] for each in counted])
        pin = Sample.of([each["ready"] - each["pin"] for each in counted])
        why = f"of it the check of a PIN, slow on purpose: {pin.median:.0f} ms; none of it is a person typing"
        peers = {STOCK: taken[STOCK]}
        return [
            Row(f"{what} first sale possible", taken["ours"], peers, goals=(goal,), paired=True, why=why),
            Row(f"{what} sign-in possible", people, peers, goals=(goal,), paired=True),
        ]


def _transfer(chromium: BrowserType, store: Store, watch: str) -> Row:
    """What comes over the line at a first visit, until the register would start without a network."""
    line, app, data = Line(store), list[int](), list[int]()

    def counts(request: Request) -> bool:
        status, headers, body = request.forward()
        (data if request.path.startswith(NOT_THE_APP) else app).append(len(body))
        return request.reply_with(status, headers, body)

    line.fault = counts
    try:
        with _new_browser(chromium, watch) as context:
            page = context.pages[0]
            page.goto(line.address)
            page.wait_for_function("at.ready", timeout=PATIENCE_MS)
            page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    finally:
        line.closes()
    why = f"without {sum(data) / 1e6:.2f} MB of the catalogue and the like that had come by then"
    goals = (Goal(plus=MOST_MB, figure="max"),)
    return Row("first visit, the app as transferred", Sample.of([sum(app) / 1e6]), unit="MB", goals=goals, why=why)


@contextmanager
def _new_browser(chromium: BrowserType, watch: str) -> Iterator[BrowserContext]:
    with new_browser(chromium) as (context, _):
        context.add_init_script(watch)
        yield context


def _visit(page: Page, address: str, noted: list[dict[str, float]] | None = None) -> float:
    """Go there, and return the milliseconds until it can be used; then leave, so that nothing of it runs on."""
    page.goto(address)
    page.wait_for_function("at.ready", timeout=PATIENCE_MS)
    at = {step: float(value) for step, value in page.evaluate("at").items()}
    if noted is not None:
        noted.append(at)
    page.goto("about:blank")
    return at["ready"]
