"""Checking PINs: whom to ask, what a wrong one costs, and what a right one lets pass.

After FREE_TRIES wrong PINs in a row a person waits, each time twice as long; it is kept on the device.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from pydantic import TypeAdapter, ValidationError

from app.domain.money import Value
from app.domain.policy import Action, may
from app.domain.staff import StaffMember
from app.till.effects import CheckPin, KeepLocal
from app.till.events import PinChecked
from app.till.flow.local import PIN_WAITS
from app.till.flow.step import Step, replace
from app.till.selectors import LONGEST_WAIT, active, moment, pin_wait
from app.till.state import SignIn, State

FREE_TRIES = 5
FIRST_WAIT = 30
"""Seconds."""
NOBODY = "This person may not do that here. Nothing was changed. Choose someone else."


class PinWait(Value):
    """Wrong PINs of one person, as they are kept on the device."""

    wrong: int
    until: datetime | None = None


_WAITS = TypeAdapter(dict[str, PinWait])


def asked(state: State, member: StaffMember | None, pin: str, purpose: str) -> str | CheckPin:
    """Ask for a PIN to be checked, or say why not."""
    if member is None:
        return NOBODY
    if not pin:
        return "Type the PIN."
    seconds = pin_wait(state, member.id)
    if seconds:
        return f"Too many wrong PINs. Wait {seconds} s, or choose someone else."
    return CheckPin(member.id, pin, purpose)


def permitted(state: State, staff_id: str, action: Action) -> StaffMember | None:
    """The person with this id, if they may let something pass."""
    member = active(state, staff_id)
    return member if may(member, action) else None


def counted(sign_in: SignIn, event: PinChecked) -> tuple[SignIn, KeepLocal | None]:
    """Remember a wrong PIN, or forget the wrong ones after a right one; the device keeps it."""
    wrong, until = dict(sign_in.wrong), dict(sign_in.wait_until)
    before = wrong.pop(event.staff_id, 0)
    until.pop(event.staff_id, None)
    if not event.right:
        wrong[event.staff_id] = before + 1
        if seconds := wait_after(before + 1):
            until[event.staff_id] = event.at + timedelta(seconds=seconds)
    elif not before:
        return sign_in, None
    waits = {each: PinWait(wrong=count, until=until.get(each)) for each, count in wrong.items()}
    effect = KeepLocal(PIN_WAITS, _WAITS.dump_json(waits).decode())
    return replace(sign_in, wrong=wrong, wait_until=until), effect


def wait_after(wrong: int) -> int:
    """Seconds to wait after so many wrong PINs in a row."""
    if wrong < FREE_TRIES:
        return 0
    doublings = min(wrong - FREE_TRIES, 10)
    return min(FIRST_WAIT << doublings, LONGEST_WAIT)


def shortened(state: State) -> State:
    """Let nobody wait longer than the longest wait, because the clock was set back meanwhile; called with each tick."""
    latest = moment(state) + timedelta(seconds=LONGEST_WAIT)
    until = {each: min(at, latest) for each, at in state.sign_in.wait_until.items()}
    if until == state.sign_in.wait_until:
        return state
    return replace(state, sign_in=replace(state.sign_in, wait_until=until))


def remembered(text: str) -> SignIn:
    """Read the waits back; damaged ones count as none."""
    try:
        waits = _WAITS.validate_json(text or "{}")
    except ValidationError:
        waits = {}
    until = {each: wait.until for each, wait in waits.items() if wait.until is not None}
    return SignIn(wrong={each: wait.wrong for each, wait in waits.items()}, wait_until=until)


def wrong_sentence(state: State, staff_id: str) -> str:
    """What a wrong PIN means for the next try."""
    tries = FREE_TRIES - state.sign_in.wrong.get(staff_id, 0)
    if tries > 1:
        return f"Wrong PIN. Nothing was changed. {tries} tries are left before a wait."
    if tries == 1:
        return "Wrong PIN. Nothing was changed. One try is left before a wait."
    return f"Wrong PIN. Wait {pin_wait(state, staff_id)} s before the next try."


Checked = Callable[[State, PinChecked], Step]
"""What a flow does when its PIN was checked; wrong ones are counted already."""
