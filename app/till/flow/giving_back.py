"""Writing down what came back: a credit note or a voided sale is made once, complete, and goes into the journal."""

from datetime import datetime
from typing import Any

from app.domain.credit import Credit
from app.domain.numbers import indian_day
from app.domain.order import Order
from app.domain.payment import TenderKind
from app.domain.refunding import totals_of, whole
from app.domain.returning import CreditNote, Exchange, Original, Pick, Plan, Refund, ReturnedLine, Voided, come_back
from app.sync.bodies import CreditNote as NoteBody
from app.till.effects import Companion
from app.till.flow.clock import clocks
from app.till.returned import Worked, exchange_lines, exchange_plan
from app.till.selectors import credited, mode_now
from app.till.state import State
from app.till.taking_back import TRAINING

USED = (
    "Goods of this exchange have come back otherwise since. Nothing was saved. Drop the exchange, "
    "and take back what is left."
)
AT_A_TERMINAL = frozenset({TenderKind.CARD, TenderKind.UPI, TenderKind.WALLET})
"""Giving back by one of these has a reference of its own."""


def credit_note(state: State, order: Order, worked: Worked, entry_id: str, at: datetime, **words: str) -> CreditNote:
    """The document of a return; its number is given by the journal. `words`: reason, reference, approved_by."""
    return CreditNote(
        number="",
        totals=totals_of(worked.lines, worked.back.amount),
        **_facts(state, order, worked.lines, worked.back, entry_id, at, words),
    )


def voided(state: State, order: Order, entry_id: str, at: datetime, **words: str) -> Voided:
    """A whole sale taken back."""
    lines = come_back(
        order, (), [Pick(position=place, quantity=each.quantity) for place, each in enumerate(order.lines)]
    )
    return Voided(totals=order.totals, **_facts(state, order, lines, whole(order), entry_id, at, words))


def exchanged(state: State, exchange: Exchange, order_id: str, at: datetime) -> CreditNote:
    """The credit note of the open exchange: what the sale does not use of it goes back to the customer."""
    lines, counts = exchange_lines(state, exchange), credited(state)
    back = exchange_plan(state, exchange, sum(each.line.total for each in lines) - counts)
    words = {name: getattr(exchange, name) for name in ("reason", "reference", "approved_by")}
    return CreditNote(
        number="",
        totals=totals_of(lines, back.amount + counts),
        exchanged_for=order_id,
        credited=counts,
        **_facts(state, exchange.order, lines, back, f"{order_id}-back", at, words),
    )


def credit_of(order_id: str, counted: int) -> Credit | None:
    """What an exchange counts towards its sale; the number is filled in when the journal gives it."""
    return Credit(note_id=f"{order_id}-back", number="", amount=counted) if counted else None


def companion(note: CreditNote, prefix: str) -> Companion:
    """The note as an entry that is written together with its sale."""
    return Companion(note.id, NoteBody(note=note), prefix)


def used_up(state: State, exchange: Exchange) -> str:
    """Say that what was picked is no longer there to come back, or must not in training, or nothing."""
    if state.training:
        return TRAINING
    there = {each.position: each.line.quantity for each in exchange_lines(state, exchange)}
    whole_ = all(there.get(pick.position) == pick.quantity for pick in exchange.picks)
    return "" if whole_ else USED


def _facts(
    state: State,
    order: Order,
    lines: tuple[ReturnedLine, ...],
    back: Plan,
    entry_id: str,
    at: datetime,
    words: dict[str, str],
) -> dict[str, Any]:
    """What every return holds; seller, buyer and place are those of the sale."""
    about = Original(order_id=order.id, number=order.number, business_day=order.business_day, register=order.register)
    buyer = order.customer.id if order.customer else ""
    kept = ("seller", "customer", "inclusive", "inter_state", "place_of_supply")
    return {
        **{name: getattr(order, name) for name in kept},
        **_by_whom(state),
        **clocks(state),
        "id": entry_id,
        "at": at,
        "business_day": indian_day(at),
        "approved_by": words.get("approved_by", ""),
        "reason": words["reason"],
        "original": about,
        "offline": mode_now(state).offline,
        "returned": lines,
        "refunds": _refunds(back, entry_id, at, words.get("reference", ""), buyer),
    }


def _by_whom(state: State) -> dict[str, str]:
    registered, user = state.registered, state.sign_in.user
    return {
        "store": registered.store if registered else "",
        "register": registered.register if registered else "",
        "staff_id": user.id if user else "",
        "staff_name": user.name if user else "",
    }


def _refunds(back: Plan, entry_id: str, at: datetime, reference: str, buyer: str) -> tuple[Refund, ...]:
    return tuple(
        Refund(
            id=f"{entry_id}-{place}",
            payment_id=source.payment_id,
            tender_id=source.tender_id,
            name=source.name,
            kind=source.kind,
            amount=source.amount,
            reference=source.reference or (reference[:100] if source.kind in AT_A_TERMINAL else ""),
            account=source.account or (buyer if source.kind is TenderKind.ACCOUNT else ""),
            at=at,
        )
        for place, source in enumerate(back.sources)
    )
