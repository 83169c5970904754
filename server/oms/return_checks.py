"""What makes a return need a person's look: more than was sold, no sale to it, sums or numbers that do not fit."""

from collections.abc import Collection
from decimal import Decimal

from app.domain.money import format_money
from app.domain.order import Order
from app.domain.payment import TenderKind
from app.domain.pricing import OrderLine, add_up
from app.domain.returning import CreditNote, GivenBack, ReturnedLine, left, part_of
from app.sync.entry import Header
from server.oms.findings import Finding, FindingKind
from server.oms.series import belongs


def look_at_return(order: Order | None, before: Collection[GivenBack], back: GivenBack) -> list[Finding]:
    """Compare a return with its sale, and its sums with each other."""
    if order is None:
        words = f"Something came back of sale {back.original.number}, which is not here. Nobody could check it."
        return [Finding(FindingKind.ORIGINAL, words), *_look_at_sums(back), *_look_at_links(back)]
    return [*look_at_counts(order, before, back), *_look_at_sums(back), *_look_at_links(back)]


def look_at_series(header: Header, note: CreditNote, prefix: str, used: Collection[str]) -> list[Finding]:
    """A credit note's number has to be of the register's own series, and used once."""
    found: list[Finding] = []
    if (note.number, note.register) != (header.number, header.register):
        found.append(Finding(FindingKind.NUMBER, "Number or register inside the entry are not those on its outside."))
    if not belongs(note.number, prefix, note.business_day):
        words = f"The number {note.number} is not of this register’s series {prefix} of credit notes."
        found.append(Finding(FindingKind.NUMBER, words))
    if note.number in used:
        found.append(Finding(FindingKind.NUMBER, f"The number {note.number} was already used by another credit note."))
    return found


def look_at_credit(order: Order, note: GivenBack | None) -> list[Finding]:
    """An exchange is one payment: what the credit note gave is what the sale counted."""
    counted = order.credit.amount if order.credit else 0
    if not isinstance(note, CreditNote):
        words = f"{format_money(counted)} of it was paid by a credit note that is not here."
        return [Finding(FindingKind.CREDIT, words)]
    if (note.credited, note.exchanged_for) == (counted, order.id):
        return []
    words = f"The sale counts {format_money(counted)} of credit note {note.number}, which gave another sum or sale."
    return [Finding(FindingKind.CREDIT, words)]


def look_at_counts(order: Order, before: Collection[GivenBack], back: GivenBack) -> list[Finding]:
    """Compare a return with what was sold and what had come back before: the part that needs the sale."""
    remaining = left(order, before)
    too_many = [one.line.name for one in back.returned if one.line.quantity > _of(remaining, one)]
    found: list[Finding] = []
    if too_many:
        words = f"More came back of sale {order.number} than was sold: {', '.join(too_many)}."
        found.append(Finding(FindingKind.OVER_RETURNED, words))
    ours = [_share(order, one) for one in back.returned]
    if ours != [one.line for one in back.returned]:
        theirs, total = (sum(line.total for line in lines) for lines in (back.lines, ours))
        words = (
            f"The register gave back {format_money(theirs)} for these goods, the OMS computes {format_money(total)}."
        )
        found.append(Finding(FindingKind.TOTAL_DIFFERS, words))
    return found


def _of(remaining: tuple[Decimal, ...], one: ReturnedLine) -> Decimal:
    return remaining[one.position] if one.position < len(remaining) else Decimal(0)


def _share(order: Order, one: ReturnedLine) -> OrderLine:
    """What belongs to that part of the sale's line; a line that it does not have is worth nothing."""
    if one.position >= len(order.lines) or not order.lines[one.position].quantity:
        return one.line.model_copy(update=dict.fromkeys(("value", "cgst", "sgst", "igst", "cess", "total"), 0))
    return part_of(order.lines[one.position], one.before, one.line.quantity)


def _look_at_sums(back: GivenBack) -> list[Finding]:
    found: list[Finding] = []
    if add_up(back.lines, back.totals.rounding) != back.totals:
        found.append(Finding(FindingKind.TAXES_DIFFER, "Its lines do not add up to its totals."))
    given = back.refunded + (back.credited if isinstance(back, CreditNote) else 0)
    if given != back.totals.total:
        words = f"{format_money(given)} was given back, its total is {format_money(back.totals.total)}."
        found.append(Finding(FindingKind.PAYMENTS, words))
    return found


def _look_at_links(back: GivenBack) -> list[Finding]:
    """Money that came by a payment link goes back at the provider: nobody at the counter can do it."""
    return [
        Finding(
            FindingKind.REFUND,
            f"Give {format_money(refund.amount)} back to the customer at the provider of the payment link. "
            f"Sale {back.original.number}, payment {refund.payment_id or 'unknown'}.",
        )
        for refund in back.refunds
        if refund.kind is TenderKind.ONLINE
    ]
