"""The image as a device keeps it: unpacked once, when it arrives, and opened where it lies.

The hash of what was served tells that the OMS made it; that takes longer than everything else of a start. What has
lain on this device since is compared by checksums, which tell damage as well: by that of the whole file before anything
of it is read, or by that of each page whenever it is read, where the file system under it does that (`paged`).
"""

import os
import sqlite3
import tempfile
import zlib
from dataclasses import dataclass

from app.catalogue.image import (
    NO_MEMORY,
    BadImage,
    Catalogue,
    damaged,
    open_database,
    open_image,
    unpack,
    unpack_into,
)

CHANGED = "it has changed on this device"
AT_ONCE = 2**18
"""Bytes that are compared at once: they stay in the processor's cache."""
SETTINGS = "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; " + (
    "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8192;"
)
"""The file is this worker's own copy, in memory: it outlives nothing, and nobody else reads it."""


@dataclass(frozen=True, slots=True)
class StoredImage:
    """An image on its way into the courier's store, or out of it."""

    sha256: str
    """Of the gzip that the OMS serves: its name."""
    cursor: int
    data: bytes = b""
    """That gzip; kept where a browser gives no room for files, and by releases before this one."""
    file: str = ""
    """Where it lies unpacked, for this worker alone; the catalogue that opens it removes it when it is closed."""
    checksum: int = 0
    """CRC-32 of that file."""
    paged: bool = False
    """Whether each page is compared when it is read: one that was damaged raises OSError, or sqlite3.DatabaseError."""


def unpack_image(data: bytes, sha256: str, cursor: int) -> StoredImage | BadImage:
    """Check the hash of an image as it was served, and lay it down unpacked."""
    place, path = tempfile.mkstemp(suffix=".sqlite")
    checksum: int | BadImage
    try:
        with os.fdopen(place, "wb") as file:
            checksum = unpack_into(file, data, sha256)
    except (OSError, MemoryError):
        checksum = NO_MEMORY
    if isinstance(checksum, BadImage):
        remove(path)
        return checksum
    return StoredImage(sha256, cursor, data, path, checksum)


def open_arrived(data: bytes, sha256: str, cursor: int) -> tuple[StoredImage, Catalogue] | BadImage:
    """Unpack an image as it was served, look through it, and open it."""
    image = unpack_image(data, sha256, cursor)
    if isinstance(image, BadImage):
        return image
    opened = open_stored(image, look_through=True)
    return opened if isinstance(opened, BadImage) else (image, opened)


def open_stored(image: StoredImage, *, whole: bool = False, look_through: bool = False) -> Catalogue | BadImage:
    """Open an image that was stored; `whole` compares all of it also where each page is compared when it is read."""
    if not image.file:
        raw = unpack(image.data, image.sha256)
        return raw if isinstance(raw, BadImage) else open_image(raw)
    opened = _open_file(image, whole=whole or not image.paged, look_through=look_through)
    if isinstance(opened, BadImage):
        remove(image.file)
    else:
        opened.at_close(lambda: remove(image.file))
    return opened


def _open_file(image: StoredImage, *, whole: bool, look_through: bool) -> Catalogue | BadImage:
    if not os.path.exists(image.file):
        return damaged("it is gone from this device")
    if whole and not is_whole(image.file, image.checksum):
        return damaged(CHANGED)
    db = sqlite3.connect(image.file, isolation_level=None)
    return open_database(db, look_through=look_through, settings=SETTINGS)


def is_whole(path: str, checksum: int) -> bool:
    """Whether a file has this CRC-32, and gives all of itself back."""
    try:
        return checksum_of(path) == checksum
    except OSError:
        return False


def is_damage(error: sqlite3.Error) -> bool:
    """Whether SQLite could not read a page, or made nothing of it."""
    code = getattr(error, "sqlite_errorcode", 0)  # what Python itself finds wrong has none
    return code & 0xFF in {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CORRUPT}  # the bits above say more


def checksum_of(path: str) -> int:
    """Return the CRC-32 of a file."""
    some, found = bytearray(AT_ONCE), 0
    with open(path, "rb", buffering=0) as file:
        while many := file.readinto(some):
            found = zlib.crc32(memoryview(some)[:many], found)
    return found


def remove(path: str) -> None:
    """Remove a file, if it is there."""
    try:
        os.unlink(path)
    except OSError:
        return  # it is gone
