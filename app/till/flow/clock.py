"""A clock that jumped: nothing is sold under a date that nobody looked at, and a manager lets it pass."""

from datetime import datetime, timedelta

from app.domain.policy import Action
from app.sync.bodies import Clock
from app.sync.journal import At, Jumped, business_time
from app.sync.status import Link
from app.till.effects import Record
from app.till.events import ClockConfirmed, PinChecked
from app.till.flow.pins import asked, permitted, wrong_sentence
from app.till.flow.step import Handlers, Step, changed, replace
from app.till.selectors import moment
from app.till.state import ClockDoubt, State


def business(state: State) -> At | Jumped:
    """The time that the next sale bears; while the OMS is there it is asked for its opinion."""
    head, link = state.journal.head, state.connection.link
    if head is None:
        return At(moment(state))
    believed = link.link is Link.UP and not state.clock_trusted
    witness = moment(state) + timedelta(seconds=link.offset_seconds) if believed else None
    return business_time(head, moment(state), witness)


def clocks(state: State) -> dict[str, datetime | None]:
    """Both clocks as an order carries them; the OMS's is an estimate, from what it said last since the start."""
    device, link = moment(state), state.connection.link
    oms = device + timedelta(seconds=link.offset_seconds) if link.heard else None
    return {"device_at": device, "oms_at": oms}


def doubted(state: State, jumped: Jumped) -> Step:
    """Open the dialog; the sale stands as it is."""
    return changed(state, clock=ClockDoubt(before=jumped.before, after=jumped.after, why=jumped.why))


def clock_confirmed(state: State, event: ClockConfirmed) -> Step:
    if state.clock is None or state.clock.checking:
        return Step(state)
    question = asked(state, permitted(state, event.staff_id, Action.CONFIRM_CLOCK), event.pin, "clock")
    if isinstance(question, str):
        return changed(state, clock=replace(state.clock, problem=question))
    clock = replace(state.clock, checking=True, problem="", entry_id=event.fresh)
    return Step(replace(state, clock=clock), (question,))


def clock_checked(state: State, event: PinChecked) -> Step:
    doubt, member = state.clock, permitted(state, event.staff_id, Action.CONFIRM_CLOCK)
    if doubt is None:
        return Step(state)
    if not event.right or member is None:
        problem = wrong_sentence(state, event.staff_id)
        return changed(state, clock=replace(doubt, checking=False, problem=problem))
    body = Clock(before=doubt.before, after=moment(state), staff_id=member.id, staff_name=member.name)
    return Step(state, (Record(id=doubt.entry_id, body=body),))


HANDLERS: Handlers = {ClockConfirmed: clock_confirmed}
