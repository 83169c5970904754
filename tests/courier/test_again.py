"""Sending once more what the OMS had turned down: each asking is followed once, also over a crash."""

import pytest

from app.courier.courier import look, remember
from app.courier.memory import Memory
from app.sync.again import written
from tests.fakes.register import Register, at_once


@pytest.fixture
def register() -> Register:
    """Two entries, both with a verdict."""
    register = Register("http://nowhere.invalid")
    register.stores.journal = {1: b"one", 2: b"two"}
    register.stores.verdicts = {"d1": (1, "{}"), "d2": (2, "{}")}
    return register


def asked(register: Register, **askings: str) -> Memory:
    """Let the till ask, and the courier look."""
    register.stores.settings["again"] = written(askings)
    at_once(look(register.world, register.memory))
    return register.memory


def test_an_entry_that_is_asked_for_waits_again(register: Register) -> None:
    """And the others stay settled; the till is told."""
    assert (1,) == asked(register, d1="first").waiting
    assert ["verdicts"] == register.channel.said


def test_an_asking_is_followed_once(register: Register) -> None:
    """Refused once more it stands until somebody asks again: else it would be sent for ever."""
    asked(register, d1="first")
    register.stores.verdicts["d1"] = (1, "{}")

    assert () == asked(register, d1="first").waiting
    assert (1,) == asked(register, d1="second").waiting


def test_a_crash_does_not_follow_it_twice(register: Register) -> None:
    """What was followed is written down."""
    asked(register, d1="first")
    register.stores.verdicts["d1"] = (1, "{}")

    assert () == at_once(remember(register.world)).waiting


def test_what_is_damaged_asks_for_nothing(register: Register) -> None:
    """A half-written setting must not put every verdict aside."""
    register.stores.settings["again"] = '{"d1":'
    at_once(look(register.world, register.memory))

    assert () == register.memory.waiting
