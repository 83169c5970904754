"""What the register has written down of the open sale: a test that ends the page must know that it is on the disk."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from e2e.till import Till

WRITTEN = """
    async () => {
        const answer = (request) => new Promise((done) => { request.onsuccess = () => done(request.result); });
        const opened = await answer(indexedDB.open("store-os"));
        const kept = await answer(opened.transaction("drafts").objectStore("drafts").getAll());
        opened.close();
        return kept.map(({ id, sealed }) => `${id} ${[...new Uint8Array(sealed)]}`).join();
    }
"""
PATIENCE = 30.0
"""Seconds that a slow disk may take."""


@contextmanager
def writes_its_draft(till: Till) -> Iterator[None]:
    """One thing is done to the open sale; after it, it is on the disk."""
    before, deadline = till.page.evaluate(WRITTEN), time.monotonic() + PATIENCE
    yield
    while till.page.evaluate(WRITTEN) == before:
        assert time.monotonic() < deadline, "the open sale was not written down"
        time.sleep(0.05)
