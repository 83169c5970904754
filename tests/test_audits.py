"""The audits never say "nothing is known" where nobody was asked."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests import audits
from tests.audits import judged_npm, judged_python
from tests.outcomes import Outcome

PIP_AWAY = Outcome(not_here=("pip-audit: the service that knows of weaknesses could not be asked",))
NPM_AWAY = Outcome(not_here=("npm audit: the service that knows of weaknesses could not be asked",))
ROOT = Path(__file__).parents[1]
CLEAN = {"name": "a", "version": "1", "vulns": []}
WEAK = {"name": "b", "version": "1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2"]}]}
UNKNOWN = {"name": "c", "skip_reason": "Dependency not found"}


@pytest.mark.parametrize(
    ("report", "outcome"),
    [
        (None, PIP_AWAY),
        ({"dependencies": []}, PIP_AWAY),
        ({"dependencies": [UNKNOWN]}, PIP_AWAY),
        ({"dependencies": [CLEAN]}, Outcome(passed=1)),
        ({"dependencies": [CLEAN, UNKNOWN]}, Outcome(passed=1, not_here=("pip-audit: nothing is known of c",))),
        ({"dependencies": [CLEAN, WEAK]}, Outcome(failed=("pip-audit: b PYSEC-1",))),
    ],
)
def test_python_packages_are_judged_by_what_was_looked_up(report: Any, outcome: Outcome) -> None:
    """Behind a mirror pip-audit finds no package, and calls that no weakness: green would be a lie."""
    assert outcome == judged_python(report)


@pytest.mark.parametrize(
    ("report", "outcome"),
    [
        (None, NPM_AWAY),
        ({"message": "405 Method Not Allowed"}, NPM_AWAY),
        ({"vulnerabilities": {}}, Outcome(passed=1)),
        (
            {"vulnerabilities": {"x": {"via": [{"source": 7}]}, "y": {"via": ["x"]}}},
            Outcome(failed=("npm audit: x 7",)),
        ),
    ],
)
def test_npm_packages_are_judged_by_what_was_looked_up(report: Any, outcome: Outcome) -> None:
    """A registry without the service answers, too, with an error."""
    assert outcome == judged_npm(report)


def test_a_weakness_that_was_read_and_is_none_for_us_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    """With its reason beside it."""
    monkeypatch.setitem(audits.ACCEPTED, "PYSEC-1", "we do not call it")

    assert Outcome(passed=1) == judged_python({"dependencies": [WEAK]})


def test_every_lock_is_looked_through(monkeypatch: pytest.MonkeyPatch) -> None:
    """What runs in each till comes from another lock than the server: a weakness there must not pass unseen."""
    audited = list[str]()

    def notes(name: str, words: list[str], root: Path) -> None:
        requirements = [word.partition("=")[2] for word in words if word.startswith("--requirement=")]
        audited.extend(str((root / lock).relative_to(ROOT)) for lock in requirements or ["package-lock.json"])

    monkeypatch.setattr(audits, "asked", notes)
    monkeypatch.setattr("shutil.which", lambda *_, **__: "npm")
    audits.python_packages(ROOT)
    audits.npm_packages(ROOT)

    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    locks = {name for name in tracked if name.endswith((".lock", "package-lock.json"))}
    assert locks == set(audited)
