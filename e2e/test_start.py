"""How a worker starts: from the memory snapshot, without it, and what the page hears when it cannot."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserType, Error, Page, Route, expect

from e2e.browser import launch_options
from e2e.store import Store

INDEX = Path(__file__).parents[1] / "dist" / "index.html"
STARTED = "sync.started = lambda: True\n"
EVERYTHING = """
import json
import random
import zoneinfo
import htpy, pydantic, pydantic_core, pyodide_http, requests, segno, sqlite3
from pyscript import sync
sync.told = lambda: json.dumps([random.random(), pydantic.VERSION, str(zoneinfo.ZoneInfo("Asia/Kolkata"))])
"""
SLOW_MACHINE = 90_000
SLOW = 25_000
"""Milliseconds after which a start is called slow."""
LOOK = 250
"""Milliseconds between two looks."""
KEPT = """(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("start", { create: true });
    const found = {};
    for await (const [name, file] of folder.entries()) found[name] = (await file.getFile().catch(() => ({}))).size;
    return found;
})()"""
"""What of it the browser keeps as files, and their sizes."""
PUT = """async ([name, text]) => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("start", { create: true });
    const held = await folder.getFileHandle(name, { create: true }); // a collected one is silent
    const stream = await held.createWritable();
    await stream.write(text);
    await stream.close();
}"""
KEEP = """names => Promise.all(names.map(async (name) => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("start", { create: true });
    const held = await folder.getFileHandle(name, { create: true }); // a collected one is silent
    const stream = await held.createWritable();
    await (await fetch(`/assets/${name}`)).body.pipeTo(stream);
}))"""
SPOIL = """async ([name, part]) => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("start");
    const held = await folder.getFileHandle(name);
    const { size } = await held.getFile();
    const stream = await held.createWritable({ keepExistingData: true });
    const position = Math.floor(size * part);
    await stream.write({ type: "write", position, data: new Uint8Array(size - position) });
    await stream.close();
}"""
"""Zeros from a part of it on; it stays as long as it was."""
FILES = ("snapshot.*.bin", "library.*.zip", "packages.*.zip", "app.*.zip")
WHOLE = {each.name: each.stat().st_size for name in FILES for each in (INDEX.parent / "assets").glob(name)}
"""What a start reads, and how long each of it is."""
SNAPSHOT, LIBRARY, PACKAGES, APP, *_ = (*WHOLE, "", "", "", "")


@pytest.fixture(scope="module")
def chromium(browser_type: BrowserType) -> Iterator[Browser]:
    """One browser for this file."""
    browser = browser_type.launch(**launch_options(headed=False))
    yield browser
    browser.close()


@pytest.fixture
def page(chromium: Browser, store: Store) -> Iterator[Page]:
    """The page of a real dist/ with an empty shell, so that nothing starts before the test says so."""
    context = chromium.new_context(service_workers="block")
    context.set_default_timeout(SLOW_MACHINE)
    context.route("**/shell.js", lambda route: route.fulfill(content_type="text/javascript", body=""))
    page = context.new_page()
    page.goto(store.address)
    yield page
    context.close()


def starts(page: Page, main: str) -> Any:
    """Start the till's worker with another main script, and return what it tells."""
    page.context.route("**/till.*.py", lambda route: route.fulfill(content_type="text/x-python", body=main))
    folder = re.search(r"(/assets/page\.\w+)/shell\.js", INDEX.read_text())
    assert folder
    start = f"import('{folder[1]}/boot.js').then(boot => boot.startWorker('till')).then(worker => worker.sync.told())"
    return page.evaluate(f"{start}.then(JSON.parse)")


def warnings(page: Page) -> list[str]:
    """What the console warns of from now on."""
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text) if message.type == "warning" else None)
    return heard


def is_kept_whole(page: Page) -> None:
    """Wait until the browser has what a start reads, all of it and nothing else."""
    for _ in range(SLOW_MACHINE // LOOK):
        if page.evaluate(KEPT) == WHOLE:
            return
        page.wait_for_timeout(LOOK)
    assert page.evaluate(KEPT) == WHOLE


def test_a_worker_starts_from_the_snapshot(page: Page) -> None:
    """It is the difference between a second and three, each morning and after each crash."""
    heard = warnings(page)

    starts(page, EVERYTHING + STARTED)

    assert [] == [text for text in heard if "fast start" in text]


def test_a_worker_starts_when_the_snapshot_cannot_be_used(page: Page) -> None:
    """A snapshot is bound to one build of the interpreter and to whole bytes: it may fail, selling may not."""
    page.context.route("**/snapshot.*", lambda route: route.fulfill(body=bytes(4096)))
    heard = warnings(page)

    told = starts(page, EVERYTHING + STARTED)

    assert "Asia/Kolkata" == told[2]
    assert any("fast start was not possible" in text for text in heard)


def test_the_next_start_reads_files_of_the_browsers_own(page: Page) -> None:
    """The cache takes a tenth of the whole start to give them out; one of a version before goes."""
    page.evaluate(PUT, ["snapshot.before.bin", "of the version before"])
    starts(page, EVERYTHING + STARTED)
    is_kept_whole(page)

    page.evaluate("caches.keys().then(names => Promise.all(names.map(name => caches.delete(name))))")
    for gone in ("snapshot", "library", "packages", "app"):
        page.context.route(f"**/{gone}.*", lambda route: route.fulfill(body=bytes(4096)))
    heard = warnings(page)
    told = starts(page, EVERYTHING + "import xlsxwriter\n" + STARTED)  # which the snapshot has not

    assert "Asia/Kolkata" == told[2]
    assert [] == [text for text in heard if "fast start" in text]


@pytest.mark.parametrize("file", [SNAPSHOT, LIBRARY])
def test_files_that_a_kill_left_empty_cost_nothing(page: Page, file: str) -> None:
    """Each is made before it is written: whoever starts meanwhile, or after a kill, uses the cache, and writes them."""
    page.evaluate(KEEP, [*WHOLE])
    page.evaluate(PUT, [file, ""])
    heard = warnings(page)
    starts(page, EVERYTHING + STARTED)

    assert [] == [text for text in heard if "fast start" in text]
    is_kept_whole(page)


@pytest.mark.parametrize(
    ("file", "content"),
    [
        (SNAPSHOT, "x"),
        (SNAPSHOT, "what a full disk left"),
        (SNAPSHOT, "\x02\x00\x00\x00{}"),
        (LIBRARY, "what a full disk left"),
    ],
)
def test_a_file_that_is_damaged_is_forgotten(page: Page, file: str, content: str) -> None:
    """A disk may spoil any file: selling begins all the same, and the start after it is quick again."""
    page.evaluate(KEEP, [*WHOLE])
    page.evaluate(PUT, [file, content])
    heard = warnings(page)
    told = starts(page, EVERYTHING + STARTED)

    assert "Asia/Kolkata" == told[2]
    assert any("fast start was not possible" in text for text in heard)
    assert {} == page.evaluate(KEPT)
    heard.clear()
    starts(page, EVERYTHING + STARTED)
    assert [] == [text for text in heard if "fast start" in text]


def test_an_archive_that_is_damaged_and_as_long_as_before_is_let_go_of(page: Page) -> None:
    """No size tells of it: each start failed like the one before, until somebody cleared the site, with its sales."""
    page.evaluate(KEEP, [*WHOLE])
    page.evaluate(SPOIL, [APP, 0])
    page.context.unroute("**/shell.js")
    page.reload()

    expect(page.get_by_role("heading", name="Sign in")).to_be_visible(timeout=SLOW_MACHINE)


def test_a_snapshot_that_is_damaged_and_as_long_as_before_is_let_go_of(page: Page) -> None:
    """Python hangs on such a memory; whoever is tired of waiting presses the button, and need not wait again."""
    page.evaluate(KEEP, [*WHOLE])
    page.evaluate(SPOIL, [SNAPSHOT, 0.5])
    page.context.unroute("**/shell.js")
    page.clock.install()
    page.reload()
    page.clock.fast_forward(SLOW)
    page.get_by_role("button", name="Start again").click()

    expect(page.get_by_role("heading", name="Sign in")).to_be_visible(timeout=SLOW_MACHINE)


def test_a_register_can_be_used_without_the_snapshot(chromium: Browser, store: Store) -> None:
    """All of the app is imported the plain way then, also what the snapshot always has."""
    context = chromium.new_context(service_workers="block")
    context.route("**/snapshot.*", lambda route: route.fulfill(body=bytes(4096)))
    page = context.new_page()
    heard = warnings(page)
    page.goto(store.address)
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible(timeout=SLOW_MACHINE)
    context.close()

    assert 2 == len([text for text in heard if "fast start was not possible" in text]), "of the till and of the courier"


@pytest.mark.parametrize("locale", ["hi-IN", "ca-ES-valencia"])
def test_the_snapshot_fits_in_every_language(chromium: Browser, store: Store, locale: str) -> None:
    """The browser's language lies in the interpreter's memory before anything of ours: some are longer than others."""
    context = chromium.new_context(service_workers="block", locale=locale)
    page = context.new_page()
    heard = warnings(page)
    page.goto(store.address)
    expect(page.get_by_role("main")).not_to_contain_text("Getting the store ready", timeout=SLOW_MACHINE)
    context.close()

    assert [] == [text for text in heard if "fast start" in text]


def test_two_starts_do_not_draw_the_same_numbers(page: Page) -> None:
    """All registers start from one picture of memory, the state of chance included."""
    first, second = (starts(page, EVERYTHING + STARTED)[0] for _ in range(2))

    assert first != second


def test_a_worker_that_raises_is_reported(page: Page) -> None:
    """The page starts a dead worker again; it must not wait for one that never stood up."""

    with pytest.raises(Error, match="till did not start"):
        starts(page, "raise ValueError('no')")


def test_nothing_of_the_runtime_is_downloaded_before_a_worker_starts(chromium: Browser, store: Store) -> None:
    """A browser that cannot do the job is told so at once, not after seventeen megabytes."""
    asked: list[str] = []
    context = chromium.new_context(service_workers="block")
    context.route("**/shell.js", lambda route: _imports_boot(route))
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(store.address, wait_until="networkidle")
    context.close()

    assert any(address.endswith("/boot.js") for address in asked)
    assert [] == [address for address in asked if re.search(r"pyodide|pyscript|snapshot|\.zip", address)]


def _imports_boot(route: Route) -> None:
    route.fulfill(content_type="text/javascript", body='import "./boot.js";')
