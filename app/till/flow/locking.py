"""A register that nobody touches locks its screen; whoever signs in then goes on with the open sale.

Everything stays as it was under the lock: cart, payments, dialogs, and what is typed. Only a PIN is listened to.
"""

from datetime import timedelta

from app.domain.staff import StaffMember
from app.till.events import Event, PinGiven, ScreenLocked, StaffChosen
from app.till.flow.keeping import kept, saving
from app.till.flow.step import Handlers, Step, changed, replace
from app.till.messages import EVENTS
from app.till.selectors import locked
from app.till.standing import elapsed
from app.till.state import Screen, State

BY_PEOPLE = frozenset(EVENTS.values())
UNLOCKING = frozenset({StaffChosen, PinGiven})


def heard(state: State, event: Event) -> bool:
    """Whether an event may do anything: under the lock a person can only sign in."""
    return not locked(state) or type(event) not in BY_PEOPLE or type(event) in UNLOCKING


def touched(state: State, event: Event) -> State:
    """Note when a person did something last."""
    return replace(state, touched_at=state.now) if type(event) in BY_PEOPLE else state


def locked_when_idle(state: State) -> State:
    """Lock where nobody did anything for as long as the store wants; never while something is being written."""
    settings = state.people.settings
    minutes = settings.lock_minutes if settings else 0
    if not minutes or state.touched_at is None or elapsed(state, state.touched_at) < timedelta(minutes=minutes):
        return state
    return _locked(state)


def screen_locked(state: State, _: ScreenLocked) -> Step:
    return Step(_locked(state))


def _locked(state: State) -> State:
    user = state.sign_in.user
    if user is None or locked(state) or _busy(state) or state.screen is Screen.STOPPED:
        return state
    return replace(state, locked=True, sign_in=replace(state.sign_in, chosen=user.id, problem=""))


def _busy(state: State) -> bool:
    """Whether an answer is awaited that a person should see: an entry, a payment, a PIN."""
    checkout, backs = state.checkout, state.backs
    paying = (checkout.approval, checkout.card) if checkout else ()
    selling = (state.browse.override, state.bargain, state.clock, state.shift.approval)
    looking = (backs.returning, backs.voiding, state.looking_back.correcting)
    return (
        saving(state)
        or (checkout is not None and checkout.keeping)
        or backs.writing
        or state.upkeep.checking
        or any(each is not None and each.checking for each in paying)
        or any(each is not None and each.checking for each in selling)
        or any(each is not None and each.checking for each in looking)
    )


def unlocked(state: State, member: StaffMember) -> Step:
    """Go on where the screen was locked; somebody else takes the open sale over."""
    before = state.sign_in.user
    sign_in = replace(state.sign_in, user=member, chosen="", checking=False, problem="")
    opened = replace(state, locked=False, sign_in=sign_in)
    other = before is None or before.id != member.id
    return kept(opened) if other and (opened.cart.lines or opened.checkout) else changed(opened)


HANDLERS: Handlers = {ScreenLocked: screen_locked}
