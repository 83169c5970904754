"""Pending orders as a file: beside what people read, the exact bytes of each entry, and only these count (P6)."""

import base64
import binascii

from app.sync.entry import Unreadable

COLUMN = "entry"
"""The header of the column that the back office reads; a line's base64 begins with a letter, so it is no formula."""


def encoded(line: bytes) -> str:
    """The exact bytes of an entry, as a cell of a spreadsheet keeps them."""
    return base64.b64encode(line).decode()


def decoded(cell: str) -> bytes | Unreadable:
    """The exact bytes again, whatever a spreadsheet put around them: spaces, line breaks, quotes, an apostrophe."""
    text = "".join(cell.split()).strip("'\"")
    try:
        line = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return Unreadable("the column `entry` is cut or damaged")
    return line or Unreadable("the column `entry` is empty")
