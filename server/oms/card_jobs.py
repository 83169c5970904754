"""How the stored cards of an order stand at the OMS: where their money is, and what people are told about them."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.money import format_money
from app.domain.order import Order
from app.domain.payment import ON_BALANCE, Payment, Tender
from app.sync.cards import CardState, Processed
from app.sync.protocol import Dataset
from server.oms.books import tender_account
from server.oms.records import read_all
from server.oms.tables_cards import CardJob

REFUSED = frozenset({CardState.DECLINED.value, CardState.EXPIRED.value})
WORST = (CardState.WAITING, CardState.DECLINED, CardState.EXPIRED, CardState.APPROVED)
"""Of several cards of one order: while one waits the order does, and one that was refused leaves it unpaid."""


def jobs_of(session: Session, order_id: str) -> list[CardJob]:
    """The stored cards of an order."""
    same = CardJob.order_id == order_id, CardJob.stored.is_(True)
    return list(session.scalars(select(CardJob).where(*same).order_by(CardJob.at, CardJob.payment_id)))


def approved(session: Session, order: Order) -> frozenset[str]:
    """The payments of an order that the processor has taken money for, whatever else somebody calls them."""
    same = CardJob.payment_id.in_([payment.id for payment in order.payments])
    return frozenset(session.scalars(select(CardJob.payment_id).where(same, CardJob.state == CardState.APPROVED.value)))


def together(order_id: str, jobs: Sequence[CardJob]) -> Processed:
    """How the cards of an order stand, as one answer."""
    states = {CardState(job.state) for job in jobs}
    state = next((each for each in WORST if each in states), CardState.APPROVED)
    those = [job for job in jobs if job.state == state.value]
    return Processed(
        order_id=order_id,
        state=state,
        reference=", ".join(job.reference for job in those if job.reference),
        why=" ".join(f"{job.face}: {job.why}" for job in those if job.why),
    )


def as_paid(session: Session, order: Order) -> Order:
    """An order whose payments are called after what has come of them, for the reports of money."""
    jobs = {job.payment_id: job for job in jobs_of(session, order.id)}
    if not jobs:
        return order
    names = {tender.id: tender.name for tender in read_all(session, Dataset.TENDERS, Tender)}
    payments = tuple(_as_paid(each, jobs[each.id], names) if each.id in jobs else each for each in order.payments)
    return order.model_copy(update={"payments": payments})


def _as_paid(payment: Payment, job: CardJob, names: Mapping[str, str]) -> Payment:
    if job.state == CardState.WAITING.value:
        return payment
    name = f"{payment.name}, refused" if job.state in REFUSED else payment.name
    name = names.get(job.paid_with, job.paid_with) if job.paid_at else name
    return payment.model_copy(update={"name": name, "stored": None})


def describe(jobs: Iterable[CardJob]) -> str:
    """What a person reads about the cards of an order, where something is not as it should be."""
    return " ".join(_sentence(job) for job in jobs if job.state in REFUSED)


def settles(tender: Tender) -> bool:
    """Whether a refused card may be paid with it here: no terminal, and no balance, which nothing here would move."""
    return not tender.terminal and tender.kind not in ON_BALANCE


def unpaid(jobs: Iterable[CardJob]) -> int:
    """What refused cards leave to be paid, minor units."""
    return sum(job.amount for job in jobs if job.state in REFUSED and job.paid_at is None)


def accounts(session: Session, order: Order) -> dict[str, str]:
    """Where the money of stored cards is, by payment; what is not named is still a receivable."""
    found: dict[str, str] = {}
    tenders = {payment.id: payment.tender_id for payment in order.payments}
    for job in jobs_of(session, order.id):
        if job.paid_at is not None:
            found[job.payment_id] = tender_account(job.paid_with)
        elif job.state == CardState.APPROVED.value:
            found[job.payment_id] = tender_account(tenders.get(job.payment_id, job.tender_id))
    return found


def _sentence(job: CardJob) -> str:
    paid = f" It was paid with {job.paid_with} {job.paid_reference}".rstrip() + "." if job.paid_at else ""
    return f"{format_money(job.amount)} by {job.face} was {job.state}: {job.why}{paid}"
