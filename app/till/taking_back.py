"""What may come back, and why not: a return as it was picked, and a whole sale on its day; flows and screens ask."""

from decimal import Decimal

from app.domain.order import Order
from app.domain.returning import GivenBack, Pick, Standing, left, standing
from app.till.past import Row
from app.till.quantities import quantity, said
from app.till.returned import backs_of, worked_out
from app.till.selectors import can, today
from app.till.shifts import all_shifts, shift_missing
from app.till.slices.returning import Returning
from app.till.state import State

NOTHING_PICKED = "Nothing was picked yet. Say how many come back of each item."
NO_REASON = "Say why the goods come back: the credit note names it."
NO_SHIFT = "No shift is open, and this store gives money back only in one. Nothing was given back. Choose Shift."
ONE_EXCHANGE = "An exchange is open already. Finish that sale first, or drop the exchange in its cart."
PAID_ALREADY = "Money was taken for the open sale. Finish it first; then begin the exchange."
VOIDED = "This sale was voided: nothing of it can come back any more."
NO_WAY = "Choose how the money goes back: no payment of this sale can take it. Nothing was given back."
TRAINING = "This is training: real money stays in the drawer. Nothing was given back. Turn training off first."
ALL_BACK = "Everything of this sale has come back already. Nothing was given back."

ANOTHER_DAY = "This sale was made on another day, and its day is closed. Take its items back instead."
COUNTED = "The shift of this sale was counted and closed. Take its items back instead."
CAME_BACK = "Something of this sale has come back already. Take the rest back instead."
EXCHANGED = "This sale was part of an exchange. Take its items back instead."
STORED = "A card of this sale was stored to be processed. Take its items back instead."
REGISTERED = "This sale has an e-invoice, and that can be cancelled only in the portal. Take its items back instead."


def picked(state: State, desk: Returning) -> tuple[Pick, ...] | str:
    """What was typed, or what is wrong with it."""
    remaining = left(desk.order, backs_of(state.journal, desk.order.id, desk.elsewhere))
    picks: list[Pick] = []
    for place, line in enumerate(desk.order.lines):
        text = desk.typed.get(place, "").strip()
        wanted = quantity(text, weighed=line.weighed) if text else Decimal(0)
        if isinstance(wanted, str):
            return f"{line.name}: {wanted}"
        if wanted > remaining[place]:
            most = said(remaining[place], weighed=line.weighed)
            return f"{line.name}: at most {most} can still come back. Nothing was given back. Check the quantity."
        if wanted:
            picks.append(Pick(position=place, quantity=wanted, restock=place not in desk.damaged))
    return tuple(picks) or NOTHING_PICKED


def unreturnable(state: State, desk: Returning) -> str:
    """Say why nothing can be given back now, or nothing."""
    stands = standing(desk.order, backs_of(state.journal, desk.order.id, desk.elsewhere))
    if stands is Standing.VOID:
        return VOIDED
    if stands is Standing.RETURNED:
        return ALL_BACK
    if state.training:
        return TRAINING
    if shift_missing(state):
        return NO_SHIFT
    if desk.exchange and state.exchange is not None:
        return ONE_EXCHANGE
    if desk.exchange and state.checkout is not None and (state.checkout.payments or state.checkout.keeping):
        return PAID_ALREADY
    return can(state).sell.reason


def missing_words(state: State, desk: Returning) -> str:
    """Say what has to be filled in before money goes back, or nothing."""
    if not desk.reason.strip():
        return NO_REASON
    asking = {tender.id: tender.name for tender in state.people.tenders if tender.asks_reference}
    picks = picked(state, desk)
    if isinstance(picks, str):
        return ""
    back = worked_out(state, desk, picks).back
    if back.short and all(source.payment_id for source in back.sources):
        return NO_WAY
    used = () if desk.exchange else back.sources
    named = next((asking[source.tender_id] for source in used if source.tender_id in asking), "")
    if named and not desk.reference.strip():
        return f"Type the reference of the refund by “{named}”, as it stands on the slip or in the app."
    return ""


def unvoidable(state: State, found: Row, elsewhere: tuple[GivenBack, ...]) -> str:
    """Say why a sale cannot be voided any more, or nothing; the OMS may know of more that came back."""
    order, backs = found.order, backs_of(state.journal, found.order.id, elsewhere)
    if order.business_day != today(state):
        return ANOTHER_DAY
    if _counted(state, order):
        return COUNTED
    if backs:
        return VOIDED if standing(order, backs) is Standing.VOID else CAME_BACK
    if order.credit is not None:
        return EXCHANGED
    if any(payment.stored for payment in order.payments):
        return STORED
    if order.e_invoice:
        return REGISTERED
    if state.training:
        return TRAINING
    return NO_SHIFT if shift_missing(state) else can(state).sell.reason


def _counted(state: State, order: Order) -> bool:
    """Whether the shift in which a sale was made has ended: its Z report was signed."""
    ended = (shift for shift in all_shifts(state) if shift.closed is not None)
    return any(order.id == each.id for shift in ended for each in shift.orders)
