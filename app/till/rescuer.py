"""Reads the folder of a lost register, slice by slice, and puts its lines down where the courier finds them.

Nothing here needs a key: the lines stay sealed, and only their chain is looked at. Selling goes on between two slices.
"""

from collections.abc import Callable, Sequence

from app.sync.chain import check_chain
from app.sync.entry import Entry
from app.sync.filing import belongs
from app.till.effects import LookAtLost, ReadLost
from app.till.events import Event, LostFailed, LostFound, LostRead, LostSeen
from app.till.filed import File, read_journal, registers
from app.till.ports import FolderFailed, NoRoom, Ports
from app.till.slices.recovering import LostJournal

NOT_READ = "The folder cannot be read. Nothing was changed. Look at the disk, then choose the folder again."
FAILED = "The browser’s storage failed while the folder was read. Nothing was sent. Choose the folder again."


class Rescuer:
    def __init__(self, ports: Ports, dispatch: Callable[[Event], None]) -> None:
        self._ports = ports
        self._dispatch = dispatch
        self._reading = ""
        """The one that is wanted: an older one that is still under way stops."""

    async def done(self, effect: LookAtLost | ReadLost) -> Event:
        """Do what is asked, and say what came of it."""
        return await (self.looked(effect) if isinstance(effect, LookAtLost) else self.read(effect))

    async def looked(self, effect: LookAtLost) -> LostSeen:
        """Say whose journals the folder holds."""
        self._reading = effect.reading
        found = await registers(self._ports.lost)
        if isinstance(found, FolderFailed):
            return LostSeen(effect.reading, (), NOT_READ)
        return LostSeen(effect.reading, found)

    async def read(self, effect: ReadLost) -> LostFound | LostFailed:
        """Read one of them to its end."""
        self._reading = effect.reading
        try:
            return await self._read(effect)
        except Exception:  # noqa: BLE001 -- whatever the storage's trouble is, nothing was sent
            return LostFailed(effect.reading, FAILED)

    async def _read(self, effect: ReadLost) -> LostFound | LostFailed:
        entries: list[Entry] = []
        files = 0
        await self._ports.recovery.begin(effect.reading)
        async for read in read_journal(self._ports.lost, effect.folder):
            if isinstance(read, FolderFailed):
                return LostFailed(effect.reading, NOT_READ)
            if self._reading != effect.reading:
                return LostFailed(effect.reading, "")
            more = [found for each in read if (found := _its_own(each, effect.folder))]
            outcome = await self._ports.recovery.add(effect.reading, len(entries), [entry.line for entry in more])
            if isinstance(outcome, NoRoom):
                return LostFailed(effect.reading, outcome.why)
            entries += more
            files += len(read)
            self._dispatch(LostRead(effect.reading, files))
        return LostFound(effect.reading, journal_of(effect.folder, entries, files - len(entries)))


def _its_own(file: File, folder: str) -> Entry | None:
    """The entry in a file, where it is one of the register whose folder it is."""
    return file.found if isinstance(file.found, Entry) and belongs(file.found.header, folder) else None


def journal_of(folder: str, entries: Sequence[Entry], unread: int) -> LostJournal:
    """What was found, and the first places where it is not whole."""
    report = check_chain(entries)
    times = [entry.header.at for entry in entries]
    return LostJournal(
        folder=folder,
        entries=len(entries),
        unread=unread,
        first=min(times, default=None),
        last=max(times, default=None),
        missing=min((each.seq for each in report.gaps), default=0),
        misfit=min((each.seq for each in (*report.forks, *report.damaged, *report.duplicates)), default=0),
    )
