"""What the locks promise: the same versions everywhere, every file checked, and no registry named."""

import json
import re
import tomllib
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name

from app import VERSION
from server.dist.packages import COMPILED, DISTRIBUTIONS

ROOT = Path(__file__).parents[1]
LOCKS = sorted(ROOT.glob("requirements*.lock"))
PACKAGE_LOCKS = [ROOT / "package-lock.json", ROOT / "bench" / "package-lock.json"]
every_lock = pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)


def pins(lock: Path) -> dict[str, str]:
    """Each package of a lock with its version."""
    return dict(re.findall(r"^([\w.-]+)==([^\s;]+)", lock.read_text(), re.MULTILINE))


def hashes(lock: Path, package: str) -> set[str]:
    """The hashes that a lock accepts for a package."""
    block = re.search(rf"^{package}==.*\n(?:    --hash.*\n?)+", lock.read_text(), re.MULTILINE)
    return set(re.findall(r"sha256:(\w{64})", block[0] if block else ""))


@every_lock
def test_every_package_is_checked_against_a_hash(lock: Path) -> None:
    """A package that was changed on its way must not get near a till."""
    assert {} == {name: version for name, version in pins(lock).items() if not hashes(lock, re.escape(name))}


@pytest.mark.parametrize("lock", [*LOCKS, *PACKAGE_LOCKS], ids=lambda lock: lock.relative_to(ROOT).as_posix())
def test_a_lock_names_no_registry(lock: Path) -> None:
    """Where packages come from is a matter of the machine, its mirror or its proxy, not of the project."""
    source = re.compile(r"--(?:extra-)?index-url|--find-links|\"resolved\"|registry\.\w+|files\.\w+\.org")

    assert [] == source.findall(lock.read_text())


def test_browser_and_server_run_the_same_core() -> None:
    """pydantic refuses a core of another version, and the two sides have to agree on what is valid."""
    server, browser = ROOT / "requirements.lock", ROOT / "requirements-browser.lock"

    assert pins(browser) == {name: pins(server)[name] for name in pins(browser)}
    assert hashes(browser, "pydantic-core") <= hashes(server, "pydantic-core")


def test_tests_run_what_the_store_runs() -> None:
    """A test that passes with another version shows nothing about the store."""
    store, tests = pins(ROOT / "requirements.lock"), pins(ROOT / "requirements-test.lock")

    assert store == {name: version for name, version in tests.items() if name in store}


def test_the_browser_gets_all_that_its_packages_need() -> None:
    """A dependency that is missing shows itself as an ImportError, first seen in a shop."""
    group = tomllib.loads((ROOT / "pyproject.toml").read_text())["dependency-groups"]["browser"]
    waiting = {canonicalize_name(Requirement(line).name) for line in group}
    needed: set[NormalizedName] = set()
    while waiting:
        needed.add(name := waiting.pop())
        waiting |= needs_in_browser(name) - needed

    assert needed == {*DISTRIBUTIONS, canonicalize_name(COMPILED)}


def needs_in_browser(name: NormalizedName) -> set[NormalizedName]:
    """What a package needs where it runs in Pyodide."""
    browser = {"extra": "", "sys_platform": "emscripten", "python_version": "3.14"}
    lines = [Requirement(line) for line in requires(name) or ()]
    return {canonicalize_name(line.name) for line in lines if not line.marker or line.marker.evaluate(browser)}


def test_the_version_is_told_once() -> None:
    """A register that reports another version than the one in the changelog sends support on the wrong track."""
    told = {
        tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"],
        json.loads((ROOT / "package.json").read_text())["version"],
        json.loads((ROOT / "package-lock.json").read_text())["version"],
    }

    assert {VERSION} == told
