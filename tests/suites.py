"""Runs a folder of tests by pytest: now, or beside other work."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

from tests.outcomes import Outcome, heading, judged

LOOK_AGAIN = 0.2
"""Seconds between two looks at what somebody else writes."""


@dataclass(frozen=True, slots=True)
class Suite:
    """Tests of a folder, by the name that stands above them."""

    name: str
    root: Path
    folder: str
    options: tuple[str, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def file(self) -> str:
        """Its name as a file, without an ending."""
        return str(self.root / ".build" / re.sub(r"\W+", "-", self.name))

    def runs(self) -> Outcome:
        """Run it, and say on the screen what it says."""
        heading(self.name)
        return self.judged(self._starts(None).wait())

    @contextmanager
    def begun(self) -> Iterator["Begun"]:
        """Run it beside what the caller does; it does not outlive that."""
        with Path(f"{self.file}.log").open("w") as said:
            process = self._starts(said)
        try:
            yield Begun(self, process)
        finally:
            process.terminate()
            process.wait()

    def _starts(self, out: IO[str] | None) -> "subprocess.Popen[bytes]":
        Path(f"{self.file}.xml").unlink(missing_ok=True)
        words = [sys.executable, "-m", "pytest", "-q", self.folder, f"--junitxml={self.file}.xml", *self.options]
        return subprocess.Popen(
            words, cwd=self.root, env={**os.environ, **self.environment}, stdout=out, stderr=out and subprocess.STDOUT
        )

    def judged(self, code: int) -> Outcome:
        """What came of it, test by test."""
        report = Path(f"{self.file}.xml")
        outcome = read_report(report) if report.exists() else Outcome()
        # A run can fail with every test passed (a warning while it collects, a crash): that must not look green.
        return outcome + judged(self.name, ok=False) if code and not outcome.failed else outcome


@dataclass(frozen=True, slots=True)
class Begun:
    """A suite that runs."""

    suite: Suite
    process: "subprocess.Popen[bytes]"

    def outcome(self) -> Outcome:
        """Say what it has said so far, and what it says until it ends."""
        heading(self.suite.name)
        # What is written so far may end within a character.
        with Path(f"{self.suite.file}.log").open(errors="replace") as said:
            over = False
            while not over:
                over = self.process.poll() is not None
                print(said.read(), end="", flush=True)
                time.sleep(0 if over else LOOK_AGAIN)
        return self.suite.judged(self.process.returncode)


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
