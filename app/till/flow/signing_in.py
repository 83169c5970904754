"""Signing in and out by PIN, offline too; and where the answer to any PIN goes."""

from app.domain.cart import Cart
from app.domain.staff import StaffMember
from app.till.effects import Search
from app.till.events import PinChecked, PinGiven, SignedOut, StaffChosen
from app.till.flow import (
    bargaining,
    cards,
    clock,
    correcting,
    filling,
    formers,
    limits,
    recovering,
    returning,
    shift,
    upkeep,
    voiding,
)
from app.till.flow.keeping import kept, while_open
from app.till.flow.locking import unlocked
from app.till.flow.pins import Checked, asked, counted, wrong_sentence
from app.till.flow.refreshing import refreshed
from app.till.flow.repricing import repricing
from app.till.flow.step import Handlers, Step, changed, replace
from app.till.selectors import active, draft, locked
from app.till.slices.parking import Parking
from app.till.slices.returning import Desk as ReturnDesk
from app.till.slices.shift import ShiftDesk
from app.till.slices.syncing import SyncList
from app.till.state import Browse, Screen, State


def staff_chosen(state: State, event: StaffChosen) -> Step:
    if state.sign_in.checking:
        return Step(state)
    return changed(state, sign_in=replace(state.sign_in, chosen=event.staff_id, problem=""))


def pin_given(state: State, event: PinGiven) -> Step:
    if not _awaits_pin(state) or state.sign_in.checking:
        return Step(state)
    question = asked(state, active(state, state.sign_in.chosen), event.pin, "sign_in")
    if isinstance(question, str):
        return changed(state, sign_in=replace(state.sign_in, problem=question))
    return Step(replace(state, sign_in=replace(state.sign_in, checking=True, problem="")), (question,))


def pin_checked(state: State, event: PinChecked) -> Step:
    """Count a wrong PIN, whatever it was for, and hand the answer to the flow that asked."""
    sign_in, keep = counted(state.sign_in, event)
    step = PURPOSES[event.purpose](replace(state, sign_in=sign_in), event)
    return Step(step.state, (*((keep,) if keep else ()), *step.effects))


def sign_in_checked(state: State, event: PinChecked) -> Step:
    sign_in = replace(state.sign_in, checking=False)
    member = active(state, event.staff_id)
    if not event.right or member is None or not _awaits_pin(state):
        problem = "" if event.right else wrong_sentence(state, event.staff_id)
        return changed(state, sign_in=replace(sign_in, problem=problem))
    if locked(state):
        return unlocked(state, member)
    return signed_in(replace(state, sign_in=replace(sign_in, problem="")), member)


def _awaits_pin(state: State) -> bool:
    return state.screen is Screen.SIGN_IN or locked(state)


def signed_in(state: State, member: StaffMember) -> Step:
    browse = Browse(asked=state.browse.asked + 1)
    sign_in = replace(state.sign_in, user=member, chosen="")
    return Step(
        replace(state, screen=Screen.SELL, sign_in=sign_in, browse=browse, locked=False),
        (Search("", "", browse.asked),),
    ).then(refreshed)


def signed_out(state: State, event: SignedOut) -> Step:
    """Go back to the names; an open sale waits as a draft, payments taken included."""
    if state.sign_in.user is None or (state.checkout is not None and state.checkout.keeping):
        return Step(state)
    left = replace(
        state,
        screen=Screen.SIGN_IN,
        sign_in=replace(state.sign_in, user=None, chosen="", problem=""),
        browse=Browse(asked=state.browse.asked),
        saved=None,
        cart=Cart(),
        bargain=None,
        checkout=None,
        exchange=None,
        backs=ReturnDesk(),
        draft_id=event.fresh,
        clock=None,
        shift=ShiftDesk(writing=state.shift.writing),
        parking=Parking(state.parking.parked),
        sync_list=SyncList(asked=state.sync_list.asked),
    )
    open_sale = draft(state)
    if not open_sale.cart.lines and not open_sale.payments and open_sale.exchange is None:
        return Step(left)
    waiting = tuple(each for each in (state.found_draft, *state.more_drafts) if each is not None)
    return Step(replace(left, found_draft=open_sale, more_drafts=waiting), kept(state).effects)


PURPOSES: dict[str, Checked] = {
    "sign_in": sign_in_checked,
    "override": filling.override_checked,
    "clock": clock.clock_checked,
    "correction": correcting.correction_checked,
    "cash": shift.cash_checked,
    "reset": upkeep.reset_checked,
    "recovery": recovering.recovery_checked,
    "formers": formers.formers_checked,
    "limit": limits.limit_checked,
    "bargain": repricing(bargaining.bargain_checked),
    "card": cards.card_checked,
    "return": returning.return_checked,
    "void": voiding.void_checked,
}

HANDLERS: Handlers = {
    StaffChosen: staff_chosen,
    PinGiven: pin_given,
    PinChecked: pin_checked,
    SignedOut: while_open(signed_out),
}
