"""Reads the folder of a lost register, slice by slice, and puts its lines down where the courier finds them.

Nothing here needs a key: the lines stay sealed, and only their chain is looked at. Selling goes on between two slices.
"""

from collections.abc import Callable, Sequence

from app.sync.chain import check_chain
from app.sync.entry import Entry
from app.sync.filing import belongs
from app.sync.folder import Filed, stood_for
from app.till.effects import ForgetFormers, LookAtLost, LookAtSpare, ReadLost
from app.till.events import Event, FormersSeen, LostFailed, LostFound, LostRead, LostSeen
from app.till.filed import SLICE, File, read_journal, registers
from app.till.formers import forgotten, met
from app.till.ports import Folder, FolderFailed, NoRoom, Ports
from app.till.slices.recovering import LostJournal
from app.till.spare import Spare

NOT_READ = "The folder cannot be read. Nothing was changed. Look at the disk, then choose the folder again."
FAILED = "The browser’s storage failed while the folder was read. Nothing was sent. Choose the folder again."


class Rescuer:
    def __init__(self, ports: Ports, spare: Spare, dispatch: Callable[[Event], None]) -> None:
        self._ports = ports
        self._spare = spare
        self._dispatch = dispatch
        self._reading = ""
        """The one that is wanted: an older one that is still under way stops."""

    async def done(self, effect: LookAtLost | ReadLost | LookAtSpare | ForgetFormers) -> Event:
        """Do what is asked, and say what came of it."""
        match effect:
            case LookAtLost():
                return await self.looked(effect)
            case ReadLost():
                return await self.read(effect)
            case ForgetFormers():
                await forgotten(self._spare, effect.enrolments)
        return FormersSeen(await met(self._spare, effect.registered))

    async def looked(self, effect: LookAtLost) -> LostSeen:
        """Say whose journals the folder holds."""
        self._reading = effect.reading
        found = await registers(self._source(effect))
        if isinstance(found, FolderFailed):
            return LostSeen(effect.reading, (), NOT_READ)
        return LostSeen(effect.reading, found)

    def _source(self, effect: LookAtLost | ReadLost) -> Folder:
        return self._spare.place if effect.spare else self._ports.lost

    async def read(self, effect: ReadLost) -> LostFound | LostFailed:
        """Read one of them to its end."""
        self._reading = effect.reading
        try:
            return await self._read(effect)
        except Exception:  # noqa: BLE001 -- whatever the storage's trouble is, nothing was sent
            return LostFailed(effect.reading, FAILED)

    async def _read(self, effect: ReadLost) -> LostFound | LostFailed:
        filed: list[Filed] = []
        names: list[str] = []
        await self._ports.recovery.begin(effect.reading)
        async for read in read_journal(self._source(effect), effect.folder):
            if isinstance(read, FolderFailed):
                return LostFailed(effect.reading, NOT_READ)
            if self._reading != effect.reading:
                return LostFailed(effect.reading, "")
            names += [_name(each) for each in read]
            filed += [own for each in read if (own := _its_own(each, effect.folder))]
            self._dispatch(LostRead(effect.reading, len(names)))
        unread = set(names) - {each.name for each in filed}
        aside = {name for name, _ in stood_for(filed, sorted(unread))}
        entries = [each.entry for each in filed if each.name not in aside]
        if outcome := await self._put_down(effect.reading, entries):
            return outcome
        return LostFound(effect.reading, journal_of(effect.folder, entries, len(unread - aside)))

    async def _put_down(self, reading: str, entries: Sequence[Entry]) -> LostFailed | None:
        """Put the lines down in slices; say why, where that was not possible or is not wanted any more."""
        for at in range(0, len(entries), SLICE):
            lines = [entry.line for entry in entries[at : at + SLICE]]
            outcome = await self._ports.recovery.add(reading, at, lines)
            if isinstance(outcome, NoRoom):
                return LostFailed(reading, outcome.why)
            if self._reading != reading:
                return LostFailed(reading, "")
        return None


def _name(file: File) -> str:
    return "/".join(file.path)


def _its_own(file: File, folder: str) -> Filed | None:
    """The entry in a file, where it is one of the register whose folder it is."""
    found = file.found
    return Filed(_name(file), found) if isinstance(found, Entry) and belongs(found.header, folder) else None


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
