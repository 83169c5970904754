"""Whether what people took off by hand adds up, and keeps the limits of who answers for it. Nothing is refused."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.by_hand import ByHand, GivenDiscount, ManualDiscount
from app.domain.leeway import Leeway
from app.domain.money import format_money
from app.domain.order import Order
from app.domain.pricing import Summed, Unpriced
from app.domain.staff import Role, StaffMember
from app.sync.protocol import Dataset
from server.oms.findings import Finding, FindingKind
from server.oms.promotions import explained
from server.oms.rules import Rules, recompute
from server.oms.tables import Record


def roles_for(session: Session, orders: Iterable[Order]) -> Mapping[str, Role]:
    """The roles of everybody, those who left among them; asked for only where an order of a batch needs it."""
    if not any(order.discounts or any(line.changed_price for line in order.lines) for order in orders):
        return {}
    texts = session.scalars(select(Record.value).where(Record.dataset == Dataset.STAFF.value))
    return {member.id: member.role for member in (StaffMember.model_validate_json(text) for text in texts)}


def look_at_hands(order: Order, ours: Summed | Unpriced, rules: Rules) -> list[Finding]:
    """Discounts by hand, and prices that were changed at the till."""
    found = [Finding(FindingKind.PRICE, words) for words in _prices(order, rules)]
    if order.discounts and isinstance(ours, Summed):
        found += [
            Finding(FindingKind.DISCOUNT, words) for words in (*_sums(order, ours, rules), *_limits(order, rules))
        ]
    return found


def _sums(order: Order, ours: Summed, rules: Rules) -> list[str]:
    """An amount differs from what its offer gives here; where a promotion is in doubt, that is said already."""
    if len(explained(order, rules.promotions)) < len(order.promotions) or ours.given == order.discounts:
        return []
    theirs = format_money(sum(each.amount for each in order.discounts))
    here = format_money(sum(each.amount for each in ours.given))
    return [f"The register took {theirs} off by hand; by what was agreed the OMS computes {here}."]


def _limits(order: Order, rules: Rules) -> list[str]:
    """What was taken off beyond the limit of who answers for it, as the limits are now."""

    def kept(manual: ManualDiscount, line: int | None) -> ManualDiscount:
        leeway = _leeway(manual, rules)
        most = leeway.order if line is None else leeway.line
        return manual.model_copy(update={"most": min(manual.most, most)})

    allowed = recompute(order, rules, kept)
    amounts = {each.line: each.amount for each in allowed.given} if isinstance(allowed, Summed) else {}
    return [_beyond(order, each) for each in order.discounts if each.amount > amounts.get(each.line, 0)]


def _beyond(order: Order, each: GivenDiscount) -> str:
    named = order.lines[each.line].name if each.line is not None and each.line < len(order.lines) else ""
    where = f"“{named}”" if named else "the order"
    return f"{format_money(each.amount)} off {where} is more than {_who(each.given)} may give ({each.given.reason})."


def _prices(order: Order, rules: Rules) -> list[str]:
    changed = [(line, line.changed_price) for line in order.lines if line.changed_price is not None]
    return [
        f"“{line.name}” was sold for {format_money(line.unit_price)} instead of {format_money(by.catalogue)}; "
        f"{_who(by)} may not change it so far ({by.reason})."
        for line, by in changed
        if not _leeway(by, rules).allows_price(line.unit_price, by.catalogue)
    ]


def _who(by: ByHand) -> str:
    return by.approved_by or by.staff_name or "whoever did it"


def _leeway(by: ByHand, rules: Rules) -> Leeway:
    """Of who answers for it; nobody knows a stranger, so a stranger may do nothing."""
    role = rules.roles.get(by.answerable)
    return rules.leeways.of(role) if role is not None else Leeway()
