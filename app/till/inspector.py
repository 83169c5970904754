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


@dataclass(slots=True)
class Inspected:
    """What came of it: sentences for people, and whether rows are other than they were."""

    said: list[str] = field(default_factory=list)
    mended: bool = False


@dataclass(frozen=True, slots=True)
class Copy:
    """What lies in one of the two places, and the entry in it, where that belongs there and opens."""

    line: bytes
    entry: Entry | None
    path: Path
    foreign: bool = False
    """Sealed with the key of another browser, so nobody here can say."""


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
        files = await self._copies(await self._named(seq, whose), seq, whose, around)
        whole = [file.entry for file in files if file.entry is not None]
        if not self._mirror.works or any(file.line == line for file in files):
            return
        if whole:  # also where the row names another key: one changed letter of the name is enough for that
            await self._mend_row(whole[0], line, found)
        elif files and not row.foreign:
            found.said.append(words.NEITHER.format(seq=seq))

    async def _mend_file(self, entry: Entry, files: list[Copy], found: Inspected) -> None:
        """The row is whole: its file is written, or a good copy beside one that is damaged."""
        path = file_path(entry.header)
        main = next((file for file in files if file.path == path), None)
        if not self._mirror.works or any(file.line == entry.line for file in files):
            return
        if main is None or not main.line:
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

    async def _copies(self, paths: Iterable[Path], seq: int, whose: Head, around: Mapping[int, Entry]) -> list[Copy]:
        read = [(path, await self._mirror.read(path)) for path in paths]
        return [await self._copy(line, seq, whose, around, path) for path, line in read if line is not None]

    async def _copy(
        self, line: bytes, seq: int, whose: Head, around: Mapping[int, Entry] = NOTHING, path: Path = ()
    ) -> Copy:
        entry = await self._restorer.whole(line, seq, whose)
        if isinstance(entry, Unreadable):
            return Copy(line, None, path, foreign=entry.why == OTHER_BROWSER)
        return Copy(line, None if misfit(entry, around.get(seq - 1), around.get(seq + 1)) else entry, path)

    async def _named(self, seq: int, whose: Head) -> list[Path]:
        """The files of a place, found by name; only a row that cannot be read is looked for in that way."""
        async for day in newest_first(self._mirror.folder, folder_of(whose.store, whose.register)):
            if isinstance(day, FolderFailed):
                break
            names = [name for name in sorted(day.names) if (named := read_name(name)) and named.seq == seq]
            if names:
                return [(*day.path, name) for name in names]
        return []
