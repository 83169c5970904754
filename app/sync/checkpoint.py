"""Marks in the journal: a checkpoint says how far it was checked, an anchor up to where its entries were removed.

A checkpoint is only ever a shorter way to what the entries say: one that does not fit them is worth nothing. An anchor
stands in place of entries that are kept elsewhere, so it carries all that could be read from them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from typing import Any, TypeVar

from pydantic import AwareDatetime, Field, ValidationError

from app.domain.money import Value
from app.domain.numbers import indian_day
from app.sync.entry import Code, Header, Kind
from app.sync.journal import Head

CHECKPOINT = "checkpoint"
ANCHOR = "anchor"
"""How the records are called."""
END = 2**53 - 1
"""The last place that an entry can have: beyond it a browser's numbers are not exact."""
DAYS = 8
"""So many days are remembered with the place where they begin."""
Spans = tuple[tuple[int, int], ...]
"""Stretches of the journal, by their first and last place."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where a start has to look, beside what is newest and what waits."""

    shifts: tuple[int, ...] = ()
    """Where a shift begins or ends."""
    days: Mapping[date, int] = field(default_factory=dict)
    """The first entry of each of the newest days."""


class Mark(Value):
    """A place in the journal, and the head that stands there."""

    v: int = Field(default=1, ge=1)
    store: Code
    register: Code
    seq: int = Field(ge=0, le=END)
    digest: str = Field(pattern="^[0-9a-f]{64}$")
    last_at: AwareDatetime | None = None
    counters: dict[str, int] = Field(default_factory=dict)


class Checkpoint(Mark):
    """Up to here the chain was checked."""

    shifts: tuple[int, ...] = ()
    days: dict[date, int] = Field(default_factory=dict)

    @property
    def places(self) -> Places:
        return Places(self.shifts, self.days)


class Anchor(Mark):
    """Up to here the entries were removed; the chain, the numbers and the shifts go on from it."""

    reports: int = Field(default=0, ge=0)
    """The number of the last Z report among them."""


Marking = TypeVar("Marking", bound=Mark)


def checkpoint(head: Head, places: Places) -> Checkpoint:
    """Note where the head stands."""
    return Checkpoint(**_at(head), shifts=places.shifts, days=dict(places.days))


def anchor(head: Head, reports: int) -> Anchor:
    """Note up to where everything is removed."""
    return Anchor(**_at(head), reports=reports)


def _at(head: Head) -> dict[str, Any]:
    """What every mark says of the head."""
    whose = {"store": head.store, "register": head.register}
    return {**whose, "seq": head.seq, "digest": head.prev, "last_at": head.last_at, "counters": dict(head.counters)}


def head_at(mark: Mark, start: Head) -> Head:
    """The head that stands at a mark."""
    return replace(start, seq=mark.seq, prev=mark.digest, last_at=mark.last_at, counters=dict(mark.counters))


def placed(places: Places, headers: Iterable[Header]) -> Places:
    """Go on over entries, in their order."""
    shifts, days = list(places.shifts), dict(places.days)
    for header in headers:
        if header.kind is Kind.SHIFT:
            shifts.append(header.seq)
        days.setdefault(indian_day(header.at), header.seq)
    newest = sorted(days)[-DAYS:]
    return Places(tuple(shifts), {day: days[day] for day in newest})


def left(places: Places, anchor_: Anchor | None) -> Places:
    """What is left of places behind an anchor."""
    return Places(tuple(seq for seq in places.shifts if anchor_ is None or seq > anchor_.seq), places.days)


def began(places: Places, day: date) -> int | None:
    """The first entry of a day; END where it has none, None where that is not remembered."""
    if len(places.days) == DAYS and day < min(places.days):
        return None
    return places.days.get(day, END)


def written(mark: Mark) -> str:
    """Write a mark with its own hash before it: a byte that is damaged must not become a number that is used twice."""
    text = mark.model_dump_json()
    return f"{_sum(text)} {text}"


def read_mark(model: type[Marking], text: str, start: Head) -> Marking | None:
    """Read a mark of this register back; None for whatever is not whole."""
    sum_, _, json = text.partition(" ")
    if sum_ != _sum(json):
        return None
    try:
        mark = model.model_validate_json(json)
    except ValidationError:
        return None
    return mark if (mark.store, mark.register) == (start.store, start.register) else None


def _sum(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def spans(places: Iterable[int]) -> Spans:
    """Join places to stretches."""
    joined: list[tuple[int, int]] = []
    for place in sorted(places):
        if joined and place <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], place)
        else:
            joined.append((place, place))
    return tuple(joined)


def slices(first: int, last: int, size: int) -> Iterable[tuple[int, int]]:
    """Cut a stretch into pieces."""
    return ((at, min(at + size - 1, last)) for at in range(first, last + 1, size))
