"""What the courier's stores promise of the catalogue's image; no test tool is needed to run it."""

import gzip
import hashlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from app.catalogue.stored import StoredImage, unpack_image
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
    """What a stored image says, and what lies in its file."""
    return (image.sha256, image.cursor, image.checksum, Path(image.file).read_bytes()) if image else None


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
    await stores.swap_image(newest := arrived(b"now"), AT, [])
    first, second = await stores.image(), await stores.image()

    assert first is not None
    Path(first.file).write_bytes(b"changed")

    assert told(newest) == told(second) == told(await stores.image())


async def an_image_that_is_kept_packed_is_read(device: Device) -> None:
    """A browser that gives no place for files keeps the catalogue as it was served."""
    await device.stores.swap_image(StoredImage("a" * 64, 7, BYTES), AT, [])

    assert StoredImage("a" * 64, 7, BYTES) == await device.stores.image()


IMAGE_CONTRACT = (
    a_swap_changes_everything_at_once,
    the_newest_image_is_read_whole,
    an_image_that_is_kept_packed_is_read,
)
