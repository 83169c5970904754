"""A folder checked without a key: every chain in it, every name, and which good copy stands for which damaged file.

What it cannot know it says: nobody vouches for the last entry of a register, and nobody misses what was after it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.sync.chain import README, SWAP, Finding, check_chain
from app.sync.entry import Entry, Unreadable, file_path, parse
from app.sync.filing import good_copy, read_name

MENDED = "it is damaged; its good copy lies beside it"
SPOILT = "this copy is damaged; the file that it was made for is whole"
SAME = "it is the same entry once more"
FOREIGN = "no entry: {}"
MISPLACED = "its content and its name do not belong together: one of the two was changed"


@dataclass(frozen=True, slots=True)
class Filed:
    """A file and the entry in it."""

    name: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Span:
    """What a folder holds of one register."""

    register: str
    entries: tuple[Filed, ...]
    """In the order of the journal."""

    @property
    def last(self) -> Entry:
        return self.entries[-1].entry


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found; a fault is wrong, a note is only said."""

    spans: tuple[Span, ...]
    faults: tuple[Finding, ...]
    """Of entries, the first of each register first."""
    files: tuple[tuple[str, str], ...]
    """Files of entries that hold none, or another one than their names say, and why."""
    notes: tuple[tuple[str, str], ...]
    """Files that do no harm: no entry is lost by what is wrong with them."""

    @property
    def ok(self) -> bool:
        return not self.faults and not self.files


def check_folder(files: Iterable[tuple[str, bytes]]) -> Checked:
    """Check the files of a folder, given as path (parts with / between) and content, in any order."""
    read = [(name, _read(name, content)) for name, content in sorted(files) if _last(name) != README]
    filed = [Filed(name, found) for name, found in read if isinstance(found, Entry)]
    unread = {name: found.why for name, found in read if isinstance(found, Unreadable)}
    notes = stood_for(filed, unread)
    aside = dict(notes)
    whole = sorted((each for each in filed if each.name not in aside), key=lambda each: each.entry.place)
    report = check_chain([each.entry for each in whole])
    faults = (*report.gaps, *report.forks, *report.damaged, *report.duplicates)
    wrong = [(each.name, MISPLACED) for each in whole if not _in_its_place(each)]
    left = [(name, why) for name, why in unread.items() if name not in aside]
    wrong += [(name, why) for name, why in left if read_name(_last(name))]
    notes += tuple((name, FOREIGN.format(why)) for name, why in left if not read_name(_last(name)))
    return Checked(
        spans=_spans(whole),
        faults=tuple(sorted(faults, key=lambda fault: (fault.register, fault.seq))),
        files=tuple(sorted(wrong)),
        notes=notes,
    )


def stood_for(filed: Sequence[Filed], unread: Iterable[str] = ()) -> tuple[tuple[str, str], ...]:
    """Of a file and its good copy, the one that does not count, and why; both count where the chain names neither."""
    named = {each.entry.header.prev for each in filed}
    entries: dict[str, Entry | None] = {each.name: each.entry for each in filed} | dict.fromkeys(unread)
    found: list[tuple[str, str]] = []
    for name in entries:
        copy = "/".join(good_copy(tuple(name.split("/"))))
        if copy in entries:
            found += _lesser((name, entries[name]), (copy, entries[copy]), named)
    return tuple(sorted(found))


def _read(name: str, content: bytes) -> Entry | Unreadable:
    return Unreadable("its writing was not finished") if name.endswith(SWAP) else parse(content)


def _last(name: str) -> str:
    return name.rpartition("/")[2]


def _lesser(file: tuple[str, Entry | None], copy: tuple[str, Entry | None], named: set[str]) -> list[tuple[str, str]]:
    (name, one), (good, other) = file, copy
    if one and other:
        if one.line == other.line:
            return [(good, SAME)]
        whole = [each.digest in named for each in (one, other)]
    else:
        whole = [one is not None, other is not None]
    return {(True, False): [(good, SPOILT)], (False, True): [(name, MENDED)]}.get((whole[0], whole[1]), [])


def _in_its_place(each: Filed) -> bool:
    """Whether a file lies where its entry belongs, as far as its path is known."""
    known = tuple(each.name.split("/"))[-4:]
    due = file_path(each.entry.header)
    named = read_name(known[-1])
    return known == (good_copy(due) if named and named.good else due)[-len(known) :]


def _spans(whole: Sequence[Filed]) -> tuple[Span, ...]:
    registers: dict[str, list[Filed]] = {}
    for each in whole:
        header = each.entry.header
        registers.setdefault(f"{header.store}-{header.register}", []).append(each)
    return tuple(Span(register, tuple(entries)) for register, entries in sorted(registers.items()))
