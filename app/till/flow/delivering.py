"""Delivery: address, fee and time; what is left of it when the internet goes in the middle of the sale (S10).

Once money was taken, the quoted delivery stays: the customer has paid for it, and the OMS knows the quote.
"""

from typing import Any

from app.domain.delivery import Arrangement, Delivery, Quote, incomplete, late
from app.domain.order import Fulfilment
from app.domain.pricing import Priced
from app.sync.mode import Mode
from app.sync.online import AskQuote, QuoteAsked
from app.sync.questions import Denied, NoAnswer
from app.till.events import AddressTyped, FeeAsked, FulfilmentChosen, SlotChosen
from app.till.flow.asking import Answering, asked, waiting
from app.till.flow.checkout import refilled
from app.till.flow.keeping import at_checkout, kept, saving
from app.till.flow.step import Handler, Handlers, Step, changed, replace
from app.till.selectors import can, delivery_here, mode_now, moment, priced
from app.till.state import Checkout, State
from app.till.supply import delivery

LONGEST = {"line": 200, "city": 100, "state_code": 2, "pincode": 6, "phone": 20}
NOT_YET_LOST = frozenset({Mode.ONLINE, Mode.CHECKING, Mode.PREPARING})
FELL_BACK = (
    "The internet went away, so this sale cannot be delivered: it is Self Pickup now, without the delivery fee. "
    "The cart is as it was. Tell the customer, or wait for the internet and choose Delivery again."
)


def fulfilment_chosen(state: State, event: FulfilmentChosen) -> Step:
    checkout = state.checkout
    if checkout is None or event.value not in set(Fulfilment):
        return Step(state)
    fulfilment, ability = Fulfilment(event.value), delivery_here(state)
    if fulfilment is Fulfilment.DELIVERY and not ability.allowed:
        return changed(state, checkout=replace(checkout, problem=ability.reason))
    chosen = replace(checkout, fulfilment=fulfilment, delivery=_begun(state, checkout), problem="")
    return kept(refilled(replace(state, checkout=chosen)))


def _begun(state: State, checkout: Checkout) -> Arrangement:
    """Start the address with what is known of the customer."""
    buyer, settings, present = checkout.customer, state.people.settings, checkout.delivery
    known = {
        "phone": present.address.phone or (buyer.phone if buyer else ""),
        "state_code": present.address.state_code
        or (buyer.state_code if buyer else "")
        or (settings.seller.state_code if settings else ""),
    }
    return present.model_copy(update={"address": present.address.model_copy(update=known)})


def address_typed(state: State, event: AddressTyped) -> Step:
    """Another PIN code or State is another delivery: its fee and its tax are asked for again."""
    checkout = state.checkout
    if checkout is None or event.part not in LONGEST:
        return Step(state)
    present = checkout.delivery
    address = present.address.model_copy(update={event.part: event.value[: LONGEST[event.part]].strip("\n")})
    moved = (address.pincode, address.state_code) != (present.address.pincode, present.address.state_code)
    arranged = Arrangement(address=address) if moved else present.model_copy(update={"address": address})
    return kept(_arranged(state, checkout, arranged))


def slot_chosen(state: State, event: SlotChosen) -> Step:
    checkout = state.checkout
    slots = checkout.delivery.quote.slots if checkout and checkout.delivery.quote else ()
    slot = next((each for each in slots if each.starts.isoformat() == event.value), None)
    if checkout is None or slot is None:
        return Step(state)
    return kept(_arranged(state, checkout, checkout.delivery.model_copy(update={"slot": slot})))


def fee_asked(state: State, event: FeeAsked) -> Step:
    checkout, arrangement = state.checkout, delivery(state)
    if checkout is None or arrangement is None or waiting(state, AskQuote):
        return Step(state)
    why = can(state).delivery.reason or incomplete(arrangement.address)
    if why:
        return changed(state, checkout=replace(checkout, problem=why))
    address = arrangement.address
    question = QuoteAsked(pincode=address.pincode, state_code=address.state_code, total=goods_total(state))
    return asked(replace(state, checkout=replace(checkout, problem="")), event.fresh, AskQuote(asked=question))


def quoted(state: State, question: AskQuote, answer: Quote | Denied | NoAnswer) -> Step:
    """Take the fee and the first time; an answer for another address than the one that stands there is too late."""
    checkout, arrangement = state.checkout, delivery(state)
    if checkout is None or arrangement is None or saving(state):
        return Step(state)
    if isinstance(answer, NoAnswer):
        why = f"The delivery fee could not be asked: {answer.why} The sale is as it was. Try again, or Self Pickup."
        return changed(state, checkout=replace(checkout, problem=why))
    if isinstance(answer, Denied):
        return changed(state, checkout=replace(checkout, problem=answer.why))
    address, meant = arrangement.address, question.asked
    if (address.pincode, address.state_code) != (meant.pincode, meant.state_code) or not answer.slots:
        return Step(state)
    return kept(_arranged(state, checkout, Arrangement(address=address, quote=answer, slot=answer.slots[0])))


def goods_total(state: State) -> int:
    """What the goods cost without charges, minor units: the fee may depend on it."""
    sums = priced(state)
    return sum(line.total for line in sums.lines if line.stocked) if isinstance(sums, Priced) else 0


def undeliverable(state: State) -> str:
    """Say what the delivery lacks before money is taken for it, or nothing."""
    checkout, arrangement = state.checkout, delivery(state)
    if checkout is None or arrangement is None:
        return ""
    ability, quote = can(state).delivery, arrangement.quote
    missing = incomplete(arrangement.address)
    if checkout.customer is None or missing:
        return missing or "Say who gets the delivery: add the customer’s name."
    if quote is None or arrangement.slot is None:
        return ability.reason or "Get the delivery fee first, then choose a time."
    if checkout.payments:
        return ""
    if not ability.allowed:
        return ability.reason
    if not arrangement.holds(goods_total(state)):
        return "The cart has changed since the delivery was quoted. Get the delivery fee again."
    return "The delivery’s quote has run out. Get the delivery fee again." if late(quote, moment(state)) else ""


def delivery_of(state: State) -> Delivery | None:
    """What was agreed, as the order keeps it."""
    arrangement = delivery(state)
    if arrangement is None or arrangement.quote is None or arrangement.slot is None:
        return None
    quote = arrangement.quote
    return Delivery(address=arrangement.address, slot=arrangement.slot, fee=quote.fee, quote_id=quote.id)


def falling_back(handler: Handler) -> Handler:
    """Let a handler take the internet away: a delivery that nobody has paid for becomes a pickup, and is said to."""

    def followed(state: State, event: Any) -> Step:
        step = handler(state, event)
        checkout = step.state.checkout
        if checkout is None or not _lost(step.state, checkout):
            return step
        address = checkout.delivery.address
        pickup = replace(checkout, fulfilment=Fulfilment.SELF_PICKUP, delivery=Arrangement(address=address))
        return step.then(lambda state: kept(replace(state, checkout=pickup, trouble=FELL_BACK)))

    return followed


def _lost(state: State, checkout: Checkout) -> bool:
    paid = bool(checkout.payments) or checkout.keeping or checkout.saving
    return delivery(state) is not None and not paid and mode_now(state) not in NOT_YET_LOST


def _arranged(state: State, checkout: Checkout, arrangement: Arrangement) -> State:
    return refilled(replace(state, checkout=replace(checkout, delivery=arrangement, problem="")))


ANSWERS: dict[type[Any], Answering] = {AskQuote: quoted}
HANDLERS: Handlers = {
    FulfilmentChosen: at_checkout(fulfilment_chosen),
    AddressTyped: at_checkout(address_typed),
    SlotChosen: at_checkout(slot_chosen),
    FeeAsked: at_checkout(fee_asked),
}
