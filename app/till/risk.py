"""Money at risk: what was stored on cards and the processor has not been asked about; flows and screens ask here."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from app.domain.card import CardRules
from app.domain.money import format_money
from app.domain.payment import Payment
from app.sync.bodies import Sale
from app.sync.cards import CardState, Standing
from app.till.slices.same import Grown, Same
from app.till.standing import moment
from app.till.state import Kept, State

NO_KEY = "The card processor’s key is not here yet, so no card can be taken. It comes with the next sync."
NEAR = 80
"""Per cent of a cap from which on the header warns."""


@dataclass(frozen=True, slots=True)
class Risk:
    """How much waits to be processed at this register; amounts in minor units."""

    amount: int = 0
    since: datetime | None = None
    near: bool = False
    """It comes close to what the store allows, in money or in hours."""


def rules(state: State) -> CardRules:
    return state.people.settings.cards if state.people.settings else CardRules()


def no_terminal(state: State) -> str:
    """Why no card can be taken by the terminal at all; nothing where one can."""
    if state.training:
        return "A terminal charges real cards, so it is not part of training."
    return "" if rules(state).key else NO_KEY


def standings(state: State) -> dict[str, Standing]:
    """How the stored cards of every order stand, oldest first: as the journal has them, and what came of them."""
    remembered = {each.order_id: each for each in state.cards.memory.orders}
    return {**_in_journal(Same(state.journal.kept)), **remembered}


def waiting(state: State) -> tuple[Standing, ...]:
    """The orders whose cards were not processed yet, oldest first."""
    return tuple(each for each in standings(state).values() if each.state is CardState.WAITING)


def to_process(state: State) -> tuple[Standing, ...]:
    """The orders whose cards wait for the processor, and those that it has decided about since the start."""
    decided = state.cards.decided
    shown = (each for each in standings(state).values() if each.order_id in decided)
    return (*waiting(state), *(each for each in shown if each.state is not CardState.WAITING))


def risk(state: State) -> Risk:
    """All that nobody has asked the processor about: saved sales, the open one, and those put aside."""
    orders, stored = waiting(state), _unsaved(state)
    amount = sum(each.amount for each in orders) + sum(payment.amount for payment in stored)
    times = [each.stored_at for each in orders] + [each.stored.stored_at for each in stored if each.stored]
    since, caps = min(times, default=None), rules(state)
    late = since is not None and (moment(state) - since) * 100 >= timedelta(hours=caps.hours) * NEAR
    return Risk(amount, since, amount > 0 and (late or amount * 100 >= caps.register_cap * NEAR))


def refusal(state: State, amount: int) -> str:
    """Why a card may not be stored for an amount, whoever approves it; nothing where it may be."""
    caps, now = rules(state), risk(state)
    if in_sale(state) + amount > caps.hard_cap:
        most = format_money(caps.hard_cap)
        return f"At most {most} of a sale may be stored on cards. Nothing was taken. Take another payment."
    if now.amount + amount > caps.register_cap:
        here, most = format_money(now.amount), format_money(caps.register_cap)
        return (
            f"{here} already waits for the card processor here, and {most} is the most. Nothing was taken. "
            "Take another payment, or go online so that it is processed."
        )
    if now.since is not None and moment(state) - now.since >= timedelta(hours=caps.hours):
        return (
            f"A card has waited for the processor for {caps.hours} hours, so no more are stored. Nothing was taken. "
            "Take another payment, or go online so that it is processed."
        )
    return ""


def needs_manager(state: State, amount: int) -> bool:
    """Whether so much more in the open sale is above what anybody may store."""
    return in_sale(state) + amount > rules(state).sale_cap


def in_sale(state: State) -> int:
    """What the open sale has on stored cards already."""
    return sum(payment.amount for payment in _taken(state) if payment.stored)


def _taken(state: State) -> tuple[Payment, ...]:
    checkout = state.checkout
    if checkout is None:
        return ()
    return checkout.payments if checkout.awaiting is None else checkout.awaiting


def _unsaved(state: State) -> list[Payment]:
    """Stored cards that are in drafts alone, the open one first; one that is being saved counts once."""
    drafts = (*((state.found_draft,) if state.found_draft else ()), *state.more_drafts)
    payments = (*_taken(state), *(payment for draft in drafts for payment in draft.payments))
    return [payment for payment in payments if payment.stored]


@lru_cache(maxsize=2)
def _in_journal(kept: Same) -> dict[str, Standing]:
    return {standing.order_id: standing for standing in _standings(kept.only)}


def _standing(kept: Kept) -> Standing | None:
    if not isinstance(kept.body, Sale):
        return None
    order = kept.body.order
    stored = [(payment.stored.stored_at, payment.amount) for payment in order.payments if payment.stored]
    if not stored:
        return None
    first, amount = min(at for at, _ in stored), sum(amount for _, amount in stored)
    return Standing(order_id=order.id, digest=kept.digest, amount=amount, stored_at=first)


_standings = Grown(_standing)
