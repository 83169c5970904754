"""The search over 100,000 real names in a browser: how long a question takes, and from the stored form to an answer.

Ours runs in the till's own worker with the image that an OMS makes; the peers run in a page of the same browser.
"""

import gzip
import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from functools import partial
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from playwright.sync_api import Browser, Page

from app.catalogue.image import Stocked, build
from app.catalogue.words import words
from app.sync.protocol import StockRow
from bench.goods import named, products
from bench.pages import PATIENCE_MS, chromium, page_with, served
from bench.plan import Plan
from bench.row import BEST, Goal, Row
from bench.sample import Sample, in_turn
from e2e.worker import ROOT, Worker
from server.oms.images import LEVEL
from server.oms.times import now

MINI = "MiniSearch"
LONGEST_BEGINNING = 6
IMAGE = "image.gz"
AT_ONCE = 10
"""Questions of a turn."""
REPEATS = 7
"""How often ours are asked again: the quickest of them is what a question costs by itself, on a busy machine, too."""
WHY = "ours returns 30 products with price and stock key, found by SKU and barcode, too; the peers ids by name"
READY_WHY = "ours from its file on the disk, the peers from IndexedDB"


def run(plan: Plan) -> Sequence[Row]:
    """Ask everybody the same questions, turn and turn about."""
    many = plan.size(100_000, 1_000)
    plan.says(f"an image of {many:,} names")
    folder = plan.room("query")
    digest = image(plan, many, folder / IMAGE)
    questions = list(islice(asked(plan, many), plan.size(300, 30)))
    with (
        chromium() as browser,
        till_worker(browser, folder, digest) as worker,
        page_with(plan, browser, "query") as page,
    ):
        plan.says("the peers' indexes")
        page.evaluate("names => bench.index(names)", [name for _, name in islice(named(plan), many)])
        return [*_queries(plan, worker, page, questions, many), _ready(plan, worker, page, many)]


def asked(plan: Plan, many: int) -> Iterator[str]:
    """Make questions as they are typed, without end: one to three beginnings of words of one name, from one letter."""
    dice = Random(5)  # noqa: S311 - the same questions in each run
    names = [found for _, name in islice(named(plan), many) if (found := words(name))]
    while True:
        chosen = dice.choice(names)
        some = dice.sample(chosen, min(dice.randint(1, 3), len(chosen)))
        yield " ".join(word[: dice.randint(1, LONGEST_BEGINNING)] for word in some)


@contextmanager
def till_worker(browser: Browser, folder: Path, digest: str) -> Iterator[Worker]:
    """Start the worker of the built app with the image in it that lies in a folder."""
    for built in (ROOT / "dist").iterdir():
        (folder / built.name).symlink_to(built)
    with served(folder) as address:
        context = browser.new_context()
        try:
            worker = Worker(context, address, ("bench/in_worker/*.py",), "bench.in_worker.asked")
            context.set_default_timeout(PATIENCE_MS)
            worker.asks("takes", f"{address}{IMAGE}", digest)
            yield worker
        finally:
            context.close()


def image(plan: Plan, many: int, file: Path) -> str:
    """Make the image that an OMS would serve; return the hash that it would tell."""
    at = now()
    goods = (
        Stocked(each, tuple(StockRow(variant_id=v.id, quantity=Decimal(10), at=at) for v in each.variants))
        for each in products(plan, many)
    )
    packed = gzip.compress(build(goods, (), 1, at), LEVEL, mtime=0)
    file.write_bytes(packed)
    return hashlib.sha256(packed).hexdigest()


def _queries(plan: Plan, worker: Worker, page: Page, questions: list[str], many: int) -> list[Row]:
    ways: dict[str, Callable[[list[str]], Any]] = {"ours": lambda some: worker.asks("asks", some)}
    for name in page.evaluate("bench.names"):
        ways[name] = partial(_peer, page, "asks", name)
    for ask in ways.values():
        ask(questions[:: len(questions) // (5 * plan.warm_ups)])
    told: dict[str, list[list[float]]] = {name: [] for name in ways}
    for turn, start in enumerate(range(0, len(questions), AT_ONCE)):
        for name in ways if turn % 2 else reversed(ways):
            told[name] += ways[name](questions[start : start + AT_ONCE])
    return [*_rows(told, questions, many), _alone(ways["ours"], questions, many)]


def _alone(ask: Callable[[list[str]], Any], questions: list[str], many: int) -> Row:
    """What the machine did meanwhile is in a time that is taken once, but not seven times in the same question."""
    rounds = [[took for took, _ in ask(questions)] for _ in range(REPEATS)]
    quickest = Sample.of([min(took) for took in zip(*rounds, strict=True)])
    slowest = sorted(zip(quickest.values, questions, strict=True), reverse=True)[:3]
    said = ", ".join(f"“{text}” {took:.1f}" for took, text in slowest)
    why = f"each asked {REPEATS} times more, the quickest of them counts; the slowest: {said}"
    return Row(f"a question to {many:,} names, by itself", quickest, goals=(Goal(plus=5, figure="max"),), why=why)


def _rows(told: dict[str, list[list[float]]], questions: list[str], many: int) -> list[Row]:
    samples = {name: Sample.of([took for took, _ in each]) for name, each in told.items()}
    ours = samples.pop("ours")
    slowest = max(zip(ours.values, questions, strict=True))
    why = f"{WHY}; the slowest question was “{slowest[1]}”"
    goals = (Goal(0.1, MINI, figure="p95"), Goal(plus=5, figure="max"))
    what = f"a question to {many:,} names"
    single = [at for at, text in enumerate(questions) if len(text) == 1]
    letters = {name: Sample.of([each[at][0] for at in single]) for name, each in told.items()} if single else {}
    rows = [Row(what, ours, samples, goals=goals, figure="p95", why=why)]
    if letters:
        rows.append(Row(f"{what}, of one letter", letters.pop("ours"), letters, figure="p95"))
    return rows


def _peer(page: Page, what: str, name: str, asked: str | list[str]) -> Any:
    return page.evaluate("([what, name, asked]) => bench[what](name, asked)", [what, name, asked])


def _ready(plan: Plan, worker: Worker, page: Page, many: int) -> Row:
    question = "sa"
    ways: dict[str, Callable[[], float]] = {"ours": lambda: float(worker.asks("ready", question)[-1])}
    for name in page.evaluate("Object.keys(bench.kept)"):
        ways[name] = partial(_peer, page, "ready", name, question)
    taken = in_turn(ways, plan.size(15, 2))
    parts = " / ".join(f"{each:.0f}" for each in worker.asks("ready", question))
    why = f"{READY_WHY}; read, compared and opened, answered after {parts} ms"
    return Row(
        f"ready to search {many:,} names from the stored form",
        taken.pop("ours"),
        taken,
        goals=(Goal(0.5, BEST),),
        why=why,
    )
