"""What the till's renderer holds in memory, beside an empty page and beside bare PyScript with two workers."""

import gzip
import json
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from playwright.sync_api import BrowserType, sync_playwright

from bench.memory import need_proc, settled
from bench.pages import PATIENCE_MS, served
from bench.plan import Plan
from bench.row import Goal, Row
from bench.sample import in_turn
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
        return [
            _row(plan, playwright.chromium, address, many) for many in ((1_000,) if plan.small else (30_000, 100_000))
        ]


def _row(plan: Plan, chromium: BrowserType, address: str, many: int) -> Row:
    plan.says(f"a store with {many:,} products")
    with store_with(plan, f"memory-{many}", many) as store:
        image = _image(store.data / "images")
        with till_of(store, chromium) as till:
            keeps_its_start(till)
            profile = till.profile
        ways: dict[str, Callable[[], float]] = {
            "ours": partial(_till, chromium, profile, store),
            BARE: partial(_page, chromium, address, "globalThis.bench"),
            EMPTY: partial(_page, chromium, f"{address}empty.html", "document.body"),
        }
        taken = in_turn(ways, plan.size(10, 1), warm_ups=0)
    ours = taken.pop("ours")
    why = f"PSS of the browser's renderers, signed in and ready for offline; the image unpacked is {image:.1f} MB"
    goals = (Goal(1.2, BARE, plus=image),)
    return Row(f"memory of the renderer, {many:,} products", ours, taken, unit="MB", goals=goals, why=why)


def _till(chromium: BrowserType, profile: Path, store: Store) -> float:
    till = opened(Till(chromium, profile, store.address))
    try:
        till.signs_in()
        till.is_ready_for_offline()
        return settled(till.page, str(profile))
    finally:
        till.closes()


def _page(chromium: BrowserType, address: str, there: str) -> float:
    with new_browser(chromium) as (context, profile):
        page = context.pages[0]
        page.goto(address)
        page.wait_for_function(there, timeout=PATIENCE_MS)
        return settled(page, profile)


def _image(folder: Path) -> float:
    """How many MB the catalogue's image has, unpacked."""
    offer = json.loads((folder / CURRENT).read_text())
    return len(gzip.decompress((folder / f"{offer['sha256']}.sqlite.gz").read_bytes())) / 2**20
