"""Shifts: the cash of a register from one count to the next; a fold over what happened, sorted by its place.

What the drawer should hold = float + cash received - change given - cash given back + cash in - cash out.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal

from pydantic import AwareDatetime, Field

from app.domain.amendment import Correction, corrected
from app.domain.money import Minor, Value
from app.domain.order import Order
from app.domain.payment import Payment, TenderKind
from app.domain.returning import CreditNote, GivenBack, Voided

MOST_PIECES = 10_000
"""More notes of one kind than any drawer holds: a slip of the keys."""


class Opened(Value):
    """A shift began, with a float that was counted into the drawer."""

    what: Literal["opened"] = "opened"
    shift_id: str
    at: AwareDatetime
    opening_float: Minor = Field(ge=0)
    staff_id: str
    staff_name: str


class Pile(Value):
    """So many notes or coins of one kind."""

    denomination: Minor = Field(gt=0)
    pieces: int = Field(ge=0, le=MOST_PIECES)


class Closed(Value):
    """A shift ended: what was counted before anybody was told what should be there, and what should have been."""

    what: Literal["closed"] = "closed"
    shift_id: str
    number: int = Field(ge=1)
    """Of the Z report; a register's run without a gap."""
    at: AwareDatetime
    count: tuple[Pile, ...]
    expected: Minor
    staff_id: str
    staff_name: str

    @property
    def counted(self) -> int:
        return counted(self.count)

    @property
    def difference(self) -> int:
        """What is there beyond what should be; negative when money is missing."""
        return self.counted - self.expected


class Direction(StrEnum):
    IN = "in"
    OUT = "out"


class Moved(Value):
    """Cash was put into the drawer or taken out of it beside a sale."""

    shift_id: str
    at: AwareDatetime
    direction: Direction
    amount: Minor = Field(gt=0)
    reason: str = Field(min_length=1, max_length=200)
    staff_id: str
    staff_name: str
    approved_by: str = ""
    """The manager who let it pass, where it was more than anybody may take out."""

    @property
    def signed(self) -> int:
        return self.amount if self.direction is Direction.IN else -self.amount


class DrawerOpened(Value):
    """The drawer was opened without a sale: who did it, and why."""

    at: AwareDatetime
    reason: str = Field(min_length=1, max_length=200)
    staff_id: str
    staff_name: str


@dataclass(frozen=True, slots=True)
class Corrections:
    """Corrections of an order: a payment that was no cash after all is not expected in the drawer."""

    order_id: str
    corrections: tuple[Correction, ...]


Happening = Opened | Closed | Moved | DrawerOpened | Order | Corrections | CreditNote | Voided


@dataclass(frozen=True, slots=True)
class Placed:
    """Something that happened, at its place in the journal."""

    seq: int
    what: Happening


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken with one tender, or given back by it."""

    name: str
    count: int
    amount: int


@dataclass(frozen=True, slots=True)
class Shift:
    """One shift with everything in it."""

    opened: Opened
    closed: Closed | None = None
    moves: tuple[Moved, ...] = ()
    orders: tuple[Order, ...] = ()
    drawer: tuple[DrawerOpened, ...] = ()
    """When it was opened without a sale."""
    backs: tuple[GivenBack, ...] = ()
    """Returns and voided sales; what was sold still counts as sold."""

    @property
    def id(self) -> str:
        return self.opened.shift_id

    @property
    def cash(self) -> tuple[Payment, ...]:
        paid = (payment for order in self.orders for payment in order.payments)
        return tuple(payment for payment in paid if payment.kind is TenderKind.CASH)

    @property
    def received(self) -> int:
        """Cash that customers handed over."""
        return sum(payment.received for payment in self.cash)

    @property
    def change(self) -> int:
        """Cash that went back to them."""
        return sum(payment.change for payment in self.cash)

    @property
    def cash_back(self) -> int:
        """Cash that was given back for returns and voided sales."""
        refunds = (refund for each in self.backs for refund in each.refunds)
        return sum(refund.amount for refund in refunds if refund.kind is TenderKind.CASH)

    @property
    def returns(self) -> tuple[CreditNote, ...]:
        return tuple(each for each in self.backs if isinstance(each, CreditNote))

    @property
    def voids(self) -> tuple[Voided, ...]:
        return tuple(each for each in self.backs if isinstance(each, Voided))

    def moved(self, direction: Direction) -> int:
        return sum(move.amount for move in self.moves if move.direction is direction)

    @property
    def expected(self) -> int:
        """What the drawer should hold."""
        sales = self.received - self.change - self.cash_back
        return self.opened.opening_float + sales + self.moved(Direction.IN) - self.moved(Direction.OUT)

    @property
    def total(self) -> int:
        return sum(order.totals.total for order in self.orders)

    @property
    def taxes(self) -> dict[str, int]:
        """What was charged of each tax: cgst, sgst, igst, cess."""
        names = ("cgst", "sgst", "igst", "cess")
        return {name: sum(getattr(order.totals, name) for order in self.orders) for name in names}

    @property
    def offline(self) -> int:
        """How many of the sales were made without the OMS."""
        return sum(order.offline for order in self.orders)

    @property
    def tenders(self) -> tuple[Taken, ...]:
        """What was taken, by the tender's name."""
        return _by_tender((payment.name, payment.amount) for order in self.orders for payment in order.payments)

    @property
    def credited(self) -> int:
        """What goods that came back paid of the sales in exchanges; with the tenders it comes to the total."""
        return sum(order.credit.amount for order in self.orders if order.credit is not None)

    @property
    def refunds(self) -> tuple[Taken, ...]:
        """What was given back, by the tender's name."""
        return _by_tender((refund.name, refund.amount) for each in self.backs for refund in each.refunds)


def _by_tender(amounts: Iterable[tuple[str, int]]) -> tuple[Taken, ...]:
    count, total = Counter[str](), Counter[str]()
    for name, amount in amounts:
        count[name] += 1
        total[name] += amount
    return tuple(Taken(name, count[name], total[name]) for name in sorted(count))


@dataclass(slots=True)
class _Open:
    """A shift while it is being read."""

    opened: Opened
    moves: list[Moved] = field(default_factory=list)
    orders: dict[str, Order] = field(default_factory=dict)
    drawer: list[DrawerOpened] = field(default_factory=list)
    backs: list[GivenBack] = field(default_factory=list)

    def shift(self, closed: Closed | None = None) -> Shift:
        orders = tuple(self.orders.values())
        return Shift(self.opened, closed, tuple(self.moves), orders, tuple(self.drawer), tuple(self.backs))


def shifts(happenings: Iterable[Placed]) -> tuple[Shift, ...]:
    """Fold what happened into shifts, oldest first; in which order it was read does not matter.

    What happens between two shifts belongs to neither: the next float is counted, not carried over.
    """
    folded: list[Shift] = []
    now: _Open | None = None
    for placed in sorted(happenings, key=lambda placed: placed.seq):
        match placed.what:
            case Opened() as opened if now is None:
                now = _Open(opened)
            case Closed() as closed if now is not None and closed.shift_id == now.opened.shift_id:
                folded.append(now.shift(closed))
                now = None
            case Moved() as move if now is not None:
                now.moves.append(move)
            case DrawerOpened() as opening if now is not None:
                now.drawer.append(opening)
            case CreditNote() | Voided() as back if now is not None:
                now.backs.append(back)
            case Order() as order if now is not None:
                now.orders[order.id] = order
            case Corrections(order_id, corrections) if now is not None and order_id in now.orders:
                now.orders[order_id] = corrected(now.orders[order_id], corrections)
    return (*folded, now.shift()) if now else tuple(folded)


def running(folded: tuple[Shift, ...]) -> Shift | None:
    """The shift that has not been closed, if there is one."""
    return folded[-1] if folded and folded[-1].closed is None else None


def next_number(folded: tuple[Shift, ...], before: int = 0) -> int:
    """The number of the next Z report; `before` is that of the last one which is kept elsewhere."""
    return max((shift.closed.number for shift in folded if shift.closed), default=before) + 1


def counted(piles: Iterable[Pile]) -> int:
    """What notes and coins come to, minor units."""
    return sum(pile.denomination * pile.pieces for pile in piles)


def closing(shift: Shift, number: int, piles: tuple[Pile, ...], at: datetime, staff: tuple[str, str]) -> Closed:
    """The end of a shift as it is written down; `staff` is id and name of who counted."""
    return Closed(
        shift_id=shift.id,
        number=number,
        at=at,
        count=tuple(pile for pile in piles if pile.pieces),
        expected=shift.expected,
        staff_id=staff[0],
        staff_name=staff[1],
    )
