"""What a cart costs: priced lines and their totals, computed afresh and never stored beside the cart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TypeVar

from app.domain.by_hand import ChangedPrice, GivenDiscount
from app.domain.cart import Cart, Line, called
from app.domain.discounts import discounts
from app.domain.money import MOST_SALE, Minor, Value, round_to, times
from app.domain.product import Quantity
from app.domain.promotion import AppliedPromotion, Promotion
from app.domain.tax import LineTax, NoRate, TaxRate, rate_on, tax_line


class OrderLine(Value):
    """A line as it is sold: what, how many, at which price, with which tax; sums are exact."""

    variant_id: str
    product_id: str
    sku: str
    name: str
    label: str = ""
    hsn: str = ""
    unit: str = "PCS"
    quantity: Quantity
    unit_price: Minor
    discount: Minor = 0
    """Taken off quantity times price before the tax (CGST Act s.15(3)(a))."""
    tax_class: str
    rate: int
    cess_rate: int = 0
    value: Minor
    cgst: Minor = 0
    sgst: Minor = 0
    igst: Minor = 0
    cess: Minor = 0
    total: Minor
    """value + cgst + sgst + igst + cess."""
    override_by: str | None = None
    category: str = ""
    weighed: bool = False
    stocked: bool = True
    """False for a charge, such as delivery: nothing is taken from stock."""
    parent: str = ""
    """The key of the line that an extension belongs to."""
    changed_price: ChangedPrice | None = None
    """Where `unit_price` is not the catalogue's: what that was, who changed it, and why."""

    @property
    def full_name(self) -> str:
        """As a cart calls it."""
        return called(self.name, self.label)


Some = TypeVar("Some", Line, OrderLine)


class Totals(Value):
    """The foot of an invoice; total = value + taxes + rounding."""

    value: Minor
    cgst: Minor = 0
    sgst: Minor = 0
    igst: Minor = 0
    cess: Minor = 0
    rounding: Minor = 0
    total: Minor


@dataclass(frozen=True, slots=True)
class Terms:
    """What pricing depends on beside the cart."""

    rates: Sequence[TaxRate]
    day: date
    inclusive: bool
    inter_state: bool = False
    promotions: tuple[Promotion, ...] = ()
    """Those in force; which of them apply is worked out here."""


@dataclass(frozen=True, slots=True)
class Priced:
    lines: tuple[OrderLine, ...]
    totals: Totals
    applied: tuple[AppliedPromotion, ...] = ()
    given: tuple[GivenDiscount, ...] = ()

    @property
    def discount(self) -> int:
        """What promotions and people took off, minor units."""
        return sum(line.discount for line in self.lines)


class TooLarge(Value):
    """A cart that costs more than any sale, and the line that is most of it: a mistyped quantity."""

    name: str


Unpriced = NoRate | TooLarge
"""Why a cart cannot be sold as it is."""


@dataclass(frozen=True, slots=True)
class Summed:
    """What a cart comes to, without its lines."""

    totals: Totals
    given: tuple[GivenDiscount, ...] = ()


@dataclass(frozen=True, slots=True)
class _Work:
    """What there is to do of each line, and what was taken off."""

    lines: list[tuple[Line, TaxRate, int]]
    """With the rate of the day, and the discount."""
    applied: tuple[AppliedPromotion, ...]
    given: tuple[GivenDiscount, ...]


def price_cart(cart: Cart, terms: Terms) -> Priced | Unpriced:
    """Price each line and add them up; the first class without a rate on the day stops it."""
    work = _work(cart, terms)
    if not isinstance(work, _Work):
        return work
    lines = [
        # 1 and 1.000 are equal but written differently: what is remembered must be written as this line is.
        _remembered(line, line.quantity.as_tuple().exponent, rate, discount, terms.inclusive, terms.inter_state)
        for line, rate, discount in work.lines
    ]
    return Priced(lines=tuple(lines), totals=add_up(lines), applied=work.applied, given=work.given)


def sum_cart(cart: Cart, terms: Terms, rounding: int = 0) -> Summed | Unpriced:
    """Work out what a cart comes to, by the arithmetic of `price_cart`."""
    work = _work(cart, terms)
    return Summed(_sum(work.lines, terms, rounding), work.given) if isinstance(work, _Work) else work


def sum_plain(lines: Sequence[OrderLine], terms: Terms, rounding: int = 0) -> Summed | Unpriced:
    """The same of lines that were sold with nothing taken off: for that no cart is made of them."""
    rated = _too_large(lines) or _rated(lines, terms, {})
    return Summed(_sum(rated, terms, rounding)) if isinstance(rated, list) else rated


def _work(cart: Cart, terms: Terms) -> _Work | Unpriced:
    too_large = _too_large(cart.lines)
    if too_large is not None:
        return too_large
    # Discounts are for goods: a charge such as delivery is neither reduced nor counted towards one.
    goods = [place for place, line in enumerate(cart.lines) if line.stocked]
    off = discounts([cart.lines[place] for place in goods], terms.promotions, cart.manual)
    lines = _rated(cart.lines, terms, dict(zip(goods, off.lines, strict=True)))
    if not isinstance(lines, list):
        return lines
    given = tuple(
        each if each.line is None else each.model_copy(update={"line": goods[each.line]}) for each in off.given
    )
    return _Work(lines, off.applied, given)


def _too_large(lines: Sequence[Line] | Sequence[OrderLine]) -> TooLarge | None:
    amounts = [abs(times(line.unit_price, line.quantity)) for line in lines]
    return TooLarge(name=lines[amounts.index(max(amounts))].full_name) if sum(amounts) > MOST_SALE else None


def _rated(lines: Sequence[Some], terms: Terms, off: Mapping[int, int]) -> list[tuple[Some, TaxRate, int]] | NoRate:
    """Put the rate of the day beside each line, and what is taken off it."""
    rated: list[tuple[Some, TaxRate, int]] = []
    for place, line in enumerate(lines):
        rate = rate_on(terms.rates, line.tax_class, terms.day)
        if isinstance(rate, NoRate):
            return rate
        rated.append((line, rate, off.get(place, 0)))
    return rated


def _sum(lines: Sequence[tuple[Some, TaxRate, int]], terms: Terms, rounding: int) -> Totals:
    how = {"inclusive": terms.inclusive, "inter_state": terms.inter_state}
    return add_up(
        [tax_line(times(line.unit_price, line.quantity) - off, rate, **how) for line, rate, off in lines], rounding
    )


@lru_cache(maxsize=4096)
def _remembered(line: Line, _digits: object, rate: TaxRate, discount: int, *how: bool) -> OrderLine:
    """Price a line once: each touch prices the whole cart again, and changes one line of it."""
    return price_line(line, rate, discount, *how)


def price_line(line: Line, rate: TaxRate, discount: int, inclusive: bool, inter_state: bool) -> OrderLine:
    amount = times(line.unit_price, line.quantity) - discount
    tax = tax_line(amount, rate, inclusive=inclusive, inter_state=inter_state)
    return OrderLine(
        variant_id=line.variant_id,
        product_id=line.product_id,
        sku=line.sku,
        name=line.name,
        label=line.label,
        hsn=line.hsn,
        unit=line.unit,
        quantity=line.quantity,
        unit_price=line.unit_price,
        discount=discount,
        tax_class=line.tax_class,
        rate=tax.rate,
        cess_rate=tax.cess_rate,
        value=tax.value,
        cgst=tax.cgst,
        sgst=tax.sgst,
        igst=tax.igst,
        cess=tax.cess,
        total=tax.total,
        override_by=line.override_by,
        category=line.category,
        weighed=line.weighed,
        stocked=line.stocked,
        parent=line.parent,
        changed_price=line.changed_price,
    )


def add_up(lines: Sequence[OrderLine | LineTax], rounding: int = 0) -> Totals:
    """Sum lines into the foot of an invoice; rounding comes from paying in cash."""
    value, cgst, sgst, igst, cess, total = 0, 0, 0, 0, 0, rounding
    for line in lines:
        value += line.value
        cgst += line.cgst
        sgst += line.sgst
        igst += line.igst
        cess += line.cess
        total += line.total
    return Totals(value=value, cgst=cgst, sgst=sgst, igst=igst, cess=cess, rounding=rounding, total=total)


def cash_due(left: int, step: int) -> int:
    """What is asked for when the rest is paid in cash: the nearest multiple of the smallest coin."""
    return round_to(left, step)
