"""The journal: what the next entry needs, numbering by series, and business time.

Two thoughts hold it together. An entry is made completely before it is written (`next_header`, seal,
`advanced`), so writing is one `add`. And the head is read from the entries; a checkpoint only shortens the way.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from app.domain.numbers import NoNumber, financial_year, indian_day, invoice_number, parse_number
from app.sync.entry import GENESIS, VERSION, Entry, Header, Kind, Unreadable, parse

JUMP = timedelta(hours=12)
"""A difference between two clocks beyond this needs a manager."""
_NUMBER = re.compile(rb'"number":"([A-Za-z0-9/-]+)"')
"""Finds the number in a line that is damaged elsewhere."""


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a register's journal: all that the next entry depends on."""

    store: str
    register: str
    key: str
    """Id of the data key that seals the next body."""
    seq: int = 0
    """Sequence of the last entry; 0 when there is none."""
    prev: str = GENESIS
    """Digest of the last entry."""
    last_at: datetime | None = None
    """Business time of the last entry."""
    counters: Mapping[str, int] = field(default_factory=dict)
    """The last number given in each series, by prefix and financial year."""

    @classmethod
    def start(cls, store: str, register: str, key: str) -> "Head":
        """The head of a journal that has no entry yet."""
        return cls(store=store, register=register, key=key)


@dataclass(frozen=True, slots=True)
class Broken:
    """What is kept is no whole chain: the first place, the reason, and a head to go on selling from.

    The head stands after everything that is kept, so that no sequence and no number is used twice.
    """

    seq: int
    why: str
    head: Head


@dataclass(frozen=True, slots=True)
class At:
    """The business time of the next entry."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Jumped:
    """The clock cannot be believed without a manager: what was expected, and what it shows."""

    before: datetime
    after: datetime
    why: str


def next_number(head: Head, prefix: str, day: date) -> str | NoNumber:
    """The next legal number of a series; nothing is reserved, the entry that bears it takes it."""
    return invoice_number(prefix, day, head.counters.get(prefix + financial_year(day), 0) + 1)


def next_header(head: Head, kind: Kind, id: str, at: datetime, number: str | None = None) -> Header:  # noqa: A002 -- the word of the format
    """The header of the entry that follows the head."""
    return Header(
        v=VERSION,
        store=head.store,
        register=head.register,
        seq=head.seq + 1,
        kind=kind,
        id=id,
        at=at.astimezone(UTC),
        prev=head.prev,
        key=head.key,
        number=number,
    )


def advanced(head: Head, entry: Entry) -> Head:
    """The head after an entry was written. Raises ValueError when it does not follow: that is a bug, not a fault."""
    wrong = misfit(head, entry)
    if wrong:
        raise ValueError(wrong)
    return replace(
        head,
        seq=entry.header.seq,
        prev=entry.digest,
        last_at=entry.header.at,
        counters=_counted(head.counters, entry.header.number),
    )


def misfit(head: Head, entry: Entry) -> str:
    """Say why an entry does not follow a head; nothing when it does."""
    header = entry.header
    if (header.store, header.register) != (head.store, head.register):
        return f"it belongs to register {header.register} of store {header.store}"
    if header.seq != head.seq + 1:
        return f"it has sequence {header.seq}, but {head.seq + 1} was due"
    if header.prev != head.prev:
        return "it does not name the entry before it"
    number = parse_number(header.number) if header.number else None
    if number and number.counter != head.counters.get(number.series, 0) + 1:
        return f"its number {header.number} does not follow the one before it"
    return ""


def resume(lines: Iterable[bytes], start: Head) -> Head | Broken:
    """Read the head from the journal store's lines, in order of their sequence."""
    head, broken = start, None
    for line in lines:
        found = parse(line)
        wrong = found.why if isinstance(found, Unreadable) else misfit(head, found)
        if wrong and broken is None:
            broken = (head.seq + 1, wrong)
        head = _past(head, line, found)
    return Broken(*broken, head) if broken else head


def _past(head: Head, line: bytes, found: Entry | Unreadable) -> Head:
    """Step over a line, whatever is wrong with it; its exact bytes are what the next entry names."""
    if isinstance(found, Unreadable):
        salvaged = _NUMBER.search(line)
        counters = _counted(head.counters, salvaged[1].decode() if salvaged else None)
        return replace(head, seq=head.seq + 1, prev=sha256(line).hexdigest(), counters=counters)
    header = found.header
    counters = _counted(head.counters, header.number)
    return replace(head, seq=max(header.seq, head.seq), prev=found.digest, last_at=header.at, counters=counters)


def beyond(head: Head, last: int) -> Head:
    """The head behind the last place where something lies; places that are unknown may have had a number each."""
    unknown = max(last - head.seq, 0)
    counters = {series: counter + unknown for series, counter in head.counters.items()}
    return replace(head, seq=head.seq + unknown, counters=counters)


def left_out(head: Head, numbers: Iterable[str | None]) -> Head:
    """The head as if these numbers were given: something that cannot be read has them."""
    counters = head.counters
    for number in numbers:
        counters = _counted(counters, number)
    return replace(head, counters=counters)


def _counted(counters: Mapping[str, int], text: str | None) -> Mapping[str, int]:
    """The counters after a number; one that is damaged and reads lower was the next of its series all the same."""
    number = parse_number(text) if text else None
    if number is None:
        return counters
    return {**counters, number.series: max(number.counter, counters.get(number.series, 0) + 1)}


def business_time(head: Head, now: datetime, witness: datetime | None = None) -> At | Jumped:
    """Decide which time the next entry bears, given what the device's clock shows.

    Business time never precedes the last entry: a clock that went back a little (daylight saving set by
    hand, a correction from the network) makes it stand still until the clock has caught up.
    A manager has to look (Jumped) when
    - the clock is more than 12 hours before the last entry: one of the two is wrong;
    - a witness disagrees by more than 12 hours. The witness is a second opinion of what time it is: the
      OMS's clock, or the time when the register last looked, carried on by a clock that nobody can set;
    - 1 April lies between the last entry and now, and no witness agrees: a wrong guess would number
      invoices in the wrong year, so once a year somebody confirms the date.
    A gap alone is no jump: a shop that was closed for the night, or for a month, just opens again.
    After the manager has looked, an entry of kind clock bears the new time, and all goes on from there;
    the witness is then the present of that moment, carried on.
    """
    if witness is not None and abs(now - witness) > JUMP:
        return Jumped(witness, now, "this device’s clock was changed by more than 12 hours")
    last = head.last_at
    if last is None or last <= now:
        new_year = last is not None and financial_year(indian_day(last)) != financial_year(indian_day(now))
        if last is not None and new_year and witness is None:
            return Jumped(last, now, "a new financial year begins between the last entry and now")
        return At(now)
    if last - now > JUMP:
        return Jumped(last, now, "this device’s clock is more than 12 hours before the last entry")
    return At(last)
