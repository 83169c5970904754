"""Stores, lines and tills for the tests of one file; on failure a trace and a picture are left behind."""

from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserType, expect

from e2e.browser import launch_options
from e2e.evidence import kept
from e2e.line import Line
from e2e.store import Store
from e2e.template import Template
from e2e.till import Till

TillMaker = Callable[..., Till]
expect.set_options(timeout=15_000)
"""Milliseconds that a busy machine may take to show what was asked for: a bound for failures, never a pause."""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Let the tests that want a plain browser start the same one as the tills."""
    return {**browser_type_launch_args, **launch_options(headed=not browser_type_launch_args.get("headless", True))}


@pytest.fixture(scope="session")
def template(
    browser_type: BrowserType, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Template:
    """A store and a register that have become ready for offline, to be copied."""
    return Template.made(browser_type, tmp_path_factory.mktemp("template"), headed=_headed(request))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Store]:
    """A demo store whose server runs, shared by the tests of a file; where they have a warm till, it is its store."""
    place = tmp_path_factory.mktemp("store")
    warm = any("warm_till" in getattr(item, "fixturenames", ()) for item in _tests_of_file(request))
    opened = (request.getfixturevalue("template").store(place) if warm else Store(data=place / "data")).opens()
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
    warm_till.shows_banner("none")


@pytest.fixture
def new_till(browser_type: BrowserType, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[TillMaker]:
    """Make tills with new profiles; all are closed at the end."""
    made = request.node.stash.setdefault(MADE, [])

    def make(address: str, profile: Path | None = None, *, real_folder: bool = False) -> Till:
        folder = profile or tmp_path / f"profile-{len(made)}"
        till = Till(browser_type, folder, address, headed=_headed(request) or real_folder, real_folder=real_folder)
        made.append(till)
        return till

    yield make
    for till in made:
        till.closes()


@pytest.fixture(scope="module")
def warm_till(
    browser_type: BrowserType,
    store: Store,
    template: Template,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> Iterator[Till]:
    """A till that is enrolled, signed in and ready for offline; shared by the tests of a file."""
    till = template.till(browser_type, tmp_path_factory.mktemp("warm"), headed=_headed(request))
    yield till
    till.closes()


@pytest.fixture
def good_line(line: Line) -> Iterator[None]:
    """Whatever a test did to the line, the next one finds it good."""
    yield
    line.works()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what drives a browser; the rounds of faults begin first, or one process waits for the other's at the end."""
    for item in items:
        if "playwright" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
    items.sort(key=lambda item: not item.path.name.startswith(LONGEST))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let a test that failed print what its tills said, and keep their pictures."""
    report = yield
    if report.failed and report.when != "teardown":
        given = [each for each in getattr(item, "funcargs", {}).values() if isinstance(each, Till)]
        for number, till in enumerate([*given, *item.stash.get(MADE, [])]):
            report.sections.append((f"till {number}", kept(till, item.nodeid, number)))
    return report


LONGEST = "test_torture"
"""How the files begin whose few tests take longest."""
MADE = pytest.StashKey[list[Till]]()
"""The tills that a test has made, for its evidence."""


def _tests_of_file(request: pytest.FixtureRequest) -> list[pytest.Item]:
    return [item for item in request.session.items if item.path == request.path]


def _headed(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--headed"))
