"""What the courier notes of its work, what it says of a bug, and how it follows a wish to look at once (T1)."""

import asyncio
from dataclasses import replace
from typing import cast

import pytest

from app.courier.courier import CHECK_SECONDS, LOOK_SECONDS, hear, run, step, view
from app.courier.errands import Errand, next_errand
from app.courier.oms import Oms
from app.sync.history import Did, History, Outcome
from app.sync.link import LinkState
from app.sync.status import Link
from tests.courier.test_features import Store, register, seconds_until_it_is_here
from tests.fakes.register import Register, at_once

__all__ = ["register"]


def kept(register: Register) -> History:
    """The history as the till reads it."""
    return History.model_validate_json(register.stores.records["history"])


def works(register: Register, store: Store, errands: int) -> None:
    for _ in range(errands):
        at_once(step(replace(register.world, oms=cast("Oms", store)), register.memory))


def test_what_was_read_is_noted_with_its_count(register: Register) -> None:
    """Status shows that syncing works before anybody asks."""
    seconds_until_it_is_here(register, Store(revision=91))

    done = {(item.did, item.outcome, item.count) for item in kept(register).items}
    assert {(Did.LINK, Outcome.DONE, 0), (Did.CHECKED, Outcome.DONE, 0), (Did.READ, Outcome.DONE, 1)} == done


def test_a_failure_is_noted_by_our_word_and_its_status(register: Register) -> None:
    """What a server says may hold anything, and the history goes into the file for support."""
    works(register, Store(revision=91, broken=1), 3)

    [failure] = [item for item in kept(register).items if item.outcome is not Outcome.DONE]
    assert (Did.READ, Outcome.TROUBLE, 503) == (failure.did, failure.outcome, failure.status)
    assert "in trouble" not in register.stores.records["history"]


def test_a_change_of_the_link_is_noted(register: Register) -> None:
    """Lines that flicker are found by this."""
    works(register, Store(), 1)

    assert [Link.UP] == [item.link for item in kept(register).items if item.did is Did.LINK]


def test_a_bug_of_the_courier_is_kept_and_not_swallowed(register: Register) -> None:
    """The page starts a dead worker again; what it died of is on Status, place and kind alone."""

    class Broken(Store):
        def ping(self, token: str, nonce: str) -> object:  # type: ignore[override]
            raise KeyError("Meera Iyer")

    register.stores.records["registered"] = register.memory.registered.model_dump_json()  # type: ignore[union-attr]
    world = replace(register.world, oms=cast("Oms", Broken()))
    with pytest.raises(KeyError):
        asyncio.run(run(world, asyncio.Queue()))

    *places, kind = register.stores.records["report"].splitlines()
    assert ("KeyError", True) == (kind, any("courier/probing.py" in place for place in places))
    assert "Meera" not in register.stores.records["report"]


@pytest.fixture
def idle(register: Register) -> Register:
    """Up to date, and just probed."""
    register.memory.link = LinkState(link=Link.UP, ever=True)
    register.memory.manifest = Store().manifest("t")  # type: ignore[assignment]
    register.memory.manifest_at = register.timer.at
    register.memory.revision = 90
    register.memory.probe_at = register.timer.at + 5
    return register


def due(register: Register) -> Errand:
    return next_errand(view(register.world, register.memory))


def test_a_wish_to_look_is_followed_at_once(idle: Register) -> None:
    """T1: the sales page was opened, or somebody searches: the next probe is now."""
    rests = due(idle)

    at_once(hear(idle.world, idle.memory, "look"))

    assert (Errand.REST, Errand.PROBE) == (rests, due(idle))


def test_a_till_that_looks_hears_how_the_line_is(idle: Register) -> None:
    """Started again by itself it believes no older word; the courier, which lives on, says only what has changed."""
    idle.channel.said.clear()

    at_once(hear(idle.world, idle.memory, "look"))

    assert "status" in idle.channel.said


def test_wishes_are_followed_at_a_distance(idle: Register) -> None:
    """A register with a quick typist is one register to the server."""
    at_once(hear(idle.world, idle.memory, "look"))
    idle.memory.probe_at = idle.timer.at + 60
    at_once(hear(idle.world, idle.memory, "look"))
    soon = due(idle)
    idle.timer.at += LOOK_SECONDS
    at_once(hear(idle.world, idle.memory, "look"))

    assert (Errand.REST, Errand.PROBE) == (soon, due(idle))


def test_a_look_makes_a_full_check_that_is_old(idle: Register) -> None:
    """T1: the full check runs by itself, and earlier where somebody looks."""
    idle.timer.at += CHECK_SECONDS
    at_once(hear(idle.world, idle.memory, "look"))
    idle.memory.probe_at = idle.timer.at + 60

    assert Errand.MANIFEST == due(idle)


def test_a_full_check_runs_periodically_without_anybody(idle: Register) -> None:
    """T1: every fifteen minutes, on a till that nobody touches."""
    idle.timer.at += 14 * 60
    idle.memory.probe_at = idle.timer.at + 600
    before = due(idle)
    idle.timer.at += 60

    assert (Errand.REST, Errand.MANIFEST) == (before, due(idle))
