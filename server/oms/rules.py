"""What orders are checked against, and an order priced again by it, with the arithmetic that the register uses too."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.by_hand import ManualDiscount
from app.domain.cart import Cart, Line
from app.domain.leeway import Leeways
from app.domain.order import Order
from app.domain.pricing import OrderLine, Summed, Terms, Unpriced, sum_cart, sum_plain
from app.domain.promotion import Promotion
from app.domain.staff import Role
from app.domain.tax import TaxRate
from server.oms.promotions import explained

Computed = Summed | Unpriced
Given = Callable[[ManualDiscount, int | None], ManualDiscount]
"""What becomes of a discount by hand, at the place of its line or of the whole order, before it is counted again."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The same for a whole batch."""

    rates: Sequence[TaxRate]
    cash_step: int
    promotions: Mapping[str, Promotion] = field(default_factory=dict)
    extensions: Collection[str] = ()
    """Ids of what is sold with products."""
    leeways: Leeways = field(default_factory=Leeways)
    roles: Mapping[str, Role] = field(default_factory=dict)
    """By staff id, of everybody who ever worked here."""


def recompute(order: Order, rules: Rules, given: Given = lambda manual, _: manual) -> Computed:
    """Price the order's lines again, as far as sums and what was given go."""
    terms = Terms(
        rates=rules.rates,
        day=order.business_day,
        inclusive=order.inclusive,
        inter_state=order.inter_state,
        promotions=explained(order, rules.promotions),
    )
    if not order.promotions and not order.discounts:
        return sum_plain(order.lines, terms, order.totals.rounding)
    return sum_cart(cart_of(order, given), terms, order.totals.rounding)


def cart_of(order: Order, given: Given) -> Cart:
    """The cart that an order was made of; of two discounts in one place the first counts."""
    manual: dict[int | None, ManualDiscount] = {}
    for each in order.discounts:
        manual.setdefault(each.line, given(each.given, each.line))
    lines = tuple(_cart_line(line, manual.get(place)) for place, line in enumerate(order.lines))
    return Cart(lines=lines, manual=manual.get(None))


def _cart_line(line: OrderLine, manual: ManualDiscount | None) -> Line:
    return Line(
        variant_id=line.variant_id,
        product_id=line.product_id,
        sku=line.sku,
        name=line.name,
        label=line.label,
        hsn=line.hsn,
        unit=line.unit,
        tax_class=line.tax_class,
        unit_price=line.unit_price,
        quantity=line.quantity,
        category=line.category,
        weighed=line.weighed,
        stocked=line.stocked,
        parent=line.parent,
        manual=manual,
    )
