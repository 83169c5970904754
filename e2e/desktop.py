"""A screen that nobody sees, and hands that answer the browser's own folder picker."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page

PROGRAMS = ("Xvfb", "openbox", "xdotool")
PICKER = "Select where this site"
"""How Chromium's directory picker is called by the window system."""
PAGE = "Store OS"
"""And so is its window, after the page in it."""
ALLOWS = (792, 202), (284, 293)
"""Where the answers lie in the window: of the bubble for a folder of which the browser remembers nothing, as after it
was killed just after it was allowed, whether its text takes one line or two, and of the one for a folder of last time.
Neither bubble minds a press beside it."""

PATIENCE = 120.0
"""Seconds that a busy machine may take: a bound for failures, never a pause."""
AGAIN = 1.0
"""Seconds after which a press has come to nothing: the browser takes none in a bubble's first half second, and none
that follows another one so soon."""
LOOKS = 0.2


def missing_programs() -> list[str]:
    """Return which of the programs that a screen needs are not on this machine."""
    return [program for program in PROGRAMS if shutil.which(program) is None]


@dataclass(frozen=True)
class Desktop:
    """A virtual screen with a window manager."""

    display: str
    home: str
    """An empty folder: the picker begins there, and finds nothing to choose while somebody types."""

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "DISPLAY": self.display, "HOME": self.home}

    def is_managed(self) -> bool:
        """Whether the window manager is there: a browser that starts before it gets a frame that moves every answer."""
        return self._hand("get_num_desktops") not in {"", "0"}

    def grants(self, folder: Path, page: Page) -> None:
        """Answer the open picker of the page's settings with a folder, then allow the page to write there."""
        with out_of_reach(page):
            self._picks(str(folder))
            self._allows(lambda: is_written(page, folder.name), f"the browser did not take {folder}")

    def allows_again(self, page: Page, is_allowed: Callable[[], bool]) -> None:
        """Allow what the page wants to be allowed again."""
        with out_of_reach(page):
            self._allows(is_allowed, "the browser did not take the permission")

    def _picks(self, folder: str) -> None:
        """Type a folder into the open picker, which may complete it by a slash, and open it."""
        picker = self._window(PICKER)
        self._hand("windowactivate", "--sync", picker)
        self._hand("type", "--delay", "10", folder)
        x, y = self._open_button(picker)
        again(lambda: self._presses(x, y), lambda: picker not in self._windows(PICKER), f"{folder} was not opened")

    def _allows(self, is_allowed: Callable[[], bool], failure: str) -> None:
        """Press where a bubble's answer lies, by turns: a bubble has no window of its own that could be waited for.

        Keys reach one of the two only, and where its Tab comes too early, the Return says "Don't Allow".
        """
        places = cycle(ALLOWS)

        def press() -> None:
            (x, y), place = next(places), self._place(self._window(PAGE))
            self._presses(place["X"] + x, place["Y"] + y)

        again(press, is_allowed, failure)

    def _presses(self, x: int, y: int) -> None:
        self._hand("mousemove", str(x), str(y), "click", "1")

    def _open_button(self, picker: str) -> tuple[int, int]:
        """ "Open" is the rightmost button at the picker's foot; Return would cancel."""
        place = self._place(picker)
        return place["X"] + place["WIDTH"] - 50, place["Y"] + place["HEIGHT"] - 46

    def _place(self, window: str) -> dict[str, int]:
        """Where a window is, and how large."""
        said = self._hand("getwindowgeometry", "--shell", window).splitlines()
        return {name: int(value) for name, _, value in (line.partition("=") for line in said) if value.isdigit()}

    def _window(self, title: str, within: float = PATIENCE) -> str:
        deadline = time.monotonic() + within
        while not (windows := self._windows(title)):
            assert time.monotonic() < deadline, f"no window {title!r} appeared"
            time.sleep(LOOKS)
        return windows[-1]

    def _windows(self, title: str) -> list[str]:
        return self._hand("search", "--onlyvisible", "--name", title).split()

    def _hand(self, *words: str) -> str:
        done = subprocess.run(["xdotool", *words], env=self.environment, capture_output=True, text=True, check=False)
        return done.stdout.strip()


def again(act: Callable[[], None], is_done: Callable[[], bool], failure: str) -> None:
    """Do something again and again until it has come to what is wanted."""
    end = time.monotonic() + PATIENCE
    while not comes(is_done):
        assert time.monotonic() < end, failure
        act()


def comes(wanted: Callable[[], bool]) -> bool:
    """Wait for something as long as a press may take, and say whether it came."""
    end = time.monotonic() + AGAIN
    while not (come := wanted()) and time.monotonic() < end:
        time.sleep(LOOKS)
    return come


@contextmanager
def out_of_reach(page: Page) -> Iterator[None]:
    """Meanwhile nothing in the page can be pressed: a press that comes before its bubble would be the page's."""
    page.evaluate("document.getElementById('app').inert = true")
    try:
        yield
    finally:
        page.evaluate("document.getElementById('app').inert = false")


def is_written(page: Page, name: str) -> bool:
    """Whether the page's settings say that it writes into a folder of this name."""
    card = page.locator(".card").filter(has=page.get_by_text(name, exact=True))
    return bool(card.get_by_text("written", exact=True).count())


@contextmanager
def desktop() -> Iterator[Desktop]:
    """Start a screen and a window manager, and end both."""
    reader, writer = os.pipe()
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1400x1000x24", "-nolisten", "tcp", "-r"],  # no key twice
        pass_fds=[writer],
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    with os.fdopen(reader) as said, TemporaryDirectory(ignore_cleanup_errors=True) as home:
        started = Desktop(f":{said.readline().strip()}", home)
        manager = subprocess.Popen(["openbox"], env=started.environment, stderr=subprocess.DEVNULL)
        try:
            again(lambda: None, started.is_managed, "no window manager came")
            yield started
        finally:
            for process in (manager, screen):
                process.terminate()
                process.wait(timeout=10)
