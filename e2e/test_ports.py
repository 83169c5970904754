"""The real adapters in a real browser keep the same promises as the fakes, and what only a browser can prove."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserType, Playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from app.sync.checkpoint import END
from app.sync.entry import parse
from app.sync.settled import Judged
from e2e.browser import launch_options
from e2e.store import START_SECONDS, Store
from e2e.worker import Worker
from tests.contracts import courier_ports, till_ports

CHECKS = [*(check.__name__ for check in till_ports.CONTRACT), *(check.__name__ for check in courier_ports.CONTRACT)]
ROOM = 3_000_000
"""Bytes that a browser without room still has."""


@pytest.fixture(scope="module")
def chromium(browser_type: BrowserType) -> Iterator[Browser]:
    """One browser for this file."""
    browser = browser_type.launch(**launch_options(headed=False))
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def worker(chromium: Browser, store: Store) -> Worker:
    """One worker for this file; each check empties the profile before it begins."""
    return Worker(chromium.new_context(service_workers="block"), store.address)


@pytest.mark.parametrize("check", CHECKS)
def test_the_adapters_keep_the_contract(check: str, worker: Worker) -> None:
    """Every test on a fake is worth as much as this one: that the browser behaves like the fake."""
    assert worker.asks("keeps", check) is None


def test_a_folder_that_goes_away_is_a_value(worker: Worker) -> None:
    """Somebody empties the disk while a customer pays: that is a state of the register, not a crash."""
    assert ["Written", "FolderFailed", "lost"] == worker.asks("loses_its_folder")


def test_what_the_browser_promises_is_known(worker: Worker) -> None:
    """A person can only be warned of a browser that may throw sales away if we ask it."""
    persisted, free, used = worker.asks("room")

    assert persisted in (True, False)
    assert free > 0
    assert used >= 0


def test_a_worker_that_does_not_answer_fails_its_test_soon(worker: Worker) -> None:
    """A hang inside a browser must be a sentence that names it, and not a run that never ends."""
    with pytest.raises(AssertionError, match='has not answered "hangs" in 0.2 seconds'):
        worker.asks("hangs", seconds=0.2)

    assert worker.asks("room")


def test_a_full_disk_is_a_value_and_writes_nothing(chromium: Browser, store: Store) -> None:
    """The cashier must hear of it, and nothing half-written may stay; the courier lives on, and sends what waits."""
    context = chromium.new_context(service_workers="block")
    disk = context.new_cdp_session(context.new_page())
    # Before the first write: the browser remembers for a while how much room there was.
    disk.send("Storage.overrideQuotaForOrigin", {"origin": store.address, "quotaSize": ROOM})
    worker = Worker(context, store.address)

    assert ["NoRoom", "NoRoom", "False", "0", "['judged']", "0", "(8,)"] == worker.asks("writes_when_full", 2 * ROOM)

    judged = Judged(open=((1, 8), (10, END)), booked_to=9, many=1, down={}).model_dump_json()
    assert ["['e']", "['f']", judged] == worker.asks("keeps_what_had_no_room", 2 * ROOM)


@pytest.mark.parametrize("epoch", ["", "of another life"], ids=["never", "before a restore"])
def test_verdicts_that_nobody_has_summed_up_are_summed_up_at_a_start(worker: Worker, epoch: str) -> None:
    """A browser of an earlier release has thousands of them, and what is in doubt lies sealed in one."""
    assert [Judged(open=((4, END),), booked_to=3, doubted=2, many=3, down={}).model_dump_json()] == worker.asks(
        "sums_up_what_another_wrote", epoch
    )


NOTED = """
    () => {
        const begin = IDBDatabase.prototype.transaction;
        self.noted = [];
        IDBDatabase.prototype.transaction = function (...values) {
            const work = begin.apply(this, values);
            if (work.mode === "readwrite") self.noted.push([[...work.objectStoreNames].join(" "), work.durability]);
            return work;
        };
    }
"""
"""Notes what each transaction that writes asks of the disk."""


def test_what_nobody_can_fetch_again_is_on_the_disk_before_it_counts_as_written(worker: Worker) -> None:
    """A power cut takes what the system has not written yet; killing a browser does not show that."""
    [thread] = worker.page.workers
    thread.evaluate(NOTED)
    worker.asks("appends", 2)
    worker.asks("seals")
    for check in ("drafts_are_replaced_and_dropped", "a_record_is_exchanged_only_where_it_is_as_expected"):
        worker.asks("keeps", check)

    noted = {(stores, how) for stores, how in thread.evaluate("self.noted")}

    assert {("drafts journal local", "strict"), ("drafts local", "strict"), ("keys", "strict")} <= noted
    assert [] == [each for each in noted if each[1] != "strict" and each[0] != "local"]


class Killable:
    """A browser with a profile on disk, started by us so that we can kill it."""

    def __init__(self, playwright: Playwright, profile: Path) -> None:
        options = launch_options(headed=False)
        executable = options["executable_path"] or playwright.chromium.executable_path
        arguments = ["--headless", "--remote-debugging-port=0", f"--user-data-dir={profile}"]
        self._playwright = playwright
        self._port = profile / "DevToolsActivePort"
        self._port.unlink(missing_ok=True)
        self._process = subprocess.Popen(
            [executable, *options["args"], *arguments],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def opens(self, address: str) -> Worker:
        """Wait until the browser listens, and start a worker in it."""
        until = time.monotonic() + START_SECONDS
        while not self._port.exists() or len(self._port.read_text().split()) < 2:
            assert time.monotonic() < until, "the browser does not start"
            time.sleep(0.1)
        at = f"http://127.0.0.1:{self._port.read_text().split()[0]}"
        return Worker(self._connected(at).contexts[0], address)

    def _connected(self, at: str) -> Browser:
        """Reach the browser; a worker that it starts again for the killed one may leave the first call unanswered."""
        try:
            return self._playwright.chromium.connect_over_cdp(at, timeout=START_SECONDS * 500)
        except PlaywrightTimeout:
            return self._playwright.chromium.connect_over_cdp(at, timeout=START_SECONDS * 1000)

    def dies(self) -> None:
        """End every process of the browser at once, as a power cut does."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


@pytest.fixture
def restarted(playwright: Playwright, store: Store, tmp_path: Path) -> Iterator[Callable[[], Worker]]:
    """Kill the browser of this test, if there is one, and start one on the same profile."""
    started: list[Killable] = []

    def restart() -> Worker:
        for browser in started:
            browser.dies()
        started.append(Killable(playwright, tmp_path))
        return started[-1].opens(store.address)

    yield restart
    for browser in started:
        browser.dies()


@pytest.mark.parametrize("count", [1, 20])
def test_a_durable_entry_survives_the_death_of_the_browser(count: int, restarted: Callable[[], Worker]) -> None:
    """ "Sale saved" is a promise: a browser killed in the very next moment has the sale."""
    digests = restarted().asks("appends", count)

    lines = restarted().asks("journal")

    assert digests == [getattr(parse(line.encode()), "digest", None) for line in lines]


def test_a_key_that_cannot_leave_still_opens_after_a_restart(restarted: Callable[[], Worker]) -> None:
    """The key never leaves the browser, so if it did not survive a restart, nobody here could read a sale."""
    key, iv, sealed = restarted().asks("seals")

    worker = restarted()

    assert repr(b"body") == worker.asks("unseals", key, iv, sealed)
    assert not worker.asks("key_can_be_exported", key)


def test_a_catalogue_that_was_replaced_takes_no_room(restarted: Callable[[], Worker]) -> None:
    """A browser counted four gigabytes for one that had gone: on a small disk nothing more could have been saved."""
    restarted().asks("keeps", "the_newest_image_is_read_whole")

    counted = restarted().page.evaluate("navigator.storage.estimate().then(({ usageDetails }) => usageDetails)")

    assert counted.get("fileSystem", 0) < 10_000_000
