"""A receipt printer on a serial line, which is slow: how long it is waited for, and that the line is free again."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from e2e.store import Store

INDEX = Path(__file__).parents[1] / "dist" / "index.html"
PORT = """(() => {
    const sleep = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
    const silence = ({ signal }) => new Promise((_, fail) => signal.addEventListener("abort", fail));
    const port = {
        opened: false, fed: 0, silent: false,
        open: async () => {
            if (port.opened) throw new DOMException("it is open", "InvalidStateError");
            const write = async (bytes, controller) => {
                await (port.silent ? silence(controller) : sleep((bytes.length * 10_000) / 9_600));
                port.fed += bytes.length;
            };
            Object.assign(port, { opened: true, writable: new WritableStream({ write }) });
        },
        close: async () => {
            if (port.writable.locked) throw new TypeError("somebody writes");
            port.opened = false;
        },
    };
    window.port = port;
    Object.defineProperty(navigator, "serial", { value: { getPorts: async () => [port] } });
})();"""
"""A port as Web Serial shows it: it is opened once, and closed only when nobody writes. Silent, it takes nothing."""
FEED = """([outside, length]) => {
    window.told = null;
    const feed = ({ offered }) => offered.feed(new Uint8Array(length), 9600);
    import(outside).then(feed).then((text) => (window.told = text));
}"""
LONG = 40_000
"""Bytes: two thirds of a minute, as a receipt is whose names are drawn."""


@pytest.fixture
def page(browser: Browser, store: Store) -> Iterator[Page]:
    """The page of a real dist/ with an empty shell, a port and a clock of ours."""
    context = browser.new_context(service_workers="block")
    context.route("**/shell.js", lambda route: route.fulfill(content_type="text/javascript", body=""))
    context.add_init_script(PORT)
    page = context.new_page()
    page.clock.install()
    page.goto(store.address)
    yield page
    context.close()


def feeds(page: Page, length: int = 100) -> Any:
    """Print so many bytes, and return what the page tells of it; no pause is waited for."""
    folder = re.search(r"(/assets/page\.\w+)/shell\.js", INDEX.read_text())
    assert folder
    page.evaluate(FEED, [f"{folder[1]}/outside.js", length])
    while (told := page.evaluate("told")) is None:
        page.clock.run_for(1_000)
    return json.loads(told)


def test_a_long_receipt_is_not_late(page: Page) -> None:
    """It was called failed while it came out of the printer, and the next one was a second original."""
    told = feeds(page, LONG)

    assert ("ready", LONG, False) == (told["state"], page.evaluate("port.fed"), page.evaluate("port.opened"))


def test_a_printer_that_takes_nothing_is_told_of_and_the_next_print_comes_out(page: Page) -> None:
    """Out of paper for a while: the port has to be free again when there is some."""
    page.evaluate("port.silent = true")
    told = feeds(page)
    page.evaluate("port.silent = false")

    assert ("failed", "TimeoutError", False) == (told["state"], told["why"], page.evaluate("port.opened"))
    assert "ready" == feeds(page)["state"]
