"""An image that came while changes were far behind: people are read up to it, everything after it; nothing is lost."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

import pytest

from app.catalogue.changes import IN_IMAGE
from app.courier.courier import step
from app.courier.leasing import NEVER
from app.courier.oms import Oms
from app.courier.pulling import PEOPLE
from app.sync.blob import CHANGES, unpack
from app.sync.entry import Unreadable
from app.sync.protocol import CHANGES as CHANGE_LIST
from app.sync.protocol import Change, ChangesPage, Manifest, Pong, PromotionChange, StockChange
from app.sync.status import Synced
from tests.courier.test_features import HERE
from tests.courier.test_features import Store as OneChange
from tests.fakes.register import Register, at_once

IMAGE, NEWEST = 1_000, 1_600
PAGE = 100
"""Far fewer than there are people before the image."""
BAD = "b" * 64


def change(revision: int) -> Change:
    """Every other change is one of the stock, which an image holds; the others are what none holds."""
    if revision % 2:
        return StockChange(id=f"v{revision}", revision=revision, gone=True)
    return PromotionChange(id=f"p{revision}", revision=revision, gone=True)


@dataclass
class Store(OneChange):
    """An OMS with many changes after each other, asked page by page as the real one answers (server/oms/changes.py)."""

    revision: int = NEWEST
    image: int = IMAGE
    newer: bool = False
    """The image is one that only a newer release reads."""
    epoch: str = "1"

    def ping(self, token: str, nonce: str) -> Pong:
        pong = super().ping(token, nonce)
        assert isinstance(pong, Pong)
        return pong.model_copy(update={"epoch": self.epoch})

    def manifest(self, token: str) -> Manifest:
        manifest = super().manifest(token)
        assert isinstance(manifest, Manifest)
        image = {"cursor": self.image} | ({"sha256": BAD, "format": 99} if self.newer else {})
        return manifest.model_copy(update={"image": manifest.image.model_copy(update=image)})

    def changes(self, token: str, cursor: int, datasets: Sequence[str], most: int) -> ChangesPage:
        del token
        self.asked.append(cursor)
        wanted = map(change, range(cursor + 1, self.revision + 1))
        found = [each for each in wanted if not datasets or each.dataset in datasets]
        limit = min(most, PAGE)
        more = len(found) > limit
        page = tuple(found[:limit])
        return ChangesPage(changes=page, cursor=page[-1].revision if more else max(self.revision, cursor), more=more)


@pytest.fixture
def register() -> Register:
    """With the offered image in place."""
    register = Register("http://nowhere.invalid")
    register.keys.keys[register.keys.opened] = bytes(32)
    memory = register.memory
    memory.registered, memory.lease_at, memory.epoch = HERE, NEVER, "1"
    memory.image_sha256, memory.image_cursor = Store().manifest("t").image.sha256, IMAGE
    return register


def rests(register: Register, store: Store) -> None:
    """Let the courier work until nothing is left to do; an endless loop fails here."""
    for _ in range(100):
        if at_once(step(replace(register.world, oms=cast("Oms", store)), register.memory)).value == "rest":
            return
    raise AssertionError(f"it asks for ever: {store.asked[-10:]}")


def missed(register: Register, *, after: int, image: int = IMAGE) -> list[int]:
    """The changes after what it had that neither the image holds nor a page."""
    parts = [unpack(page, CHANGES) for page in register.stores.pages]
    plain = [at_once(register.keys.unseal(part)) for part in parts if not isinstance(part, Unreadable)]
    here = {each.revision for page in plain if isinstance(page, bytes) for each in CHANGE_LIST.validate_json(page)}
    held = {each for each in range(image + 1) if change(each).dataset in IN_IMAGE}
    return [each for each in range(after + 1, NEWEST + 1) if each not in here | held]


@pytest.mark.parametrize("cursor", [500, 700, 820, 999])
def test_a_register_that_was_away_misses_nothing(register: Register, cursor: int) -> None:
    """A page of people that goes beyond the image says nothing of prices and stock: those would stay old."""
    register.memory.synced = Synced(complete=True, cursor=cursor, whole=PEOPLE)
    register.memory.catching_up = IMAGE
    rests(register, store := Store())

    assert ([], NEWEST, True) == (missed(register, after=cursor), register.memory.synced.cursor, len(store.asked) < 20)


@pytest.mark.parametrize("image", [0, 40, IMAGE, NEWEST])
def test_a_first_visit_misses_nothing(register: Register, image: int) -> None:
    """People are read to their end first, page by page, however many of them there are before and after the image."""
    rests(register, Store(image=image))

    assert ([], NEWEST, True) == (
        missed(register, after=0, image=image), register.memory.synced.cursor, register.memory.synced.complete
    )  # fmt: skip


def test_an_image_that_is_not_taken_holds_nothing(register: Register) -> None:
    """A newer release's image is offered meanwhile: what changed up to it is still asked for."""
    register.memory.synced = Synced(complete=True, cursor=500, whole=PEOPLE)
    register.memory.catching_up = IMAGE
    rests(register, Store(image=1_500, newer=True))

    assert [] == missed(register, after=500)


def test_an_image_of_the_time_before_a_restore_holds_nothing(register: Register) -> None:
    """A register runs for weeks: how far an image reached before the OMS was restored says nothing of the new life."""
    register.memory.synced = Synced(complete=True, cursor=3_000, whole=PEOPLE)
    register.memory.catching_up = register.memory.image_cursor = 3_000
    rests(register, Store(epoch="2"))

    assert ([], NEWEST) == (missed(register, after=0), register.memory.synced.cursor)


def test_an_image_that_will_not_come_is_not_counted_on(register: Register) -> None:
    """After a restore people are read up to the image that comes next; what is not taken never comes."""
    register.memory.synced = Synced(complete=True, cursor=3_000, whole=PEOPLE)
    register.memory.catching_up = register.memory.image_cursor = 3_000
    rests(register, Store(epoch="2", image=1_500, newer=True))

    assert [] == missed(register, after=0, image=-1)
