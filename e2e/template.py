"""A store and a register that are ready for offline, made once and copied for each file of tests.

Enrolling, downloading and filling a demo store are tested where they are the story; elsewhere they only take time.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserType

from e2e.store import Store
from e2e.till import Till

RUNNING = shutil.ignore_patterns("Singleton*")
"""What a browser leaves of itself that is about the process, not about the profile."""


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
