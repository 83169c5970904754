"""What the till needs of a receipt printer."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from app.domain.escpos import Bitmap


class PrinterState(StrEnum):
    """What is known of the receipt printer."""

    NONE = "none"
    """Nobody granted one, or the one that was is not plugged in."""
    READY = "ready"
    FAILED = "failed"
    """It did not take what was sent."""


@dataclass(frozen=True, slots=True)
class PrinterFound:
    state: PrinterState
    name: str = ""
    why: str = ""
    """What the browser said, where it failed."""


class Printer(Protocol):
    """The receipt printer that a person granted to the page: at most one is used."""

    async def look(self) -> PrinterFound:
        """Say whether it is there, and what it is called."""

    async def feed(self, data: bytes, speed: int) -> PrinterFound:
        """Send bytes, all or FAILED; `speed` is that of a serial line, bits a second."""

    def draw(self, text: str, dots: int, bold: bool) -> Bitmap:
        """Draw a text that the printer has no letters for, wrapped at so many dots."""
