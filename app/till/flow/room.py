"""Watching how much room there is: people are told before it ends, not when a sale is refused."""

from datetime import timedelta

from app.sync.room import Room, room
from app.till.effects import LookAtStorage
from app.till.events import StorageSeen
from app.till.flow.step import Handlers, Step, changed, replace
from app.till.standing import elapsed, moment
from app.till.state import State

EVERY = {Room.ENOUGH: timedelta(minutes=10), Room.LITTLE: timedelta(minutes=1), Room.LEAST: timedelta(seconds=15)}
"""How often it is looked at; somebody who frees space wants to see it."""


def attended(state: State) -> Step:
    """With a tick."""
    last, free = state.connection.storage_at, state.connection.free_bytes
    if last is not None and elapsed(state, last) < EVERY[room(free)]:
        return Step(state)
    return Step(replace(state, connection=replace(state.connection, storage_at=moment(state))), (LookAtStorage(),))


def storage_seen(state: State, event: StorageSeen) -> Step:
    seen = replace(state.connection, persisted=event.persisted, free_bytes=event.free_bytes)
    return changed(state, connection=replace(seen, used_bytes=event.used_bytes))


HANDLERS: Handlers = {StorageSeen: storage_seen}
