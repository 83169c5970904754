"""Reads the journal: at a start what selling needs, on from the last checkpoint; the rest is checked behind it."""

import asyncio
from collections.abc import AsyncIterator, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from pydantic import ValidationError

from app.domain.lean import lean
from app.domain.numbers import indian_day
from app.domain.shift import Opened
from app.sync.bodies import BODIES, Body, Shift
from app.sync.checkpoint import (
    ANCHOR,
    CHECKPOINT,
    END,
    Anchor,
    Checkpoint,
    Places,
    began,
    head_at,
    left,
    placed,
    read_mark,
    slices,
    spans,
)
from app.sync.entry import Entry, Kind, Unreadable, parse, split
from app.sync.journal import Broken, Head, beyond, resume
from app.sync.places import NOT_OPENED
from app.sync.settled import Judged
from app.till.ports import Ports
from app.till.state import Kept

FIRST, RECENT = 100, 2000
"""Places at the end of the journal that a start opens first, and soon after; older ones only where they are needed."""
SLICE = 20
"""Entries that are looked at in one go once the till sells: a few milliseconds."""
AT_ONCE = 100
"""Entries that are being opened at the same time."""
ABOUT_CUSTOMERS = b'"kind":"customer_changed"'
MISFIT = "what was noted when it was checked says something else"


@dataclass(frozen=True, slots=True)
class Begun:
    """Where the reading of a start begins: the head there, and the lines after it."""

    head: Head
    places: Places
    tail: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """What a start has read."""

    head: Head
    places: Places
    kept: tuple[Kept, ...]
    """What is needed, opened, oldest first."""
    begun: Head
    """Where it began; what is before it is still to be checked."""
    anchor: Anchor | None = None
    """Up to where the entries were removed."""
    broken: Broken | None = None
    later: tuple[int, int] | None = None
    """The first and the last place of those that are still to be opened."""


class Reader:
    def __init__(self, ports: Ports) -> None:
        self._ports = ports

    async def read(self, start: Head, judged: Judged, newest: int) -> Read:
        """Read what selling needs, the newest so many beside it, and find the head."""
        today, marks = indian_day(self._ports.clock.now()), await self._ports.local.read()
        anchor = read_mark(Anchor, marks.get(ANCHOR, ""), start)
        bottom = bottom_of(start, anchor)
        begun = await self._begun(bottom, read_mark(Checkpoint, marks.get(CHECKPOINT, ""), start), today)
        found, tail = resume(begun.tail, begun.head), parsed(begun.tail)
        if isinstance(found, Broken):  # what cannot be read does not say where it lies
            found = replace(found, head=beyond(found.head, max(await self._ports.journal.places(), default=0)))
        head, places = head_of(found), placed(left(begun.places, anchor), (entry.header for entry in tail))
        shift = await self._shift_began(places)
        newest = min(newest, RECENT)
        needed = Needed(head.seq - newest, shift, today, judged, frozenset((judged.down or {}).values()))
        older = await self._older(needed, places, range(bottom.seq + 1, begun.head.seq + 1))
        kept = await self._opened([entry for entry in (*older, *tail) if needed.holds(entry)])
        broken = found if isinstance(found, Broken) else await self._last(tail, head)
        later = max(head.seq - RECENT, bottom.seq) + 1, head.seq - newest
        return Read(head, places, tuple(kept), begun.head, anchor, broken, later if later[0] <= later[1] else None)

    async def later(self, places: tuple[int, int], there: Collection[int]) -> AsyncIterator[Sequence[Kept]]:
        """Open what a start has left for later and did not need, piece by piece."""
        for stretch in slices(*places, SLICE):
            lines = parsed(await self._ports.journal.read(stretch))
            yield await self._opened([entry for entry in lines if entry.header.seq not in there])

    async def _opened(self, entries: Sequence[Entry]) -> list[Kept]:
        """Open entries, many at a time: most of an opening is waiting for the browser."""
        kept: list[Kept] = []
        for at in range(0, len(entries), AT_ONCE):
            kept += await asyncio.gather(*(self.opened(entry) for entry in entries[at : at + AT_ONCE]))
        return kept

    async def _last(self, tail: Sequence[Entry], head: Head) -> Broken | None:
        """No entry behind it vouches for the last one: it has to open with this register's key."""
        sealed = split(tail[-1].line) if tail and tail[-1].header.key == head.key else None
        if sealed is None or isinstance(sealed, Unreadable):
            return None
        opened = await self._ports.vault.unseal(sealed)
        return Broken(head.seq, NOT_OPENED, head) if isinstance(opened, Unreadable) else None

    async def _begun(self, bottom: Head, noted: Checkpoint | None, today: date) -> Begun:
        """Begin at the checkpoint; where it does not fit what lies there, at the bottom."""
        if noted is not None and noted.seq > bottom.seq and began(noted.places, today) is not None:
            lines = await self._ports.journal.read((noted.seq, END))
            if lines and sha256(lines[0]).hexdigest() == noted.digest:
                return Begun(head_at(noted, bottom), noted.places, lines[1:])
        return Begun(bottom, Places(), await self._ports.journal.read((bottom.seq + 1, END)))

    async def _shift_began(self, places: Places) -> int:
        """The place from which a shift runs: all that follows counts for its cash, however much it is."""
        last = places.shifts[-1] if places.shifts else END
        found = parsed(await self._ports.journal.read((last, last))) if places.shifts else []
        body = (await self.opened(found[0])).body if found else None
        running = isinstance(body, Shift) and isinstance(body.happened, Opened)
        return last if running else END

    async def _older(self, needed: "Needed", places: Places, checked: range) -> Sequence[Entry]:
        """What is needed of the entries that were checked earlier."""
        day = began(places, needed.today)
        first = min(needed.shift, needed.recent + 1, END if day is None else day)
        waiting = (seq for start, end in needed.judged.open for seq in within(checked, start, end))
        newest = range(max(first, checked.start), checked.stop)
        apart = (place for place in (*places.shifts, *needed.down) if place in checked)
        stretches = spans({*waiting, *newest, *apart})
        about = await self._about_customers(range(max(needed.judged.doubted, checked.start), newest.start))
        there = parsed(await self._ports.journal.read(*stretches)) if stretches else []
        return sorted({entry.place: entry for entry in (*about, *there)}.values(), key=lambda entry: entry.place)

    async def _about_customers(self, places: range) -> Sequence[Entry]:
        """What was written about customers in a stretch; the others are not even parsed."""
        lines = await self._ports.journal.read((places.start, places.stop - 1)) if places else ()
        return parsed(line for line in lines if ABOUT_CUSTOMERS in line)

    async def check(self, until: Head, bottom: Head) -> AsyncIterator[Broken | None]:
        """Check the chain from its beginning to a head that was begun at, piece by piece; damage is the end of it."""
        head = bottom
        for stretch in slices(bottom.seq + 1, until.seq, SLICE):
            found = resume(await self._ports.journal.read(stretch), head)
            yield found if isinstance(found, Broken) else None
            if isinstance(found, Broken):
                return
            head = found
        if head.seq < until.seq:
            yield Broken(head.seq + 1, f"entry {head.seq + 1} is missing", until)
        elif head != until:
            yield Broken(head.seq, MISFIT, until)

    async def pieces(self, after: Head, until: Head) -> AsyncIterator[Sequence[Entry]]:
        """The entries between two heads that can be read, piece by piece."""
        for stretch in slices(after.seq + 1, until.seq, SLICE):
            yield parsed(await self._ports.journal.read(stretch))

    async def opened(self, entry: Entry) -> Kept:
        """Open an entry; one of a kind or a version that we do not know is kept unopened."""
        sealed, adapter = split(entry.line), BODIES.get(entry.header.kind)
        body = None
        if adapter is not None and not isinstance(sealed, Unreadable):
            plain = await self._ports.vault.unseal(sealed)
            body = None if isinstance(plain, Unreadable) else _body(entry.header.kind, plain)
        return Kept(lean(entry.header), entry.digest, lean(body))


@dataclass(frozen=True, slots=True)
class Needed:
    """Which entries a start opens."""

    recent: int
    """All after this place."""
    shift: int
    """Where a shift runs from."""
    today: date
    judged: Judged
    down: frozenset[int]
    """The places of what was turned down: it is nowhere else, and somebody has to decide about it."""

    def holds(self, entry: Entry) -> bool:
        """Whether an entry is new, not taken in, of the running shift or of the caps of the day, or numbers shifts."""
        header = entry.header
        return (
            header.seq > self.recent
            or self.judged.waits(header.seq)
            or header.seq in self.down
            or header.kind is Kind.SHIFT
            or (header.kind is Kind.CUSTOMER_CHANGED and header.seq >= self.judged.doubted)
            or header.seq > self.shift
            or indian_day(header.at) == self.today
        )


def within(places: range, first: int, last: int) -> range:
    """The part of a stretch that lies in another."""
    return range(max(places.start, first), min(places.stop, last + 1))


def bottom_of(start: Head, anchor: Anchor | None) -> Head:
    """Where the entries begin that are kept here."""
    return head_at(anchor, start) if anchor else start


def head_of(found: Head | Broken) -> Head:
    """Where the next entry goes, whether or not what is before it is whole."""
    return found.head if isinstance(found, Broken) else found


def parsed(lines: Iterable[bytes]) -> list[Entry]:
    """The lines that are entries; a damaged one stays in the journal and is told by `resume`."""
    return [entry for line in lines if isinstance(entry := parse(line), Entry)]


def _body(kind: Kind, plain: bytes) -> Body | None:
    try:
        return BODIES[kind].validate_json(plain)
    except ValidationError:
        return None
