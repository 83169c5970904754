"""The channel on which both workers and the page say what to look at again; it never carries data."""

from collections.abc import Callable

import js
from pyodide.ffi import create_proxy

NAME = "store-os"


class Channel:
    def __init__(self) -> None:
        self._channel = js.BroadcastChannel.new(NAME)

    def tell(self, word: str) -> None:
        self._channel.postMessage(word)

    def listen(self, hear: Callable[[str], None]) -> None:
        """Hand every word that others say to `hear`, for as long as the worker lives."""
        self._channel.onmessage = create_proxy(lambda event: hear(str(event.data)))
