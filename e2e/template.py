"""A store and a register that are ready for offline, made once and copied for each file of tests.

Enrolling, downloading and filling a demo store are tested where they are the story; elsewhere they only take time.
"""

import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserType

from e2e.store import Store
from e2e.till import Till

RUNNING = shutil.ignore_patterns("Singleton*")
"""What a browser leaves of itself that is about the process, not about the profile."""
COMPILED = Path("Default", "Code Cache", "wasm")
"""Where a browser keeps what it made of Pyodide, so that it need not make it again."""
QUIET, AT_MOST = 3.0, 20.0
"""Seconds without anything new there after which it is all there; and seconds after which we go on without."""


@dataclass(frozen=True)
class Template:
    """Copies keep the port: what a browser stores belongs to an address."""

    data: Path
    profile: Path
    port: int

    @classmethod
    def made(cls, chromium: BrowserType, place: Path, *, headed: bool) -> "Template":
        """Let a demo store and a register in a new browser profile become ready, and close both."""
        store = Store(data=place / "data").opens()
        till = Till(chromium, place / "profile", store.address, headed=headed).opens()
        till.becomes_ready_for_offline()
        till.closes()
        till.opens().signs_in()  # once more: what a page compiled on its first visit is not kept for good
        _has_compiled(till.profile)
        till.closes()
        store.closes()
        return cls(store.data, till.profile, store.port)

    def store(self, place: Path) -> Store:
        """Another store like it; only one of them can be open at a time."""
        return Store(data=shutil.copytree(self.data, place / "data"), port=self.port)

    def till(self, chromium: BrowserType, place: Path, *, headed: bool) -> Till:
        """The register that belongs to such a store, signed in again and ready."""
        profile = shutil.copytree(self.profile, place / "profile", ignore=RUNNING)
        till = Till(chromium, profile, f"http://localhost:{self.port}", headed=headed).opens()
        till.signs_in()
        till.is_ready_for_offline()
        till.is_online()  # until it has heard from the OMS, what exists only online is closed
        till.goes_to("Sell")
        return till


def _has_compiled(profile: Path) -> None:
    """Wait until the browser has put away compiled code: with it a start takes half of the work, and so does a sale."""
    began = changed = time.monotonic()
    kept: list[tuple[str, int]] = []
    while (now := time.monotonic()) < min(changed + QUIET, began + AT_MOST):
        found = list(_sizes(profile / COMPILED))
        kept, changed = found, changed if found == kept else now
        time.sleep(0.1)


def _sizes(folder: Path) -> Iterator[tuple[str, int]]:
    """Files by name; one may go away while they are counted."""
    for file in sorted(folder.glob("*_0")):
        with suppress(FileNotFoundError):
            yield file.name, file.stat().st_size
