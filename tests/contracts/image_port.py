"""What the courier's stores promise of the catalogue's image; no test tool is needed to run it."""

import gzip
import hashlib
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from app.catalogue.stored import StoredImage, remove, unpack_image
from app.courier.ports import Kept, Stores

AT = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)
BYTES = bytes(range(256))
"""Every byte there is: what is stored is compressed or sealed, never text."""


class Device(Protocol):
    """A browser profile without anything in it."""

    @property
    def stores(self) -> Stores: ...


def arrived(what: bytes = BYTES) -> StoredImage:
    """An image as the courier has unpacked it."""
    gz = gzip.compress(what, mtime=0)
    image = unpack_image(gz, hashlib.sha256(gz).hexdigest(), 7)
    assert isinstance(image, StoredImage)
    return image


def told(image: StoredImage | None) -> tuple[str, int, int, bytes] | None:
    """What a stored image says, and what lies in its file, which goes then, as with a catalogue that is closed."""
    if image is None:
        return None
    content = Path(image.file).read_bytes()
    remove(image.file)
    return image.sha256, image.cursor, image.checksum, content


async def a_swap_changes_everything_at_once(device: Device) -> None:
    """An image with the changes of another one would show wrong prices."""
    stores = device.stores
    await stores.keep_piece("a" * 64, 0, BYTES)
    await stores.add_changes(b"old", "{}")
    image = arrived()

    kept = await stores.swap_image(image, AT, [b"first", b"second"])
    await stores.add_changes(b"third", "{}")

    assert (Kept(), told(image)) == (kept, told(await stores.image()))
    assert (b"first", b"second", b"third") == await stores.changes()
    assert b"" == await stores.pieces("a" * 64)


async def the_newest_image_is_read_whole(device: Device) -> None:
    """A catalogue follows the one before, and each reading is a copy of its own, for it is written to."""
    stores = device.stores
    await stores.swap_image(arrived(b"before" * 100_000), AT, [])
    await stores.swap_image(newest := arrived(b"now" * 5_000), AT, [])
    first, second = await stores.image(), await stores.image()

    assert first is not None
    Path(first.file).write_bytes(b"changed")
    written = told(first)

    assert written is not None
    assert b"changed" == written[-1]
    assert told(newest) == told(second) == told(await stores.image())


async def a_reading_can_be_written_over_anywhere(device: Device) -> None:
    """Changes are written into it: in the middle, over the end of a page, behind the end, and back again."""
    stores = device.stores
    await stores.swap_image(arrived(BYTES * 40), AT, [])
    expected, reading = bytearray(BYTES * 40), await stores.image()

    assert reading is not None
    with open(reading.file, "r+b", buffering=0) as file:
        for place, what in ((5, b"one"), (4_090, b"over the end"), (10_230, b"over the end of all"), (20_000, b"!")):
            file.seek(place)
            file.write(what)
            expected.extend(bytes(max(0, place + len(what) - len(expected))))
            expected[place : place + len(what)] = what
        file.truncate(6_000)
        file.truncate(9_000)
        expected[6_000:] = bytes(3_000)
        length = file.seek(0, os.SEEK_END)

    changed = told(reading)
    assert changed is not None
    assert (9_000, bytes(expected)) == (length, changed[-1])


async def an_image_that_is_kept_packed_is_read(device: Device) -> None:
    """A browser that gives no place for files keeps the catalogue as it was served."""
    await device.stores.swap_image(StoredImage("a" * 64, 7, BYTES), AT, [])

    assert StoredImage("a" * 64, 7, BYTES) == await device.stores.image()


IMAGE_CONTRACT = (
    a_swap_changes_everything_at_once,
    the_newest_image_is_read_whole,
    a_reading_can_be_written_over_anywhere,
    an_image_that_is_kept_packed_is_read,
)
