"""What somebody has looked at and not booked yet: the lines of an upload, kept for a day under the hash of their bytes.

They are sealed as they came, so what lies here tells nobody anything. Booking reads them again, so what is booked is
what was looked at, however often the button is pressed.
"""

import re
import secrets
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from app.sync.entry import Entry, parse

KEPT_SECONDS = 86_400
_NAME = re.compile("[0-9a-f]{64}")


def put_aside(folder: Path, entries: Sequence[Entry], now: float) -> str:
    """Keep lines until they are booked, and forget those that nobody booked; return the name they are found by."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for old in folder.iterdir():
        if old.stat().st_mtime < now - KEPT_SECONDS:
            old.unlink(missing_ok=True)
    content = b"".join(entry.line + b"\n" for entry in entries)
    name = sha256(content).hexdigest()
    written = folder / secrets.token_hex(8)
    written.write_bytes(content)
    written.replace(folder / name)  # whole or not at all
    return name


def taken_up(folder: Path, name: str) -> tuple[Entry, ...]:
    """The entries that were put aside under a name; none where they are gone."""
    path = folder / name
    if not _NAME.fullmatch(name) or not path.is_file():
        return ()
    found = (parse(line) for line in path.read_bytes().split(b"\n") if line)
    return tuple(entry for entry in found if isinstance(entry, Entry))


def forget(folder: Path, name: str) -> None:
    """It is booked."""
    if _NAME.fullmatch(name):
        (folder / name).unlink(missing_ok=True)
