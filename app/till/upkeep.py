"""Whether the local data may be cleared (T6), and what would go; flows and screens ask here."""

from app.domain.draft import Draft
from app.sync.mode import Mode
from app.till.standing import mode_now
from app.till.state import Kept, State

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


def unexported(state: State) -> int:
    """How many of them are in no file that was given out since the start."""
    return sum(kept.digest not in state.upkeep.exported for kept in waiting_entries(state))


def cleared_drafts(state: State) -> tuple[Draft, ...]:
    """The drafts that a reset forgets: parked sales, and what a crash left open; none of them has money in it."""
    return (*state.parking.parked, *_left_open(state))


def why_no_reset(state: State) -> str:
    """Why nothing may be cleared now, whoever asks; nothing where it may."""
    checkout = state.checkout
    if state.registered is None or state.journal.head is None:
        return WHY_NOT["enrol"]
    if any(draft.payments or draft.link or draft.card for draft in cleared_drafts(state)):
        return WHY_NOT["money"]
    if checkout is not None and (checkout.payments or checkout.keeping or checkout.link or checkout.card):
        return WHY_NOT["money"]
    if state.cart.lines or checkout is not None or state.exchange is not None:
        return WHY_NOT["open"]
    return "" if mode_now(state) in {Mode.ONLINE, Mode.PREPARING} else WHY_NOT["offline"]


def needs_manager(state: State) -> bool:
    """Whether a manager has to confirm: something waits to be sent, or somebody's parked sale would go."""
    return bool(waiting_entries(state) or state.parking.parked)


def _left_open(state: State) -> tuple[Draft, ...]:
    found = (state.found_draft,) if state.found_draft else ()
    return (*found, *state.more_drafts)
