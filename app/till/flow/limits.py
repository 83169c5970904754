"""Letting a payment pass above the limit of a house account: a manager's PIN, then what was pressed is done again."""

from app.domain.policy import Action
from app.till.events import LimitAllowed, PaymentTaken, PinChecked, SaleCompleted
from app.till.flow.keeping import at_checkout
from app.till.flow.paying import payment_taken, sale_completed
from app.till.flow.pins import asked, permitted, wrong_sentence
from app.till.flow.step import Handlers, Step, replace
from app.till.slices.limits import LimitApproval
from app.till.state import State


def limit_allowed(state: State, event: LimitAllowed) -> Step:
    approval = state.checkout.approval if state.checkout else None
    if approval is None or approval.checking:
        return Step(state)
    question = asked(state, permitted(state, event.staff_id, Action.EXCEED_LIMIT), event.pin, "limit")
    if isinstance(question, str):
        return Step(_with(state, replace(approval, problem=question)))
    return Step(_with(state, replace(approval, checking=True, problem="")), (question,))


def limit_checked(state: State, event: PinChecked) -> Step:
    """A manager's PIN was checked; the dialog may have been left meanwhile."""
    approval = state.checkout.approval if state.checkout else None
    member = permitted(state, event.staff_id, Action.EXCEED_LIMIT)
    if approval is None or not approval.checking:
        return Step(state)
    if not event.right or member is None:
        problem = wrong_sentence(state, event.staff_id)
        return Step(_with(state, replace(approval, checking=False, problem=problem)))
    passed = _with(state, replace(approval, approved_by=member.name))
    stamps = approval.at, approval.payment_id
    done = (
        sale_completed(passed, SaleCompleted(*stamps))
        if approval.completes
        else payment_taken(passed, PaymentTaken(*stamps))
    )
    return Step(_with(done.state, None), done.effects)


def _with(state: State, approval: LimitApproval | None) -> State:
    return replace(state, checkout=replace(state.checkout, approval=approval)) if state.checkout else state


HANDLERS: Handlers = {LimitAllowed: at_checkout(limit_allowed)}
