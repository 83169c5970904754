"""Finds the beginning of the journal that may leave the browser: whole, old, at the OMS, in the folder if there is one.

It is read in pieces, so that a sale can come between.
"""

from collections.abc import AsyncIterator
from dataclasses import replace

from app.sync.entry import Entry, Kind, file_path
from app.sync.filing import good_copy
from app.sync.journal import Head, misfit
from app.sync.pruning import Beginning, Old, longer
from app.sync.status import FolderState
from app.till.hearing import Hearing
from app.till.mirror import Mirror
from app.till.reader import Reader

MOST = 500
"""So many entries are removed in one go, or as many more as a shift has."""


class Pruner:
    def __init__(self, reader: Reader, mirror: Mirror, hearing: Hearing) -> None:
        self._reader = reader
        self._mirror = mirror
        self._hearing = hearing

    async def found(self, beginning: Beginning, until: Head, old: Old) -> AsyncIterator[Beginning]:
        """Look on from where the entries begin; after each piece, how far they may go."""
        now = found = beginning
        async for entries in self._reader.pieces(beginning.head, until):
            judged = replace(old, verdicts=await self._hearing.of([entry.digest for entry in entries]))
            for entry in entries:
                if misfit(now.head, entry) or not judged.has(entry) or not await self._filed(entry):
                    yield found
                    return
                body = (await self._reader.opened(entry)).body if entry.header.kind is Kind.SHIFT else None
                now = longer(now, entry, body)
                found = now if now.whole else found
            yield found
            if found.head.seq - beginning.head.seq >= MOST:
                return

    async def _filed(self, entry: Entry) -> bool:
        """Whether its exact bytes lie in the folder; where none was ever chosen, the OMS is enough."""
        if self._mirror.state is FolderState.NONE or await self._mirror.write(entry):
            return True
        return await self._mirror.read(good_copy(file_path(entry.header))) == entry.line
