"""Appends to the journal: head, number, header, seal, IndexedDB, folder, and only then "recorded".

The head moves on only after the store has said that the entry is there. Where the outcome is not known the
journal is read again before anything else, so that nothing is doubled and no number comes twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pydantic import ValidationError

from app.domain.numbers import NoNumber, indian_day
from app.domain.shift import Opened
from app.sync.bodies import BODIES, Body, Cash, Clock, CreditNote, Shift, Void
from app.sync.entry import Entry, Kind, Unreadable, assemble, header_bytes, parse, split
from app.sync.journal import Broken, Head, advanced, next_header, next_number, resume
from app.sync.numbering import business_time, numbered
from app.till.effects import Record
from app.till.events import Event, JournalBroken, JournalRead, NotRecorded, Recorded, TakenOver
from app.till.mirror import Mirror
from app.till.ports import Appended, Fenced, NoRoom, Ports, Taken
from app.till.state import Kept

RECENT = 2000
"""Entries that are opened at the start; older ones are opened only while they have no verdict."""
NEVER = 2**53
"""A place that no entry reaches."""
NOT_SURE = (
    "The browser’s storage did not answer, so this could not be saved. What was saved before is safe, "
    "and nothing is saved twice. Try again; if it happens again, reload the page."
)
READ_AGAIN = (
    "The journal was read again, and holds something that had been written unnoticed. Nothing is lost, and this was "
    "not saved. Look at it with what is known now, then try again."
)
NOT_OPEN = "The journal is not open yet, so this could not be saved. What was saved before is safe. Wait a moment."
FENCED = "This was not saved: the register was taken over in another tab. What was saved before is safe. Go on there."


ON_WHAT_IS_KNOWN = (Shift, Cash, CreditNote, Void)
"""Bodies that rest on what the journal holds: one made before it was read again may be wrong, or the same again."""


@dataclass(frozen=True, slots=True)
class Made:
    """An entry that is ready to be written, and what is in it."""

    entry: Entry
    body: Body


class Recorder:
    """The one who writes the journal of this register; its caller lets one call in at a time."""

    def __init__(self, ports: Ports, mirror: Mirror, owner: int) -> None:
        self._ports = ports
        self._mirror = mirror
        self._owner = owner
        self._start: Head | None = None
        self._settled: frozenset[str] = frozenset()
        self._head: Head | None = None
        """None while it is not known for sure."""

    async def read(self, start: Head, settled: frozenset[str]) -> tuple[Event, ...]:
        """Read the journal at the start; `settled` are digests that have a verdict."""
        self._start, self._settled = start, settled
        lines = await self._ports.journal.read()
        found = resume(lines, start)
        self._head = head_of(found)
        entries = parsed(lines)
        since, today = await self._shift_began(entries), indian_day(self._ports.clock.now())
        wanted = [entry for entry in entries[:-RECENT] if entry.digest not in settled or needed(entry, since, today)]
        kept = [await self._opened(entry) for entry in (*wanted, *entries[-RECENT:])]
        broken = (JournalBroken(_damage(found)),) if isinstance(found, Broken) else ()
        return (JournalRead(self._head, tuple(kept)), *broken)

    async def _shift_began(self, entries: Sequence[Entry]) -> int:
        """The place from which a shift runs: all that follows counts for its cash, however much it is."""
        last = next((entry for entry in reversed(entries) if entry.header.kind is Kind.SHIFT), None)
        body = (await self._opened(last)).body if last else None
        running = isinstance(body, Shift) and isinstance(body.happened, Opened)
        return last.header.seq if last and running else NEVER

    async def entries(self) -> Sequence[Entry]:
        """Every entry that can be read, for the folder."""
        return parsed(await self._ports.journal.read())

    async def record(self, effect: Record) -> tuple[Event, ...]:
        """Append one entry, or say why not."""
        if self._start is None:
            return (NotRecorded(effect.id, NOT_OPEN),)
        read = await self._sure(self._start)
        if read is None or self._head is None:
            return (NotRecorded(effect.id, NOT_SURE),)
        if read and rests_on_what_is_known(effect) and not holds(read, effect.id):
            return (*read, NotRecorded(effect.id, READ_AGAIN))
        return (*read, *await self._appended(effect, self._start, self._head))

    async def _sure(self, start: Head) -> tuple[Event, ...] | None:
        """Read the journal again where its end is not known; None while the storage does not answer."""
        if self._head is not None:
            return ()
        try:
            return await self.read(start, self._settled)
        except Exception:  # noqa: BLE001 -- the storage is gone altogether; the next entry asks again
            return None

    async def _appended(self, effect: Record, start: Head, head: Head) -> tuple[Event, ...]:
        made = await self._made(effect, head)
        if isinstance(made, NotRecorded):
            return (made,)
        try:
            entries = tuple(each.entry for each in made)
            outcome = await self._ports.journal.append(entries, self._owner, effect.draft_id)
        except Exception:  # noqa: BLE001 -- whether it was written is not known, whatever went wrong
            return await self._looked(effect, start)
        match outcome:
            case Appended():
                for each in made:
                    head = advanced(head, each.entry)
                self._head = head
                return tuple([await self._recorded(each.entry, each.body, head) for each in made])
            case Fenced():
                return TakenOver(), NotRecorded(effect.id, FENCED, fenced=True)
            case NoRoom(why):
                return (NotRecorded(effect.id, why),)
            case Taken():
                return await self._looked(effect, start)

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
        bodies = [(entry, (await self._opened(entry)).body or wanted[entry.header.id]) for entry in there]
        return (*read, *[await self._recorded(entry, body, self._head) for entry, body in bodies])

    async def _made(self, effect: Record, head: Head) -> tuple[Made, ...] | NotRecorded:
        """Number, header and seal come before the transaction: inside it nothing may be waited for."""
        made: list[Made] = []
        for each in (effect.companion, effect):
            if each is None:
                continue
            number = next_number(head, each.prefix, effect.day) if each.prefix and effect.day else None
            if isinstance(number, NoNumber):
                return NotRecorded(effect.id, number.why)
            body = numbered(each.body, number, made[-1].body if made else None)
            header = next_header(head, Kind(body.kind), each.id, self._time(body, head), number)
            iv, sealed = await self._ports.vault.seal(header_bytes(header), body.model_dump_json().encode())
            made.append(Made(assemble(header, iv, sealed), body))
            head = advanced(head, made[-1].entry)
        return tuple(made)

    def _time(self, body: Body, head: Head) -> datetime:
        """The time of an entry: its body's, but never before the last entry, unless a manager set the clock right."""
        if isinstance(body, Clock):
            return body.after
        at = business_time(body) or self._ports.clock.now()
        return max(at, head.last_at) if head.last_at else at

    async def _recorded(self, entry: Entry, body: Body, head: Head) -> Recorded:
        in_folder = await self._mirror.write(entry)
        kept = Kept(entry.header, entry.digest, body, in_folder)
        return Recorded(self._ports.clock.now(), kept, head, self._mirror.state, self._ports.ids.fresh())

    async def _opened(self, entry: Entry) -> Kept:
        """Open an entry; one of a kind or a version that we do not know is kept unopened."""
        sealed, adapter = split(entry.line), BODIES.get(entry.header.kind)
        body = None
        if adapter is not None and not isinstance(sealed, Unreadable):
            plain = await self._ports.vault.unseal(sealed)
            body = None if isinstance(plain, Unreadable) else _body(entry.header.kind, plain)
        return Kept(entry.header, entry.digest, body)


def needed(entry: Entry, shift_began: int, today: date) -> bool:
    """Whether an old entry is opened although its verdict is here: for the shift that runs, for caps of the day, and
    to number the next shift."""
    header = entry.header
    return header.kind is Kind.SHIFT or header.seq > shift_began or indian_day(header.at) == today


def rests_on_what_is_known(effect: Record) -> bool:
    """Whether an entry, or the credit note that is written with it, may be wrong by what was read since it was made."""
    bodies = (effect.body, effect.companion.body if effect.companion else None)
    return any(isinstance(body, ON_WHAT_IS_KNOWN) for body in bodies)


def holds(read: Sequence[Event], entry_id: str) -> bool:
    """Whether what was read has the entry itself: it was written unnoticed, and is only to be told."""
    return any(each.header.id == entry_id for event in read if isinstance(event, JournalRead) for each in event.kept)


def head_of(found: Head | Broken) -> Head:
    """Where the next entry goes, whether or not what is before it is whole."""
    return found.head if isinstance(found, Broken) else found


def parsed(lines: Sequence[bytes]) -> list[Entry]:
    """The lines that are entries; a damaged one stays in the journal and is told by `resume`."""
    return [entry for line in lines if isinstance(entry := parse(line), Entry)]


def _body(kind: Kind, plain: bytes) -> Body | None:
    try:
        return BODIES[kind].validate_json(plain)
    except ValidationError:
        return None


def _damage(broken: Broken) -> str:
    return (
        f"The journal on this device is damaged at entry {broken.seq}: {broken.why}. All other sales are safe, "
        "and selling goes on after it. Tell the back office, and keep the folder for offline sales."
    )
