"""The page as a worker sees it: HTML goes out, what people did comes in, and the page asks whether we still live."""

import asyncio
import sys
from collections.abc import Callable, Coroutine, Mapping
from contextlib import suppress
from json import dumps
from typing import Any

import js
import pyodide
from pyodide.ffi import JsException, create_proxy, to_js
from pyscript import sync


class Page:
    """What is drawn before the page listens is kept, the newest of each region."""

    def __init__(self) -> None:
        self._seen = 0
        self._waiting: dict[str, str] | None = {}
        self._there = asyncio.Event()
        self._drawn: Any = None
        """What the page answers when the newest drawing is painted."""
        self._following: set[asyncio.Task[None]] = set()
        sync.hello = create_proxy(self._hello)

    def listen(self, hear: Callable[[str], None]) -> None:
        """Hand every message of the page to `hear`, which draws what comes of it before it returns."""

        def receive(number: int, text: str) -> None:
            self._seen = number
            hear(text)

        sync.receive = create_proxy(receive)

    def patch(self, regions: Mapping[str, str]) -> None:
        if self._waiting is None:
            # The number tells the page which of its messages this drawing already knows of.
            self._drawn = sync.patch(self._seen, dumps(dict(regions)))
        else:
            self._waiting |= regions

    def painted(self, then: Callable[[], None]) -> None:
        """Do something once everything that was drawn can be seen; at once while the page does not listen."""
        following = asyncio.ensure_future(self._after_drawing(then))
        self._following.add(following)
        following.add_done_callback(self._following.discard)

    async def _after_drawing(self, then: Callable[[], None]) -> None:
        seen = None
        while seen is not self._drawn:
            seen = self._drawn
            with suppress(JsException):  # a page that does not answer: the rest is drawn all the same
                await seen
        then()

    def download(self, name: str, kind: str, data: bytes) -> None:
        """Give a file to the person."""
        sync.download(name, kind, to_js(data))

    async def there(self) -> None:
        """Wait until the page listens: before that there is nothing in it to be asked for."""
        await self._there.wait()

    async def print(self) -> None:
        await sync.print()

    async def storage(self) -> tuple[bool, int | None, int | None]:
        manager = js.navigator.storage
        estimate = await manager.estimate()
        return bool(await manager.persisted()), int(estimate.quota - estimate.usage), int(estimate.usage)

    async def app_kept(self) -> bool:
        return self._waiting is None and bool(await sync.kept())

    def mark(self, step: str) -> None:
        js.performance.mark(step)

    def about(self) -> tuple[str, str]:
        return f"Python {sys.version.split()[0]}, Pyodide {pyodide.__version__}", str(js.navigator.userAgent)

    def _hello(self) -> None:
        waiting, self._waiting = self._waiting, None
        self._there.set()
        if waiting:
            self.patch(waiting)


class Pulse:
    """Lets the page feel whether the worker lives; work that ended in an exception counts as dead."""

    def __init__(self) -> None:
        self._work: asyncio.Task[Any] | None = None
        sync.beat = create_proxy(self._beat)

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Do this for as long as the worker lives, beside what people and others ask."""
        self._work = asyncio.ensure_future(work)

    def _beat(self) -> bool:
        if self._work is not None and self._work.done():
            self._work.result()
        return True
