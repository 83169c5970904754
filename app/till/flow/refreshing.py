"""Keeping the cache fresh (T1): opening the sales page, searching and scrolling ask the courier to look at once.

At most every few seconds, and nobody waits for it: what is here is shown, and what is new comes in when it comes.
"""

from datetime import timedelta
from typing import Any

from app.till.effects import TellCourier
from app.till.events import ShelfScrolled
from app.till.flow.step import Handler, Handlers, Step, replace
from app.till.selectors import moment
from app.till.state import Screen, State

AGAIN = timedelta(seconds=10)


def refreshed(state: State) -> Step:
    """Ask the courier to look whether anything is new, unless it was asked just now."""
    last, now = state.refreshed_at, moment(state)
    if state.screen is not Screen.SELL or (last is not None and last <= now < last + AGAIN):
        return Step(state)
    return Step(replace(state, refreshed_at=now), (TellCourier("look"),))


def refreshing(handler: Handler) -> Handler:
    """Let a handler of the sales page ask for what is new, too."""

    def asking(state: State, event: Any) -> Step:
        return handler(state, event).then(refreshed)

    return asking


def shelf_scrolled(state: State, _: ShelfScrolled) -> Step:
    return refreshed(state)


HANDLERS: Handlers = {ShelfScrolled: shelf_scrolled}
