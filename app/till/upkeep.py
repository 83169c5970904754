"""Whether the local data may be cleared (T6), and what would go; flows and screens ask here."""

from app.domain.draft import Draft
from app.sync.mode import Mode
from app.sync.pruning import taken_in
from app.sync.status import Link
from app.till.standing import mode_now
from app.till.state import Kept, State

ANEW = frozenset({Mode.COPIED, Mode.REVOKED, Mode.TORN})
"""Modes of a register that sells no more: its browser may become another one."""
WHY_NOT_ANEW = {
    "offline": "The store’s server cannot be reached now. Nothing was changed. Set up anew when it can.",
    "waits": (
        "Something is not at the store’s server. Nothing was changed. "
        "Wait until it is sent, or save a file of it first."
    ),
    "money": (
        "Money was taken for a sale that is not finished, or a payment link is open. Nothing was changed. "
        "Finish the sale or give the money back first."
    ),
    "open": "A sale is open. Nothing was changed. Finish it or empty the cart first.",
}
WHY_NOT = {
    "enrol": "This register is not enrolled yet, so there is nothing to clear.",
    "offline": (
        "The data is downloaded again after a reset, and the store’s server cannot be reached now. "
        "Nothing was cleared. Reset when the register is online."
    ),
    "money": (
        "Money was taken for a sale that is not finished, or a payment link is open. Nothing was cleared. "
        "Finish the sale or give the money back, then reset."
    ),
    "open": "A sale is open. Nothing was cleared. Finish it or empty the cart, then reset.",
}
"""Each says what happened, what is safe, and what to do."""


def waiting_entries(state: State) -> tuple[Kept, ...]:
    """The entries of this register that the OMS has said nothing about yet, sales and all others, oldest first."""
    return tuple(kept for kept in state.journal.kept if kept.digest not in state.journal.verdicts)


def left_here(state: State) -> tuple[Kept, ...]:
    """What the OMS has not taken in, also what was turned down: a register that goes leaves no sale behind."""
    verdicts = state.journal.verdicts
    said = ((kept, verdicts.get(kept.digest)) for kept in state.journal.kept)
    return tuple(kept for kept, verdict in said if not taken_in(verdict))


def unexported(state: State, entries: tuple[Kept, ...]) -> int:
    """How many of some entries are in no file that was given out since the start."""
    return sum(kept.digest not in state.upkeep.exported for kept in entries)


def cleared_drafts(state: State) -> tuple[Draft, ...]:
    """The drafts that a reset forgets: parked sales, and what a crash left open; none of them has money in it."""
    return (*state.parking.parked, *left_open(state))


def why_no_reset(state: State) -> str:
    """Why nothing may be cleared now, whoever asks; nothing where it may."""
    if state.registered is None or state.journal.head is None:
        return WHY_NOT["enrol"]
    if what := _unfinished(state):
        return WHY_NOT[what]
    return "" if mode_now(state) in {Mode.ONLINE, Mode.PREPARING} else WHY_NOT["offline"]


def why_not_anew(state: State) -> str:
    """Why this browser cannot become another register now; nothing where it may."""
    if state.connection.link.link not in {Link.UP, Link.REVOKED}:
        return WHY_NOT_ANEW["offline"]
    if unexported(state, left_here(state)):
        return WHY_NOT_ANEW["waits"]
    what = _unfinished(state)
    return WHY_NOT_ANEW[what] if what else ""


def _unfinished(state: State) -> str:
    """What is under way: a sale, or one with money in it."""
    checkout = state.checkout
    if any(draft.payments or draft.link or draft.card for draft in cleared_drafts(state)):
        return "money"
    if checkout is not None and (checkout.payments or checkout.keeping or checkout.link or checkout.card):
        return "money"
    return "open" if state.cart.lines or checkout is not None or state.exchange is not None else ""


def needs_manager(state: State) -> bool:
    """Whether a manager has to confirm: something waits to be sent, or somebody's parked sale would go."""
    return bool(waiting_entries(state) or state.parking.parked)


def left_open(state: State) -> tuple[Draft, ...]:
    """Unfinished sales that are kept and not open now; those that were parked by name are none of them."""
    found = (state.found_draft,) if state.found_draft else ()
    return (*found, *state.more_drafts)
