"""When what the open sale costs has changed: the amount field follows, unless somebody has typed there."""

from typing import Any

from app.domain.money import format_plain
from app.till.flow.checkout import refilled
from app.till.flow.keeping import saving
from app.till.flow.step import Handler, Step, replace
from app.till.selectors import chosen_tender, due, total
from app.till.state import State


def repricing(handler: Handler) -> Handler:
    """Let a handler change what the sale costs: a line that went, a promotion that came, a day that began."""

    def followed(state: State, event: Any) -> Step:
        return followed_up(state, handler(state, event))

    return followed


def followed_up(before: State, step: Step) -> Step:
    """Put what is due now into the amount field, where it held what was due before."""
    after = step.state
    if after.checkout is None or saving(after) or before.checkout is None or total(before) == total(after):
        return step
    typed = after.checkout.amount != format_plain(max(due(before, chosen_tender(before)), 0))
    return step if typed else replace(step, state=_refilled(after))


def _refilled(state: State) -> State:
    """A problem that is shown may be the very reason why the price changed: it stays."""
    problem = state.checkout.problem if state.checkout else ""
    filled = refilled(state).checkout
    return replace(state, checkout=replace(filled, problem=problem) if filled else None)
