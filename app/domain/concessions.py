"""Concessions: discounts by hand and changed prices as reports count them, by reason or by who gave them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.domain.by_hand import ByHand
from app.domain.money import times
from app.domain.order import Order


class What(StrEnum):
    LINE = "line"
    ORDER = "order"
    PRICE = "price"


@dataclass(frozen=True, slots=True)
class Concession:
    """One thing that was given by hand, and how much less it made the order cost; less than nothing for a dearer price.

    Amounts are minor units, at the prices that customers see.
    """

    what: What
    by: ByHand
    amount: int
    name: str = ""
    """Of the line; empty for the whole order."""


@dataclass(frozen=True, slots=True)
class Conceded:
    """What was given under one reason, or by one person."""

    name: str
    count: int
    amount: int
    approved: int
    """How many of them a manager let pass."""


By = Callable[[Concession], str]


def concessions(order: Order) -> Iterator[Concession]:
    """Everything that was given by hand in an order."""
    for each in order.discounts:
        name = order.lines[each.line].name if each.line is not None and each.line < len(order.lines) else ""
        yield Concession(What.ORDER if each.line is None else What.LINE, each.given, each.amount, name)
    for line in order.lines:
        if line.changed_price is not None:
            before = times(line.changed_price.catalogue, line.quantity)
            yield Concession(What.PRICE, line.changed_price, before - times(line.unit_price, line.quantity), line.name)


def conceded(orders: Iterable[Order], by: By) -> tuple[Conceded, ...]:
    """Add up what was given, the most first."""
    groups: dict[str, list[Concession]] = {}
    for order in orders:
        for each in concessions(order):
            groups.setdefault(by(each), []).append(each)
    found = (
        Conceded(
            name=name,
            count=len(some),
            amount=sum(each.amount for each in some),
            approved=sum(bool(each.by.approver_id) for each in some),
        )
        for name, some in groups.items()
    )
    return tuple(sorted(found, key=lambda each: (-each.amount, each.name)))


def by_reason(each: Concession) -> str:
    return each.by.reason


def by_person(each: Concession) -> str:
    return each.by.staff_name
