"""Taking something off by hand, or changing a price: within one's own leeway, beyond it with a manager's PIN.

It works offline like anything else in the cart. Once money was taken the price is agreed.
"""

from app.domain.invoice import rate_text
from app.domain.money import format_plain
from app.domain.policy import Action
from app.domain.promotion import AmountOff, PercentOff
from app.domain.staff import StaffMember
from app.till.bargains import (
    Wish,
    allows,
    bargained,
    beyond,
    by_whom,
    fixed,
    leeway,
    limit,
    line_of,
    lost,
    present,
    undone,
    ways,
    wish,
)
from app.till.events import (
    BargainAsked,
    BargainMade,
    BargainReasonTyped,
    BargainRemoved,
    BargainTyped,
    BargainWayChosen,
    PinChecked,
)
from app.till.flow.filling import unsellable
from app.till.flow.keeping import kept, while_open
from app.till.flow.pins import asked, permitted, wrong_sentence
from app.till.flow.repricing import repricing
from app.till.flow.step import Handlers, Step, changed, noticed, replace
from app.till.slices.bargain import Bargain, Way
from app.till.state import Screen, State

AGREED = "Money was taken or asked for, so the price stays as agreed. Give it back at checkout to change the price."
NOT_HERE = "This store takes nothing off by hand. Nothing was changed. Ask a manager."


def bargain_asked(state: State, event: BargainAsked) -> Step:
    """Open the dialog with what was given before."""
    lines = state.cart.lines
    if state.screen is not Screen.SELL or state.sign_in.user is None or not -1 <= event.line < len(lines) or not lines:
        return Step(state)
    line = lines[event.line] if event.line >= 0 else None
    if line is not None and not line.stocked:
        return Step(state)
    open_to = ways(state, line)
    why = AGREED if fixed(state) else "" if open_to else NOT_HERE
    if why:
        return noticed(state, why)
    way = Way.PRICE if line and line.changed_price and Way.PRICE in open_to else open_to[0]
    return changed(state, bargain=_begun(state, Bargain(line.key if line else None, way)))


def _begun(state: State, bargain: Bargain) -> Bargain:
    """The dialog filled with what was given before of this kind."""
    line, given = line_of(state, bargain), present(state, bargain)
    reason = given.reason if given else bargain.reason
    if bargain.way is Way.PRICE:
        return replace(bargain, typed=format_plain(line.unit_price) if line else "", reason=reason)
    match getattr(given, "offer", None):
        case PercentOff(rate=rate):
            return replace(bargain, way=Way.PERCENT, typed=rate_text(rate).rstrip("%").strip(), reason=reason)
        case AmountOff(amount=amount):
            return replace(bargain, way=Way.AMOUNT, typed=format_plain(amount), reason=reason)
        case _:
            return bargain


def way_chosen(state: State, event: BargainWayChosen) -> Step:
    """Another kind is begun anew: 10 per cent are not 10 rupees."""
    bargain = state.bargain
    if bargain is None or bargain.checking or event.value not in ways(state, line_of(state, bargain)):
        return Step(state)
    way = Way(event.value)
    other = replace(bargain, way=way, typed="", problem="")
    return changed(state, bargain=_begun(state, other) if way is Way.PRICE else other)


def typed(state: State, event: BargainTyped) -> Step:
    return _with(state, typed=event.value[:40], problem="")


def reason_typed(state: State, event: BargainReasonTyped) -> Step:
    return _with(state, reason=event.value[:200], problem="")


def bargain_made(state: State, event: BargainMade) -> Step:
    """Do what is wanted, or ask for the PIN of who may let it pass."""
    bargain, user = state.bargain, state.sign_in.user
    if bargain is None or bargain.checking or user is None:
        return Step(state)
    wanted = _wanted(state, bargain)
    if isinstance(wanted, str):
        return _with(state, problem=wanted)
    if allows(state, bargain, wanted, leeway(state, user)):
        return _done(state, bargain, wanted, user, None)
    if not event.pin:
        return _with(state, problem="That is more than you may give. A manager’s PIN lets it pass.")
    question = asked(state, permitted(state, event.staff_id, Action.APPROVE_DISCOUNT), event.pin, "bargain")
    if isinstance(question, str):
        return _with(state, problem=question)
    return Step(_with(state, checking=True, problem="").state, (question,))


def _wanted(state: State, bargain: Bargain) -> Wish | str:
    """What is wanted, or why it cannot be."""
    if fixed(state):
        return AGREED
    if lost(state, bargain):
        return "The line is no longer in the cart. Nothing was changed. Close this."
    wanted = wish(bargain)
    if isinstance(wanted, str):
        return wanted
    if not bargain.reason.strip():
        return "Type a reason, or tap one of them."
    return beyond(state, bargain, wanted) or wanted


def bargain_checked(state: State, event: PinChecked) -> Step:
    """A manager's PIN was checked; the manager's own limit holds, and the cart may be another one meanwhile."""
    bargain, user, member = state.bargain, state.sign_in.user, permitted(state, event.staff_id, Action.APPROVE_DISCOUNT)
    if bargain is None or not bargain.checking or user is None:
        return Step(state)
    if not event.right or member is None:
        return _with(state, checking=False, problem=wrong_sentence(state, event.staff_id))
    wanted = _wanted(state, bargain)
    if not isinstance(wanted, str) and allows(state, bargain, wanted, leeway(state, member)):
        return _done(state, bargain, wanted, user, member)
    why = wanted if isinstance(wanted, str) else f"That is more than {member.name} may let pass. Nothing was changed."
    return _with(state, checking=False, problem=why)


def _done(state: State, bargain: Bargain, wanted: Wish, who: StaffMember, approver: StaffMember | None) -> Step:
    most = limit(bargain, leeway(state, approver or who))
    after = bargained(state, bargain, wanted, by_whom(bargain, who, approver), most)
    if why := unsellable(after):
        return _with(state, checking=False, problem=why)
    return kept(replace(after, bargain=None))


def bargain_removed(state: State, _: BargainRemoved) -> Step:
    bargain = state.bargain
    if bargain is None or bargain.checking or lost(state, bargain):
        return Step(state)
    if fixed(state):
        return _with(state, problem=AGREED)
    return kept(replace(undone(state, bargain), bargain=None))


def _with(state: State, **fields: object) -> Step:
    if state.bargain is None:
        return Step(state)
    return changed(state, bargain=replace(state.bargain, **fields))  # type: ignore[arg-type]


HANDLERS: Handlers = {
    BargainAsked: while_open(bargain_asked),
    BargainWayChosen: while_open(way_chosen),
    BargainTyped: while_open(typed),
    BargainReasonTyped: while_open(reason_typed),
    BargainMade: while_open(repricing(bargain_made)),
    BargainRemoved: while_open(repricing(bargain_removed)),
}
