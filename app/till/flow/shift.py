"""Shifts: opening with a float, cash in and out, counting blind, closing. All of it is entries of the journal."""

from datetime import datetime

from app.domain.money import AmountError, format_money, parse_money
from app.domain.policy import Action, may
from app.domain.shift import (
    MOST_PIECES,
    Direction,
    Moved,
    Opened,
    Pile,
    closing,
    next_number,
)
from app.domain.staff import StaffMember
from app.sync.bodies import Body, Cash
from app.sync.bodies import Shift as ShiftEntry
from app.sync.journal import Jumped
from app.till.effects import ReadOlder, Record
from app.till.events import (
    CashApproved,
    CashTouched,
    CountBegun,
    CountConfirmed,
    CountLeft,
    PiecesTyped,
    PinChecked,
    Recorded,
    ReportOpened,
    ShiftBegun,
    ShiftRead,
)
from app.till.flow.clock import business, doubted
from app.till.flow.keeping import while_open
from app.till.flow.pins import asked, permitted, wrong_sentence
from app.till.flow.step import Handlers, Step, changed, replace
from app.till.selectors import TOO_MUCH
from app.till.shifts import all_shifts, folded, open_shift, places, reported
from app.till.slices.journal import reaches
from app.till.slices.shift import Approval, ShiftDesk
from app.till.state import Screen, State

OPEN_FIRST = "No shift is open, so cash cannot be moved. Open a shift first; its float is counted then."
NOT_YOU = "This person may not move cash here. Nothing was changed. Ask somebody else to sign in."
BAD_COUNT = "One of the counts is not a whole number of pieces. Nothing was closed. Check it."

NOT_READ = (
    "This report is not shown: not all of its shift can be read in this browser, so its sums would be wrong. "
    "What was saved is safe. Try again, or look at the shift in the back office, under Shifts."
)


def shift_begun(state: State, event: ShiftBegun) -> Step:
    """Open a shift; one that is open stays open."""
    user, amount = _cashier(state), _amount(event.amount)
    if user is None or open_shift(state) is not None:
        return _problem(state, NOT_YOU if user is None else "")
    if isinstance(amount, str):
        return _problem(state, amount)
    at = _time(state)
    if isinstance(at, Jumped):
        return doubted(state, at)
    opened = Opened(shift_id=event.fresh, at=at, opening_float=amount, staff_id=user.id, staff_name=user.name)
    return _written(state, f"{event.fresh}-opened", ShiftEntry(happened=opened))


def cash_touched(state: State, event: CashTouched) -> Step:
    """Note cash in or out; more out than the settings allow waits for a manager."""
    move = _move(state, event)
    if isinstance(move, str):
        return _problem(state, move)
    if isinstance(move, Jumped):
        return doubted(state, move)
    if move.direction is Direction.OUT and move.amount > _limit(state):
        return _desk(state, approval=Approval(move, event.fresh), problem="")
    return _written(state, event.fresh, Cash(moved=move))


def _move(state: State, event: CashTouched) -> Moved | Jumped | str:
    """Read what is to be moved, or say what is wrong with it."""
    user, shift, amount, reason = _cashier(state), open_shift(state), _amount(event.amount), event.reason.strip()
    if user is None or shift is None:
        return NOT_YOU if user is None else OPEN_FIRST
    if event.direction not in set(Direction):
        return "Choose whether cash comes in or goes out."
    if isinstance(amount, str):
        return amount
    if amount == 0:
        return "Type how much cash it is."
    if not reason:
        return "Type a reason, such as “Bank deposit” or “Tea for the staff”."
    at = _time(state)
    if isinstance(at, Jumped):
        return at
    return Moved(
        shift_id=shift.id,
        at=at,
        direction=Direction(event.direction),
        amount=amount,
        reason=reason[:200],
        staff_id=user.id,
        staff_name=user.name,
    )


def cash_approved(state: State, event: CashApproved) -> Step:
    approval = state.shift.approval
    if approval is None or approval.checking:
        return Step(state)
    question = asked(state, permitted(state, event.staff_id, Action.APPROVE_CASH_OUT), event.pin, "cash")
    if isinstance(question, str):
        return _desk(state, approval=replace(approval, problem=question))
    return Step(_desk(state, approval=replace(approval, checking=True, problem="")).state, (question,))


def cash_checked(state: State, event: PinChecked) -> Step:
    """A manager's PIN was checked; the dialog may have been left, or the shift closed, meanwhile."""
    approval, member = state.shift.approval, permitted(state, event.staff_id, Action.APPROVE_CASH_OUT)
    if approval is None or not approval.checking:
        return Step(state)
    if not event.right or member is None:
        problem = wrong_sentence(state, event.staff_id)
        return _desk(state, approval=replace(approval, checking=False, problem=problem))
    shift, done = open_shift(state), _desk(state, approval=None).state
    if shift is None or shift.id != approval.move.shift_id:
        return _problem(done, OPEN_FIRST)
    return _written(done, approval.entry_id, Cash(moved=approval.move.model_copy(update={"approved_by": member.name})))


def count_begun(state: State, _: CountBegun) -> Step:
    return _desk(state, counting=open_shift(state) is not None, problem="")


def count_left(state: State, _: CountLeft) -> Step:
    return _desk(state, counting=False, problem="")


def pieces_typed(state: State, event: PiecesTyped) -> Step:
    typed = {**state.shift.count, event.denomination: event.value}
    return _desk(state, count=typed, problem="")


def count_confirmed(state: State, _: CountConfirmed) -> Step:
    """Close the shift with the count; only now is it said what should have been there."""
    shift, user, count = open_shift(state), _cashier(state), piles(state)
    if shift is None or user is None or not state.shift.counting:
        return Step(state)
    if count is None:
        return _problem(state, BAD_COUNT)
    at = _time(state)
    if isinstance(at, Jumped):
        return doubted(state, at)
    anchor = state.journal.anchor
    number = next_number(all_shifts(state), anchor.reports if anchor else 0)
    closed = closing(shift, number, count, at, (user.id, user.name))
    return _written(state, f"{shift.id}-closed", ShiftEntry(happened=closed))


def piles(state: State) -> tuple[Pile, ...] | None:
    """What was counted; None while something typed is no number of pieces."""
    settings = state.people.settings
    counted: list[Pile] = []
    for denomination in settings.denominations if settings else ():
        text = state.shift.count.get(denomination, "").strip() or "0"
        if not (text.isascii() and text.isdecimal() and len(text) < 6 and int(text) <= MOST_PIECES):
            return None
        counted.append(Pile(denomination=denomination, pieces=int(text)))
    return tuple(counted)


def report_opened(state: State, event: ReportOpened) -> Step:
    """Look at a report; it changes nothing. What of its shift is not open is read first."""
    return _reporting(_desk(state, report="", reading="", problem="").state, event.shift_id)


def _reporting(state: State, shift_id: str) -> Step:
    shift = next((each for each in all_shifts(state) if each.id == shift_id), None)
    if shift is None:
        return Step(state)
    if reported(state, shift_id) is not None:
        return _desk(state, report=shift_id)
    return Step(_desk(state, reading=shift_id).state, (ReadOlder(shift_id, places(state, shift)),))


def shift_read(state: State, event: ShiftRead) -> Step:
    """Show the report for which a shift was read, if it is still waited for and nothing of the shift is missing."""
    if state.shift.reading != event.shift_id:
        return Step(state)
    if state.screen is not Screen.SHIFT:
        return _desk(state, reading="")
    found = folded(event.kept) if reaches(event.kept, *event.places) else ()
    read = next((each for each in found if each.id == event.shift_id and each.closed), None)  # one that runs grows
    if read is None:
        return _desk(state, reading="", problem=NOT_READ)
    return _desk(state, reading="", read=read, report=read.id)


def shift_noted(state: State, _: Recorded) -> Step:
    """The shift has begun or ended; after its end its Z report is on the screen."""
    last, done = all_shifts(state)[-1], replace(state, shift=ShiftDesk())
    return _reporting(done, last.id) if last.closed is not None else Step(done)


def cash_noted(state: State, _: Recorded) -> Step:
    return _desk(state, writing="", problem="")


def not_written(state: State, why: str) -> Step:
    """Nothing was written: the form says so, and it can be tried again."""
    return _desk(state, writing="", problem=why)


def _cashier(state: State) -> StaffMember | None:
    user = state.sign_in.user
    return user if may(user, Action.MOVE_CASH) else None


def _time(state: State) -> datetime | Jumped:
    at = business(state)
    return at if isinstance(at, Jumped) else at.at


def _limit(state: State) -> int:
    return state.people.settings.cash_out_limit if state.people.settings else 0


def _amount(text: str) -> int | str:
    try:
        amount = parse_money(text)
    except AmountError as error:
        return str(error)
    return amount if amount < TOO_MUCH else f"{format_money(amount)} is more than any drawer holds. Check the digits."


def _written(state: State, entry_id: str, body: Body) -> Step:
    if state.shift.writing or state.journal.head is None:
        return Step(state)
    return Step(_desk(state, writing=entry_id, problem="").state, (Record(id=entry_id, body=body),))


def _problem(state: State, why: str) -> Step:
    return _desk(state, problem=why)


def _desk(state: State, **fields: object) -> Step:
    return changed(state, shift=replace(state.shift, **fields))  # type: ignore[arg-type]


HANDLERS: Handlers = {
    ShiftBegun: while_open(shift_begun),
    CashTouched: while_open(cash_touched),
    CashApproved: while_open(cash_approved),
    CountBegun: count_begun,
    CountLeft: count_left,
    PiecesTyped: pieces_typed,
    CountConfirmed: while_open(count_confirmed),
    ReportOpened: report_opened,
    ShiftRead: shift_read,
}
