"""What comes in bulk leaves the machine to whoever sells: between two pieces the courier rests as long as one took."""

import asyncio
from dataclasses import dataclass, field, replace
from typing import cast

import pytest

from app.courier.courier import IN_BULK, LONGEST_BREATH, breath, step, turn, view
from app.courier.errands import Errand, next_errand
from app.courier.memory import Memory
from app.courier.oms import Failure, Oms
from app.sync.protocol import ChangesPage
from tests.courier.test_features import OFF, Store, register
from tests.fakes.courier import FakeTimer
from tests.fakes.register import Register

__all__ = ["register"]
SELLS = Memory(image_sha256="ab" * 32)
PAGE_SECONDS = 0.5


@pytest.mark.parametrize("errand", IN_BULK)
def test_bulk_is_followed_by_a_rest_as_long(errand: Errand) -> None:
    """Half of the time at most is the courier's while somebody types; a slow machine rests longer, up to a second."""
    assert [0.2, LONGEST_BREATH] == [breath(SELLS, errand, took) for took in (0.2, 30.0)]


@pytest.mark.parametrize("errand", [each for each in Errand if each not in IN_BULK])
def test_what_somebody_waits_for_is_followed_by_none(errand: Errand) -> None:
    """Sales, questions and the line itself go on at once."""
    assert breath(SELLS, errand, 0.2) == 0


@pytest.mark.parametrize("errand", IN_BULK)
def test_nobody_sells_before_there_is_a_catalogue(errand: Errand) -> None:
    """A first visit is waited for: nothing slows it down."""
    assert breath(Memory(), errand, 0.2) == 0


@dataclass
class Slow(Store):
    """An OMS with many pages of changes, each of which takes a while; somebody may say something meanwhile."""

    timer: FakeTimer = field(default_factory=FakeTimer)
    words: "asyncio.Queue[str]" = field(default_factory=asyncio.Queue)
    says: str = ""

    def changes(self, token: str, cursor: int, datasets: object, most: int) -> ChangesPage | Failure:
        self.timer.at += PAGE_SECONDS
        if self.says:
            self.words.put_nowait(self.says)
        return ChangesPage(changes=(OFF,), cursor=cursor + 1, more=True)


async def seconds_of(register: Register, says: str = "") -> float:
    """Return how long a turn with a page of changes takes by a real clock, which asking for it does not move."""
    store = Slow(revision=99, timer=register.timer, says=says)
    world = replace(register.world, oms=cast("Oms", store))
    while next_errand(view(world, register.memory)) is not Errand.CHANGES:
        await step(world, register.memory)
    began = asyncio.get_running_loop().time()
    await turn(world, register.memory, store.words)
    return asyncio.get_running_loop().time() - began


def test_the_courier_rests_behind_a_page(register: Register) -> None:
    """As long as the page took, in the courier's own loop."""
    assert asyncio.run(seconds_of(register)) >= PAGE_SECONDS


def test_a_word_ends_the_rest(register: Register) -> None:
    """A sale that was just saved is sent now."""
    assert asyncio.run(seconds_of(register, says="journal")) < PAGE_SECONDS
