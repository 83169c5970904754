"""Paying: a payment counts as taken once it is on disk; the last one makes the order.

"Complete sale" with less than what is due takes that payment and asks for the rest.
"""

from dataclasses import dataclass
from datetime import datetime

from app.domain.money import AmountError, format_money, parse_money
from app.domain.numbers import indian_day
from app.domain.order import Order
from app.domain.payment import Payment, Tender, TenderKind
from app.domain.pricing import Priced, add_up
from app.domain.settings import Settings
from app.domain.voucher import code_of
from app.sync.bodies import Sale, Training
from app.sync.journal import Jumped
from app.sync.status import Registered
from app.till.balances import limit_passed, refused
from app.till.effects import Record
from app.till.events import DraftKept, NotKept, PaymentReturned, PaymentTaken, SaleCompleted
from app.till.flow.checkout import buyer_asked, refilled, unpayable, with_tender
from app.till.flow.clock import business, clocks, doubted
from app.till.flow.delivering import delivery_of, undeliverable
from app.till.flow.e_invoicing import needs_irn
from app.till.flow.giving_back import companion, credit_of, exchanged, used_up
from app.till.flow.keeping import at_checkout, kept
from app.till.flow.step import Handlers, Step, changed, replace, troubled
from app.till.selectors import (
    TOO_MUCH,
    cash_step,
    chosen_tender,
    credited,
    due,
    left,
    mode_now,
    priced,
    promotions_now,
    rest,
    tender_ability,
    total,
)
from app.till.slices.limits import LimitApproval
from app.till.state import Checkout, Screen, State
from app.till.supply import inter_state, place_of_supply

NOT_PAID_YET = "The customer has not paid by the link yet. Wait a moment, or take another payment."
GIVEN_BACK = (
    "The payment link of this sale was paid, and its money is with the provider. It is not part of the sale any more; "
    "the OMS lists it (reference {reference}), so that it is given back. Tell a manager."
)


def sale_completed(state: State, event: SaleCompleted) -> Step:
    """Make the order of what is paid in full; of less, take what there is and ask for the rest."""
    checkout = state.checkout
    if checkout is None or checkout.keeping or state.screen is not Screen.CHECKOUT:
        return Step(state)
    owing = left(state)
    obstacle = unpayable(state) or undeliverable(state) or overpaid(owing)
    if obstacle:
        return _problem(state, checkout, obstacle)
    if (asked := buyer_asked(state)) is not None:
        return asked
    if owing == 0 and (checkout.payments or total(state) == 0 or credited(state)):
        return recorded(state, checkout.payments)
    payment = offered(state, event)
    if isinstance(payment, str):
        return _problem(state, checkout, payment)
    if (above := manager_asked(state, payment, event)) is not None:
        return above
    payments = (*checkout.payments, payment)
    if rest(total(state) - credited(state), payments, cash_step(state)) == 0:
        return recorded(state, payments)
    return awaited(state, checkout, payments, payment.id)


def payment_taken(state: State, event: PaymentTaken) -> Step:
    """Take one payment of several; where nothing is due there is none to take."""
    checkout = state.checkout
    if checkout is None or checkout.keeping or state.screen is not Screen.CHECKOUT or left(state) == 0:
        return Step(state)
    if (asked := buyer_asked(state)) is not None:
        return asked
    payment = unpayable(state) or undeliverable(state) or overpaid(left(state)) or offered(state, event)
    if isinstance(payment, str):
        return _problem(state, checkout, payment)
    if (above := manager_asked(state, payment, event)) is not None:
        return above
    return awaited(state, checkout, (*checkout.payments, payment), payment.id)


def payment_returned(state: State, event: PaymentReturned) -> Step:
    """A payment was given back: it stands until the disk knows."""
    checkout = state.checkout
    if checkout is None or checkout.keeping:
        return Step(state)
    given_back = next((payment for payment in checkout.payments if payment.id == event.payment_id), None)
    remaining = tuple(payment for payment in checkout.payments if payment.id != event.payment_id)
    if remaining == checkout.payments:
        return Step(state)
    if given_back is not None and given_back.kind is TenderKind.ONLINE:
        state = replace(state, trouble=GIVEN_BACK.format(reference=given_back.reference))
    link = None if checkout.link and checkout.link.id == event.payment_id else checkout.link
    return awaited(state, replace(checkout, link=link), remaining, event.payment_id)


def draft_kept(state: State, event: DraftKept) -> Step:
    """The draft is on disk: what waited for it counts."""
    checkout = state.checkout
    if checkout is None or checkout.awaiting is None or not event.payment_id:
        return Step(state)
    agreed = checkout.agreed if checkout.awaiting else None
    taken = replace(checkout, payments=checkout.awaiting, awaiting=None, agreed=agreed, reference="")
    return Step(refilled(with_tender(replace(state, checkout=taken))))


def not_kept(state: State, event: NotKept) -> Step:
    checkout = state.checkout
    if checkout is None or checkout.awaiting is None or not event.payment_id:
        return troubled(state, event.why)
    agreed = checkout.agreed if checkout.payments else None
    return changed(state, checkout=replace(checkout, awaiting=None, agreed=agreed, problem=event.why))


def offered(state: State, event: SaleCompleted | PaymentTaken) -> Payment | str:
    """Read the payment that the fields describe, or say what is wrong with it."""
    checkout, tender = state.checkout, chosen_tender(state)
    if checkout is None or tender is None:
        return "Choose how the customer pays."
    ability = tender_ability(state, tender)
    if not ability.allowed:
        return ability.reason
    if tender.kind is TenderKind.ONLINE:
        return NOT_PAID_YET if checkout.link else "Create the payment link first. The customer pays by it."
    try:
        received = parse_money(checkout.amount)
    except AmountError as error:
        return str(error)
    counted = _counted(state, tender, received)
    if isinstance(counted, str):
        return counted
    return refused(state, tender, counted) or _taken(state, checkout, tender, event, (counted, received))


def _taken(
    state: State, checkout: Checkout, tender: Tender, event: SaleCompleted | PaymentTaken, sums: tuple[int, int]
) -> Payment:
    """The payment as it is written down; `sums` are what counts and what was received."""
    counted, received = sums
    reference = checkout.reference.strip()
    account = checkout.customer.id if checkout.customer and tender.kind is TenderKind.ACCOUNT else ""
    return Payment(
        id=event.fresh,
        tender_id=tender.id,
        name=tender.name,
        kind=tender.kind,
        amount=counted,
        received=received,
        reference=code_of(reference) if tender.kind is TenderKind.VOUCHER else reference[:100],
        at=event.at,
        account=account,
        approved_by=checkout.approval.approved_by if checkout.approval and account else "",
        offline=mode_now(state).offline,
    )


def manager_asked(state: State, payment: Payment, event: SaleCompleted | PaymentTaken) -> Step | None:
    """Ask a manager before a house account goes above its limit; None where it does not, or one has let it pass."""
    checkout, tender = state.checkout, chosen_tender(state)
    why = limit_passed(state, tender, payment.amount) if tender and not payment.approved_by else ""
    if checkout is None or not why:
        return None
    approval = LimitApproval(why, isinstance(event, SaleCompleted), event.at, event.fresh)
    return changed(state, checkout=replace(checkout, approval=approval, problem=""))


def _counted(state: State, tender: Tender, received: int) -> int | str:
    """How much of what was received counts towards the sale, minor units."""
    if received >= TOO_MUCH:
        return "That amount is too large for a sale. Nothing was taken. Check the digits."
    asked = due(state, tender)
    if received == 0 and asked != 0:
        return refused(state, tender, asked) or "Type the amount that was received."
    if tender.kind is TenderKind.CASH:
        # Between the sum and the coin above it the sale is paid to the paisa: what is over is change, not rounding.
        return asked if received >= asked else min(received, left(state))
    if received > asked:
        return f"Only {format_money(asked)} is due, and only cash gives change. Nothing was taken. Check the amount."
    return received


def overpaid(owing: int) -> str:
    """Say so where more was taken than the sale costs."""
    if owing >= 0:
        return ""
    return f"{format_money(-owing)} more was taken than the sale costs. Give a payment back, or add a product."


@dataclass(frozen=True, slots=True)
class Ready:
    """What an order is made of beside the sale itself."""

    checkout: Checkout
    registered: Registered
    settings: Settings
    sums: Priced


def ready(state: State) -> Ready | None:
    checkout, registered, settings, sums = state.checkout, state.registered, state.people.settings, priced(state)
    if checkout is None or registered is None or settings is None or not isinstance(sums, Priced):
        return None
    return Ready(checkout, registered, settings, sums)


def recorded(state: State, payments: tuple[Payment, ...]) -> Step:
    """Turn the cart, once, into an immutable order, and ask for it to be written down."""
    parts, at = ready(state), business(state)
    if isinstance(at, Jumped):
        return doubted(state, at)
    if parts is None:
        return Step(state)
    order = order_of(state, parts, payments, at.at)
    more = {"e_invoice": needs_irn(state, parts.sums.lines), "credit": credit_of(order.id, credited(state))}
    order = order.model_copy(update={**clocks(state), **more})
    series, exchange = parts.registered.series, state.exchange
    body = Training(order=order) if order.training else Sale(order=order)
    prefix = series.training if order.training else series.invoice
    if exchange is not None and (gone := used_up(state, exchange)):
        return _problem(state, parts.checkout, gone)
    note = exchanged(state, exchange, order.id, at.at) if exchange else None
    first = companion(note, series.credit_note) if note else None
    day, draft_id = order.business_day, state.draft_id
    record = Record(order.id, body, prefix=prefix, day=day, draft_id=draft_id, companion=first)
    saving = replace(parts.checkout, saving=True, recording=order, problem="")
    return Step(replace(state, checkout=saving), (record,))


def order_of(state: State, parts: Ready, payments: tuple[Payment, ...], at: datetime) -> Order:
    """Write the order down; the number is given by the journal, when it is its turn."""
    checkout, user = parts.checkout, state.sign_in.user
    paid = sum(payment.amount for payment in payments) + credited(state)
    return Order(
        id=checkout.order_id,
        number="",
        store=parts.registered.store,
        register=parts.registered.register,
        seller=parts.settings.seller,
        at=at,
        business_day=indian_day(at),
        staff_id=user.id if user else "",
        staff_name=user.name if user else "",
        sales_employee=checkout.sales_employee,
        customer=checkout.customer,
        fulfilment=checkout.fulfilment,
        delivery=delivery_of(state),
        notes=checkout.notes,
        offline=mode_now(state).offline,
        inclusive=parts.settings.prices_include_tax,
        inter_state=inter_state(state),
        place_of_supply=place_of_supply(state),
        lines=parts.sums.lines,
        totals=add_up(parts.sums.lines, paid - parts.sums.totals.total),
        payments=payments,
        promotions=parts.sums.applied,
        training=state.training,
        discounts=parts.sums.given,
    )


def awaited(state: State, checkout: Checkout, payments: tuple[Payment, ...], payment_id: str) -> Step:
    """Write the payments down; from the first one on the promotions stand as they are."""
    agreed = promotions_now(state) if payments else checkout.agreed
    return kept(replace(state, checkout=replace(checkout, awaiting=payments, agreed=agreed, problem="")), payment_id)


def _problem(state: State, checkout: Checkout, sentence: str) -> Step:
    return changed(state, checkout=replace(checkout, problem=sentence))


HANDLERS: Handlers = {PaymentReturned: at_checkout(payment_returned)}
"""What completes a sale or waits for the draft is handled in cards.py, which hands on all that is no card."""
