"""The programs that the tests need beside Python: found, checked, and missed aloud."""

import os
import subprocess
from pathlib import Path

import pytest

from e2e import machine
from tests import checks
from tests.outcomes import Outcome


def program(folder: Path, name: str, code: int) -> str:
    """A program that does nothing but end with a code."""
    path = folder / name
    path.write_text(f"#!/bin/sh\nexit {code}\n")
    path.chmod(0o755)
    return str(path)


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine whose only programs are those that a test puts into this folder, and that gets no others."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("STORE_OS_CHROMIUM", raising=False)
    monkeypatch.setattr(machine, "fetched", lambda: None)
    return tmp_path


def test_the_browser_that_is_there_is_used(bare: Path) -> None:
    """Hundreds of megabytes need not be fetched where a browser is installed already."""
    there = program(bare, "google-chrome", 0)

    assert there == machine.chromium()


def test_a_browser_that_does_not_start_is_passed_over(bare: Path) -> None:
    """Some systems put a note where the browser should be; every test would fail with a riddle."""
    program(bare, "chromium", 1)
    there = program(bare, "google-chrome", 0)

    assert there == machine.chromium()


def test_the_named_browser_comes_first(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who tries another browser has to be sure that it is the one that ran."""
    program(bare, "chromium", 0)
    monkeypatch.setenv("STORE_OS_CHROMIUM", program(bare, "mine", 0))

    assert str(bare / "mine") == machine.chromium()


def test_a_named_browser_that_does_not_start_is_not_replaced(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests that silently ran in another browser would show nothing about the one that was asked for."""
    program(bare, "chromium", 0)
    monkeypatch.setenv("STORE_OS_CHROMIUM", str(bare / "not-there"))

    assert machine.chromium() is None


def test_without_a_browser_the_run_fails(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A green line without one test in a browser would be a lie; what needs none is still wanted."""
    monkeypatch.setattr(checks, "beside", lambda _root: Outcome(passed=7))

    assert Outcome(passed=7, failed=("end-to-end tests: no Chromium",)) == checks.with_browser(bare)


def test_nothing_is_installed_without_the_right_to(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A test run asks for no password and changes nothing on a machine that belongs to someone else."""
    started: list[object] = []
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(subprocess, "run", lambda *args, **_options: started.append(args))

    monkeypatch.setattr(machine, "DEBIAN_S_POSTGRESQL", bare)

    machine.set_up_screen()
    machine.set_up_database()

    assert [] == started
