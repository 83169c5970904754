"""The receipt printer: its bytes go through the page, which alone may be granted a device; letters are drawn here."""

import json

import js
from pyodide.ffi import to_js
from pyscript import sync

from app.browser.page import Page
from app.browser.store import record
from app.domain.escpos import Bitmap
from app.till.ports import PrinterFound, PrinterState

SIZE, LINE = 24, 32
"""Dots: of the letters, as high as the printer's own, and from one line to the next."""
NAMES = {"usb": "USB printer", "serial": "Serial printer"}
"""What a printer is called that does not say its name."""


class Printer:
    def __init__(self, page: Page) -> None:
        self._page = page

    async def look(self) -> PrinterFound:
        await self._page.there()  # a start looks for the printer at once
        return _read(str(await sync.look()))

    async def feed(self, data: bytes, speed: int) -> PrinterFound:
        return _read(str(await sync.feed(to_js(data), speed)))

    def draw(self, text: str, dots: int, bold: bool) -> Bitmap:
        font = f"{'bold ' if bold else ''}{SIZE}px sans-serif"
        pen = _pen(1, 1, font)
        lines = _wrapped(text, dots, pen)
        widest = max(pen.measureText(line).width for line in lines)
        width = (min(dots, int(widest) + 1) + 7) // 8
        height = LINE * len(lines)
        pen = _pen(width * 8, height, font)
        pen.fillStyle = "#fff"
        pen.fillRect(0, 0, width * 8, height)
        pen.fillStyle = "#000"
        for number, line in enumerate(lines):
            pen.fillText(line, 0, LINE * number + SIZE, width * 8)  # a word too long is drawn narrower
        return Bitmap(width, _black(pen.getImageData(0, 0, width * 8, height).data.to_bytes()))


def _read(text: str) -> PrinterFound:
    found = json.loads(text)
    name = found.get("name") or NAMES.get(found.get("kind", ""), "")
    return PrinterFound(PrinterState(found["state"]), name, found.get("why", ""))


def _pen(width: int, height: int, font: str) -> "js.OffscreenCanvasRenderingContext2D":
    pen = js.OffscreenCanvas.new(width, height).getContext("2d", record(willReadFrequently=True))
    pen.font = font
    return pen


def _wrapped(text: str, dots: int, pen: "js.OffscreenCanvasRenderingContext2D") -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and pen.measureText(longer).width > dots:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _black(rgba: bytes) -> bytes:
    """Eight dots a byte; what is nearer to black than to white is printed."""
    dark = [value < 128 for value in rgba[::4]]
    return bytes(
        sum(bit << (7 - place) for place, bit in enumerate(dark[at : at + 8])) for at in range(0, len(dark), 8)
    )
