"""A card at checkout (P4): the terminal reads it, the processor is asked while the OMS is there, else it is stored.

A payment's id is the processor's idempotency key from the first try on: whatever answer is lost on the way, asking
again or storing the same payment charges nothing twice.
"""

from typing import Any

from app.domain.payment import Payment
from app.domain.policy import Action
from app.sync.cards import AskCard, CardAnswer, CardAsked, CardState
from app.sync.mode import Mode
from app.sync.questions import Denied, NoAnswer
from app.till.effects import ReadCard
from app.till.events import (
    CardApproved,
    CardAskedAgain,
    CardDropped,
    CardNotRead,
    CardRead,
    CardStored,
    DraftKept,
    NotKept,
    PaymentTaken,
    PinChecked,
    SaleCompleted,
    TerminalSeen,
    TestCardChosen,
)
from app.till.flow import paying, pins
from app.till.flow.asking import Answering, asked
from app.till.flow.checkout import buyer_asked, unpayable
from app.till.flow.delivering import undeliverable
from app.till.flow.keeping import at_checkout, kept
from app.till.flow.processing import remembered_asking, settled_asking
from app.till.flow.step import Handler, Handlers, Step, changed, replace
from app.till.risk import NO_KEY, needs_manager, refusal, rules
from app.till.selectors import can, chosen_tender, left, mode_now
from app.till.slices.cards import CardAttempt, Stage
from app.till.state import Checkout, Screen, State

FIRST_THE_CARD = "First settle the card: ask again, store it, or take another payment instead."
TAKEN_BACK = (
    "The card is not part of the sale any more. Should it have been charged, the money goes back to it by itself. "
    "Take another payment."
)


def by_card(otherwise: Handler, *, completes: bool) -> Handler:
    """Take a payment by the terminal where one with a terminal is chosen; every other goes its own way."""

    def handler(state: State, event: SaleCompleted | PaymentTaken) -> Step:
        checkout, tender = state.checkout, chosen_tender(state)
        if checkout is None or checkout.keeping or state.screen is not Screen.CHECKOUT:
            return Step(state)
        if checkout.card is not None:
            return Step(state) if checkout.card.busy else _problem(state, FIRST_THE_CARD)
        if tender is None or not tender.terminal or left(state) == 0:
            return otherwise(state, event)
        return _wanted(state, event, completes=completes)

    return handler


def _wanted(state: State, event: SaleCompleted | PaymentTaken, *, completes: bool) -> Step:
    """Read the card, if it can be asked about or stored."""
    obstacle = unpayable(state) or undeliverable(state) or paying.overpaid(left(state))
    if obstacle:
        return _problem(state, obstacle)
    if (buyer := buyer_asked(state)) is not None:
        return buyer
    payment = paying.offered(state, event)
    if isinstance(payment, str):
        return _problem(state, payment)
    attempt = CardAttempt(payment, Stage.READING, completes)
    return _reading(state, attempt) if can(state).online_payment.allowed else _stored(state, attempt)


def _reading(state: State, attempt: CardAttempt) -> Step:
    key, payment = rules(state).key, attempt.payment
    if key is None:
        return _problem(state, NO_KEY)
    read = ReadCard(payment.id, payment.amount, rules(state).hours, state.cards.chosen, key)
    return Step(_card(state, replace(attempt, stage=Stage.READING)), (read,))


def _stored(state: State, attempt: CardAttempt) -> Step:
    """Store the card within what the store allows; above what anybody may, a manager says so first."""
    amount, online = attempt.payment.amount, can(state).online_payment
    before = replace(attempt, stage=Stage.UNKNOWN) if attempt.payment.stored else None
    if attempt.payment.stored is None and mode_now(state) is Mode.CHECKING:
        return _problem(_card(state, before), online.reason)
    if why := refusal(state, amount):
        return _problem(_card(state, before), why)
    if needs_manager(state, amount) and not attempt.approved_by:
        return Step(_card(state, replace(attempt, stage=Stage.MANAGER, problem="", checking=False)))
    if attempt.payment.stored is None:
        return _reading(state, attempt)
    sealed = attempt.payment.stored.model_copy(update={"approved_by": attempt.approved_by})
    return _taken(state, attempt, attempt.payment.model_copy(update={"stored": sealed}))


def card_read(state: State, event: CardRead) -> Step:
    """The card is sealed: ask the processor where that is possible, once the draft knows of it."""
    attempt = _under_way(state, event.payment_id, Stage.READING)
    if attempt is None:
        return Step(state)
    attempt = replace(attempt, payment=attempt.payment.model_copy(update={"stored": event.stored}))
    if not can(state).online_payment.allowed:
        return _stored(state, attempt)
    noting = _card(state, replace(attempt, stage=Stage.NOTING))
    return remembered_asking(noting, attempt.payment).then(lambda now: kept(now, event.payment_id))


def card_not_read(state: State, event: CardNotRead) -> Step:
    if _under_way(state, event.payment_id, Stage.READING) is None:
        return Step(state)
    return _problem(_card(state, None), event.why)


def draft_kept(state: State, event: DraftKept) -> Step:
    """The draft is on disk: a card it names may be asked about, a card that was taken counts."""
    card = state.checkout.card if state.checkout else None
    if card is None or card.payment.id != event.payment_id:
        return paying.draft_kept(state, event)
    if card.stage is Stage.NOTING:
        return _asking(state, card, f"{card.payment.id}-ask")
    step = paying.draft_kept(_card(state, None), event)
    checkout = step.state.checkout
    if checkout is None or not card.completes or left(step.state) != 0:
        return step
    return step.then(lambda now: paying.recorded(now, checkout.payments))


def not_kept(state: State, event: NotKept) -> Step:
    """What is not on disk does not count; a card that was not asked about yet is not, either."""
    card = state.checkout.card if state.checkout else None
    if card is None or card.payment.id != event.payment_id:
        return paying.not_kept(state, event)
    if card.stage is Stage.NOTING:
        return settled_asking(_problem(_card(state, None), event.why).state, card.payment.id)
    return paying.not_kept(_card(state, replace(card, stage=Stage.UNKNOWN)), event)


def _asking(state: State, card: CardAttempt, question_id: str) -> Step:
    payment, checkout = card.payment, state.checkout
    if checkout is None or payment.stored is None:
        return Step(state)
    wanted = CardAsked(
        payment_id=payment.id,
        order_id=checkout.order_id,
        tender_id=payment.tender_id,
        amount=payment.amount,
        stored=payment.stored,
    )
    return asked(_card(state, replace(card, stage=Stage.ASKING, problem="")), question_id, AskCard(asked=wanted))


def answered(state: State, question: AskCard, answer: CardAnswer | Denied | NoAnswer) -> Step:
    """What the processor said; an answer that nobody waits for is settled by taking the payment back."""
    attempt = _under_way(state, question.asked.payment_id, Stage.ASKING)
    if attempt is None:
        return Step(state)
    if not isinstance(answer, CardAnswer) or answer.state is CardState.WAITING:
        return Step(_card(state, replace(attempt, stage=Stage.UNKNOWN)))
    if answer.state is CardState.APPROVED:
        approved = {"stored": None, "reference": answer.reference}
        return _taken(state, attempt, attempt.payment.model_copy(update=approved))
    refused = f"{question.asked.stored.face} was refused. {answer.why} Nothing was taken. Take another payment."
    return settled_asking(_problem(_card(state, None), refused).state, attempt.payment.id).then(kept)


def asked_again(state: State, event: CardAskedAgain) -> Step:
    """Ask under the same id; where the OMS is away it says so."""
    card = _unknown(state)
    if card is None:
        return Step(state)
    online = can(state).online_payment
    return _asking(state, card, event.fresh) if online.allowed else _problem(state, online.reason)


def stored_instead(state: State, _: CardStored) -> Step:
    card = _unknown(state)
    return Step(state) if card is None else _stored(state, card)


def dropped(state: State, _: CardDropped) -> Step:
    """Another payment is taken: what the processor may have charged is taken back by itself."""
    if _unknown(state) is None:
        return Step(state)
    return kept(_problem(_card(state, None), TAKEN_BACK).state)


def card_approved(state: State, event: CardApproved) -> Step:
    card = state.checkout.card if state.checkout else None
    if card is None or card.stage is not Stage.MANAGER or card.checking:
        return Step(state)
    question = pins.asked(state, pins.permitted(state, event.staff_id, Action.APPROVE_CARD), event.pin, "card")
    if isinstance(question, str):
        return Step(_card(state, replace(card, problem=question)))
    return Step(_card(state, replace(card, checking=True, problem="")), (question,))


def card_checked(state: State, event: PinChecked) -> Step:
    """A manager's PIN was checked; the dialog may have been left meanwhile."""
    card = state.checkout.card if state.checkout else None
    if card is None or card.stage is not Stage.MANAGER or not card.checking:
        return Step(state)
    member = pins.permitted(state, event.staff_id, Action.APPROVE_CARD)
    if not event.right or member is None:
        problem = pins.wrong_sentence(state, event.staff_id)
        return Step(_card(state, replace(card, checking=False, problem=problem)))
    return _stored(state, replace(card, approved_by=member.name, checking=False))


def terminal_seen(state: State, event: TerminalSeen) -> Step:
    first = event.test_cards[0] if event.test_cards else ""
    return changed(state, cards=replace(state.cards, choices=event.test_cards, chosen=first))


def test_card_chosen(state: State, event: TestCardChosen) -> Step:
    known = event.value in state.cards.choices
    return changed(state, cards=replace(state.cards, chosen=event.value)) if known else Step(state)


def _taken(state: State, attempt: CardAttempt, payment: Payment) -> Step:
    checkout = state.checkout
    if checkout is None:
        return Step(state)
    taking = replace(checkout, card=replace(attempt, stage=Stage.TAKING))
    return paying.awaited(state, taking, (*checkout.payments, payment), payment.id)


def _under_way(state: State, payment_id: str, stage: Stage) -> CardAttempt | None:
    card = state.checkout.card if state.checkout else None
    return card if card is not None and card.payment.id == payment_id and card.stage is stage else None


def _unknown(state: State) -> CardAttempt | None:
    card = state.checkout.card if state.checkout else None
    return card if card is not None and card.stage is Stage.UNKNOWN else None


def _card(state: State, card: CardAttempt | None) -> State:
    checkout: Checkout | None = state.checkout
    return state if checkout is None else replace(state, checkout=replace(checkout, card=card, problem=""))


def _problem(state: State, sentence: str) -> Step:
    checkout = state.checkout
    return Step(state) if checkout is None else changed(state, checkout=replace(checkout, problem=sentence))


ANSWERS: dict[type[Any], Answering] = {AskCard: answered}
HANDLERS: Handlers = {
    SaleCompleted: at_checkout(by_card(paying.sale_completed, completes=True)),
    PaymentTaken: at_checkout(by_card(paying.payment_taken, completes=False)),
    DraftKept: draft_kept,
    NotKept: not_kept,
    CardRead: card_read,
    CardNotRead: card_not_read,
    CardAskedAgain: at_checkout(asked_again),
    CardStored: at_checkout(stored_instead),
    CardDropped: at_checkout(dropped),
    CardApproved: at_checkout(card_approved),
    TerminalSeen: terminal_seen,
    TestCardChosen: test_card_chosen,
}
