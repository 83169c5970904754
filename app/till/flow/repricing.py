"""When the price of the open sale changes by itself: the amount field follows, unless somebody has typed there."""

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
        step = handler(state, event)
        after = step.state
        checkout = after.checkout
        if checkout is None or saving(after) or state.checkout is None or total(state) == total(after):
            return step
        typed = checkout.amount != format_plain(max(due(state, chosen_tender(state)), 0))
        return step if typed else replace(step, state=refilled(after))

    return followed
