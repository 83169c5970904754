"""Looks for known weaknesses: in our own code (bandit), in the Python packages (pip-audit), in the npm packages.

Who cannot be asked, because the network is away or has no such service, is named among what could not run here.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.outcomes import Outcome, command, heading

SECONDS = 60
ACCEPTED: dict[str, str] = {}
"""Reports that were read and do not concern us: the id, and why."""
PYTHON_LOCKS, NPM_LOCKS = ("requirements*.lock",), ("package-lock.json", "*/package-lock.json")
"""Server, browser, tests and tools; the page, and what it is compared with."""
PYTHON_PACKAGES = ("--disable-pip", "--require-hashes", "--format=json", "--progress-spinner=off", "--timeout=5")


def audits(root: Path) -> Outcome:
    """All three."""
    bandit = [sys.executable, "-m", "bandit", "--quiet", "--configfile", "pyproject.toml", "--recursive"]
    return command("bandit", [*bandit, "app", "server", "build.py"], root) + python_packages(root) + npm_packages(root)


def python_packages(root: Path) -> Outcome:
    """What the server, the register in the browser, the tests and the tools are made of, by their locks."""
    locks = [f"--requirement={lock.name}" for lock in locks_in(root, PYTHON_LOCKS)]
    return judged_python(asked("pip-audit", [sys.executable, "-m", "pip_audit", *PYTHON_PACKAGES, *locks], root))


def npm_packages(root: Path) -> Outcome:
    """What the browser's runtime is made of, and what the bench measures it against, by their locks."""
    here = os.pathsep.join([os.environ.get("PATH", ""), str(Path(sys.executable).parent)])
    npm = shutil.which("npm", path=here)
    if npm is None:
        return Outcome(not_here=("npm audit: there is no npm",))
    outcome = Outcome()
    for lock in locks_in(root, NPM_LOCKS):
        name = f"npm audit, {lock.relative_to(root)}"
        outcome += judged_npm(asked(name, [npm, "audit", "--json", "--package-lock-only"], lock.parent), name)
    return outcome


def locks_in(root: Path, patterns: Iterable[str]) -> list[Path]:
    """The locks of a kind: one that is added later is looked through, too."""
    return sorted(lock for pattern in patterns for lock in root.glob(pattern))


def asked(name: str, words: list[str], root: Path) -> Any:
    """The report of an auditor; nothing where there is none."""
    heading(name)
    try:
        done = subprocess.run(words, cwd=root, capture_output=True, text=True, timeout=SECONDS, check=False)
        return json.loads(done.stdout)
    except (subprocess.TimeoutExpired, OSError, ValueError):
        return None


def judged_python(report: Any) -> Outcome:
    """Passed is only what was looked up; packages that nobody knew anything about are named."""
    packages = report.get("dependencies", []) if isinstance(report, dict) else []
    known = [each for each in packages if "skip_reason" not in each]
    if not known:
        return Outcome(not_here=("pip-audit: the service that knows of weaknesses could not be asked",))
    found = [(each["name"], weakness["id"]) for each in known for weakness in each["vulns"]]
    left = [each["name"] for each in packages if "skip_reason" in each]
    unknown = (f"pip-audit: nothing is known of {', '.join(left)}",) if left else ()
    return _outcome("pip-audit", found) + Outcome(not_here=unknown)


def judged_npm(report: Any, name: str = "npm audit") -> Outcome:
    """Passed is only a report that lists what it looked for."""
    weak = report.get("vulnerabilities") if isinstance(report, dict) else None
    if not isinstance(weak, dict):
        return Outcome(not_here=(f"{name}: the service that knows of weaknesses could not be asked",))
    found = [(it, str(via["source"])) for it, each in weak.items() for via in each["via"] if isinstance(via, dict)]
    return _outcome(name, found)


def _outcome(name: str, found: list[tuple[str, str]]) -> Outcome:
    bad = tuple(f"{name}: {package} {weakness}" for package, weakness in found if weakness not in ACCEPTED)
    print("\n".join(bad) if bad else "Nothing is known.")
    return Outcome(failed=bad) if bad else Outcome(passed=1)
