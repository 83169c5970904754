"""What the courier does about the image that is stored: damage is fetched anew, what is whole is not."""

import gzip
import hashlib
from dataclasses import dataclass, replace
from typing import cast

import pytest

from app.courier.courier import hear, view
from app.courier.memory import World
from app.courier.oms import Oms
from app.courier.pulling import pull_manifest
from app.sync.link import LinkState
from app.sync.protocol import Manifest
from app.sync.status import Link
from app.till.ports import StoredImage
from tests.conftest import NOW
from tests.contracts.image_port import arrived
from tests.courier.test_features import HERE
from tests.courier.test_features import Store as OneChange
from tests.fakes.register import Register, at_once
from tests.till.till import IMAGE


@dataclass
class Store(OneChange):
    """An OMS that offers the very image that is stored."""

    def manifest(self, token: str) -> Manifest:
        manifest = super().manifest(token)
        assert isinstance(manifest, Manifest)
        return manifest.model_copy(update={"image": manifest.image.model_copy(update={"sha256": IMAGE.sha256})})


@pytest.fixture
def register() -> Register:
    """With the image, as this release stores it, and a page of changes after it."""
    register = Register("http://nowhere.invalid")
    register.stores.records |= {"registered": HERE.model_dump_json(), "epoch": '{"epoch":"1"}'}
    register.keys.keys[""] = bytes(32)
    stored = arrived(gzip.decompress(IMAGE.data))
    at_once(register.stores.swap_image(replace(stored, sha256=IMAGE.sha256, cursor=10), NOW, [b"page"]))
    return register


def wants_it_again(register: Register) -> bool:
    """Start, hear of the image that the OMS offers, and say whether it is fetched."""
    register.starts()
    register.memory.link = LinkState(link=Link.UP, ever=True)
    world: World = replace(register.world, oms=cast("Oms", Store()))
    at_once(pull_manifest(world, register.memory))
    return view(world, register.memory).image_wanted


def test_a_whole_image_is_not_fetched_again(register: Register) -> None:
    """Ten megabytes at each start would take the line from the sales."""
    assert not wants_it_again(register)


def test_a_damaged_image_is_fetched_again(register: Register) -> None:
    """What the disk has turned over can't be mended here, only there."""
    register.stores.unpacked = register.stores.unpacked[:-1] + b"!"

    assert wants_it_again(register)


def test_a_packed_image_of_a_release_before_is_unpacked_for_good(register: Register) -> None:
    """After an update nothing is fetched, and no change that came after the image is lost."""
    unpacked = register.stores.unpacked
    register.stores.stored, register.stores.unpacked = StoredImage(IMAGE.sha256, 10, IMAGE.data), b""

    assert not wants_it_again(register)
    assert (unpacked, [b"page"]) == (register.stores.unpacked, register.stores.pages)


def test_a_damaged_packed_image_is_fetched_again(register: Register) -> None:
    """As before."""
    register.stores.stored, register.stores.unpacked = StoredImage(IMAGE.sha256, 10, IMAGE.data[:-9]), b""

    assert wants_it_again(register)


def test_what_the_till_found_damaged_is_looked_at_again(register: Register) -> None:
    """The till reads a page only when it needs it, so damage may be met hours after the courier has compared all."""
    before = wants_it_again(register)
    register.stores.unpacked = register.stores.unpacked[:-1] + b"!"

    at_once(hear(register.world, register.memory, "damaged"))
    at_once(pull_manifest(replace(register.world, oms=cast("Oms", Store())), register.memory))

    assert (False, True) == (before, view(register.world, register.memory).image_wanted)


def test_an_image_that_is_whole_is_not_fetched_whatever_the_till_says(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A till without memory finds every image damaged: it would fetch ten megabytes again and again."""
    wants_it_again(register)
    read, asked = register.stores.image, list[str]()

    async def counted() -> StoredImage | None:
        asked.append("image")
        return await read()

    monkeypatch.setattr(register.stores, "image", counted)
    for _ in range(3):
        at_once(hear(register.world, register.memory, "damaged"))
        at_once(pull_manifest(replace(register.world, oms=cast("Oms", Store())), register.memory))

    assert (["image"], False) == (asked, view(register.world, register.memory).image_wanted)


def test_a_start_without_a_network_reads_no_image(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    """The till opens the catalogue at that moment, and two on one disk are slower than one."""
    read = []
    monkeypatch.setattr(register.stores, "image", lambda: read.append("image"))

    register.starts()

    assert [] == read


def test_the_hash_that_is_compared_is_of_what_was_served() -> None:
    """The image of these tests bears its own name."""
    assert IMAGE.sha256 == hashlib.sha256(IMAGE.data).hexdigest()
