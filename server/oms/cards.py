"""Card payments at the OMS: asked about now, stored with an order and processed after it, refused and paid otherwise.

The processor is asked outside of any transaction, always under the payment's own id: whatever is lost on the way,
asking again charges nothing twice. What was stored is a receivable in the ledger until money has come for it.
"""

import logging
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from app.domain.money import format_money
from app.domain.order import Order
from app.domain.payment import Payment, Tender
from app.domain.settings import Settings
from app.sync.cards import CardAnswer, CardAsked, CardState, Processed
from app.sync.protocol import Dataset
from server.oms.books import ledger_rows
from server.oms.card_jobs import REFUSED, accounts, as_paid, describe, jobs_of, settles, together, unpaid
from server.oms.findings import Finding, FindingKind, raise_about, resolve
from server.oms.following import reading
from server.oms.oms import Oms
from server.oms.processor import SILENT, Charge, Processor
from server.oms.records import put, read_all
from server.oms.sales import of_order, write
from server.oms.tables import LedgerRow, OrderRow, PaymentRow
from server.oms.tables_cards import CardJob
from server.oms.times import now
from server.oms.traces import trace

log = logging.getLogger("store_os.cards")
TAKEN_BACK = "It was taken back."


def publish_key(oms: Oms) -> None:
    """Let registers have the processor's key with the settings; a store without settings has no registers."""
    with oms.database.write() as session:
        for there in read_all(session, Dataset.SETTINGS, Settings):
            if there.cards.key != oms.processor.key:
                cards = there.cards.model_copy(update={"key": oms.processor.key})
                put(session, Dataset.SETTINGS, {there.store: there.model_copy(update={"cards": cards})})


def authorise(oms: Oms, register: str, asked: CardAsked) -> CardAnswer:
    """Ask the processor about a card while the customer stands there; WAITING means that nobody knows."""
    answer = _charged(oms.processor, Charge(asked.payment_id, asked.amount, asked.stored))
    with oms.database.write() as session:
        job = session.get(CardJob, asked.payment_id)
        if job is None:
            job = CardJob(payment_id=asked.payment_id, order_id=asked.order_id, tender_id=asked.tender_id)
            _fill(job, register, asked.amount, asked.stored.face, stored=False)
            session.add(job)
        if not job.stored and (job.register, job.amount) == (register, asked.amount):
            _note(job, answer)  # what else was asked under its id says nothing about this payment
    return answer


def reverse(oms: Oms, register: str, payment_id: str) -> bool | None:
    """Take back a payment that no order has; None where one has it, or another register asked for it."""
    with oms.database.read() as session:
        job = session.get(CardJob, payment_id)
        booked = session.scalars(select(PaymentRow.order_id).where(PaymentRow.payment_id == payment_id)).first()
    if booked is not None or (job is not None and job.register != register):
        return None
    charged = oms.processor.reverse(payment_id)
    with oms.database.write() as session:
        job = session.get(CardJob, payment_id)
        if job is None or job.why != TAKEN_BACK:
            trace(session, register, "card taken back", f"payments/{payment_id}", {"charged": charged})
        if job is not None:
            job.state, job.why, job.done_at = CardState.DECLINED.value, TAKEN_BACK, now()
    return charged


def process(oms: Oms, order_id: str) -> Processed | None:
    """Process what was stored with an order; what is done stays as it is. None where the order is not here."""
    with oms.database.read() as session:
        row = session.get(OrderRow, order_id)
        if row is None:
            return None
        made = Order.model_validate_json(row.value)
        waiting = {job.payment_id for job in jobs_of(session, order_id) if job.state == CardState.WAITING.value}
    for payment in made.payments:
        if payment.stored is not None and payment.id in waiting:
            answer = _charged(oms.processor, Charge(payment.id, payment.amount, payment.stored))
            with oms.database.write() as session:
                _settle(session, payment.id, answer)
    with oms.database.read() as session:
        return together(order_id, jobs_of(session, order_id))


@dataclass(frozen=True, slots=True)
class CardRules:
    """What is agreed about cards; the same for a whole batch."""

    hard_cap: int
    terminals: Collection[str]
    """Tenders of card terminals."""

    @classmethod
    def of(cls, settings: Settings, tenders: Collection[Tender]) -> "CardRules":
        return cls(settings.cards.hard_cap, {tender.id for tender in tenders if tender.terminal})


def take(session: Session, order: Order, register: str, rules: CardRules, spent: Collection[str]) -> list[Finding]:
    """Note what was stored with an order that is being booked, and say what is odd about its cards.

    `spent` are payments that another order has: they stay that order's.
    """
    for payment in order.payments:
        if payment.stored is None or payment.id in spent:
            continue
        job = CardJob(payment_id=payment.id, order_id=order.id, tender_id=payment.tender_id)
        _fill(job, register, payment.amount, payment.stored.face, stored=True)
        session.merge(job)
    return _look_at(session, order, rules, spent)


@dataclass(frozen=True, slots=True)
class NewPayment:
    """What was taken for a card that was refused."""

    payment_id: str
    tender_id: str
    reference: str


def mark_paid(session: Session, order_id: str, paid: NewPayment) -> CardJob | str:
    """Book another payment for a refused card, once; return what it was for, or why not."""
    job = session.get(CardJob, paid.payment_id)
    if job is None or job.order_id != order_id or not job.stored or job.state not in REFUSED:
        return "This order has no refused card that waits for another payment."
    if job.paid_at is not None:
        return "Another payment was booked for this card already. Nothing was booked twice."
    tender = next((each for each in read_all(session, Dataset.TENDERS, Tender) if each.id == paid.tender_id), None)
    if tender is None or not settles(tender):
        return "Choose how the customer has paid instead. Nothing was booked."
    if tender.asks_reference and not paid.reference:
        return f"Type the reference of “{tender.name}”. Nothing was booked."
    job.paid_with, job.paid_reference, job.paid_at = tender.id, paid.reference, now()
    session.flush()
    rebook(session, order_id)
    if not unpaid(jobs_of(session, order_id)):
        row = session.get_one(OrderRow, order_id)
        resolve(session, row.digest, FindingKind.CARD_REFUSED.value)
    return job


def rebook(session: Session, order_id: str) -> None:
    """Write the ledger and the reports' rows of an order as its payments stand now; the ledger sums to zero."""
    order = reading(session, order_id)
    if order is not None:
        session.execute(delete(LedgerRow).where(LedgerRow.order_id == order_id))
        session.execute(insert(LedgerRow), ledger_rows(order, accounts(session, order)))
        write(session, [of_order(as_paid(session, order))])


def _settle(session: Session, payment_id: str, answer: CardAnswer) -> None:
    """Write down what the processor said; two who asked at once write it once."""
    job = session.get_one(CardJob, payment_id)
    if job.state != CardState.WAITING.value:
        return
    _note(job, answer)
    session.flush()
    if job.state == CardState.WAITING.value:
        return
    rebook(session, job.order_id)
    if job.state in REFUSED:
        row = session.get_one(OrderRow, job.order_id)
        words = describe(jobs_of(session, job.order_id))
        raise_about(session, row, Finding(FindingKind.CARD_REFUSED, words))


def _charged(processor: Processor, charge: Charge) -> CardAnswer:
    try:
        return processor.charge(charge)
    except OSError:
        log.warning("the card processor does not answer", exc_info=True)
        return CardAnswer(state=CardState.WAITING, why=SILENT)


def _note(job: CardJob, answer: CardAnswer) -> None:
    job.tries += 1
    job.state, job.reference, job.why = answer.state.value, answer.reference, answer.why
    job.done_at = None if answer.state is CardState.WAITING else now()


def _fill(job: CardJob, register: str, amount: int, face: str, *, stored: bool) -> None:
    job.register, job.amount, job.face, job.stored = register, amount, face, stored
    job.state, job.reference, job.why, job.tries = CardState.WAITING.value, "", "", 0
    job.at, job.done_at = now(), None
    job.paid_with, job.paid_reference, job.paid_at = "", "", None


def _look_at(session: Session, order: Order, rules: CardRules, spent: Collection[str]) -> list[Finding]:
    stored = sum(payment.amount for payment in order.payments if payment.stored)
    found: list[Finding] = []
    if stored > rules.hard_cap:
        most = format_money(rules.hard_cap)
        words = f"{format_money(stored)} was stored on cards in this sale; the settings allow {most}."
        found.append(Finding(FindingKind.CARD, words))
    by_card = (payment for payment in order.payments if payment.stored or payment.tender_id in rules.terminals)
    found += [Finding(FindingKind.CARD, why) for payment in by_card if (why := _odd(session, payment, spent))]
    return found


def _odd(session: Session, payment: Payment, spent: Collection[str]) -> str:
    """Say what is odd about a payment by card: another sale's, or not what the processor has approved."""
    if payment.id in spent:
        return f"The {format_money(payment.amount)} paid by {payment.name} is the payment of another sale."
    if payment.stored is not None:
        return ""
    job = session.get(CardJob, payment.id)
    if job is None or job.state != CardState.APPROVED.value:
        return f"The processor has not approved the {format_money(payment.amount)} paid by {payment.name}."
    if job.amount != payment.amount:
        return f"The processor has approved {format_money(job.amount)}, the sale says {format_money(payment.amount)}."
    return ""
