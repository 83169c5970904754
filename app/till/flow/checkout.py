"""Checkout: what is written on the order beside its lines, and which tender is about to be taken."""

from app.domain.money import format_plain
from app.domain.order import BETWEEN_NOTES, Fulfilment, single_notes
from app.domain.payment import TenderKind
from app.sync.mode import listed
from app.till.balances import wanted
from app.till.events import (
    AmountTyped,
    CheckoutLeft,
    CheckoutOpened,
    CodeScanned,
    EmployeeChosen,
    NotesTyped,
    NoteTapped,
    ReferenceTyped,
    TenderChosen,
)
from app.till.flow.filling import unsellable
from app.till.flow.keeping import at_checkout, kept, saving, while_open
from app.till.flow.step import Handlers, Step, changed, noticed, replace
from app.till.selectors import (
    chosen_tender,
    delivery_here,
    missing,
    selling,
    tender_ability,
    tenders_here,
    unnamed_buyer,
)
from app.till.shifts import shift_missing
from app.till.state import Checkout, Screen, State

LONGEST_NOTES = 1000


def checkout_opened(state: State, event: CheckoutOpened) -> Step:
    """Open checkout; the order's id is made now, because a UPI request refers to it, and stays when one comes back."""
    if state.screen is not Screen.SELL or state.browse.override or state.browse.choice:
        return Step(state)
    obstacle = unpayable(state)
    if obstacle:
        return noticed(state, obstacle)
    open_sale = state.checkout or Checkout(event.fresh, event.at, fulfilment=_usual(state))
    opened = replace(state, screen=Screen.CHECKOUT, checkout=open_sale, cart_open=False, extras_of="", bargain=None)
    return kept(refilled(with_tender(opened)))


def _usual(state: State) -> Fulfilment:
    """What a checkout begins with at this register, where that may be chosen now."""
    return state.preferences.fulfilment if delivery_here(state).allowed else Fulfilment.SELF_PICKUP


def unpayable(state: State) -> str:
    """Say why this cart cannot be paid for now, or nothing."""
    if not state.cart.lines:
        return "The cart is empty. Add a product first."
    sell = selling(state)
    if not sell.allowed:
        return sell.reason
    if state.people.settings is None or state.registered is None or state.catalogue is None:
        return f"The store’s data is still being loaded ({listed(missing(state))}). The cart is safe. Wait a moment."
    if shift_missing(state):
        return "No shift is open, and this store sells only in one. The cart is safe. Choose Shift and open one."
    return unsellable(state)


def with_tender(state: State) -> State:
    """Choose the first tender that may be taken now, unless the chosen one still may."""
    if state.checkout is None:
        return state
    chosen = chosen_tender(state)
    if chosen is not None and tender_ability(state, chosen).allowed:
        return state
    allowed = [tender.id for tender in tenders_here(state) if tender_ability(state, tender).allowed]
    return replace(state, checkout=replace(state.checkout, tender_id=allowed[0] if allowed else ""))


def refilled(state: State) -> State:
    """Put what is due, or what there is for it, into the amount field, so that an exact payment is one key."""
    if state.checkout is None:
        return state
    amount = format_plain(max(wanted(state), 0))
    return replace(state, checkout=replace(state.checkout, amount=amount, problem=""))


def followed(before: State, now: State) -> State:
    """Let an amount that nobody has typed follow what there is to take."""
    if before.checkout is None or now.checkout is None or wanted(before) == wanted(now):
        return now
    untouched = before.checkout.amount == format_plain(max(wanted(before), 0))
    return refilled(now) if untouched else now


def checkout_left(state: State, _: CheckoutLeft) -> Step:
    """Back to the cart; payments, customer and notes stay with the sale."""
    return changed(state, screen=Screen.SELL) if state.screen is Screen.CHECKOUT else Step(state)


def tender_chosen(state: State, event: TenderChosen) -> Step:
    tender = next((each for each in tenders_here(state) if each.id == event.tender_id), None)
    if tender is None:
        return Step(state)
    ability = tender_ability(state, tender)
    if not ability.allowed:
        return _edited(state, problem=ability.reason)
    return Step(refilled(_edited(state, tender_id=tender.id, reference="").state))


def amount_typed(state: State, event: AmountTyped) -> Step:
    return _edited(state, amount=event.value, problem="")


def reference_typed(state: State, event: ReferenceTyped) -> Step:
    """Note the reference; the code of a voucher says how much there is to take."""
    return Step(followed(state, _edited(state, reference=event.value, problem="").state))


def scanned(state: State, event: CodeScanned) -> Step:
    """At checkout a scanner reads the code of the voucher that is about to be taken, whatever has the focus."""
    tender = chosen_tender(state)
    if tender is None or tender.kind is not TenderKind.VOUCHER or saving(state):
        return Step(state)
    return reference_typed(state, ReferenceTyped(event.code.strip()))


def employee_chosen(state: State, event: EmployeeChosen) -> Step:
    return kept(_edited(state, sales_employee=event.value).state)


def notes_typed(state: State, event: NotesTyped) -> Step:
    return kept(_edited(state, notes=event.value[:LONGEST_NOTES]).state)


def buyer_asked(state: State) -> Step | None:
    """Ask who buys before money is taken, where the invoice would not be one without it; None where it is known."""
    missing_words = unnamed_buyer(state)
    if state.checkout is None or not missing_words:
        return None
    sentence = f"The invoice of this sale needs the buyer’s {_and(missing_words)}. Fill it in, then complete the sale."
    return _edited(state, customer_open=True, customer_sought="", customer_typed=None, problem=sentence)


def _and(words: tuple[str, ...]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def note_tapped(state: State, event: NoteTapped) -> Step:
    """Add a common note, or take it back; what was typed beside it stays."""
    if state.checkout is None:
        return Step(state)
    present = state.checkout.notes
    parts = single_notes(present)
    if event.note in parts:
        return kept(_edited(state, notes=BETWEEN_NOTES.join(part for part in parts if part != event.note)).state)
    return notes_typed(state, NotesTyped(BETWEEN_NOTES.join([*parts, event.note])))


def _edited(state: State, **fields: object) -> Step:
    if state.checkout is None:
        return Step(state)
    return changed(state, checkout=replace(state.checkout, **fields))  # type: ignore[arg-type]


HANDLERS: Handlers = {
    CheckoutOpened: while_open(checkout_opened),
    CheckoutLeft: at_checkout(checkout_left),
    AmountTyped: at_checkout(amount_typed),
    ReferenceTyped: at_checkout(reference_typed),
    EmployeeChosen: at_checkout(employee_chosen),
    NotesTyped: at_checkout(notes_typed),
    NoteTapped: at_checkout(note_tapped),
}
