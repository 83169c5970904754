"""Runs every check of the project and sums them up in one last line."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

from e2e import machine
from tests.audits import audits
from tests.outcomes import Outcome, command, heading, judged

ON_EVERY_CORE = ("--numprocesses=auto", "--dist=loadfile")
"""The tests of a file share what it sets up, so a file stays on one core. The browser's tests run one at a time."""


def run_checks(root: Path, *, fast: bool, build: Callable[[], object]) -> int:
    """Lint, types, known weaknesses, unit tests, build, end-to-end tests; 0 when nothing failed."""
    python = [sys.executable, "-m"]
    machine.set_up_database()
    outcome = (
        command("lint", [*python, "ruff", "check"], root)
        + command("format", [*python, "ruff", "format", "--check"], root)
        + command("types", [*python, "mypy"], root)
        + audits(root)
        + pytest("unit tests", root / "tests", root, *ON_EVERY_CORE)
        + building(build)
    )
    outcome += Outcome(not_here=("end-to-end tests: left out by --fast",)) if fast else end_to_end(root)
    print(summary(outcome))
    return 1 if outcome.failed else 0


def building(build: Callable[[], object]) -> Outcome:
    """The build, as a check."""
    heading("build")
    try:
        build()
    except Exception as error:  # noqa: BLE001 - whatever it is, the tests that follow and the last line are still wanted
        print(error)
        return judged("build", ok=False)
    return judged("build", ok=True)


def end_to_end(root: Path) -> Outcome:
    """The browser's tests, with the browser that they need."""
    browser = machine.chromium()
    if browser is None:
        print("No Chromium could be found or fetched: name one in STORE_OS_CHROMIUM.")
        return Outcome(failed=("end-to-end tests: no Chromium",))
    machine.set_up_screen()
    return pytest("end-to-end tests", root / "e2e", root, STORE_OS_CHROMIUM=browser)


def pytest(name: str, folder: Path, root: Path, *options: str, **environment: str) -> Outcome:
    """A folder of tests."""
    heading(name)
    report = root / ".build" / f"{folder.name}.xml"
    report.unlink(missing_ok=True)
    words = [sys.executable, "-m", "pytest", "-q", str(folder), f"--junitxml={report}", *options]
    code = subprocess.run(words, cwd=root, env={**os.environ, **environment}, check=False).returncode
    outcome = read_report(report) if report.exists() else Outcome()
    # A run can fail with every test passed (a warning while it collects, a crash): that must not look green.
    return outcome + judged(name, ok=False) if code and not outcome.failed else outcome


def read_report(report: Path) -> Outcome:
    """What a JUnit report says, test by test."""
    outcome = Outcome()
    for case in ElementTree.parse(report).iter("testcase"):  # noqa: S314 - our own file
        name = f"{case.get('classname')}::{case.get('name')}"
        skipped = case.find("skipped")
        if skipped is not None:
            outcome += Outcome(not_here=(f"{name}: {skipped.get('message')}",))
        else:
            outcome += judged(name, ok=case.find("failure") is None and case.find("error") is None)
    return outcome


def summary(outcome: Outcome) -> str:
    """What did not run, what failed, and the last line that people and machines look for."""
    lines = [""]
    for title, names in (("Could not run here:", outcome.not_here), ("Failed:", outcome.failed)):
        lines += [title, *(f"  {name}" for name in names), ""] if names else []
    counts = f"{outcome.passed} passed, {len(outcome.failed)} failed"
    return "\n".join([*lines, f"{counts}, {len(outcome.not_here)} skipped" if outcome.not_here else counts])
