"""Looks after both places of the journal beside the work: whatever one has and the other lacks is written.

Before anything is sold only the newest names are looked at; names of all days, then contents, come behind it, in
slices between which a sale goes first.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from app.sync import folder_words as words
from app.sync import rounds
from app.sync.entry import Entry, Unreadable, parse
from app.sync.filing import folder_of
from app.sync.journal import Head
from app.sync.places import OTHER_BROWSER, SECOND
from app.sync.pruning import taken_in
from app.sync.status import FolderState
from app.till.comparing import Compared, Path, compare
from app.till.effects import AboutFolder, KeepSpare, LookForFolder, MendFolder
from app.till.events import Event, FolderSeen, FolderTold, SpareMoved
from app.till.inspector import END, Inspected, Inspector
from app.till.mirror import Mirror
from app.till.ports import Ports
from app.till.recorder import Recorder
from app.till.restorer import Restorer, why_not
from app.till.turn import a_sale_goes_first

SLICE = 20
"""Entries that are looked at before a sale may come between."""
TOGETHER = 2
"""Entries that are written at once at most: a sale, and the credit note of its exchange."""
Tell = Callable[[Iterable[Event]], None]


@dataclass(frozen=True, slots=True)
class Back:
    """How many entries were put back, and what else there is to say."""

    count: int
    more: tuple[str, ...]

    @property
    def said(self) -> tuple[str, ...]:
        return (words.back(self.count), *self.more) if self.count else self.more

    def and_(self, other: "Back") -> "Back":
        """Both together."""
        return Back(self.count + other.count, (*self.more, *other.more))


class Archivist:
    """`turn` is held by whoever writes the journal; `tell` takes what happened."""

    def __init__(
        self, ports: Ports, mirror: Mirror, recorder: Recorder, owner: int, turn: asyncio.Lock, tell: Tell
    ) -> None:
        self._ports = ports
        self._mirror = mirror
        self._recorder = recorder
        self._restorer = Restorer(ports, mirror.folder, owner)
        self._from_spare = Restorer(ports, mirror.spare.place, owner)
        self._inspector = Inspector(ports, mirror, self._restorer)
        self._turn = turn
        self._tell = tell
        self._mending = asyncio.Lock()

    async def before_selling(self, whose: Head) -> tuple[str, ...]:
        """Mend the end of the journal, and put back what lies behind it: else a number would be used twice.

        Returns what was done, in sentences; the journal has to be read again then.
        """
        if (head := self._recorder.head) is None:
            return ()
        places, ended = await self._ports.journal.places(self._before_the_end(head)), Inspected()
        if places and self._mirror.works:
            await self._inspector.end(places[-1], whose, ended)
        await self._keep_end(places[-TOGETHER:], whose)
        back = Back(0, tuple(ended.said))
        for restorer in (*([self._restorer] if self._mirror.works else []), self._from_spare):
            back = back.and_(await self._end_back(restorer, head, whose))
        return back.said

    async def _keep_end(self, places: Sequence[int], whose: Head) -> None:
        """Keep the newest entries in two places: who was killed in between left the last one in the database alone."""
        lines = [line for seq in places for line in await self._ports.journal.read((seq, seq))]
        entries = [entry for line in lines if isinstance(entry := parse(line), Entry)]
        said = await self._recorder.said([entry.digest for entry in entries])
        for entry in entries:
            if not taken_in(said.get(entry.digest)) and not await self._damaged(entry, entry.header.seq, whose):
                await self._mirror.keep(entry)

    async def _end_back(self, restorer: Restorer, head: Head, whose: Head) -> Back:
        """Put back what lies in one place, and is lost behind the end or just before it."""
        # A clock that was set back since has dated what came then before what is here: any day may have it.
        known = head.last_at if head.last_at and head.last_at <= self._ports.clock.now() else None
        since = known.date().isoformat() if known else ""
        after = self._before_the_end(head)
        places = await self._ports.journal.places(after)
        found = await compare(restorer.folder, whose, places, after=after, since=since)
        return await self._put_back(found, found.lacking, whose, restorer)

    def _before_the_end(self, head: Head) -> int:
        """The place behind which everything is looked at before anybody sells; the rest comes beside the work."""
        return max(head.seq - END, self._recorder.bottom)

    async def is_sure(self) -> None:
        """Read the end where it is not known: a verdict on what was written unnoticed would look like a loss."""
        if self._recorder.head is None:
            async with self._turn:
                events = await self._recorder.is_sure()
            self._tell(events)

    async def tends(self, effect: AboutFolder) -> None:
        """Do what is asked for, beside the work."""
        match effect:
            case MendFolder():
                await self.mend()
            case LookForFolder():
                await self.look_for()
            case KeepSpare():
                await self.keep_spare()

    async def look_for(self) -> None:
        """See whether a folder that was lost is back; while it is not, nothing is done and nothing said."""
        before = self._mirror.state
        state, name = await self._mirror.look()
        if self._mirror.works:
            await self.mend()
        elif state is not before:
            self._tell((FolderSeen(state, name),))

    async def mend(self) -> None:
        """Look at the folder, write what is missing in it, put back what only it has, and compare what lies there."""
        async with self._mending:
            state, name = await self._mirror.look()
            whose, head = self._recorder.whose, self._recorder.head
            await self._spare(whose)
            if not self._mirror.works or whose is None or head is None:
                self._tell((FolderSeen(state, name),))
                return
            await self._mirror.describe()
            async with self._turn:  # so that no file of these places is still being written
                places = await self._ports.journal.places()
            found = await compare(self._mirror.folder, whose, places, after=self._recorder.bottom)
            self._mirror.state = found.failed.state if found.failed else self._mirror.state
            missing = await self._write(found.missing, whose)
            self._tell((FolderSeen(self._mirror.state, name, missing),))
            await self._put_back_beside(found, whose)
            await self._look_at_names(found, whose)
            await self._inspect(places, whose, name)
            if not self._mirror.works:  # it went away on the way
                self._tell((FolderSeen(self._mirror.state, name, missing),))

    async def keep_spare(self) -> None:
        """The folder went away: keep what waits in the spare place."""
        async with self._mending:
            await self._spare(self._recorder.whose)

    async def _spare(self, whose: Head | None) -> None:
        """Empty the spare place into a folder that works; without one, what waits for the OMS is kept there."""
        moved = 0
        if self._mirror.works:
            async for count in self._mirror.spare.move_into(self._mirror.folder):
                moved += count
                await a_sale_goes_first(self._turn)
        elif whose is not None and self._mirror.state is not FolderState.PROMPT:
            try:
                await self._catch_up(whose)
            except Exception:  # noqa: BLE001 -- the storage did not answer: the next start, or mending, looks again
                return
        if moved:
            self._tell((SpareMoved(),))

    async def _catch_up(self, whose: Head) -> None:
        """Keep what is whole: a damaged row would lie in the way of the entry that it was."""
        there = await self._mirror.spare.files(folder_of(whose.store, whose.register))
        async for entries in self._recorder.pieces():
            whole = [each for each in entries if not await self._damaged(each, each.header.seq, whose)]
            said = await self._recorder.said([each.digest for each in whole])
            await self._mirror.spare.catch_up(whole, said, there)
            await a_sale_goes_first(self._turn)

    async def _damaged(self, entry: Entry, seq: int, whose: Head) -> bool:
        whole = await self._restorer.whole(entry.line, seq, whose)
        return isinstance(whole, Unreadable) and whole.why != OTHER_BROWSER

    async def _write(self, seqs: Sequence[int], whose: Head) -> int:
        """Write the files that are missing, of entries that are whole; return how many are missing still."""
        left = len(seqs)
        for seq in seqs:
            if not self._mirror.works:
                return left
            lines = await self._ports.journal.read((seq, seq))
            left -= await self._written(lines[0], seq, whose) if lines else True
            if seq % SLICE == 0:
                await a_sale_goes_first(self._turn)
        return left

    async def _written(self, line: bytes, seq: int, whose: Head) -> bool:
        """Write an entry's file; one that is damaged is none, and nothing is missing without it."""
        entry = parse(line)
        return (
            isinstance(entry, Unreadable) or await self._damaged(entry, seq, whose) or await self._mirror.write(entry)
        )

    async def _put_back_beside(self, found: Compared, whose: Head) -> None:
        """Put back while people sell; what lies behind the end must not meet a sale that is just being written.

        What was sold while the names were read is in both places by now.
        """
        if not found.lacking:
            return
        last = self._recorder.head.seq if self._recorder.head else 0
        there = frozenset(await self._ports.journal.places())
        older = {seq: paths for seq, paths in found.lacking.items() if seq <= last and seq not in there}
        back = await self._put_back(found, older, whose, self._restorer)
        async with self._turn:
            places = frozenset(await self._ports.journal.places())
            behind = {seq: paths for seq, paths in found.lacking.items() if seq not in older and seq not in places}
            back = back.and_(await self._put_back(found, behind, whose, self._restorer))
            if back.said:
                self._tell((*await self._recorder.again(), FolderTold(back.said)))

    async def _put_back(
        self, found: Compared, lacking: Mapping[int, Sequence[Path]], whose: Head, restorer: Restorer
    ) -> Back:
        count, said = 0, list[str]()
        async for restored in restorer.put_back(lacking, whose, found.twice):
            count += len(restored.seqs)
            for name, why in restored.useless:
                sentence = words.ANOTHER if why in (OTHER_BROWSER, SECOND) else words.USELESS
                said.append(sentence.format(name=name, why=why))
            if restored.stopped:
                said.append(words.STOPPED.format(why=why_not(restored.stopped)))
        return Back(count, tuple(said))

    async def _look_at_names(self, found: Compared, whose: Head) -> None:
        """Tell of what is none of ours, and of places for which there are two entries."""
        rows = await self._restorer.rows(found.twice, whose)
        others = [
            path[-1]
            for seq, paths in found.twice.items()
            for path in paths
            if seq in rows and rows[seq].header.id not in path[-1]
        ]
        news = tuple(words.ANOTHER.format(name=name) for name in others)
        notes = tuple(words.FOREIGN.format(name=name) for name in found.odd)
        if news or notes:
            self._tell((FolderTold(news, notes),))

    async def _inspect(self, places: Sequence[int], whose: Head, folder: str) -> None:
        """Compare contents: the newest, and a part of the round."""
        if not places:
            return
        now, top, floor = self._ports.clock.now(), places[-1], self._recorder.bottom
        round_ = rounds.begun(rounds.read_round((await self._ports.local.read()).get(rounds.FILED, ""), folder), now)
        newest = max(top - rounds.NEWEST, floor)
        await self._compare(newest + 1, top, whose)
        due = newest if round_.due is None else min(round_.due, newest)
        until = max(due - rounds.MOST, floor)
        await self._compare(until + 1, due, whose)
        if self._mirror.works and round_.due != 0:
            kept = rounds.advanced(round_, until, floor, now)
            with suppress(Exception):  # the next round begins where this one did, and nothing is lost by that
                await self._ports.local.keep(rounds.FILED, kept.model_dump_json())

    async def _compare(self, first: int, last: int, whose: Head) -> None:
        """Compare a stretch, the newest first."""
        for end in range(last, first - 1, -SLICE):
            if not self._mirror.works:
                return
            found = Inspected()
            await self._inspector.stretch(max(end - SLICE + 1, first), end, whose, found)
            if found.mended:
                async with self._turn:
                    self._tell(await self._recorder.again())
            if found.said or found.notes:
                self._tell((FolderTold(tuple(found.said), tuple(found.notes)),))
            await a_sale_goes_first(self._turn)
