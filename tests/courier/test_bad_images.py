"""An image that cannot be opened: it is not fetched for ever, and whatever else changes arrives meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from app.courier.courier import step
from app.courier.oms import Failure, Oms
from app.courier.pulling import BAD_SECONDS, PEOPLE
from app.sync.protocol import ChangesPage, ImageOffer, Manifest
from app.sync.status import Synced
from tests.courier.test_features import Store as OneChange
from tests.courier.test_features import register, seconds_until_it_is_here, told
from tests.fakes.register import Register, at_once
from tests.till.till import IMAGE

__all__ = ["register"]
OLDER = 40
"""Cursor of the image that the register has."""


@dataclass
class Store(OneChange):
    """An OMS whose newest image has one byte turned over, until it is mended."""

    revision: int = 91
    mended: bool = False
    fetched: int = 0
    datasets: list[Sequence[str]] = field(default_factory=list)

    def manifest(self, token: str) -> Manifest:
        manifest = super().manifest(token)
        assert isinstance(manifest, Manifest)
        image = {"sha256": IMAGE.sha256, "bytes": len(IMAGE.data), "cursor": 80}
        return manifest.model_copy(update={"image": manifest.image.model_copy(update=image)})

    def piece(self, token: str, offer: ImageOffer, start: int, size: int) -> bytes:
        del token, size
        self.fetched += start == 0
        data = IMAGE.data if self.mended else IMAGE.data[:-9] + bytes([IMAGE.data[-9] ^ 1]) + IMAGE.data[-8:]
        return data[start : offer.bytes]

    def changes(self, token: str, cursor: int, datasets: Sequence[str], most: int) -> ChangesPage | Failure:
        self.datasets.append(datasets)
        return super().changes(token, cursor, datasets, most)


def works(register: Register, store: Store, seconds: float) -> None:
    """Let the courier work and rest for so long."""
    world, until = replace(register.world, oms=cast("Oms", store)), register.timer.at + seconds
    while register.timer.at < until:
        # a download takes a while, too: an endless one would never let the time go on
        register.timer.at += 0.5 if at_once(step(world, register.memory)).value == "rest" else 0.1


def test_changes_come_while_the_image_is_bad(register: Register) -> None:
    """A price that was changed, and a member of staff who left, must not wait for somebody to look at the server."""
    store = Store()

    assert seconds_until_it_is_here(register, store) <= 5
    assert [False] == told(register)


def test_a_bad_image_is_not_fetched_without_end(register: Register) -> None:
    """Megabytes each second take the line of the shop, and the same bytes come every time."""
    works(register, store := Store(), 600)

    assert 2 == store.fetched


def test_a_bad_image_is_tried_again_after_an_hour(register: Register) -> None:
    """A proxy, or a machine short of memory, may have been at fault: it needs nobody to start the register again."""
    works(register, store := Store(), 600)
    store.mended = True
    works(register, store, BAD_SECONDS)

    assert (3, IMAGE.sha256) == (store.fetched, register.memory.image_sha256)


def test_a_register_without_a_catalogue_tries_each_minute(register: Register) -> None:
    """It has nothing to sell from: an hour would be long, and without an end to the pauses it would be for ever."""
    register.memory.image_sha256 = ""
    works(register, store := Store(), 600)
    fetched, store.mended = store.fetched, True
    works(register, store, 61)

    assert (True, IMAGE.sha256) == (10 <= fetched <= 25, register.memory.image_sha256)


def test_another_image_is_fetched_at_once(register: Register) -> None:
    """The OMS that has made a new one has mended it; the hour is the old one's."""
    works(register, store := Store(mended=True), 1)
    register.memory.image_sha256 = ""
    register.memory.bad_image, register.memory.bad_until = "b" * 64, register.timer.at + BAD_SECONDS
    works(register, store, 5)

    assert IMAGE.sha256 == register.memory.image_sha256


def test_no_progress_stands_there_while_nothing_is_fetched(register: Register) -> None:
    """The till would say for an hour that the catalogue is on its way."""
    works(register, Store(), 60)

    assert "" == register.stores.records["progress"]


def test_what_a_bad_image_would_have_held_is_asked_for(register: Register) -> None:
    """People were read up to the image that was to come; the prices in it are not here, so they come as changes."""
    register.memory.image_cursor, register.memory.image_sha256 = OLDER, "a" * 64
    register.memory.image_known = True
    register.memory.synced = Synced()
    works(register, store := Store(), 60)

    assert (PEOPLE, 0) == (store.datasets[0], store.asked[0])
    assert (OLDER, ()) == (store.asked[1], store.datasets[1])
