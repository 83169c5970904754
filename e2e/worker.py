"""A worker of dist/ with another main script: Python in a real browser, without the till around it."""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page

ROOT = Path(__file__).parents[1]
SENT = ("tests/contracts/*.py", "e2e/harness/*.py")
MAIN = """
import json
import sys
from pathlib import Path
from pyscript import sync

for name, text in json.loads({files!r}).items():
    path = Path("/sent", name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
sys.path.insert(0, "/sent")
from {asked} import told

sync.told = told
sync.started = lambda: True
"""
SLOW_MACHINE = 120_000
ASK = """([name, text, most]) => Promise.race([
    worker.sync.told(name, text),
    new Promise(answer => setTimeout(answer, most, JSON.stringify(
        {failed: `The worker has not answered "${name}" in ${most / 1000} seconds: it hangs, or is gone.`}))),
])"""


class Worker:
    """Python in a page's worker, with app/ as it is built, and what lies in e2e/harness."""

    def __init__(
        self, context: BrowserContext, address: str, sent: Sequence[str] = SENT, asked: str = "e2e.harness.asked"
    ) -> None:
        files = {path.relative_to(ROOT).as_posix(): path.read_text() for glob in sent for path in ROOT.glob(glob)}
        main = MAIN.format(files=json.dumps(files), asked=asked)
        context.set_default_timeout(SLOW_MACHINE)
        context.route("**/shell.js", lambda route: route.fulfill(content_type="text/javascript", body=""))
        context.route("**/till.*.py", lambda route: route.fulfill(content_type="text/x-python", body=main))
        self.page: Page = context.new_page()
        self.page.goto(address)
        folder = re.search(r"/assets/page\.\w+/", (ROOT / "dist" / "index.html").read_text())
        assert folder, "dist/index.html names no page"
        self.page.evaluate(
            "boot => import(boot).then(b => b.startWorker('till')).then(w => { window.worker = w; })",
            f"{folder[0]}boot.js",
        )

    def asks(self, name: str, *arguments: Any, seconds: float = SLOW_MACHINE / 1000) -> Any:
        """Call a function of e2e/harness/asked.py and return its answer; a worker that died or hangs gives none."""
        told = json.loads(self.page.evaluate(ASK, [name, json.dumps(arguments), seconds * 1000]))
        assert "failed" not in told, told["failed"]
        return told["answer"]
