"""The folder: a second copy of the journal, one write-once file an entry. It never stops a sale."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence

from app.sync.chain import README
from app.sync.entry import Entry, file_path
from app.sync.status import FolderState
from app.till.events import FolderSeen
from app.till.ports import Folder, FolderFailed

PATIENCE = 3.0
"""Seconds that a sale waits for the folder; a drive of a network may never answer."""
ABOUT = (
    "This folder belongs to Store OS. It holds a copy of every sale of this register, one file each.\n"
    "The sales inside are sealed: the back office can read them, nobody else.\n"
    "Please do not delete, rename or change anything here. Copying it is fine.\n"
)


class Mirror:
    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._mending = asyncio.Lock()
        self.state = FolderState.NONE

    async def look(self) -> tuple[FolderState, str]:
        """Ask whether the folder can be written, and how it is called."""
        try:
            self.state, name = await asyncio.wait_for(self._folder.state(), PATIENCE)
        except TimeoutError:
            self.state, name = FolderState.LOST, ""
        return self.state, name

    async def write(self, entry: Entry) -> bool:
        """Write one entry; False where it has to be written later."""
        if self.state is not FolderState.OK:
            return False
        return await self._put(file_path(entry.header), entry.line)

    async def mend(self, read: Callable[[], Awaitable[Sequence[Entry]]]) -> FolderSeen:
        """Look at the folder again and write whatever is missing in it.

        The journal is read after the look: what is sold from then on writes its file itself.
        """
        async with self._mending:
            state, name = await self.look()
            missing = await self._missing(await read()) if state is FolderState.OK else ()
            written = 0
            for entry in missing:
                written += await self.write(entry)
                if self.state is not FolderState.OK:
                    break
            if self.state is FolderState.OK:
                await self._put((README,), ABOUT.encode())
            return FolderSeen(self.state, name, len(missing) - written)

    async def _missing(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        """The entries whose files are not there, oldest first; a folder that cannot be read misses all of them."""
        days: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
        for entry in entries:
            days[file_path(entry.header)[:-1]].append(entry)
        missing: list[Entry] = []
        for day, there in days.items():
            names = await self._folder.names(day)
            if isinstance(names, FolderFailed):
                self.state = names.state
                return entries
            missing += [entry for entry in there if file_path(entry.header)[-1] not in names]
        return missing

    async def _put(self, path: tuple[str, ...], content: bytes) -> bool:
        try:
            outcome = await asyncio.wait_for(self._folder.write(path, content), PATIENCE)
        except TimeoutError:
            outcome = FolderFailed(FolderState.LOST, "the folder does not answer")
        if isinstance(outcome, FolderFailed):
            self.state = outcome.state
            return False
        return True
