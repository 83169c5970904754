"""The till lets old entries go, and the courier their verdicts; what it sends is what is still there."""

import pytest

from app.courier.courier import look
from app.courier.pushing import push
from app.sync.checkpoint import ANCHOR, anchor, written
from app.sync.journal import Head
from app.sync.protocol import Series
from app.sync.status import Registered
from tests.fakes.register import Register, at_once
from tests.sync.entries import head

SERIES = Series(invoice="DS01A", credit_note="DS01C", training="DS01T")


@pytest.fixture
def register() -> Register:
    """Of three entries two have left the browser; all have a verdict."""
    register = Register("http://nowhere.invalid")
    who = Registered(enrolment="e", store="DS01", register="R1", token="t", series=SERIES, key_id="k1")
    register.memory.registered = who
    register.stores.journal = {3: b"three"}
    register.stores.verdicts = {"d1": (1, "{}"), "d2": (2, "{}"), "d3": (3, "{}")}
    return register


def let_go(register: Register, at: Head) -> list[int]:
    """Let the till note an anchor, and the courier look; the places that still have a verdict."""
    register.stores.settings[ANCHOR] = written(anchor(at, 0))
    at_once(look(register.world, register.memory))
    return sorted(seq for seq, _ in register.stores.verdicts.values())


def test_verdicts_of_what_is_gone_go_too(register: Register) -> None:
    """Each store has one writer: the till cannot drop them itself. Nothing waits because of it."""
    assert ([3], ()) == (let_go(register, head(seq=2)), register.memory.waiting)
    assert ["verdicts"] == register.channel.said


def test_an_anchor_is_followed_once(register: Register) -> None:
    """The courier looks every few seconds; the till must not read all verdicts at each."""
    let_go(register, head(seq=2))
    let_go(register, head(seq=2))

    assert ["verdicts"] == register.channel.said


def test_the_anchor_of_another_register_moves_nothing(register: Register) -> None:
    """Nor does one that is damaged: a verdict that is gone is an order that looks unsent."""
    kept = let_go(register, head(register="R2", seq=2))
    register.stores.settings[ANCHOR] = written(anchor(head(seq=2), 0))[1:]
    at_once(look(register.world, register.memory))

    assert ([1, 2, 3], 3) == (kept, len(register.stores.verdicts))


def test_what_has_just_gone_is_not_sent(register: Register) -> None:
    """After a restored OMS everything waits again; the till may let go of some in that moment."""
    register.memory.waiting = tuple(range(1, 4))

    at_once(push(register.world, register.memory))

    assert (3,) == register.memory.waiting
