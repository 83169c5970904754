"""What the till's renderer holds in memory, beside an empty page and beside bare PyScript with two workers."""

import gzip
import json
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from playwright.sync_api import BrowserType, sync_playwright

from bench.memory import Scales, need_proc
from bench.pages import PATIENCE_MS, served
from bench.plan import Plan
from bench.row import Goal, Row
from bench.sample import Sample, in_turn
from bench.stock import lay_out
from bench.till import keeps_its_start, new_browser, opened, store_with, till_of
from e2e.store import Store
from e2e.till import Till
from server.oms.images import CURRENT

EMPTY, BARE = "an empty page", "bare PyScript with two workers"
HTML = """<!doctype html><meta charset="utf-8"><title>Bare</title><link rel="stylesheet" href="pyscript/core.css">
<script type="module" src="bare.js"></script>
"""
PAGE = """
import { PyWorker } from "./pyscript/core.js";
await customElements.whenDefined("py-script");
const how = { async: true, version: `${location.origin}/pyodide/pyodide.mjs`, config: { sync_main_only: true } };
globalThis.workers = await Promise.all([1, 2].map(() => PyWorker("./bare.py", how)));
await Promise.all(workers.map((worker) => worker.sync.ready()));
globalThis.bench = true;
"""
WORKER = "from pyscript import sync\nsync.ready = lambda: True\n"


def run(plan: Plan) -> Sequence[Row]:
    """Start a browser again and again, on each of the pages in turn."""
    need_proc()
    folder = plan.room("bare")
    lay_out(folder)
    for name, text in {"index.html": HTML, "bare.js": PAGE, "bare.py": WORKER, "empty.html": "<!doctype html>"}.items():
        (folder / name).write_text(text)
    with served(folder) as address, sync_playwright() as playwright:
        sizes = (1_000,) if plan.small else (30_000, 100_000)
        return [row for many in sizes for row in _rows(plan, playwright.chromium, address, many)]


def _rows(plan: Plan, chromium: BrowserType, address: str, many: int) -> list[Row]:
    plan.says(f"a store with {many:,} products")
    with store_with(plan, f"memory-{many}", many) as store:
        image = _image(store.data / "images")
        with till_of(store, chromium) as till:
            keeps_its_start(till)
            profile = till.profile
        scales = {name: Scales() for name in ("ours", BARE, EMPTY)}
        ways: dict[str, Callable[[], float]] = {
            "ours": partial(_till, chromium, profile, store, scales["ours"]),
            BARE: partial(_page, chromium, address, "globalThis.bench", scales[BARE]),
            EMPTY: partial(_page, chromium, f"{address}empty.html", "document.body", scales[EMPTY]),
        }
        held = in_turn(ways, plan.size(10, 1), warm_ups=0)
    standing = {name: Sample.of(each.standing) for name, each in scales.items()}
    what = f"memory of the renderer, {many:,} products"
    return [_row(f"{what}, with garbage", standing, image), _row(what, held, image)]


def _row(what: str, taken: dict[str, Sample], image: float) -> Row:
    ours = taken.pop("ours")
    why = f"PSS of the browser's renderers, signed in and ready for offline; the image unpacked is {image:.1f} MB"
    return Row(what, ours, taken, unit="MB", goals=(Goal(1.2, BARE, plus=image),), why=why)


def _till(chromium: BrowserType, profile: Path, store: Store, scales: Scales) -> float:
    till = opened(Till(chromium, profile, store.address))
    try:
        till.signs_in()
        till.is_ready_for_offline()
        return scales.weighs(till.page, str(profile))
    finally:
        till.closes()


def _page(chromium: BrowserType, address: str, there: str, scales: Scales) -> float:
    with new_browser(chromium) as (context, profile):
        page = context.pages[0]
        page.goto(address)
        page.wait_for_function(there, timeout=PATIENCE_MS)
        return scales.weighs(page, profile)


def _image(folder: Path) -> float:
    """How many MB the catalogue's image has, unpacked."""
    offer = json.loads((folder / CURRENT).read_text())
    return len(gzip.decompress((folder / f"{offer['sha256']}.sqlite.gz").read_bytes())) / 2**20
