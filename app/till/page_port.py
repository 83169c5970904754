"""What the till needs of the page that it draws."""

from collections.abc import Callable, Mapping
from typing import Protocol


class Page(Protocol):
    def patch(self, regions: Mapping[str, str]) -> None:
        """Morph the named regions of the page into new HTML."""

    def painted(self, then: Callable[[], None]) -> None:
        """Do something once everything that was drawn can be seen; at once while the page does not listen."""

    def download(self, name: str, kind: str, data: bytes) -> None:
        """Give a file to the person, as a download of the browser."""

    async def storage(self) -> tuple[bool, int | None, int | None]:
        """Return whether the browser promised to keep our data, and how many bytes are free and used."""

    async def app_kept(self) -> bool:
        """Whether the browser keeps the whole app, so that it starts without a network; no until the page listens."""

    def mark(self, step: str) -> None: ...  # a step of the start is done, for whoever asks how long each takes

    def about(self) -> tuple[str, str]:
        """Return what runs here: Python with its runtime, and the browser."""

    async def print(self) -> None:
        """Print what is drawn; returns when the browser's dialog is closed."""
