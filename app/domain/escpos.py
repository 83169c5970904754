"""ESC/POS: the few commands that a receipt needs, as bytes, after Epson's command reference.

Text is sent as plain ASCII, which every printer has: no code page is ever guessed. What ASCII cannot write, such as
Hindi, is drawn by whoever is given as `Draw` and sent as a picture, so nothing of a receipt is lost.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from textwrap import wrap

import segno

BEGIN = b"\x1b@\x1bR\x00\x1bt\x00\x1c."
"""Initialise; American characters, the first code page, no double-byte mode: then ASCII means ASCII."""
KICK = b"\x1bp\x00\x19\xfa"
"""Open the drawer on pin 2: 50 ms on, 500 ms off."""
CUT = b"\x1bd\x04\x1dVB\x00"
"""Feed past the knife and cut; a printer without a knife feeds."""
LEFT, CENTRE, RIGHT = b"\x1ba\x00", b"\x1ba\x01", b"\x1ba\x02"
BOLD, LIGHT = b"\x1bE\x01", b"\x1bE\x00"
LARGE, TALL, NORMAL = b"\x1d!\x11", b"\x1d!\x01", b"\x1d!\x00"
LONGEST_TEXT = 2000
"""Characters of one row; the longest name is a quarter of it."""
LONGEST_CODE = 1800
"""Bytes of a QR code that a printer's own encoder takes; a signed e-invoice has about a thousand."""
BAND = 200
"""Dots of a picture's height that are sent at once: small printers have little memory."""
JOINERS = "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"
PLAIN = str.maketrans(
    {
        "\N{INDIAN RUPEE SIGN}": "Rs",
        "\N{NO-BREAK SPACE}": " ",
        "\N{EN DASH}": "-",
        "\N{EM DASH}": "-",
        "\N{MINUS SIGN}": "-",
        "\N{LEFT SINGLE QUOTATION MARK}": "'",
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{LEFT DOUBLE QUOTATION MARK}": '"',
        "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
        "\N{MULTIPLICATION SIGN}": "x",
        "\N{MIDDLE DOT}": "-",
        "\N{HORIZONTAL ELLIPSIS}": "...",
    }
)
"""What typography has beyond ASCII and can be written in it."""


@dataclass(frozen=True, slots=True)
class Width:
    """How wide a strip prints: characters of the printer's font A, and dots."""

    columns: int
    dots: int


WIDTHS = {58: Width(32, 384), 80: Width(48, 576)}
"""By the width of the paper in millimetres, at the usual 203 dots an inch."""


@dataclass(frozen=True, slots=True)
class Bitmap:
    """A picture in black: rows of `width` bytes from top to bottom, the leftmost dot in the highest bit."""

    width: int
    data: bytes


Draw = Callable[[str, int, bool], Bitmap]
"""Draw a text, wrapped at so many dots, bold or not."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text on its own, wrapped."""

    text: str
    bold: bool = False
    large: bool = False
    centre: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """A word on the left and its value on the right."""

    left: str
    right: str
    bold: bool = False
    tall: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across."""


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code."""

    text: str


@dataclass(frozen=True, slots=True)
class Cut:
    """Here one paper ends and another begins."""


Row = Words | Pair | Rule | Code | Cut


def encode(rows: Iterable[Row], width: Width, draw: Draw) -> bytes:
    """Write a receipt from its first command to the cut."""
    return BEGIN + b"".join(part for row in rows for part in _row(row, width, draw)) + CUT


def clean(text: str) -> str:
    """A text without anything that a printer could take for a command."""
    kept = (char if char.isprintable() or char in JOINERS else " " for char in text[:LONGEST_TEXT])
    return " ".join("".join(kept).translate(PLAIN).split())


def _row(row: Row, width: Width, draw: Draw) -> Iterator[bytes]:
    match row:
        case Rule():
            yield b"-" * width.columns + b"\n"
        case Cut():
            yield CUT + BEGIN
        case Code(text):
            yield from _code(text, width)
        case Words():
            yield CENTRE if row.centre else LEFT
            yield from _words(row.text, row, width, draw)
        case Pair():
            yield from _pair(row, width, draw)
    yield LEFT


def _pair(row: Pair, width: Width, draw: Draw) -> Iterator[bytes]:
    """Both in one line where there is room; else the value stands under its word."""
    left, right = clean(row.left), clean(row.right)
    columns = _columns(row, width)
    room = columns - len(right) - 1
    if not (left + right).isascii() or room < columns // 3:
        yield LEFT
        yield from _words(left, row, width, draw)
        yield RIGHT
        yield from _words(right, row, width, draw)
        return
    *above, last = wrap(left, room) or [""]
    lines = [*above, last + right.rjust(columns - len(last))]
    yield _styled("\n".join(lines).encode("ascii") + b"\n", row)


def _words(text: str, row: Words | Pair, width: Width, draw: Draw) -> Iterator[bytes]:
    text = clean(text)
    if not text:
        return
    if text.isascii():
        lines = wrap(text, _columns(row, width), break_on_hyphens=False)
        yield _styled("\n".join(lines).encode("ascii") + b"\n", row)
    else:
        yield from _picture(draw(text, width.dots, row.bold))


def _columns(row: Words | Pair, width: Width) -> int:
    return width.columns // 2 if isinstance(row, Words) and row.large else width.columns


def _styled(text: bytes, row: Words | Pair) -> bytes:
    size = TALL if isinstance(row, Pair) and row.tall else LARGE if isinstance(row, Words) and row.large else b""
    text = size + text + NORMAL if size else text
    return BOLD + text + LIGHT if row.bold else text


def _picture(bitmap: Bitmap) -> Iterator[bytes]:
    """A picture in bands (GS v 0); its length stands before its bytes, so none of them is ever a command."""
    band = bitmap.width * BAND
    for at in range(0, len(bitmap.data), band or 1):
        data = bitmap.data[at : at + band]
        height = len(data) // bitmap.width
        yield b"\x1dv0\x00" + _two_bytes(bitmap.width) + _two_bytes(height) + data


def _code(text: str, width: Width) -> Iterator[bytes]:
    """A QR code that the printer draws itself (GS ( k), as large as the paper lets it be, up to 6 dots a module."""
    data = text.encode()
    if not data or len(data) > LONGEST_CODE:
        return
    level, name = (b"0", "l") if len(data) > LONGEST_CODE // 4 else (b"1", "m")
    modules, _ = segno.make_qr(text, error=name, boost_error=False).symbol_size(border=0)
    size = min(6, max(1, width.dots // int(modules)))
    yield CENTRE
    for command in (b"1A2\x00", b"1C" + bytes([size]), b"1E" + level, b"1P0" + data, b"1Q0"):
        yield b"\x1d(k" + _two_bytes(len(command)) + command
    yield b"\n"


def _two_bytes(number: int) -> bytes:
    return number.to_bytes(2, "little")
