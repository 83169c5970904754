"""Appends to the journal: head, number, header, seal, IndexedDB, folder, and only then "recorded".

The head moves on only after the store has said that the entry is there. Where the outcome is not known the
journal is read again before anything else, so that nothing is doubled and no number comes twice.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial

from app.sync.bodies import Body, Cash, CreditNote, Shift, Void
from app.sync.checkpoint import ANCHOR, Places, anchor, checkpoint, left, placed, written
from app.sync.entry import Entry
from app.sync.journal import Broken, Head, left_out
from app.sync.protocol import Verdict
from app.sync.pruning import Beginning, Old
from app.till.effects import Record
from app.till.events import (
    Event,
    JournalBroken,
    JournalPruned,
    JournalRead,
    NotRecorded,
    Recorded,
    TakenOver,
)
from app.till.hearing import Hearing
from app.till.making import make
from app.till.mirror import Mirror
from app.till.ports import Appended, Fenced, NoRoom, Ports, Taken
from app.till.pruner import Pruner
from app.till.reader import FIRST, RECENT, Reader, bottom_of
from app.till.state import Kept

EVERY = 100
"""So many entries after the last checkpoint the next one is written, in the transaction of an entry."""
TRIES = 3
"""Numbers that are left out at once where something is in the way that cannot be read."""
NOT_SURE = (
    "The browser’s storage did not answer, so this could not be saved. What was saved before is safe, "
    "and nothing is saved twice. Try again; if it happens again, reload the page."
)
READ_AGAIN = (
    "The journal was read again, and holds something that had been written unnoticed. Nothing is lost, and this was "
    "not saved. Look at it with what is known now, then try again."
)
NOT_OPEN = "The journal is not open yet, so this could not be saved. What was saved before is safe. Wait a moment."
LACKING = (
    "The newest entries are gone from this browser, so this was not saved: it would stand in the place of one that the "
    "store’s server has. What was saved is safe. Allow the folder again, or set this browser up anew under Status."
)
FENCED = "This was not saved: the register was taken over in another tab. What was saved before is safe. Go on there."

ON_WHAT_IS_KNOWN = (Shift, Cash, CreditNote, Void)
"""Bodies that rest on what the journal holds: one made before it was read again may be wrong, or the same again."""


class Recorder:
    """The one who writes the journal of this register; its caller lets one call in at a time.

    `foresee` is told, while the disk writes, what there will be to tell if it does.
    """

    def __init__(
        self, ports: Ports, mirror: Mirror, hearing: Hearing, owner: int, foresee: Callable[[Recorded], None]
    ) -> None:
        self._ports = ports
        self._mirror = mirror
        self._hearing = hearing
        self._reader = Reader(ports)
        self._pruner = Pruner(self._reader, mirror, hearing)
        self._owner = owner
        self._foresee = foresee
        self._start: Head | None = None
        self._head: Head | None = None
        """None while it is not known for sure."""
        self._places = Places()
        self._noted = 0
        """Where the last checkpoint is."""
        self._begun: Head | None = None
        """Where the last start began to read: what is before it was not checked since; None for damage behind it."""
        self._bottom: Head | None = None
        """Where the entries begin that are kept here: the start, or the anchor."""
        self._reports = 0
        """The number of the last Z report before it."""
        self.later: tuple[int, int] | None = None
        """Places that the start has not opened yet; some of them it needed, and those are in `_there`."""
        self._there: frozenset[int] = frozenset()
        self._taken_in = 0
        """The last place of which the OMS has an entry: what is lost up to there is put back, and not written anew."""

    @property
    def head(self) -> Head | None:
        """The end of the journal, where it is known."""
        return self._head

    async def said(self, digests: Collection[str]) -> Mapping[str, Verdict]:
        """What the OMS has said to some entries, by digest."""
        return await self._hearing.of(digests)

    @property
    def whose(self) -> Head | None:
        """Whose journal it is, once it was read: store, register and key."""
        return self._start

    async def again(self) -> tuple[Event, ...]:
        """Read the journal again, because something was put back into it."""
        return await self.read(self._start) if self._start else ()

    async def begin(self, start: Head) -> tuple[Event, ...]:
        """Read the journal at the start: what selling needs comes first, `older` the rest."""
        return await self.read(start, FIRST)

    async def older(self) -> AsyncIterator[Sequence[Kept]]:
        """Open what the start has left for later, piece by piece."""
        if self.later is not None:
            async for some in self._reader.later(self.later, self._there):
                await self._hearing.joins([kept.digest for kept in some])
                yield some

    def stretch(self, places: tuple[int, int]) -> AsyncIterator[Sequence[Kept]]:
        """Open all of a stretch, piece by piece, whatever is open already."""
        return self._reader.later(places, ())

    async def read(self, start: Head, newest: int = RECENT) -> tuple[Event, ...]:
        """Read the journal, and what the OMS has said to it."""
        self._start = start
        judged = await self._hearing.judged()
        read = await self._reader.read(start, judged, newest)
        self._hearing.goes_on(judged, [kept.digest for kept in read.kept])
        await self._hearing.look()
        self._head, self._places, self._noted = read.head, read.places, read.begun.seq
        self._begun = None if read.broken else read.begun
        self._bottom = bottom_of(start, read.anchor)
        self._reports, self._taken_in = read.anchor.reports if read.anchor else 0, judged.booked_to
        broken = (JournalBroken(damage(read.broken)),) if read.broken else ()
        self.later, self._there = read.later, frozenset(kept.header.seq for kept in read.kept)
        return (JournalRead(read.head, read.kept, read.anchor, whole=read.later is None), *broken)

    @property
    def bottom(self) -> int:
        """Up to this place the entries are kept elsewhere."""
        return self._bottom.seq if self._bottom else 0

    async def check(self) -> AsyncIterator[JournalBroken | None]:
        """Check what a start has not read, piece by piece; whoever asks lets a sale go first between two of them."""
        if self._begun is None or self._bottom is None or self._bottom.seq > self._begun.seq:
            return
        async for broken in self._reader.check(self._begun, self._bottom):
            yield JournalBroken(damage(broken)) if broken else None

    async def pieces(self) -> AsyncIterator[Sequence[Entry]]:
        """Every entry that can be read, in pieces, so that a sale can come between."""
        if self._head is not None and self._bottom is not None:
            async for entries in self._reader.pieces(self._bottom, self._head):
                yield entries
                await asyncio.sleep(0)

    async def entries(self) -> Sequence[Entry]:
        """All of them."""
        return [entry async for entries in self.pieces() for entry in entries]

    async def old(self, old: Old) -> AsyncIterator[Beginning]:
        """Find how much of the beginning may go, piece by piece."""
        if self._bottom is not None and self._head is not None:
            beginning = Beginning(self._bottom, self._reports)
            try:
                async for found in self._pruner.found(beginning, self._head, old):
                    yield found
            except Exception:  # noqa: BLE001 -- the storage did not answer: no more goes now, and it is looked again
                return

    async def cut(self, beginning: Beginning, epoch: str) -> tuple[Event, ...]:
        """Remove a beginning; the anchor stands in its place. Nothing where the storage, or anybody, is against it."""
        mark = anchor(beginning.head, beginning.reports)
        text = written(mark)
        try:
            gone = await self._ports.journal.prune(mark.seq, text, epoch, self._owner)
        except Exception:  # noqa: BLE001 -- whether it was done is not known, whatever went wrong
            gone = (await self._ports.local.read()).get(ANCHOR) == text
        if not gone:
            return ()
        self._bottom, self._reports, self._places = beginning.head, beginning.reports, left(self._places, mark)
        return (JournalPruned(mark),)

    async def record(self, effect: Record) -> tuple[Event, ...]:
        """Append one entry, or say why not."""
        if self._start is None:
            return (NotRecorded(effect.id, NOT_OPEN),)
        read = await self._sure(self._start)
        if read is None or self._head is None:
            return (NotRecorded(effect.id, NOT_SURE),)
        if self._head.seq < self._taken_in:
            return (*read, NotRecorded(effect.id, LACKING))
        if read and rests_on_what_is_known(effect) and not holds(read, effect.id):
            return (*read, NotRecorded(effect.id, READ_AGAIN))
        return (*read, *await self._appended(effect, self._start, self._head))

    async def is_sure(self) -> tuple[Event, ...]:
        """Read the journal again where its end is not known, if the storage answers now."""
        return (await self._sure(self._start) if self._start else None) or ()

    async def _sure(self, start: Head) -> tuple[Event, ...] | None:
        """Read the journal again where its end is not known; None while the storage does not answer."""
        if self._head is not None:
            return ()
        try:
            return await self.read(start)
        except Exception:  # noqa: BLE001 -- the storage is gone altogether; the next entry asks again
            return None

    async def _appended(self, effect: Record, start: Head, head: Head, tries: int = TRIES) -> tuple[Event, ...]:
        made = await make(self._ports, effect, head)
        if isinstance(made, NotRecorded):
            return (made,)
        entries, after = tuple(each.entry for each in made), made[-1].head
        places = placed(self._places, (entry.header for entry in entries))
        note, digests = self._note(after, places), [entry.digest for entry in entries]
        self._hearing.expects(digests)
        hoped = [self._hoped(each.entry, each.body, after) for each in made]
        meanwhile = partial(self._foresee, hoped[0])
        try:
            outcome = await self._ports.journal.append(entries, self._owner, effect.draft_id, note, meanwhile)
        except Exception:  # noqa: BLE001 -- whether it was written is not known, whatever went wrong
            return await self._looked(effect, start)
        if not isinstance(outcome, Appended):
            self._hearing.not_written(digests)
        match outcome:
            case Appended():
                self._head, self._places = after, places
                self._noted = after.seq if note else self._noted
                return tuple([await self._recorded(*each) for each in zip(entries, hoped, strict=True)])
            case Fenced(cleared):
                return TakenOver(cleared), NotRecorded(effect.id, FENCED, fenced=True)
            case NoRoom(why):
                return (NotRecorded(effect.id, why),)
            case Taken():
                return await self._past(entries, effect, start, head, tries)

    async def _past(
        self, entries: Sequence[Entry], effect: Record, start: Head, head: Head, tries: int
    ) -> tuple[Event, ...]:
        """Something lies in the way: it may be this very entry; what cannot be read is gone past."""
        looked = await self._looked(effect, start)
        if self._head != head or not tries or isinstance(looked[-1], Recorded):
            return looked
        # Nothing is new: what is in the way cannot be read, and its number is left out.
        self._head = left_out(head, (entry.header.number for entry in entries))
        return (*looked[:-1], *await self._appended(effect, start, self._head, tries - 1))

    async def _looked(self, effect: Record, start: Head) -> tuple[Event, ...]:
        """Find out what became of an entry whose outcome is not known; its companion shares its fate."""
        self._head = None
        read = await self._sure(start)
        if read is None or self._head is None:
            return (NotRecorded(effect.id, NOT_SURE),)
        wanted = {each.id: each.body for each in (effect.companion, effect) if each is not None}
        there = [entry for entry in await self.entries() if entry.header.id in wanted]
        if effect.id not in {entry.header.id for entry in there}:
            return (*read, NotRecorded(effect.id, NOT_SURE))
        bodies = [(entry, (await self._reader.opened(entry)).body or wanted[entry.header.id]) for entry in there]
        hoped = [(entry, self._hoped(entry, body, self._head)) for entry, body in bodies]
        return (*read, *[await self._recorded(*each) for each in hoped])

    def _hoped(self, entry: Entry, body: Body, head: Head) -> Recorded:
        """What there is to tell of an entry once it lies in both places, if nothing happens to the folder."""
        kept = Kept(entry.header, entry.digest, body, in_folder=self._mirror.works)
        return Recorded(self._ports.clock.now(), kept, head, self._mirror.state, self._ports.ids.fresh())

    async def _recorded(self, entry: Entry, hoped: Recorded) -> Recorded:
        """Write an entry's file, and return what became of it: the very event that was hoped for, where it did."""
        in_folder = await self._mirror.keep(entry)
        if (in_folder, self._mirror.state) == (hoped.kept.in_folder, hoped.folder):
            return hoped
        return replace(hoped, kept=replace(hoped.kept, in_folder=in_folder), folder=self._mirror.state)

    def _note(self, head: Head, places: Places) -> str:
        """The checkpoint that is written now; nothing while the last one is near, or after damage."""
        due = self._begun is not None and head.seq - self._noted >= EVERY
        return written(checkpoint(head, places)) if due else ""


def rests_on_what_is_known(effect: Record) -> bool:
    """Whether an entry, or the credit note that is written with it, may be wrong by what was read since it was made."""
    bodies = (effect.body, effect.companion.body if effect.companion else None)
    return any(isinstance(body, ON_WHAT_IS_KNOWN) for body in bodies)


def holds(read: Sequence[Event], entry_id: str) -> bool:
    """Whether what was read has the entry itself: it was written unnoticed, and is only to be told."""
    return any(each.header.id == entry_id for event in read if isinstance(event, JournalRead) for each in event.kept)


def damage(broken: Broken) -> str:
    """What people are told of it."""
    return (
        f"The journal on this device is damaged at entry {broken.seq}: {broken.why}. All other sales are safe, "
        "and selling goes on after it. Tell the back office, and keep the folder for offline sales."
    )
