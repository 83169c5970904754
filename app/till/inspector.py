"""Compares what a row of IndexedDB and a file of the folder hold, and mends the one by the other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from app.sync import folder_words as words
from app.sync.entry import Entry, Unreadable, file_path, parse
from app.sync.filing import folder_of, good_copy, read_name
from app.sync.journal import Head
from app.sync.places import OTHER_BROWSER, misfit, own
from app.till.filed import newest_first
from app.till.mirror import Mirror
from app.till.ports import Appended, FolderFailed, Ports
from app.till.restorer import Path, Restorer, why_not

NOTHING: Mapping[int, Entry] = MappingProxyType({})
END = 20
"""Entries at the end of the journal that are looked at before anything is sold."""
TAIL = 40
"""Bytes at the end of a line, of its seal, that no other line has."""


@dataclass(slots=True)
class Inspected:
    """What came of it: sentences for people, and whether rows are other than they were."""

    said: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What was told before, by a start that may have ended before anybody read it."""
    mended: bool = False


@dataclass(frozen=True, slots=True)
class Copy:
    """What lies in one of the two places, and the entry in it, where that belongs there and opens."""

    line: bytes
    entry: Entry | None
    path: Path
    foreign: bool = False
    """Sealed with the key of another browser, so nobody here can say."""
    why: str = ""
    """Why it does not stand between its neighbours; after a damage that was sold upon, a true entry does not."""


class Inspector:
    def __init__(self, ports: Ports, mirror: Mirror, restorer: Restorer) -> None:
        self._journal = ports.journal
        self._mirror = mirror
        self._restorer = restorer

    async def end(self, last: int, whose: Head, found: Inspected) -> None:
        """Look at the last rows, and at their files only where something is wrong with them."""
        rows = await self._rows(max(last - END + 1, 1), last)
        entries = {seq: entry for seq, line in rows.items() if isinstance(entry := own(line, seq, whose), Entry)}
        opens = last in rows and (await self._copy(rows[last], last, whose)).entry is not None
        wrong = {seq for seq in rows if seq not in entries} | (set() if opens else {last})
        for seq, entry in entries.items():
            if seq - 1 in entries and misfit(entry, entries[seq - 1], None):
                wrong |= {seq - 1, seq}
        for seq in sorted(wrong & rows.keys()):
            await self._look(seq, rows[seq], whose, found)

    async def stretch(self, first: int, last: int, whose: Head, found: Inspected) -> None:
        """Compare what lies in both places in a stretch; ends where the folder goes away."""
        for seq, line in (await self._rows(first, last)).items():
            if self._mirror.works:
                await self._look(seq, line, whose, found)

    async def _rows(self, first: int, last: int) -> dict[int, bytes]:
        """The lines of a stretch by their places; a damaged line does not say where it lies."""
        lines = await self._journal.read((first, last))
        entries = [parse(line) for line in lines]
        seqs = [entry.header.seq for entry in entries if isinstance(entry, Entry)]
        if seqs == list(range(first, last + 1)):
            return dict(zip(seqs, lines, strict=True))
        single = {seq: await self._journal.read((seq, seq)) for seq in range(first, last + 1)}
        return {seq: lines[0] for seq, lines in single.items() if lines}

    async def _look(self, seq: int, line: bytes, whose: Head, found: Inspected) -> None:
        row = parse(line)
        path = file_path(row.header) if isinstance(row, Entry) else None
        if path is None or await self._mirror.read(path) != line:
            await self._judge(seq, line, path, whose, found)

    async def _judge(self, seq: int, line: bytes, path: Path | None, whose: Head, found: Inspected) -> None:
        """The two differ: find out which is whole, and mend the other."""
        around = await self._restorer.rows({seq - 1, seq + 1}, whose)
        row = await self._copy(line, seq, whose, around)
        if row.entry is not None and path is not None:
            files = await self._copies((path, good_copy(path)), seq, whose, around)
            await self._mend_file(row.entry, files, found)
            if not files:
                others = await self._named(seq, whose)
                found.said += [words.ANOTHER.format(name=name) for *_, name in others if name != path[-1]]
            return
        paths = await self._named(seq, whose)
        files = await self._copies(paths, seq, whose, around)
        if not self._mirror.works:
            return
        spare = await self._copies(paths, seq, whose, around, spare=True)
        if entry := _meant((*files, *spare), line):  # also where the row names another key: one letter is enough for it
            await self._mend_row(entry, line, found)
        elif files and not row.foreign and all(file.line != line for file in files):
            found.said.append(words.NEITHER.format(seq=seq))

    async def _mend_file(self, entry: Entry, files: list[Copy], found: Inspected) -> None:
        """The row is whole: its file is written, or a good copy beside one that is damaged."""
        path = file_path(entry.header)
        main = next((file for file in files if file.path == path), None)
        if not self._mirror.works:
            return
        if any(file.line == entry.line for file in files):
            if main is not None and main.line and main.entry is None:
                found.notes.append(words.FILE_DAMAGED.format(name=path[-1]))
        elif main is None or not main.line:
            await self._mirror.write(entry)
        elif main.entry is not None:
            found.said.append(words.ANOTHER.format(name=path[-1]))
        else:
            copied = await self._mirror.put(good_copy(path), entry.line)
            said = words.FILE_DAMAGED if copied else words.FILE_ALONE
            found.said.append(said.format(name=path[-1]))

    async def _mend_row(self, entry: Entry, damaged: bytes, found: Inspected) -> None:
        outcome = await self._restorer.replace(entry, damaged)
        if isinstance(outcome, Appended):
            found.mended = True
            found.said.append(words.MENDED.format(seq=entry.header.seq))
        else:
            found.said.append(words.STOPPED.format(why=why_not(outcome)))

    async def _copies(
        self, paths: Iterable[Path], seq: int, whose: Head, around: Mapping[int, Entry], *, spare: bool = False
    ) -> list[Copy]:
        """What lies under some names, in the folder or in the spare place."""
        read = self._mirror.spare.place.read if spare else self._mirror.read
        found = [(path, await read(path)) for path in paths]
        return [await self._copy(line, seq, whose, around, path) for path, line in found if isinstance(line, bytes)]

    async def _copy(
        self, line: bytes, seq: int, whose: Head, around: Mapping[int, Entry] = NOTHING, path: Path = ()
    ) -> Copy:
        entry = await self._restorer.whole(line, seq, whose)
        if isinstance(entry, Unreadable):
            return Copy(line, None, path, foreign=entry.why == OTHER_BROWSER)
        return Copy(line, entry, path, why=misfit(entry, around.get(seq - 1), around.get(seq + 1)))

    async def _named(self, seq: int, whose: Head) -> list[Path]:
        """The files of a place, found by name; only a row that cannot be read is looked for in that way."""
        async for day in newest_first(self._mirror.folder, folder_of(whose.store, whose.register)):
            if isinstance(day, FolderFailed):
                break
            names = [name for name in sorted(day.names) if (named := read_name(name)) and named.seq == seq]
            if names:
                return [(*day.path, name) for name in names]
        return []


def _meant(files: Iterable[Copy], damaged: bytes) -> Entry | None:
    """The entry that a damaged row was: one that fits, or one whose id or end can still be read in the row."""
    whole = [(file.why, file.entry) for file in files if file.entry is not None]
    fits = [entry for why, entry in whole if not why]
    same = [entry for _, entry in whole if entry.header.id.encode() in damaged or damaged.endswith(entry.line[-TAIL:])]
    return next(iter((*fits, *same)), None)
