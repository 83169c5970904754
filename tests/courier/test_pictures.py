"""Fetching pictures: one that cannot be had takes no others with it, and neither the line nor what matters more."""

from dataclasses import dataclass, field, replace
from typing import cast

import pytest

from app.courier.courier import rest_seconds, step
from app.courier.oms import Failure, NotOurs, Oms, Refused, Unreachable
from tests.courier.test_features import Store as OneChange
from tests.courier.test_features import register, seconds_until_it_is_here
from tests.fakes.register import Register, at_once

__all__ = ["register"]
BAD, OTHERS = "0" * 64, [f"{each:064x}" for each in range(1, 6)]
FAILURES: list[Failure] = [
    NotOurs("a proxy's page"),
    Unreachable("Timeout"),
    Unreachable("the server answered 502", 502),
]


@dataclass
class Store(OneChange):
    """An OMS without one of the pictures."""

    says: Failure | None = None
    """About that one; None once it has it."""
    pictured: list[str] = field(default_factory=list)

    def picture(self, sha256: str) -> bytes | Failure:
        self.pictured.append(sha256)
        return self.says if self.says is not None and sha256 == BAD else b"RIFF"


def works(register: Register, store: Store, seconds: float) -> None:
    """Let the courier work, and rest as long as it does."""
    world = replace(register.world, oms=cast("Oms", store))
    until = register.timer.at + seconds
    for _ in range(1_000):
        if at_once(step(world, register.memory)).value == "rest":
            register.timer.at += rest_seconds(world, register.memory) + 0.01
        if register.timer.at >= until:
            return
    raise AssertionError("it asks without a pause")


@pytest.mark.parametrize("says", FAILURES)
def test_a_picture_that_cannot_be_had_waits_behind_the_others(register: Register, says: Failure) -> None:
    """It is asked for again now and then: each register would ask for it many times a second, and get no other."""
    register.memory.wanted_pictures = (BAD, *OTHERS)
    works(register, store := Store(says=says), 600)

    assert set(OTHERS) == set(register.pictures.pictures)
    assert (True, (BAD,)) == (3 <= store.pictured.count(BAD) <= 25, register.memory.wanted_pictures)


def test_it_comes_once_it_is_there(register: Register) -> None:
    """The next who fail begin with a short pause again."""
    register.memory.wanted_pictures = (BAD,)
    store = Store(says=FAILURES[0])
    works(register, store, 600)
    store.says = None
    works(register, store, 61)

    assert ({BAD}, 0) == (set(register.pictures.pictures), register.memory.picture_failures)
    assert not register.memory.wanted_pictures


def test_what_the_oms_does_not_have_is_not_asked_for_again(register: Register) -> None:
    """Its own "no" about a picture is one for good."""
    register.memory.wanted_pictures = (BAD, *OTHERS)
    works(register, store := Store(says=Refused(404, "There is none.")), 60)

    assert [BAD, *OTHERS] == store.pictured


def test_nothing_else_waits_for_a_picture(register: Register) -> None:
    """A price or a feature that was changed is here as soon as ever (O1), however often a picture has failed."""
    register.memory.wanted_pictures = (BAD,)
    store = Store(says=FAILURES[0])
    works(register, store, 600)
    store.revision = 91

    assert seconds_until_it_is_here(register, store) <= 5
