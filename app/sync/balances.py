"""What this register took from vouchers and put on house accounts, and the OMS's balances do not hold yet.

A verdict names the revision from which on the changes hold what its entry brought. Entries may be sent in any order,
refused, and sent once more: what has no such verdict, or a newer one than the balance that is here, is still beside it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain.order import Order
from app.domain.payment import ON_BALANCE, Payment, TenderKind
from app.domain.returning import GivenBack
from app.domain.voucher import code_of
from app.sync.bodies import Body, Sale, given_back
from app.sync.protocol import Verdict, VerdictKind

BOOKED = frozenset({VerdictKind.ACCEPTED, VerdictKind.DUPLICATE, VerdictKind.ATTENTION})


@dataclass(frozen=True, slots=True)
class Drawn:
    """What one payment moved; for a house account the key is its customer, for a voucher its code."""

    kind: TenderKind
    key: str
    amount: int
    """Minor units."""


@dataclass(frozen=True, slots=True)
class Written:
    """The same, in an entry of the journal."""

    drawn: Drawn
    digest: str


def drawn(payment: Payment, customer_id: str = "") -> Drawn | None:
    """What a payment moves, or nothing; an older register did not write down whose house account it was."""
    match payment.kind:
        case TenderKind.VOUCHER:
            return Drawn(payment.kind, code_of(payment.reference), payment.amount)
        case TenderKind.ACCOUNT:
            return Drawn(payment.kind, payment.account or customer_id, payment.amount)
        case _:
            return None


def drawn_by(order: Order) -> tuple[Drawn, ...]:
    """What an order moves, payment by payment."""
    customer_id = order.customer.id if order.customer else ""
    return tuple(each for payment in order.payments if (each := drawn(payment, customer_id)) is not None)


def moved_by(body: Body | None) -> tuple[Drawn, ...]:
    """What an entry moves: a sale takes from balances, a return gives back to them (negative)."""
    if isinstance(body, Sale):
        return drawn_by(body.order)
    back = given_back(body)
    return returned_by(back) if back is not None else ()


def returned_by(back: GivenBack) -> tuple[Drawn, ...]:
    """What a return gives back to balances, refund by refund; negative."""
    return tuple(
        Drawn(one.kind, code_of(one.reference) if one.kind is TenderKind.VOUCHER else one.account, -one.amount)
        for one in back.refunds
        if one.kind in ON_BALANCE
    )


def beside(written: Iterable[Written], revision: int, verdicts: Mapping[str, Verdict]) -> int:
    """What entries about one balance add up to that it does not hold at its revision, minor units."""
    return sum(each.drawn.amount for each in written if not _held(verdicts.get(each.digest), revision))


def _held(verdict: Verdict | None, revision: int) -> bool:
    return verdict is not None and verdict.kind in BOOKED and verdict.revision <= revision
