"""Sales that were not finished: found at the start or left at sign-out, offered again, never forgotten."""

from app.domain.draft import Draft
from app.domain.money import format_money
from app.domain.order import Order
from app.till.effects import DropDraft, KeepLocal
from app.till.events import DraftDiscarded, DraftFound, DraftResumed
from app.till.flow.checkout import refilled, with_tender
from app.till.flow.local import OFF, ON, TRAINING
from app.till.flow.news import looked_up
from app.till.flow.step import Handlers, Step, changed, replace, troubled
from app.till.parked import reopened
from app.till.state import State


def draft_found(state: State, event: DraftFound) -> Step:
    """A draft whose order is in the journal was saved; practice is forgotten; any other one waits for sign-in."""
    draft = event.draft
    order = state.journal.order(draft.order_id) if draft.order_id else None
    if order is not None:
        return Step(replace(state, trouble=_saved(order, draft)), (DropDraft(draft.id),))
    if draft.training or (not draft.cart.lines and not draft.payments and draft.exchange is None):
        return Step(state, (DropDraft(draft.id),))
    if draft.parked_as is not None and not draft.payments:
        parked = sorted((*state.parking.parked, draft), key=lambda each: each.at)
        return changed(state, parking=replace(state.parking, parked=tuple(parked)))
    if state.found_draft is None:
        return changed(state, found_draft=draft)
    return changed(state, more_drafts=(*state.more_drafts, draft))


def _saved(order: Order, draft: Draft) -> str:
    """What people are told of a draft that is an order; what was taken while nobody knew that is in no order."""
    saved = f"Sale {order.number} was saved before the register stopped. It stands in Orders; print it there."
    paid = {payment.id for payment in order.payments}
    beyond = sum(payment.amount for payment in draft.payments if payment.id not in paid)
    return f"{saved} {format_money(beyond)} was taken after that, and is in no sale: give it back." if beyond else saved


def next_offered(state: State) -> State:
    """Offer the next draft that waits, once nothing else is open."""
    if state.found_draft is not None or not state.more_drafts or state.cart.lines or state.checkout or state.exchange:
        return state
    return replace(state, found_draft=state.more_drafts[0], more_drafts=state.more_drafts[1:])


def draft_resumed(state: State, _: DraftResumed) -> Step:
    """Go on where the sale stopped; with money taken that is checkout."""
    draft = state.found_draft
    if draft is None or state.sign_in.user is None:
        return Step(state)
    if state.cart.lines or state.checkout is not None or state.exchange is not None:
        return troubled(state, "Another sale is open. Both are safe. Finish the open one first.")
    # What was begun as a sale stays one, whatever was switched since.
    resumed = replace(reopened(state, draft), found_draft=None, training=draft.training)
    kept_mode = KeepLocal(TRAINING, ON if draft.training else OFF)
    effects = (looked_up(resumed), *((kept_mode,) if draft.training != state.training else ()))
    return Step(refilled(with_tender(resumed)), effects)


def draft_discarded(state: State, _: DraftDiscarded) -> Step:
    """Forget a sale that nobody paid for; money that was taken is not forgotten."""
    draft = state.found_draft
    if draft is None or state.sign_in.user is None:
        return Step(state)
    if draft.payments:
        return troubled(
            state, "Money was taken for this sale. It is noted. Resume the sale, and finish it or give it back."
        )
    return Step(next_offered(replace(state, found_draft=None)), (DropDraft(draft.id),))


HANDLERS: Handlers = {
    DraftFound: draft_found,
    DraftResumed: draft_resumed,
}
