"""The programs that the tests need beside Python: a Chromium, a screen with hands to type with, and PostgreSQL."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DEBIAN_S_POSTGRESQL = Path("/usr/lib/postgresql")
SCREEN = {"Xvfb": "xvfb", "openbox": "openbox", "xdotool": "xdotool"}  # program → Debian's package


def chromium() -> str | None:
    """The browser for the tests: the one that is named, one that is there, Playwright's own, or the system's."""
    named = os.environ.get("STORE_OS_CHROMIUM")
    if named:
        return named if works(named) else None
    return next((found for name in BROWSERS if (found := shutil.which(name)) and works(found)), None) or fetched()


def fetched() -> str | None:
    """A browser that was not there before."""
    print("Fetching Chromium …", flush=True)
    deps = ["--with-deps"] if can_install() else []
    subprocess.run([sys.executable, "-m", "playwright", "install", *deps, "chromium"], capture_output=True, check=False)
    own = playwright_chromium()
    if own and works(own):
        return own
    apt_install(["chromium"])
    found = shutil.which("chromium")
    return found if found and works(found) else None


def playwright_chromium() -> str | None:
    """Where Playwright keeps its Chromium, if it has one."""
    ask = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    said = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=False).stdout.strip()
    return said if said and Path(said).exists() else None


def works(executable: str) -> bool:
    """Whether it starts at all: some systems install a note in the place of a browser."""
    try:
        return subprocess.run([executable, "--version"], capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def set_up_screen() -> None:
    """Xvfb and its helpers where they can be installed; the tests that need them say so where they cannot."""
    missing = [package for program, package in SCREEN.items() if not shutil.which(program)]
    if missing:
        apt_install(missing)


def set_up_database() -> None:
    """PostgreSQL where it can be installed; the tests that need it say so where it cannot."""
    if database_program("initdb") is None:
        apt_install(["postgresql"])


def database_program(name: str) -> str | None:
    """A program of PostgreSQL: where Debian puts it, the newest, or on the path."""
    there = sorted(DEBIAN_S_POSTGRESQL.glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3]))
    return str(there[-1]) if there else shutil.which(name)


def can_install() -> bool:
    """Whether this is root on a system with apt."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt_install(packages: list[str]) -> None:
    """Debian packages, where this is allowed."""
    if not can_install():
        return
    print(f"Installing {', '.join(packages)} …", flush=True)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        subprocess.run(["/usr/bin/apt-get", *command], env=env, capture_output=True, check=False)
