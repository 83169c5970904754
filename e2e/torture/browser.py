"""A Chromium of our own that can be killed at any instant: all of its processes at once, as by a power cut."""

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from playwright.sync_api import Browser as Connection
from playwright.sync_api import BrowserType, ConsoleMessage, Page
from playwright.sync_api import Error as PlaywrightError

from e2e.browser import chromium_path, launch_options

HANDS = "".join(Path(__file__).with_name(name).read_text("utf-8") for name in ("kept.js", "hands.js"))
START_SECONDS = 60.0
HUNG_SECONDS = 150.0
"""A browser that lives on for so long, and nobody was able to do anything with it, is ended; that is no kill."""
EVIDENCE_MS = 10_000
Result = TypeVar("Result")
QUIET = ("--disable-crash-reporter", "--noerrdialogs", "--window-size=1280,800", "--lang=en-IN")


class Killed(Exception):
    """The browser is gone, because it was killed."""


class Hung(Exception):
    """The browser lived, and what was waited for did not come."""


class Browser:
    """One life of a browser on a profile: it starts with the register's address, and ends by SIGKILL."""

    def __init__(
        self,
        chromium: BrowserType,
        profile: Path,
        address: str,
        hears: Callable[[str], None],
        *arguments: str,
        hands: str = HANDS,
    ) -> None:
        self._chromium, self._profile, self._address, self._hears = chromium, profile, address, hears
        self._arguments, self._hands = arguments, hands
        self._port = profile / "DevToolsActivePort"
        self._timers: list[threading.Timer] = []
        self._connection: Connection | None = None
        self._page: Page | None = None
        self.was_killed = False
        self.hung = False
        self._process = self._starts()
        self._patience: threading.Timer | None = None
        self.lives_on()

    def _starts(self) -> "subprocess.Popen[bytes]":
        """Start it as a group of processes of its own, on whatever the one before it has left behind."""
        self._profile.mkdir(parents=True, exist_ok=True)
        for left in (*self._profile.glob("Singleton*"), self._port):
            left.unlink(missing_ok=True)
        options = launch_options(headed=False)
        where = ("--headless", "--remote-debugging-port=0", f"--user-data-dir={self._profile}")
        command = [chromium_path() or self._chromium.executable_path, *where, *QUIET, *options["args"]]
        nothing = subprocess.DEVNULL
        command += [*self._arguments, "about:blank"]
        return subprocess.Popen(command, stdout=nothing, stderr=nothing, start_new_session=True)

    @property
    def page(self) -> Page:
        """The register's page, with hands in it.

        Its address is opened once Playwright is connected: where a first page still opens meanwhile, connecting can
        wait for ever (https://github.com/microsoft/playwright/issues/41093).
        """
        if self._page is None:
            self._page = self._tries(self._connected)
            self.goes_to(self._address)
        return self._page

    def goes_to(self, address: str) -> None:
        """Open an address in the register's page, whatever was in it."""
        self._tries(lambda: self.page.goto(address, wait_until="commit"))

    def lives_on(self) -> None:
        """Something came of it: patience begins anew."""
        if self._patience is not None:
            self._patience.cancel()
        self._patience = self._later(HUNG_SECONDS, self._gives_up)

    def rests(self) -> None:
        """Nobody does anything with it for as long as others work; patience begins with `lives_on`."""
        if self._patience is not None:
            self._patience.cancel()

    def opens_another(self, *, window: bool) -> Page:
        """Open the register's address once more, in another tab or in a window of its own."""
        return self._tries(lambda: self._another(window=window))

    def turns_to(self, page: Page) -> None:
        """Go on in another of its tabs."""
        self._page = page

    def does(self, script: str, *arguments: object) -> Any:
        """Let the hands do something: `hands.<script>(...arguments)`."""
        call = f"(values) => window.hands.{script}(...values)"
        return self._tries(lambda: self.page.evaluate(call, list(arguments)))

    def waits_for(self, selector: str) -> None:
        """Wait for an element, over reloads too."""
        probe = "selector => Boolean(document.querySelector(selector))"
        self._tries(lambda: self.page.wait_for_function(probe, arg=selector, timeout=START_SECONDS * 1000))
        self._tries(lambda: self.page.evaluate(self._hands))

    def sees(self, selector: str) -> bool:
        """Whether an element is there now."""
        return bool(self._tries(lambda: self.page.evaluate("selector => !!document.querySelector(selector)", selector)))

    def is_killed_in(self, seconds: float) -> None:
        """Kill it after so long, whatever it is doing then."""
        self._later(seconds, self.dies)

    def dies(self) -> None:
        """Kill every process of it at once."""
        self.was_killed = True
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def is_over(self) -> None:
        """Clean up after its death, which is brought about where it has not come yet."""
        for timer in self._timers:
            timer.cancel()
        self.dies()
        self._process.wait(timeout=30)
        if self._connection is not None:
            with contextlib.suppress(PlaywrightError):
                self._connection.close()

    def _leaves_evidence(self) -> str:
        """What the screen showed when something did not come that had to: as files, and in words."""
        said = "The page answered nothing."
        if self._page is not None:
            with contextlib.suppress(PlaywrightError):
                said = self._page.locator("body").inner_text(timeout=EVIDENCE_MS)
                self._page.screenshot(path=self._profile.with_suffix(".png"))
                self._profile.with_suffix(".html").write_text(self._page.content(), "utf-8")
                self._profile.with_suffix(".versions").write_text(self._page.evaluate("window.hands.versions()"))
        return f"The page: {said}"

    def _another(self, *, window: bool) -> Page:
        context = self.page.context
        with context.expect_page() as opened:
            asked = {"url": self._address, "newWindow": window}
            context.new_cdp_session(self.page).send("Target.createTarget", asked)
        opened.value.on("console", self._heard)
        return opened.value

    def _later(self, seconds: float, act: Callable[[], None]) -> threading.Timer:
        timer = threading.Timer(seconds, act)
        timer.daemon = True
        self._timers.append(timer)
        timer.start()
        return timer

    def _gives_up(self) -> None:
        self.hung = True
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def _connected(self) -> Page:
        deadline = time.monotonic() + START_SECONDS
        while len(said := self._port.read_text().split() if self._port.exists() else []) < 2:
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise PlaywrightError("the browser did not start")
            time.sleep(0.01)
        self._connection = self._chromium.connect_over_cdp(
            f"ws://127.0.0.1:{said[0]}{said[1]}", timeout=HUNG_SECONDS * 1000
        )
        if not self._connection.contexts:
            raise PlaywrightError("the browser is gone")
        context = self._connection.contexts[0]
        context.set_default_timeout(START_SECONDS * 1000)
        context.add_init_script(self._hands)
        page = context.pages[0] if context.pages else context.wait_for_event("page")
        page.on("console", self._heard)
        return page

    def _heard(self, message: ConsoleMessage) -> None:
        self._hears(message.text)

    def _tries(self, act: Callable[[], Result]) -> Result:
        """Do something; what fails because the browser was killed is a death, anything else is a bug."""
        try:
            result = act()
        except PlaywrightError as error:
            if self.was_killed:
                raise Killed from error
            if self.hung:
                raise Hung(f"nothing happened for {HUNG_SECONDS:.0f} seconds") from error
            error.add_note(self._leaves_evidence())
            raise
        if self.was_killed:
            raise Killed
        self.lives_on()
        return result
