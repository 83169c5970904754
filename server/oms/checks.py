"""What makes an accepted entry need a person's look. Nothing here refuses: the money is already taken."""

from collections.abc import Collection

from app.domain.money import format_money
from app.domain.order import Order
from app.domain.payment import TenderKind
from app.domain.pricing import Summed, TooLarge, Unpriced, add_up
from app.domain.tax import NoRate
from app.sync.entry import GENESIS, Entry, Header
from server.oms.findings import ASTRAY, Finding, FindingKind
from server.oms.known import Known, place
from server.oms.rules import Rules
from server.oms.series import belongs
from server.oms.stock import Shortage
from server.oms.tables import Register


def look_at_chain(known: Known, entry: Entry) -> list[Finding]:
    """Compare an entry with its neighbours in the journal, those that are here."""
    header = entry.header
    before = known.by_place.get(place(header.register, header.seq - 1))
    after = known.by_place.get(place(header.register, header.seq + 1))
    prev = GENESIS if header.seq == 1 else before.digest if before else None
    found: list[Finding] = []
    if known.follows(header.prev, header.register, header.seq):
        pass  # which of two entries stands there before it does not matter
    elif prev is None:
        found.append(
            Finding(FindingKind.GAP, f"The entry before it, number {header.seq - 1} of this register, has not arrived.")
        )
    elif prev != header.prev:
        found.append(Finding(FindingKind.CHAIN, ASTRAY))
    strange = after is not None and after.prev != entry.digest
    if after is not None and strange and not known.follows(after.prev, after.register, after.seq):
        found.append(
            Finding(FindingKind.CHAIN, "The entry after it does not follow it: the journal was changed or mixed up.")
        )
    return found


def look_at_place(known: Known, entry: Entry, *, apart: bool) -> list[Finding]:
    """Two entries in one place of a journal were made by two copies of a register; both were paid."""
    found: list[Finding] = []
    if place(entry.header.register, entry.header.seq) in known.by_place:
        words = f"Another entry has its place in the journal, number {entry.header.seq}: {COPIES}"
        found.append(Finding(FindingKind.USED_TWICE, words))
    if apart:
        found.append(Finding(FindingKind.USED_TWICE, "Another entry has its id; it was booked as one of its own."))
    return found


COPIES = "its register exists twice, or was put back from a backup. Both were taken in."


def look_at_service(register: Register, header: Header) -> list[Finding]:
    """A register that was taken out of service should not have sold since; its entries come only by a file."""
    if register.revoked_at is None or header.at <= register.revoked_at:
        return []
    words = "It was made after its register was taken out of service. Find out who sold, and whether the money is here."
    return [Finding(FindingKind.OUT_OF_SERVICE, words)]


def look_at_number(known: Known, register: Register, header: Header, order: Order) -> list[Finding]:
    """An invoice number has to be the register's own, and used once."""
    found: list[Finding] = []
    if (order.number, order.register) != (header.number, header.register):
        found.append(Finding(FindingKind.NUMBER, "Number or register inside the entry are not those on its outside."))
    if not belongs(order.number, register.invoice, order.business_day):
        found.append(
            Finding(
                FindingKind.NUMBER, f"The number {order.number} is not of this register's series {register.invoice}."
            )
        )
    if order.number in known.numbers:
        found.append(Finding(FindingKind.NUMBER, f"The number {order.number} was already used by another order."))
    return found


def look_at_money(order: Order, ours: Summed | Unpriced, rules: Rules) -> list[Finding]:
    """Totals, rounding and payments have to agree."""
    found: list[Finding] = []
    theirs = order.totals
    if isinstance(ours, NoRate):
        found.append(Finding(FindingKind.NO_RATE, f"No tax rate of class {ours.tax_class} holds on {ours.day}."))
    elif isinstance(ours, TooLarge):
        found.append(Finding(FindingKind.TOO_LARGE, f"The line of {ours.name} costs more than any sale can."))
    elif ours.totals.total != theirs.total:
        found.append(
            Finding(
                FindingKind.TOTAL_DIFFERS,
                f"The register charged {format_money(theirs.total)}, "
                f"the OMS computes {format_money(ours.totals.total)}.",
            )
        )
    elif ours.totals != theirs or add_up(order.lines, theirs.rounding) != theirs:
        found.append(
            Finding(
                FindingKind.TAXES_DIFFER,
                "The total is right, but its split into value and taxes is not what the OMS computes.",
            )
        )
    return found + _look_at_payments(order, rules)


def _look_at_payments(order: Order, rules: Rules) -> list[Finding]:
    found: list[Finding] = []
    theirs = order.totals
    if order.paid != theirs.total:
        found.append(
            Finding(
                FindingKind.PAYMENTS,
                f"The payments add up to {format_money(order.paid)}, not to {format_money(theirs.total)}.",
            )
        )
    cash = any(payment.kind is TenderKind.CASH for payment in order.payments)
    if theirs.rounding and (not cash or abs(theirs.rounding) >= rules.cash_step):
        found.append(
            Finding(
                FindingKind.ROUNDING,
                f"The rounding of {format_money(theirs.rounding)} is more than paying in cash explains.",
            )
        )
    return found


def look_at_shelf(shortage: Shortage, order: Order) -> list[Finding]:
    """What was sold should have been in the catalogue, and in stock."""
    names = {line.variant_id: line.name for line in order.lines}
    found: list[Finding] = []
    if shortage.unknown:
        found.append(
            Finding(
                FindingKind.UNKNOWN_PRODUCT,
                f"Not in the catalogue: {', '.join(names[key] for key in shortage.unknown)}.",
            )
        )
    if shortage.oversold:
        found.append(
            Finding(
                FindingKind.OVERSOLD,
                f"More was sold than was in stock: {', '.join(names[key] for key in shortage.oversold)}.",
            )
        )
    return found


def look_at_extensions(order: Order, known: Collection[str]) -> list[Finding]:
    """What was sold with a product should be what the store declares."""
    unknown = sorted({line.name for line in order.lines if line.parent and line.product_id not in known})
    if not unknown:
        return []
    return [Finding(FindingKind.UNKNOWN_PRODUCT, f"Not among the extras: {', '.join(unknown)}.")]
