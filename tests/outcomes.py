"""What comes of a check."""

import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one step: how many passed, which failed, and which could not run here and why."""

    passed: int = 0
    failed: tuple[str, ...] = ()
    not_here: tuple[str, ...] = ()

    def __add__(self, other: "Outcome") -> "Outcome":
        return Outcome(self.passed + other.passed, self.failed + other.failed, self.not_here + other.not_here)


def command(name: str, words: list[str], root: Path) -> Outcome:
    """A check that passes or fails as a whole."""
    heading(name)
    return judged(name, ok=subprocess.run(words, cwd=root, check=False).returncode == 0)


def judged(name: str, *, ok: bool) -> Outcome:
    """One check, passed or failed."""
    return Outcome(passed=1) if ok else Outcome(failed=(name,))


def heading(name: str) -> None:
    """Say which check begins."""
    print(f"\n── {name}", flush=True)
