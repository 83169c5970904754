"""A screen that nobody sees, and hands that answer the browser's own folder picker."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

PROGRAMS = ("Xvfb", "openbox", "xdotool")
PICKER = "Select where this site"
"""How Chromium's directory picker is called by the window system."""
PAGE = "Store OS"
"""And so is its window, after the page in it."""
ALLOW_THIS_TIME, ALLOW = (284, 293), (792, 214)
"""Where the answers lie in the window: of the bubble for a folder of last time, and of the one for a folder of which
the browser remembers nothing, as after it was killed just after it was allowed."""

PATIENCE = 5.0
"""Seconds until an answer was not the right one."""


def missing_programs() -> list[str]:
    """Return which of the programs that a screen needs are not on this machine."""
    return [program for program in PROGRAMS if shutil.which(program) is None]


@dataclass(frozen=True)
class Desktop:
    """A virtual screen with a window manager."""

    display: str

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "DISPLAY": self.display}

    def grants(self, folder: str) -> None:
        """Answer the open picker with a folder, then allow the page to write there."""
        picker = self._window(PICKER)
        self._hand("windowactivate", "--sync", picker)
        time.sleep(0.5)  # the picker lists a folder first, and loses what is typed meanwhile
        self._hand("type", "--delay", "30", folder)
        time.sleep(1.0)  # the picker completes names on its own time, and shows nothing when it is done
        self._hand("key", "Delete")  # drops what the completion added
        time.sleep(0.3)
        x, y = self._open_button(picker)
        while picker in self._windows(PICKER):
            self._hand("mousemove", str(x), str(y), "click", "1")
            time.sleep(0.7)
        time.sleep(1.5)  # the permission bubble has no window of its own that could be waited for
        self._hand("key", "Tab")
        time.sleep(0.3)
        self._hand("key", "Return")

    def allows_again(self, is_allowed: Callable[[], bool]) -> None:
        """Allow what the page wants to be allowed again; keys do not reach that bubble, and there are two of them."""
        place = self._place(self._window(PAGE))
        for x, y in (ALLOW_THIS_TIME, ALLOW):
            time.sleep(1.5)  # it has no window of its own either
            self._hand("mousemove", str(place["X"] + x), str(place["Y"] + y), "click", "1")
            deadline = time.monotonic() + PATIENCE
            while time.monotonic() < deadline:
                if is_allowed():
                    return
                time.sleep(0.2)
        raise AssertionError("the browser did not take the permission")

    def _open_button(self, picker: str) -> tuple[int, int]:
        """ "Open" is the rightmost button at the picker's foot; Return would cancel."""
        place = self._place(picker)
        return place["X"] + place["WIDTH"] - 50, place["Y"] + place["HEIGHT"] - 46

    def _place(self, window: str) -> dict[str, int]:
        """Where a window is, and how large."""
        said = self._hand("getwindowgeometry", "--shell", window).splitlines()
        return {name: int(value) for name, _, value in (line.partition("=") for line in said) if value.isdigit()}

    def _window(self, title: str, within: float = 20.0) -> str:
        deadline = time.monotonic() + within
        while not (windows := self._windows(title)):
            assert time.monotonic() < deadline, f"no window {title!r} appeared"
            time.sleep(0.2)
        return windows[-1]

    def _windows(self, title: str) -> list[str]:
        return self._hand("search", "--onlyvisible", "--name", title).split()

    def _hand(self, *words: str) -> str:
        done = subprocess.run(["xdotool", *words], env=self.environment, capture_output=True, text=True, check=False)
        return done.stdout.strip()


@contextmanager
def desktop() -> Iterator[Desktop]:
    """Start a screen and a window manager, and end both."""
    reader, writer = os.pipe()
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1400x1000x24", "-nolisten", "tcp"],
        pass_fds=[writer],
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    with os.fdopen(reader) as said:
        started = Desktop(f":{said.readline().strip()}")
    manager = subprocess.Popen(["openbox"], env=started.environment, stderr=subprocess.DEVNULL)
    try:
        yield started
    finally:
        for process in (manager, screen):
            process.terminate()
            process.wait(timeout=10)
