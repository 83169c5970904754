"""Which Chromium the tests use, and how it is started: one that is there, or Playwright's own."""

import os
import shutil
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
)


def chromium_path() -> str | None:
    """Return the browser named in STORE_OS_CHROMIUM or found on the machine; None means Playwright's own."""
    named = os.environ.get("STORE_OS_CHROMIUM")
    return named or next((path for name in NAMES if (path := shutil.which(name))), None)


def launch_options(*, headed: bool, environment: dict[str, str] | None = None) -> dict[str, Any]:
    """Return the options of a launch; root may only run Chromium without its sandbox."""
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    arguments = [*QUIET, *(["--no-sandbox"] if as_root else [])]
    return {"headless": not headed, "executable_path": chromium_path(), "args": arguments, "env": environment}
