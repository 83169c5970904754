"""Browsers that cannot keep sales safe are told so before anything of the runtime is downloaded."""

import pytest
from playwright.sync_api import Browser, Page, expect

from e2e.store import Store

SAFARI = (
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15"
)
RUNTIME = (".wasm", "pyodide", "snapshot", ".zip")


def opened(browser: Browser, address: str, user_agent: str | None = None, script: str = "") -> tuple[Page, list[str]]:
    """Open an address in a new context; return the page and everything it asked for."""
    context = browser.new_context(user_agent=user_agent)
    if script:
        context.add_init_script(script)
    page, asked = context.new_page(), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    return page, asked


def runtime_of(asked: list[str]) -> list[str]:
    return [address for address in asked if any(part in address for part in RUNTIME)]


def test_s04_safari_is_refused_with_the_sentence(store: Store, browser: Browser) -> None:
    """Safari has no folders to write to; the sentence is the one that the product promises."""
    page, asked = opened(browser, store.address, SAFARI)

    expect(page.get_by_role("heading", name="Offline Mode is not supported in Safari")).to_be_visible()
    expect(page.get_by_text("please switch to Google Chrome or another supported browser.")).to_be_visible()
    assert runtime_of(asked) == []


def test_s04_a_browser_without_folders_is_refused(store: Store, browser: Browser) -> None:
    """Firefox and old browsers: the same reason, in words that fit."""
    old = "delete window.showDirectoryPicker; delete IDBFactory.prototype.databases"
    page, asked = opened(browser, store.address, script=old)

    expect(page.get_by_role("heading", name="Offline Mode is not supported in this browser")).to_be_visible()
    assert runtime_of(asked) == []


def test_an_insecure_address_is_refused(store: Store, browser: Browser) -> None:
    """Over plain http from another machine there is no cryptography and no storage to trust: open it by https."""
    insecure = "Object.defineProperty(window, 'isSecureContext', { value: false })"
    page, asked = opened(browser, store.address, script=insecure)

    expect(page.get_by_role("heading")).to_be_visible()
    expect(page.locator("body")).to_contain_text("https")
    assert runtime_of(asked) == []


@pytest.mark.parametrize("path", ["/", "/service-worker.js"])
def test_the_host_sends_a_strict_policy(store: Store, browser: Browser, path: str) -> None:
    """No other host may serve code to a till, even if something got into the page."""
    context = browser.new_context()
    policy = context.request.get(store.address + path).headers["content-security-policy"]

    assert "default-src 'self'" in policy
