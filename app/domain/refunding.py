"""How money goes back: to the tenders that brought it, each at most what it brought; cash to the nearest coin."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from app.domain.money import round_to
from app.domain.order import Order
from app.domain.payment import Payment, Tender, TenderKind
from app.domain.pricing import Totals, add_up
from app.domain.returning import GivenBack, Plan, ReturnedLine, Source


@dataclass(frozen=True, slots=True)
class Ways:
    """By what money may go back."""

    step: int
    """Cash is rounded to a multiple of this, minor units."""
    cash: Tender | None
    """Takes what no payment of the sale brought, such as what an exchange had paid."""
    chosen: Tender | None = None
    """None stands for the way it was paid."""


def plan(order: Order, before: Collection[GivenBack], total: int, ways: Ways) -> Plan:
    """Work out how a total (minor units) goes back; cash comes last, because only cash is rounded."""
    rest, sources = total, list[Source]()
    wanted = [pair for pair in _unspent(order, before) if ways.chosen is None or pair[0].tender_id == ways.chosen.id]
    for payment, unspent in (pair for pair in wanted if pair[0].kind is not TenderKind.CASH):
        sources += _from(payment, min(unspent, rest))
        rest -= min(unspent, rest)
    last = ways.chosen or ways.cash
    if rest <= 0 or last is None:
        return Plan(tuple(sources), rest)
    brought = [pair for pair in wanted if pair[0].kind is TenderKind.CASH and last.kind is TenderKind.CASH]
    there = sum(unspent for _, unspent in brought)
    due = _coins(before, rest, ways.step) if last.kind is TenderKind.CASH else rest
    due = there if 0 < due - there < ways.step and there else due  # the sale's own rounding: it brought no more
    short = max(due - there, 0)
    due -= short
    for payment, unspent in brought:
        sources += _from(payment, min(unspent, due))
        due -= min(unspent, due)
    if short:
        sources.append(Source("", last.id, last.name, last.kind, short))
    return Plan(tuple(sources), short)


def whole(order: Order) -> Plan:
    """Every payment of a sale that is voided, as it was taken."""
    return Plan(tuple(source for payment in order.payments for source in _from(payment, payment.amount)))


def totals_of(lines: Iterable[ReturnedLine], given: int) -> Totals:
    """The foot of a credit note: what the lines come to, and what cash rounds of it; `given` is all that goes back."""
    exact = add_up([each.line for each in lines])
    return exact.model_copy(update={"rounding": given - exact.total, "total": given})


def _coins(before: Collection[GivenBack], rest: int, step: int) -> int:
    """Cash for the rest, rounded on the running sum: returns in parts come to what one return would."""
    paid = sum(refund.amount for each in before for refund in each.refunds if refund.kind is TenderKind.CASH)
    exact = paid - sum(each.totals.rounding for each in before)
    return max(round_to(exact + rest, step) - paid, 0)


def _unspent(order: Order, before: Collection[GivenBack]) -> list[tuple[Payment, int]]:
    """The payments of a sale, each with what has not gone back of it."""
    gone: dict[str, int] = {}
    for refund in (refund for each in before for refund in each.refunds):
        gone[refund.payment_id] = gone.get(refund.payment_id, 0) + refund.amount
    there = (payment for payment in order.payments if not payment.stored)  # a stored card has brought nothing yet
    return [(payment, max(payment.amount - gone.get(payment.id, 0), 0)) for payment in there]


def _from(payment: Payment, amount: int) -> Iterator[Source]:
    if amount > 0:
        code = payment.reference if payment.kind is TenderKind.VOUCHER else ""
        yield Source(payment.id, payment.tender_id, payment.name, payment.kind, amount, code, payment.account)
