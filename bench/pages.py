"""Pages to measure peers in: the till's Chromium, loopback, and one script that was bundled with what it imports."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from bench.peers import bundle
from bench.plan import Plan
from e2e.browser import launch_options

HTML = '<!doctype html><meta charset="utf-8"><title>bench</title><script type="module" src="{name}.js"></script>'
PATIENCE_MS = 600_000


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser that the till's page figures are taken in."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(**launch_options(headed=False))
        try:
            yield started
        finally:
            started.close()


@contextmanager
def page_with(plan: Plan, browser: Browser, name: str) -> Iterator[Page]:
    """Open a page with js/NAME.js in it, which puts what it can do into `globalThis.bench`, then call that.

    `page.evaluate("([names]) => bench.index(names)", [names])`; time is taken in the page, by `performance.now()`.
    Files that it fetches may be laid into `plan.place / "page-NAME"`.
    """
    folder = plan.place / f"page-{name}"
    folder.mkdir(exist_ok=True)
    bundle(name, folder)
    (folder / "index.html").write_text(HTML.format(name=name))
    with served(folder) as address:
        context = browser.new_context()
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.goto(address)
        page.wait_for_function("globalThis.bench")
        try:
            yield page
        finally:
            context.close()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on loopback, and return its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Quiet(SimpleHTTPRequestHandler):
    """Says nothing on the terminal about what was asked; what it served may be kept, as a good host has it."""

    protocol_version = "HTTP/1.1"

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "max-age=86400")
        super().end_headers()

    def log_message(self, format: str, *words: object) -> None:  # noqa: A002 - the name is the base class's
        """Nothing."""
