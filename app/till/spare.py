"""The spare place: files that the folder does not take now, outside of the database that a browser may delete.

Paths and bytes are those of the folder. What lies here moves into the folder as soon as that works; where none works,
a file goes when the OMS has its entry.
"""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence

from app.sync.entry import Entry, file_path
from app.sync.filing import belongs, good_copy
from app.sync.protocol import Verdict
from app.sync.pruning import taken_in
from app.sync.status import FolderState
from app.till.filed import File, days, files_of, read_journal, registers
from app.till.patience import PatientSpare
from app.till.ports import Folder, FolderFailed, SpareFolder, Written

Path = tuple[str, ...]
NOT_MOVED = FolderFailed(FolderState.OK, "it is damaged, or none of the register in whose part it lies")


class Spare:
    def __init__(self, place: SpareFolder) -> None:
        self.place = PatientSpare(place)
        self._held: dict[str, Path] = {}
        """This register's files, by digest."""

    async def keep(self, entry: Entry) -> None:
        """Keep an entry's file; where even that fails, the database has it all the same."""
        path = file_path(entry.header)
        if isinstance(await self.place.write(path, entry.line), Written):
            self._held[entry.digest] = path

    async def settle(self, verdicts: Mapping[str, Verdict]) -> None:
        """Let go of what the OMS has by now."""
        for digest in [digest for digest in self._held if taken_in(verdicts.get(digest))]:
            if path := self._held.pop(digest, None):  # else it went into the folder meanwhile
                await self.place.remove(path)

    async def catch_up(
        self, entries: Sequence[Entry], verdicts: Mapping[str, Verdict], there: Collection[Path]
    ) -> None:
        """Keep what waits, and remember what lies here already; what the OMS has is not kept any longer."""
        for entry in entries:
            path = file_path(entry.header)
            if not taken_in(verdicts.get(entry.digest)):
                await self.keep(entry)
            elif path in there:
                await self.place.remove(path)

    async def files(self, register: str) -> frozenset[Path]:
        """The files of a register that lie here."""
        found: set[Path] = set()
        for day in _or_none(await days(self.place, register)):
            found.update(_or_none(await files_of(self.place, register, day)))
        return frozenset(found)

    async def move_into(self, folder: Folder) -> AsyncIterator[int]:
        """Move everybody's files into the folder, slice by slice; say how many of each slice were moved.

        A file goes from here when its exact bytes were read back from there. What is damaged stays.
        """
        for register in _or_none(await registers(self.place)):
            async for read in read_journal(self.place, register):
                if isinstance(read, FolderFailed):
                    break
                moved = 0
                for file in read:
                    outcome = await self._moved(file, folder, register)
                    if isinstance(outcome, FolderFailed) and not outcome.works:
                        return
                    moved += outcome is None
                yield moved

    async def _moved(self, file: File, folder: Folder, register: str) -> FolderFailed | None:
        """Move one file; None where it was."""
        if not isinstance(file.found, Entry) or not belongs(file.found.header, register):
            return NOT_MOVED
        outcome = await _copied(folder, file.path, file.content)
        if outcome is not None and outcome.works:  # something damaged lies there, and is left as it is
            outcome = await _copied(folder, good_copy(file.path), file.content)
        if outcome is not None:
            return outcome
        self._held.pop(file.found.digest, None)
        return await self.place.remove(file.path)


async def _copied(folder: Folder, path: Path, content: bytes) -> FolderFailed | None:
    """Write a file and read it back; None where its exact bytes lie there."""
    written = await folder.write(path, content)
    there = written if isinstance(written, FolderFailed) else await folder.read(path)
    return there if isinstance(there, FolderFailed) else None if there == content else NOT_MOVED


def _or_none(found: tuple[str, ...] | tuple[Path, ...] | FolderFailed) -> tuple:  # type: ignore[type-arg]
    return () if isinstance(found, FolderFailed) else found
