"""Watching what the browser keeps: how much room there is, before it ends, and whether the app itself is there."""

from datetime import timedelta

from app.sync.room import Room, room
from app.till.effects import LookAtStorage
from app.till.events import StorageSeen
from app.till.flow.step import Handlers, Step, changed, replace
from app.till.standing import elapsed, moment
from app.till.state import State

EVERY = {Room.ENOUGH: timedelta(minutes=10), Room.LITTLE: timedelta(minutes=1), Room.LEAST: timedelta(seconds=15)}
"""How often it is looked at; somebody who frees space wants to see it."""
SOON = timedelta(seconds=2)
"""While the app is not kept: somebody waits for "Offline ready"."""


def attended(state: State) -> Step:
    """With a tick."""
    connection, last = state.connection, state.connection.storage_at
    every = EVERY[room(connection.free_bytes)] if connection.app_kept else SOON
    if last is not None and elapsed(state, last) < every:
        return Step(state)
    return Step(replace(state, connection=replace(connection, storage_at=moment(state))), (LookAtStorage(),))


def storage_seen(state: State, event: StorageSeen) -> Step:
    seen = replace(state.connection, persisted=event.persisted, free_bytes=event.free_bytes)
    return changed(state, connection=replace(seen, used_bytes=event.used_bytes, app_kept=event.app_kept))


HANDLERS: Handlers = {StorageSeen: storage_seen}
