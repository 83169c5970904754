"""The service worker on a site of three files: whole or not at all, and never in the way of the server."""

import http.server
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserType, Page

from e2e.browser import launch_options
from server.dist.assets import Assets
from server.dist.make import write_service_worker

PUBLIC = Path(__file__).parents[1] / "public"
REGISTER = """navigator.serviceWorker.register('/service-worker.js')
    .then(() => navigator.serviceWorker.ready).then(() => 1)"""
FETCHED = "address => fetch(address).then(answer => answer.text(), () => 'no answer')"


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A file server that does not write to the terminal, and lets the browser keep nothing of its own.

    What the browser kept would be younger than a second, and stand in for what is published or damaged here.
    """

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""


class Site:
    """A static site of one page and one script, whose server can go away and whose content can change."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://localhost:{self._server.server_port}/"

    def publishes(self, words: str) -> None:
        """Put a version of the site up."""
        assets = Assets(self.folder)
        assets.put("a.js", f"document.body.dataset.words = '{words}';".encode())
        page = f"<!doctype html><title>x</title><p>{words}</p><script src='{assets.addresses['a.js']}'></script>"
        (self.folder / "index.html").write_text(page)
        write_service_worker(self.folder, PUBLIC)

    def damages_a_script(self) -> None:
        """Cut a file short after its hash was listed."""
        next((self.folder / "assets").glob("a.*.js")).write_text("document.bo")

    def goes_away(self) -> None:
        """Stop the server."""
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture(scope="module")
def chromium(browser_type: BrowserType) -> Iterator[Browser]:
    """One browser for this file; each test has a profile of its own in it."""
    browser = browser_type.launch(**launch_options(headed=False))
    yield browser
    browser.close()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A site that was published once."""
    site = Site(tmp_path / "site")
    site.publishes("first")
    yield site
    site.goes_away()


@pytest.fixture
def page(chromium: Browser, site: Site) -> Iterator[Page]:
    """The site's page, opened in a new profile."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(site.address)
    yield page
    context.close()


def test_the_app_opens_when_the_server_is_gone(site: Site, page: Page) -> None:
    """This is what the whole product is for."""
    page.evaluate(REGISTER)
    site.goes_away()

    page.reload()

    assert "first" == page.evaluate("document.body.dataset.words")


def test_any_address_of_the_app_opens_when_the_server_is_gone(site: Site, page: Page) -> None:
    """A register is reopened where it was closed, and people keep bookmarks."""
    page.evaluate(REGISTER)
    site.goes_away()

    page.goto(f"{site.address}orders/7")

    assert "first" == page.inner_text("p")


def test_a_damaged_file_leaves_nothing_behind(site: Site, page: Page) -> None:
    """Half an app that starts is worse than one that says that it needs the internet once more."""
    site.damages_a_script()

    failed = page.evaluate(
        """() => navigator.serviceWorker.register('/service-worker.js').then(({ installing }) =>
            new Promise(done => installing.addEventListener('statechange', () => done(installing.state))))"""
    )

    assert ("redundant", []) == (failed, page.evaluate("caches.keys()"))


def test_a_new_version_waits_until_the_page_agrees(site: Site, page: Page) -> None:
    """A new shell must not meet an old worker in the middle of a sale."""
    page.evaluate(REGISTER)
    site.publishes("second")
    _waits_for_an_update(page)

    page.reload()

    assert "first" == page.evaluate("document.body.dataset.words")


def test_a_new_version_takes_over_when_told_and_cleans_up(site: Site, page: Page) -> None:
    """The page asks for it when the cart is empty; from then on the old version only takes up room."""
    page.evaluate(REGISTER)
    before = page.evaluate("caches.keys()")
    site.publishes("second")
    _waits_for_an_update(page)
    page.evaluate(
        """async () => {
            navigator.serviceWorker.addEventListener('controllerchange', () => { window.tookOver = true; });
            (await navigator.serviceWorker.ready).waiting.postMessage({ type: 'take-over' });
        }"""
    )
    page.wait_for_function("window.tookOver")

    page.reload()

    after = page.evaluate("caches.keys()")
    assert ("second", 1, set()) == (page.inner_text("p"), len(after), set(before) & set(after))


def test_the_server_is_asked_for_what_only_it_knows(site: Site, page: Page) -> None:
    """An answer from a cache would tell the register that the OMS is there when it is not."""
    page.evaluate(REGISTER)
    page.reload()

    answers = [page.goto(site.address + path) for path in ("api/v1/ping", "office/")]

    assert [404, 404] == [answer.status for answer in answers if answer]


def test_kept_pictures_are_shown_without_a_server(site: Site, page: Page) -> None:
    """The grid has its pictures offline, from where the courier put them."""
    page.evaluate(REGISTER)
    page.reload()
    page.evaluate("caches.open('pictures').then(kept => kept.put('/pictures/ab.webp', new Response('shirt')))")
    site.goes_away()

    assert "shirt" == page.evaluate(FETCHED, "/pictures/ab.webp")


def _waits_for_an_update(page: Page) -> None:
    """Look for a new version, and wait until it is whole.

    The waiting is the page's: a condition that Playwright polls is not awaited, and a promise counts as true.
    """
    page.evaluate(
        """async () => {
            const found = await navigator.serviceWorker.ready;
            await found.update();
            const next = found.installing ?? found.waiting;
            while (next.state === 'installing') {
                await new Promise(done => next.addEventListener('statechange', done, { once: true }));
            }
        }"""
    )
