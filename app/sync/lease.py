"""The lease of a register: it moves with each contact, and so tells two copies of one browser profile apart.

A register writes down what comes next before it asks for it. So the OMS holds either the lease that the register holds
or the one that it asks for, whatever a network loses, doubles or delays; whoever comes with another one was overtaken
by a copy of itself. Moves are counted: a register that is ahead of the OMS was not overtaken, the OMS went back.
"""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from app.domain.money import Value

LEASE = "lease"
"""The record of `status` that holds it."""
MOST_MOVES = 2**53 - 1
Held = Annotated[str, Field(pattern="^[0-9A-Za-z-]{0,64}$")]
Wish = Annotated[str, Field(pattern="^[0-9A-Za-z-]{1,64}$")]


class LeaseRequest(Value):
    """POST /registers/lease; the same one again gets the same answer, until the next one was asked for."""

    count: int = Field(ge=0, le=MOST_MOVES)
    """How often the lease that the register holds has moved."""
    previous: Held
    """What it holds; empty before its first contact."""
    next: Wish
    copied: bool = False
    """The register has heard that it is a copy, and repeats it, so that no stray request can raise an alarm."""


class LeaseAnswer(Value):
    """Whether the lease has moved; it names what was asked for, or it is the answer to something else."""

    product: Literal["store-os"] = "store-os"
    next: str
    copied: bool = False
    """The register went on elsewhere: what asks is a copy of it."""


class Lease(Value):
    """What the courier keeps; it belongs to one enrolment."""

    enrolment: str
    count: int = 0
    held: str = ""
    next: str = ""
    """Asked for, or about to be; empty when nothing is under way."""
    copied: bool = False
    reported: bool = False
    """The OMS knows that this copy knows."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What the OMS keeps of a register's lease."""

    count: int
    current: str
    previous: str


@dataclass(frozen=True, slots=True)
class Overtaken:
    """Whoever asks holds a lease that the register has left behind: a copy, or a request that comes late."""


def read_lease(text: str, enrolment: str) -> Lease | None:
    """Read the record back; None where it can't be read: then nothing is asked, and nothing can be said of copies."""
    if not text:
        return Lease(enrolment=enrolment)
    try:
        found = Lease.model_validate_json(text, extra="ignore")
    except ValidationError:
        return None
    return found if found.enrolment == enrolment else Lease(enrolment=enrolment)


def proposed(lease: Lease, fresh: str) -> Lease:
    """The lease with a new wish, to be written down before it is asked for."""
    return lease.model_copy(update={"next": fresh})


def moved(lease: Lease) -> Lease:
    """The lease once the OMS has given what was asked for."""
    return lease.model_copy(update={"count": lease.count + 1, "held": lease.next, "next": ""})


def overtaken(lease: Lease) -> Lease:
    """The lease of what has turned out to be a copy."""
    return lease.model_copy(update={"copied": True})


def reported(lease: Lease) -> Lease:
    return lease.model_copy(update={"reported": True})


def asked(lease: Lease) -> LeaseRequest:
    """What is sent."""
    return LeaseRequest(count=lease.count, previous=lease.held, next=lease.next, copied=lease.copied)


def judged(stored: Stored | None, request: LeaseRequest) -> Stored | Overtaken:
    """What the OMS makes of a request: what it keeps from now on, or that a copy may have sent it."""
    taken = Stored(count=request.count + 1, current=request.next, previous=request.previous)
    if stored is None or request.previous == stored.current or request.count > stored.count:
        return taken
    return stored if request.next == stored.current else Overtaken()
