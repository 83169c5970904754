"""Going offline and coming back: what the courier saw, the switch, and what people are told."""

from datetime import timedelta

from app.sync.banner import SYNC_STARTED, came_back
from app.sync.mode import Ability, Mode, turn_off, turn_on
from app.till.effects import KeepLocal, TellCourier
from app.till.events import (
    AutoSyncSwitched,
    OfflineSwitched,
    OfflineTurnedOff,
    ReadinessAsked,
    StatusSeen,
    SyncAsked,
    Ticked,
    VerdictsSeen,
)
from app.till.flow import folder, linking, processing, pruning, room
from app.till.flow.asking import given_up
from app.till.flow.coupons import minded
from app.till.flow.delivering import falling_back
from app.till.flow.e_invoicing import looked_after
from app.till.flow.formers import recovered
from app.till.flow.local import AUTO_SYNC, MANUAL, OFF, ON
from app.till.flow.locking import locked_when_idle
from app.till.flow.pins import shortened
from app.till.flow.repricing import repricing
from app.till.flow.sessions import attended
from app.till.flow.starting import settled
from app.till.flow.step import Handlers, Step, changed, replace, troubled
from app.till.flow.upkeep import followed
from app.till.selectors import can, known, mode_now, moment, pending
from app.till.standing import elapsed
from app.till.state import State, Toast

TOAST = timedelta(seconds=6)
"""How long a toast is shown."""


def status_seen(state: State, event: StatusSeen) -> Step:
    """Take over what the courier wrote down, then see what that changes."""
    before = mode_now(state)
    seen = replace(
        state,
        registered=event.registered,
        enrol=event.link.enrol,
        journal=replace(state.journal, sending=event.sending),
        connection=replace(state.connection, link=event.link, progress=event.progress, synced=event.synced),
        upkeep=replace(state.upkeep, history=event.history),
        recovering=replace(state.recovering, recovery=event.recovery),
    )
    return attended(welcomed(settled(followed(seen, event.cleared)), before), event.fresh).then(recovered)


def welcomed(state: State, before: Mode) -> State:
    """Say that syncing starts, where the register has just come back with something to send."""
    if not came_back(before, mode_now(state)) or not pending(state):
        return state
    caught = replace(state.connection, catching_up=True)
    toast = Toast(SYNC_STARTED, moment(state)) if caught.auto_sync else state.toast
    return replace(state, connection=caught, toast=toast)


def verdicts_seen(state: State, event: VerdictsSeen) -> Step:
    """Note verdicts; once nothing waits any more after an outage the banner says so.

    The toast is left alone: on a quick line all is synced before anybody could read that syncing has started.
    """
    said = replace(
        state.journal,
        verdicts=event.verdicts,
        opened_to=event.opened_to,
        epoch=event.epoch,
        life=event.life,
        heard=event.heard,
    )
    seen = replace(state, journal=said)
    if not state.connection.catching_up or pending(seen):
        return Step(seen)
    done = replace(state.connection, catching_up=False, synced_at=event.at)
    return changed(seen, connection=done)


def ticked(state: State, event: Ticked) -> Step:
    """A toast goes by itself; a session that could not be written is tried again; late answers are given up; an idle
    screen locks; an e-invoice that is looked at is asked for; cards that wait are processed; old entries go; room and a
    lost folder are looked at."""
    faded = state.toast is not None and elapsed(state, state.toast.at) > TOAST
    return (
        given_up(locked_when_idle(shortened(replace(state, toast=None) if faded else state)))
        .then(lambda now: attended(now, event.fresh))
        .then(lambda now: minded(now, event.fresh))
        .then(lambda now: looked_after(now, event.fresh))
        .then(lambda now: linking.attended(now, event.fresh))
        .then(lambda now: processing.attended(now, event.fresh))
        .then(pruning.attended)
        .then(room.attended)
        .then(folder.attended)
    )


def offline_switched(state: State, event: OfflineSwitched) -> Step:
    ability = turn_off(known(state)) if state.connection.manual else turn_on(known(state))
    return _switched(state, ability, event.fresh)


def offline_turned_off(state: State, event: OfflineTurnedOff) -> Step:
    if not state.connection.manual:
        return Step(state)
    return _switched(state, turn_off(known(state)), event.fresh)


def _switched(state: State, ability: Ability, fresh: str) -> Step:
    """Switch Offline Mode by hand; it lasts until it is turned off, also over a restart."""
    if not ability.allowed:
        return troubled(state, ability.reason)
    before, manual = mode_now(state), not state.connection.manual
    other = replace(state, connection=replace(state.connection, manual=manual))
    step = attended(welcomed(other, before), fresh)
    return Step(step.state, (KeepLocal(MANUAL, ON if manual else OFF), *step.effects))


def auto_sync_switched(state: State, _: AutoSyncSwitched) -> Step:
    on = not state.connection.auto_sync
    switched = replace(state, connection=replace(state.connection, auto_sync=on))
    return Step(switched, (KeepLocal(AUTO_SYNC, ON if on else OFF),))


def sync_asked(state: State, _: SyncAsked) -> Step:
    ability = can(state).sync
    if not ability.allowed:
        return troubled(state, ability.reason)
    waits = known(state)
    connection = replace(state.connection, catching_up=waits.pending > 0)
    toast = Toast(SYNC_STARTED, moment(state)) if waits.pending or waits.beside else state.toast
    return Step(replace(state, connection=connection, toast=toast), (TellCourier("sync"),))


def readiness_asked(state: State, _: ReadinessAsked) -> Step:
    return changed(state, connection=replace(state.connection, popup=not state.connection.popup))


HANDLERS: Handlers = {
    StatusSeen: repricing(falling_back(status_seen)),
    VerdictsSeen: verdicts_seen,
    Ticked: repricing(falling_back(ticked)),
    OfflineSwitched: repricing(falling_back(offline_switched)),
    OfflineTurnedOff: repricing(offline_turned_off),
    AutoSyncSwitched: auto_sync_switched,
    SyncAsked: sync_asked,
    ReadinessAsked: readiness_asked,
}
