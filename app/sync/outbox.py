"""The outbox: which entries the OMS has said nothing about yet, and what is due now.

A view over journal and verdicts, so there is nothing to lose: after a crash it is simply read again.
A refused entry has its verdict; it stands there for people and blocks nobody.
"""

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from hashlib import sha256
from typing import Protocol, TypeVar

from app.domain.session import Outcome
from app.sync.entry import Entry
from app.sync.protocol import Verdict, VerdictKind

BACKOFF_FIRST = 1.0
BACKOFF_CEILING = 60.0
"""Seconds; a sale must arrive, so it is tried again at this pace for ever."""


class OrderState(StrEnum):
    """What has become of an order on its way to the OMS."""

    PENDING = "pending"
    SYNCING = "syncing"
    SYNCED = "synced"
    ATTENTION = "attention"
    FAILED = "failed"

    @property
    def word(self) -> str:
        """The word on the screen; an order that a person has to look at has arrived all the same."""
        return "Synced" if self is OrderState.ATTENTION else self.value.capitalize()

    @property
    def mark(self) -> str:
        """What stands beside the word."""
        return NEEDS_ATTENTION if self is OrderState.ATTENTION else ""

    @property
    def outcome(self) -> Outcome:
        """What it means for the offline session that the order belongs to."""
        if self is OrderState.FAILED:
            return Outcome.REFUSED
        return Outcome.BOOKED if self in {OrderState.SYNCED, OrderState.ATTENTION} else Outcome.WAITING


NEEDS_ATTENTION = "Needs attention"
STATES: dict[VerdictKind, OrderState] = {
    VerdictKind.ACCEPTED: OrderState.SYNCED,
    VerdictKind.DUPLICATE: OrderState.SYNCED,
    VerdictKind.ATTENTION: OrderState.ATTENTION,
    VerdictKind.REFUSED: OrderState.FAILED,
    VerdictKind.CONFLICT: OrderState.FAILED,
}


def pending(entries: Iterable[Entry], verdicts: Mapping[str, Verdict]) -> tuple[Entry, ...]:
    """The entries without a verdict, in order; verdicts are keyed by digest."""
    return tuple(entry for entry in entries if entry.digest not in verdicts)


def state_of(digest: str, verdicts: Mapping[str, Verdict], sending: Collection[str] = ()) -> OrderState:
    """Say what has become of an entry: a verdict is final, whatever is being sent."""
    verdict = verdicts.get(digest)
    if verdict is not None:
        return STATES[verdict.kind]
    return OrderState.SYNCING if digest in sending else OrderState.PENDING


class Sendable(Protocol):
    """Something with exact bytes, whether or not they can be read here: an Entry, or a damaged line."""

    @property
    def line(self) -> bytes: ...

    @property
    def digest(self) -> str: ...


Waiting = TypeVar("Waiting", bound=Sendable)


def batch(
    entries: Iterable[Waiting], max_count: int, max_bytes: int, failed: Mapping[str, int] | None = None
) -> tuple[Waiting, ...]:
    """Take what is sent together: in order, but those whose sending failed most often come last.

    So an entry that no server can digest does not stand in the way of the others. At least one entry
    is taken, however large it is.
    """
    taken: list[Waiting] = []
    size = 0
    for entry in sorted(entries, key=lambda entry: failed.get(entry.digest, 0)) if failed else entries:
        size += len(entry.line) + 1
        if taken and (len(taken) >= max_count or size > max_bytes):
            break
        taken.append(entry)
    return tuple(taken)


def backoff(attempt: int, key: str) -> float:
    """Seconds to wait after the n-th failure in a row (from 1), doubling up to a ceiling.

    The spread comes from the key, so that registers do not all come back at the same moment, and a
    test can say what will happen.
    """
    doublings = min(max(attempt, 1) - 1, 16)
    longest = min(BACKOFF_CEILING, BACKOFF_FIRST * float(1 << doublings))
    spread = sha256(f"{key}:{attempt}".encode()).digest()[0] / 255
    return longest * (0.5 + 0.5 * spread)
