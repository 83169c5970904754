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
