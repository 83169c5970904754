"""What promotions and people take off a cart, to the paisa and in whatever order lines and promotions stand.

Of the promotions for goods each line gets the one that saves most. Then those for the whole order, percentages before
amounts, each on what the ones before have left; it is spread over the lines by what is left of them. Then what was
given by hand: each line's own on what is left of it, and the order's on what is left of everything, spread likewise.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.by_hand import GivenDiscount, ManualDiscount
from app.domain.cart import Line
from app.domain.money import portion, share, times
from app.domain.promotion import AmountOff, AppliedPromotion, BuyGet, PercentOff, Promotion
from app.domain.tax import BASIS


@dataclass(frozen=True, slots=True)
class Discounts:
    """What is taken off each line, and how much each promotion and each discount by hand took off in all."""

    lines: tuple[int, ...]
    applied: tuple[AppliedPromotion, ...] = ()
    given: tuple[GivenDiscount, ...] = ()


def discounts(
    lines: Sequence[Line], promotions: Sequence[Promotion], manual: ManualDiscount | None = None
) -> Discounts:
    """Work out the discounts of a cart, `manual` for the order as a whole; no line is worth less than nothing."""
    if not promotions and manual is None and all(line.manual is None for line in lines):
        return Discounts((0,) * len(lines))
    # Equal amounts are told apart by what the line is, never by where it stands.
    places = sorted(range(len(lines)), key=lambda place: _mark(lines[place]))
    ordered = [lines[place] for place in places]
    taken = {promotion.id: (0,) * len(lines) for promotion in promotions}
    left = _off_lines(ordered, promotions, taken)
    _off_the_whole(left, promotions, taken)
    given, parts = _by_hand(ordered, left, manual)
    sums = [sum(column) for column in zip(*taken.values(), parts, strict=True)]
    by_place = dict(zip(places, sums, strict=True))
    placed = [GivenDiscount(given=each, line=places[at], amount=amount) for at, each, amount in given if at is not None]
    placed.sort(key=lambda each: each.line or 0)
    whole = [GivenDiscount(given=each, amount=amount) for at, each, amount in given if at is None]
    by_line = tuple(by_place[place] for place in range(len(lines)))
    return Discounts(by_line, _applied(promotions, taken), (*placed, *whole))


def _off_lines(lines: Sequence[Line], promotions: Sequence[Promotion], taken: dict[str, tuple[int, ...]]) -> list[int]:
    """Give each line its best promotion; return what is left of each."""
    full = [_amount(line) for line in lines]
    offers = {each.id: _offered(lines, full, each) for each in sorted(promotions, key=_by_id) if not each.whole_order}
    best = [max(offers, key=lambda key: offers[key][place], default="") for place in range(len(lines))]
    for key, offered in offers.items():
        taken[key] = tuple(amount if best[place] == key else 0 for place, amount in enumerate(offered))
    return [
        amount - (taken[chosen][place] if chosen else 0)
        for place, (amount, chosen) in enumerate(zip(full, best, strict=True))
    ]


def _offered(lines: Sequence[Line], full: Sequence[int], promotion: Promotion) -> list[int]:
    """What a promotion would take off each line, were it the only one."""
    meant = [_is_for(promotion, line) for line in lines]
    if sum(amount for amount, holds in zip(full, meant, strict=True) if holds) < promotion.minimum:
        return [0] * len(lines)
    match promotion.offer:
        case PercentOff(rate=rate):
            offered = [portion(amount, rate, BASIS) for amount in full]
        case AmountOff(amount=each):
            offered = [min(times(each, line.quantity), amount) for line, amount in zip(lines, full, strict=True)]
        case BuyGet() as offer:
            offered = _free(lines, meant, offer)
    return [max(amount, 0) if holds else 0 for amount, holds in zip(offered, meant, strict=True)]


def _free(lines: Sequence[Line], meant: Sequence[bool], offer: BuyGet) -> list[int]:
    """The cheapest pieces of every full group cost less; what is weighed has no pieces."""
    pieces = [int(line.quantity) if holds and not line.weighed else 0 for line, holds in zip(lines, meant, strict=True)]
    left = sum(pieces) // (offer.buy + offer.get) * offer.get
    offered = [0] * len(lines)
    for place in sorted(range(len(lines)), key=lambda place: lines[place].unit_price):
        free = min(left, pieces[place])
        offered[place] = portion(lines[place].unit_price * free, offer.rate, BASIS)
        left -= free
    return offered


def _off_the_whole(left: list[int], promotions: Sequence[Promotion], taken: dict[str, tuple[int, ...]]) -> None:
    """Take off what holds for the whole order, one promotion after the other."""
    before = sum(left)
    whole = [each for each in promotions if each.whole_order and each.minimum <= before]
    for promotion in sorted(whole, key=lambda each: (isinstance(each.offer, AmountOff), each.id)):
        weights = [max(value, 0) for value in left]
        rest = sum(weights)
        match promotion.offer:
            case PercentOff(rate=rate):
                amount = portion(rest, rate, BASIS)
            case AmountOff(amount=amount):
                amount = min(amount, rest)
            case _:
                continue
        parts = share(amount, weights) if amount else (0,) * len(left)
        taken[promotion.id] = parts
        left[:] = [value - part for value, part in zip(left, parts, strict=True)]


Given = tuple[int | None, ManualDiscount, int]


def _by_hand(
    lines: Sequence[Line], left: Sequence[int], manual: ManualDiscount | None
) -> tuple[list[Given], tuple[int, ...]]:
    """What was given by hand, with its line, and what that takes off each line."""
    off = [line.manual.on(value) if line.manual else 0 for line, value in zip(lines, left, strict=True)]
    given: list[Given] = [
        (at, line.manual, amount)
        for at, (line, amount) in enumerate(zip(lines, off, strict=True))
        if line.manual and amount
    ]
    weights = [max(value - amount, 0) for value, amount in zip(left, off, strict=True)]
    whole = manual.on(sum(weights)) if manual else 0
    if manual is None or not whole:
        return given, tuple(off)
    parts = share(whole, weights)
    return [*given, (None, manual, whole)], tuple(own + part for own, part in zip(off, parts, strict=True))


def _applied(promotions: Sequence[Promotion], taken: dict[str, tuple[int, ...]]) -> tuple[AppliedPromotion, ...]:
    return tuple(
        AppliedPromotion(id=each.id, name=each.name, code=each.code or "", amount=sum(taken[each.id]))
        for each in sorted(promotions, key=_by_id)
        if any(taken[each.id])
    )


def _is_for(promotion: Promotion, line: Line) -> bool:
    everything = not promotion.products and not promotion.categories
    return everything or line.product_id in promotion.products or line.category in promotion.categories


def _amount(line: Line) -> int:
    return times(line.unit_price, line.quantity)


def _mark(line: Line) -> tuple[object, ...]:
    own = line.manual.model_dump_json() if line.manual else ""
    return line.variant_id, line.unit_price, line.quantity, line.product_id, line.category, own


def _by_id(promotion: Promotion) -> str:
    return promotion.id
