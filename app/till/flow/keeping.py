"""Writing the open sale down at each change, so that a crash forgets nothing; and when it may not be changed."""

from typing import Any

from app.till.effects import DropDraft, KeepDraft
from app.till.flow.step import Handler, Step
from app.till.selectors import draft
from app.till.state import State


def kept(state: State, payment_id: str = "") -> Step:
    """Keep the draft as it is now; a sale with nothing in it has none."""
    now = draft(state)
    if not now.cart.lines and not now.payments and not payment_id and now.exchange is None:
        return Step(state, (DropDraft(now.id),))
    return Step(state, (KeepDraft(now, payment_id),))


def saving(state: State) -> bool:
    """Whether the sale is on its way into the journal: a change now would be in no entry."""
    return state.checkout is not None and state.checkout.saving


def while_open(handler: Handler) -> Handler:
    """Let a handler see an event only while the sale may be changed."""

    def guarded(state: State, event: Any) -> Step:
        return Step(state) if saving(state) else handler(state, event)

    return guarded


def at_checkout(handler: Handler) -> Handler:
    """Let a handler see an event only at checkout, and only while the sale may be changed."""

    def guarded(state: State, event: Any) -> Step:
        return Step(state) if state.checkout is None or saving(state) else handler(state, event)

    return guarded
