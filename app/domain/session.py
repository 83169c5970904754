"""Offline sessions: from going offline to coming back, who and why, and the orders in between.

A fold over what happened, in the order of the journal; dashboard and export read the same fold.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum


class Why(StrEnum):
    """Why an offline session began or ended."""

    BY_HAND = "by_hand"
    CONNECTION = "connection"


class Outcome(StrEnum):
    """What the OMS has said to an order so far."""

    WAITING = "waiting"
    BOOKED = "booked"
    REFUSED = "refused"


class Status(StrEnum):
    """What the dashboard says of a session; the words are those on the screen."""

    OPEN = "Open"
    SUCCESS = "Success"
    FAILED = "Failed"


@dataclass(frozen=True, slots=True)
class Opened:
    session_id: str
    at: datetime
    why: Why
    staff_id: str = ""
    staff_name: str = ""


@dataclass(frozen=True, slots=True)
class Closed:
    session_id: str
    at: datetime
    why: Why
    staff_id: str = ""
    staff_name: str = ""


@dataclass(frozen=True, slots=True)
class Sold:
    """An order made offline."""

    order_id: str
    total: int
    """Minor units."""
    outcome: Outcome = Outcome.WAITING
    tenders: tuple[tuple[str, int], ...] = ()
    """What was taken, by the name of the tender, minor units."""


Happening = Opened | Closed | Sold


@dataclass(frozen=True, slots=True)
class Session:
    id: str
    opened: Opened
    closed: Closed | None = None
    orders: tuple[Sold, ...] = ()

    @property
    def value(self) -> int:
        """What its orders add up to, minor units."""
        return sum(order.total for order in self.orders)

    @property
    def tenders(self) -> dict[str, int]:
        """What was taken with each tender, by its name, minor units."""
        sums: dict[str, int] = {}
        for name, amount in (taken for order in self.orders for taken in order.tenders):
            sums[name] = sums.get(name, 0) + amount
        return sums

    def count(self, outcome: Outcome) -> int:
        """How many of its orders have come so far."""
        return sum(order.outcome is outcome for order in self.orders)

    @property
    def status(self) -> Status:
        """Open until it has ended and every order has its answer; one refused order makes it Failed."""
        outcomes = {order.outcome for order in self.orders}
        if self.closed is None:
            return Status.OPEN
        if Outcome.REFUSED in outcomes:
            return Status.FAILED
        return Status.OPEN if Outcome.WAITING in outcomes else Status.SUCCESS


def sessions(happenings: Iterable[Happening]) -> tuple[Session, ...]:
    """Fold what happened into sessions, oldest first."""
    folded: list[Session] = []
    orders: list[list[Sold]] = []
    for happening in happenings:
        open_one = folded[-1] if folded and folded[-1].closed is None else None
        match happening:
            case Opened():
                if open_one:
                    # Its end was never written (the register died); the next beginning is the latest it can be.
                    folded[-1] = replace(open_one, closed=_lost_end(open_one, happening))
                folded.append(Session(id=happening.session_id, opened=happening))
                orders.append([])
            case Closed() if open_one and open_one.id == happening.session_id:
                folded[-1] = replace(open_one, closed=happening)
            case Sold() if open_one:
                orders[-1].append(happening)
    return tuple(replace(session, orders=tuple(sold)) for session, sold in zip(folded, orders, strict=True))


def running(folded: tuple[Session, ...]) -> Session | None:
    """The session that has not ended, if there is one: a register that starts again goes on in it."""
    return folded[-1] if folded and folded[-1].closed is None else None


def _lost_end(session: Session, by: Opened) -> Closed:
    return Closed(session.id, by.at, Why.CONNECTION, by.staff_id, by.staff_name)
