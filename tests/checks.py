"""Runs every check of the project and sums them up in one last line.

A test in a browser waits most of the time, for what a screen shows: two browsers run at once, and beside them, on what
they leave of the cores, everything that needs none.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from e2e import machine
from tests.audits import audits
from tests.outcomes import Outcome, command, heading, judged
from tests.suites import Suite

POLITE = 5
"""What runs beside the browsers leaves them what they need."""
BROWSERS = 2
"""At once; more of them wait for each other on a machine with two cores."""
ONE_TIER = "--js-flags=--liftoff-only"
"""The browser compiles WebAssembly once and makes no better code of it: a test ends before that has paid for itself.
It is a sixth of the processor's time. `build.py torture`, `bench` and tests by hand have the browser as it is."""
BY_FILE = ("--dist=loadfile", "--no-loadscope-reorder")
"""The tests of a file share what it sets up, so a file stays with one process; files come in their order."""


def run_checks(root: Path, *, fast: bool, build: Callable[[], object]) -> int:
    """Build, lint, types, known weaknesses, unit tests, end-to-end tests; 0 when nothing failed."""
    machine.set_up_database()
    outcome = building(build)
    if fast:
        outcome += read(root) + unit_tests(root, cores()).runs()
        outcome += Outcome(not_here=("end-to-end tests: left out by --fast",))
    else:
        outcome += with_browser(root)
    print(summary(outcome))
    return 1 if outcome.failed else 0


def with_browser(root: Path) -> Outcome:
    """Everything else while the browsers' tests run; what they said comes after it."""
    browser = machine.chromium()
    if browser is None:
        print("No Chromium could be found or fetched: name one in STORE_OS_CHROMIUM.")
        return beside(root) + Outcome(failed=("end-to-end tests: no Chromium",))
    machine.set_up_screen()
    at_once = min(BROWSERS, cores())
    told = {"STORE_OS_CHROMIUM": browser, "STORE_OS_BROWSER_ARGUMENTS": ONE_TIER}
    within = end_to_end("end-to-end tests in a browser", root, at_once, "browser", **told)
    with within.begun() as begun:
        if hasattr(os, "nice"):
            os.nice(POLITE)
        return beside(root) + begun.outcome()


def beside(root: Path) -> Outcome:
    """All that needs no browser."""
    without = end_to_end("end-to-end tests without a browser", root, cores(), "not browser")
    return read(root) + unit_tests(root, cores()).runs() + without.runs()


def read(root: Path) -> Outcome:
    """What can be said of the code without running it."""
    python = [sys.executable, "-m"]
    return (
        command("lint", [*python, "ruff", "check"], root)
        + command("format", [*python, "ruff", "format", "--check"], root)
        + command("types", [*python, "mypy"], root)
        + audits(root)
    )


def cores() -> int:
    """So many this machine has."""
    return os.cpu_count() or 1


def unit_tests(root: Path, processes: int) -> Suite:
    """The tests that drive nothing but Python."""
    return Suite("unit tests", root, "tests", (f"--numprocesses={processes}", *BY_FILE))


def end_to_end(name: str, root: Path, processes: int, which: str, **environment: str) -> Suite:
    """The end-to-end tests with a marker or without it."""
    return Suite(name, root, "e2e", ("-m", which, f"--numprocesses={processes}", *BY_FILE), environment)


def building(build: Callable[[], object]) -> Outcome:
    """The build, as a check."""
    heading("build")
    try:
        build()
    except Exception as error:  # noqa: BLE001 - whatever it is, the tests that follow and the last line are still wanted
        print(error)
        return judged("build", ok=False)
    return judged("build", ok=True)


def summary(outcome: Outcome) -> str:
    """What did not run, what failed, and the last line that people and machines look for."""
    lines = [""]
    for title, names in (("Could not run here:", outcome.not_here), ("Failed:", outcome.failed)):
        lines += [title, *(f"  {name}" for name in names), ""] if names else []
    counts = f"{outcome.passed} passed, {len(outcome.failed)} failed"
    return "\n".join([*lines, f"{counts}, {len(outcome.not_here)} skipped" if outcome.not_here else counts])
