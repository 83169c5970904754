"""Stores, lines and tills for the tests of one file; on failure a trace and a picture are left behind."""

from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserType, expect

from e2e.browser import launch_options
from e2e.line import Line
from e2e.store import Store
from e2e.till import Till

TillMaker = Callable[..., Till]
expect.set_options(timeout=15_000)
"""Milliseconds that a busy machine may take to show what was asked for: a bound for failures, never a pause."""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Let the tests that want a plain browser start the same one as the tills."""
    return {**browser_type_launch_args, **launch_options(headed=not browser_type_launch_args.get("headless", True))}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A demo store whose server runs; shared by the tests of a file."""
    opened = Store(data=tmp_path_factory.mktemp("store") / "data").opens()
    yield opened
    opened.closes()


@pytest.fixture(scope="module")
def line(store: Store) -> Iterator[Line]:
    """The line to the store, good until a test makes it bad."""
    laid = Line(store)
    yield laid
    laid.closes()


@pytest.fixture
def server_is_back(store: Store, warm_till: Till) -> Iterator[None]:
    """After a test that lost the server: it is there again, and the till knows."""
    yield
    if store.process is None:
        store.opens()
    warm_till.shows_banner("none", within=30_000)


@pytest.fixture
def new_till(browser_type: BrowserType, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[TillMaker]:
    """Make tills with new profiles; all are closed at the end."""
    made: list[Till] = []

    def make(address: str, profile: Path | None = None, *, real_folder: bool = False) -> Till:
        folder = profile or tmp_path / f"profile-{len(made)}"
        till = Till(browser_type, folder, address, headed=_headed(request) or real_folder, real_folder=real_folder)
        made.append(till)
        return till

    yield make
    for number, till in enumerate(made):
        if request.node.stash.get(FAILED, False):
            till.leaves_evidence(request.node.nodeid, number)
        till.closes()


@pytest.fixture(scope="module")
def warm_till(
    browser_type: BrowserType, store: Store, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Till]:
    """A till that is enrolled, signed in and ready for offline; shared by the tests of a file."""
    profile = tmp_path_factory.mktemp("profile")
    till = Till(browser_type, profile, store.address, headed=_headed(request)).opens()
    till.becomes_ready_for_offline()
    yield till
    till.closes()


@pytest.fixture
def good_line(line: Line) -> Iterator[None]:
    """Whatever a test did to the line, the next one finds it good."""
    yield
    line.works()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Note on the test how it went, for the pictures."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
        for till in getattr(item, "funcargs", {}).values():
            if report.failed and isinstance(till, Till):
                till.leaves_evidence(item.nodeid)
    return report


FAILED = pytest.StashKey[bool]()


def _headed(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--headed"))
