"""Stored cards after the sale: processed once their order is at the OMS, again after a pause, and what came of it.

Payments that the processor was asked about and that no sale has are taken back, whatever became of their sale.
"""

from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from app.domain.money import format_money
from app.domain.payment import Payment
from app.sync.cards import CardMemory, CardState, Processed, ProcessOrder, ReverseCard, Reversed, Standing
from app.sync.mode import Mode
from app.sync.protocol import VerdictKind
from app.sync.questions import Denied, NoAnswer
from app.till.effects import KeepLocal
from app.till.events import CardsProcessed
from app.till.flow.asking import Answering, asked
from app.till.flow.asking import waiting as waits_for
from app.till.flow.local import CARDS
from app.till.flow.step import Handlers, Step, replace, troubled
from app.till.risk import standings, waiting
from app.till.selectors import can, mode_now, moment
from app.till.slices.same import Same
from app.till.standing import elapsed
from app.till.state import State

AT_THE_OMS = frozenset({VerdictKind.ACCEPTED, VerdictKind.DUPLICATE, VerdictKind.ATTENTION})
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(minutes=10)


def attended(state: State, fresh: str) -> Step:
    """With each tick: note what was stored, take back what no sale has, process what is due."""
    return noted(state).then(lambda now: _reversing(now, fresh)).then(lambda now: _processing(now, fresh))


def noted(state: State) -> Step:
    """Let the device remember the orders with stored cards, and forget payments that have found their order."""
    memory, booked = state.cards.memory, _booked(Same(state.journal.kept))
    orders = tuple(standings(state).values())
    open_ = tuple(payment for payment in memory.asked if payment.id not in booked)
    if len(orders) == len(memory.orders) and len(open_) == len(memory.asked):
        return Step(state)
    return _remember(state, CardMemory(orders=orders, asked=open_))


def remembered_asking(state: State, payment: Payment) -> Step:
    """A payment is about to be asked about: until it has its order, somebody has to answer for it."""
    memory = state.cards.memory
    return _remember(state, memory.model_copy(update={"asked": (*memory.asked, payment)}))


def settled_asking(state: State, payment_id: str) -> Step:
    """Nothing was charged, or it was given back: nobody has to answer for it any more."""
    memory = state.cards.memory
    others = tuple(payment for payment in memory.asked if payment.id != payment_id)
    return _remember(state, memory.model_copy(update={"asked": others}))


def cards_processed(state: State, event: CardsProcessed) -> Step:
    """ "Process": at once, and from then on until the processor has said something."""
    ability = can(state).sync
    if not ability.allowed:
        return troubled(state, ability.reason)
    due = {order_id: at for order_id, at in state.cards.due.items() if order_id != event.order_id}
    return Step(replace(state, cards=replace(state.cards, due=due, wanted=state.cards.wanted | {event.order_id})))


def at_the_oms(state: State, standing: Standing) -> bool:
    """Whether the order is there: nothing is charged for a sale that the OMS does not have."""
    verdict = state.journal.verdicts.get(standing.digest)
    return verdict is not None and verdict.kind in AT_THE_OMS


def _processing(state: State, fresh: str) -> Step:
    if mode_now(state) is not Mode.ONLINE or waits_for(state, ProcessOrder):
        return Step(state)
    next_ = next((each for each in waiting(state) if _is_due(state, each)), None)
    return Step(state) if next_ is None else asked(state, f"{fresh}-process", ProcessOrder(order_id=next_.order_id))


def _is_due(state: State, standing: Standing) -> bool:
    wanted = state.connection.auto_sync or standing.order_id in state.cards.wanted
    due = state.cards.due.get(standing.order_id)
    return wanted and at_the_oms(state, standing) and (due is None or is_past(state, due))


def is_past(state: State, due: datetime) -> bool:
    """A time beyond the longest pause was noted before the clock was set back."""
    return not moment(state) < due <= moment(state) + LONGEST_WAIT


def processed(state: State, question: ProcessOrder, answer: Processed | Denied | NoAnswer) -> Step:
    """Remember what came of it; as long as nobody knows it is asked again, each time later."""
    standing = standings(state).get(question.order_id)
    if standing is None:
        return Step(state)
    if isinstance(answer, Processed) and answer.state is not CardState.WAITING:
        done = {"state": answer.state, "reference": answer.reference, "why": answer.why}
        one = {question.order_id}
        decided = replace(state.cards, wanted=state.cards.wanted - one, decided=state.cards.decided | one)
        return _stands(replace(state, cards=decided), standing.model_copy(update=done))
    due = {**state.cards.due, question.order_id: moment(state) + pause(standing.tries)}
    later = replace(state, cards=replace(state.cards, due=due))
    return _stands(later, standing.model_copy(update={"tries": standing.tries + 1, "why": answer.why}))


def pause(tries: int) -> timedelta:
    """How long to wait after so many tries that got no answer."""
    return min(FIRST_WAIT * int(2 ** min(tries, 10)), LONGEST_WAIT)


def _reversing(state: State, fresh: str) -> Step:
    at = state.cards.reversed_at
    if not state.journal.whole or not can(state).online_payment.allowed or waits_for(state, ReverseCard):
        return Step(state)
    loose = [payment for payment in state.cards.memory.asked if payment.id not in _held(state)]
    if not loose or (at is not None and elapsed(state, at) < FIRST_WAIT):
        return Step(state)
    asking = replace(state, cards=replace(state.cards, reversed_at=moment(state)))
    return asked(asking, f"{fresh}-reverse", ReverseCard(payment=loose[0]))


def reversed_(state: State, question: ReverseCard, answer: Reversed | Denied | NoAnswer) -> Step:
    """Money that had been charged is said aloud; without an answer it is asked again."""
    payment = question.payment
    if isinstance(answer, NoAnswer):
        return Step(state)
    step = settled_asking(state, payment.id)
    amount, face = format_money(payment.amount), payment.stored.face if payment.stored else payment.name
    if isinstance(answer, Denied):
        words = f"{amount} by {face} could not be taken back by itself: {answer.why} Tell a manager."
        return Step(troubled(step.state, words).state, step.effects)
    if not answer.charged:
        return step
    words = f"{amount} by {face} had been charged for a sale that did not take it. It goes back to the card."
    return Step(troubled(step.state, words).state, step.effects)


def _held(state: State) -> frozenset[str]:
    """Payments that some sale still has or may still take: the open one, and those put aside."""
    checkout = state.checkout
    drafts = [*state.more_drafts, *state.parking.parked, *((state.found_draft,) if state.found_draft else ())]
    here = [*checkout.payments, *(checkout.awaiting or ())] if checkout else []
    here += [checkout.card.payment] if checkout and checkout.card else []
    here += [payment for draft in drafts for payment in (*draft.payments, *((draft.card,) if draft.card else ()))]
    return frozenset(payment.id for payment in here)


@lru_cache(maxsize=2)
def _booked(kept: Same) -> frozenset[str]:
    orders = (order for each in kept.only if (order := getattr(each.body, "order", None)) is not None)
    return frozenset(payment.id for order in orders for payment in order.payments)


def _stands(state: State, standing: Standing) -> Step:
    orders = {**standings(state), standing.order_id: standing}
    return _remember(state, state.cards.memory.model_copy(update={"orders": tuple(orders.values())}))


def _remember(state: State, memory: CardMemory) -> Step:
    """Keep it on the device; what is done is forgotten with its entry, the OMS has all of them."""
    here = {each.digest for each in state.journal.kept}
    left = tuple(each for each in memory.orders if each.state is CardState.WAITING or each.digest in here)
    kept = memory.model_copy(update={"orders": left})
    text = kept.model_dump_json()
    return Step(replace(state, cards=replace(state.cards, memory=kept)), (KeepLocal(CARDS, text),))


ANSWERS: dict[type[Any], Answering] = {ProcessOrder: processed, ReverseCard: reversed_}
HANDLERS: Handlers = {CardsProcessed: cards_processed}
