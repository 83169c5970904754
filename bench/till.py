"""A real store and a real till in the browser, with as many products as a row wants."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import BrowserContext, BrowserType

from bench.goods import fill
from bench.plan import Plan
from e2e.browser import launch_options
from e2e.store import Store
from e2e.till import Till
from server.oms.oms import open_oms
from server.settings import read_settings

PATIENCE = 300_000
LOOK = 500
"""Milliseconds between two looks."""
KEPT = """(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("start");
    const sizes = [];
    for await (const [, file] of folder.entries()) sizes.push((await file.getFile()).size);
    return sizes.length >= %d && sizes.every(Boolean);
})().catch(() => false)"""
FILES_OF_A_START = 4
"""The memory snapshot, and the archives of the library, the packages and the app."""


@contextmanager
def store_with(plan: Plan, name: str, many: int) -> Iterator[Store]:
    """Open a demo store whose shelf was filled, and whose image is made."""
    store = Store(plan.room(name) / "data").opens()
    store.closes()
    oms = open_oms(read_settings(store.data, store.dist))
    try:
        fill(plan, oms, many)
        oms.images.forget()
        oms.images.refresh()
    finally:
        oms.close()
    try:
        yield store.opens()
    finally:
        store.closes()


@contextmanager
def till_of(store: Store, chromium: BrowserType, address: str = "") -> Iterator[Till]:
    """Open a till in a new profile, ready for offline; nothing is recorded of it, which would cost time."""
    till = opened(Till(chromium, store.data.parent / "profile", address or store.address))
    try:
        till.becomes_ready_for_offline()
        yield till
    finally:
        till.closes()


def opened(till: Till) -> Till:
    """Open it as the tests do, without their trace."""
    till.opens()
    till.context.tracing.stop()
    till.context.set_default_timeout(PATIENCE)
    return till


@contextmanager
def new_browser(chromium: BrowserType) -> Iterator[tuple[BrowserContext, str]]:
    """Start a browser with a new profile, that was nowhere yet; return the profile's folder, too."""
    with tempfile.TemporaryDirectory(prefix="store-os-bench-", ignore_cleanup_errors=True) as profile:
        context = chromium.launch_persistent_context(profile, **launch_options(headed=False))
        try:
            yield context, profile
        finally:
            context.close()


def keeps_its_start(till: Till) -> None:
    """Wait until the browser keeps what a start reads as files of its own: behind the first one, before each other."""
    while not till.page.evaluate(KEPT % FILES_OF_A_START):
        till.page.wait_for_timeout(LOOK)
