"""Goods and money that go back: credit notes (CGST Act s.34, Rule 53 (1A)) and voided sales; immutable, like orders.

A return gives back the exact share of what its line was sold at, at the rates of that day. Shares are rounded on
the running count, so that a line that comes back in parts gives back its total to the paisa.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from pydantic import AwareDatetime, Field

from app.domain.customer import Customer
from app.domain.money import Minor, Value, portion
from app.domain.order import Order
from app.domain.payment import TenderKind
from app.domain.pricing import OrderLine, Totals
from app.domain.product import Quantity
from app.domain.settings import Seller
from app.domain.voucher import masked

LONGEST_REASON = 200


class Pick(Value):
    """What is to come back of one line."""

    position: int = Field(ge=0)
    """Of the line in its order, counted from 0."""
    quantity: Quantity = Field(gt=0)
    restock: bool = True
    """False where it is damaged: it is not put back on the shelf."""


class ReturnedLine(Value):
    """A line of goods that came back; its sums are what is given back for them, all positive."""

    position: int = Field(ge=0)
    before: Quantity = Field(ge=0)
    """How many of the line had come back before, as far as this register knew: the share depends on it."""
    restock: bool = True
    line: OrderLine


class Refund(Value):
    """Money that went back by one tender."""

    id: str
    payment_id: str = ""
    """The payment that brought it; empty where another tender was chosen."""
    tender_id: str
    name: str
    kind: TenderKind
    amount: Minor = Field(gt=0)
    reference: str = Field(default="", max_length=100)
    """Of the refund on the card terminal or in the app; the code of a voucher that has its money back."""
    account: str = ""
    """The customer whose house account owes less."""
    at: AwareDatetime

    @property
    def shown(self) -> str:
        """The reference as papers and screens show it: a voucher's code is as good as money."""
        return masked(self.reference) if self.kind is TenderKind.VOUCHER and self.reference else self.reference


class Original(Value):
    """The sale that goods came back from."""

    order_id: str
    number: str
    business_day: date
    register: str


class GivenBack(Value):
    """What a credit note and a voided sale have in common; holds all that its paper needs."""

    id: str
    store: str
    register: str
    seller: Seller
    at: AwareDatetime
    business_day: date
    staff_id: str
    staff_name: str
    approved_by: str = ""
    """The manager whose PIN let it pass, where one was asked for."""
    reason: str = Field(min_length=1, max_length=LONGEST_REASON)
    original: Original
    customer: Customer | None = None
    offline: bool
    inclusive: bool
    inter_state: bool = False
    place_of_supply: str
    returned: tuple[ReturnedLine, ...] = Field(min_length=1)
    totals: Totals
    refunds: tuple[Refund, ...] = ()
    device_at: AwareDatetime | None = None
    oms_at: AwareDatetime | None = None

    @property
    def lines(self) -> tuple[OrderLine, ...]:
        return tuple(each.line for each in self.returned)

    @property
    def refunded(self) -> int:
        """What left the drawer, the terminal or the bank, minor units."""
        return sum(refund.amount for refund in self.refunds)

    @property
    def restocked(self) -> tuple[OrderLine, ...]:
        """What goes back on the shelf."""
        return tuple(each.line for each in self.returned if each.restock and each.line.stocked)


class CreditNote(GivenBack):
    """The document of a return: its totals are what is given back, and what counted towards another sale."""

    number: str = Field(max_length=16)
    """Legal number, of a series of its own (Rule 53 (1A) d)."""
    exchanged_for: str = ""
    """The order that was made in the same payment."""
    credited: Minor = Field(default=0, ge=0)
    """What counted towards that order."""


class Voided(GivenBack):
    """A whole sale taken back on its day; its invoice keeps its number, and no other document is made."""


class Exchange(Value):
    """Goods that come back in the same payment as the open sale; nothing of it is done before that sale is."""

    order: Order
    """The sale that they come from, as it reads."""
    elsewhere: tuple[CreditNote, ...] = ()
    """What had come back of it at other registers."""
    picks: tuple[Pick, ...] = Field(min_length=1)
    reason: str
    tender_id: str = ""
    """How a difference goes back to the customer; empty stands for the way it came."""
    reference: str = ""
    approved_by: str = ""


class Standing(StrEnum):
    """What has come back of an order; the words are those on the screen."""

    WHOLE = ""
    PARTLY = "Partly returned"
    RETURNED = "Returned"
    VOID = "Void"


@dataclass(frozen=True, slots=True)
class Source:
    """How much goes back by what; `payment_id` is empty where no payment of the sale brought it."""

    payment_id: str
    tender_id: str
    name: str
    kind: TenderKind
    amount: int
    reference: str = ""
    """The voucher's code."""
    account: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a sum is given back; `short` of it no payment of the sale brought by the tender that it goes back with."""

    sources: tuple[Source, ...]
    short: int = 0

    @property
    def amount(self) -> int:
        return sum(source.amount for source in self.sources)


def left(order: Order, before: Iterable[GivenBack]) -> tuple[Decimal, ...]:
    """How many of each line may still come back; never less than none."""
    back = [Decimal(0)] * len(order.lines)
    for each in before:
        for one in each.returned:
            if one.position < len(back):
                back[one.position] += one.line.quantity
    return tuple(max(line.quantity - gone, Decimal(0)) for line, gone in zip(order.lines, back, strict=True))


def standing(order: Order, before: Collection[GivenBack]) -> Standing:
    """Whether an order is whole, or what has come back of it."""
    if any(isinstance(each, Voided) for each in before):
        return Standing.VOID
    if not before:
        return Standing.WHOLE
    return Standing.PARTLY if any(left(order, before)) else Standing.RETURNED


def followers(order: Order, position: int) -> tuple[int, ...]:
    """The places of the extensions that belong to a line: they go back with it."""
    line = order.lines[position]
    key = f"{line.variant_id}@{line.unit_price}"
    return tuple(place for place, each in enumerate(order.lines) if each.parent and each.parent == key)


def come_back(order: Order, before: Collection[GivenBack], picks: Sequence[Pick]) -> tuple[ReturnedLine, ...]:
    """Work out what is given back for what was picked, extensions included; no line gives more than is left of it."""
    remaining = left(order, before)
    wanted: dict[int, Pick] = {}
    for pick in picks:
        wanted[pick.position] = pick
        for place in followers(order, pick.position):
            whole = not order.lines[pick.position].weighed or pick.quantity == remaining[pick.position]
            count = min(pick.quantity if not order.lines[pick.position].weighed else Decimal(1), remaining[place])
            if whole and count:
                wanted[place] = Pick(position=place, quantity=count, restock=pick.restock)
    return tuple(_returned(order.lines[place], remaining[place], wanted[place]) for place in sorted(wanted))


def _returned(line: OrderLine, remaining: Decimal, pick: Pick) -> ReturnedLine:
    before = line.quantity - remaining
    part = part_of(line, before, min(pick.quantity, remaining))
    return ReturnedLine(position=pick.position, before=before, restock=pick.restock, line=part)


def part_of(line: OrderLine, before: Decimal, quantity: Decimal) -> OrderLine:
    """The share of a line that belongs to `quantity` of it, after `before` of it: parts add up to the line exactly."""
    names = ("discount", "cgst", "sgst", "igst", "cess", "total")
    parts = {name: _share(line, getattr(line, name), before, quantity) for name in names}
    taxes = sum(parts[name] for name in ("cgst", "sgst", "igst", "cess"))
    return line.model_copy(update={**parts, "value": parts["total"] - taxes, "quantity": quantity})


def _share(line: OrderLine, amount: int, before: Decimal, quantity: Decimal) -> int:
    whole = int(line.quantity.scaleb(3))
    begins, ends = int(before.scaleb(3)), int((before + quantity).scaleb(3))
    return portion(amount, ends, whole) - portion(amount, begins, whole)
