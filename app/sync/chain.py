"""Is what is kept whole? Checks chains without opening an entry.

Made for people: every finding names the register, the place and the reason.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.domain.numbers import Number, parse_number
from app.sync.entry import GENESIS, Entry, Kind

README = "README.txt"
SWAP = ".crswap"
"""How the browser names a file whose writing was not finished."""
CHANGED = "it was changed: the entry after it names other bytes"
DOUBT = "it does not name the entry before it: one of the two was changed"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be, and where: the register as store-register."""

    register: str
    seq: int
    why: str


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What a check found; gaps are missing entries or numbers, forks two entries in one place."""

    entries: int = 0
    gaps: tuple[Finding, ...] = ()
    forks: tuple[Finding, ...] = ()
    damaged: tuple[Finding, ...] = ()
    duplicates: tuple[Finding, ...] = ()

    @property
    def ok(self) -> bool:
        return not (self.gaps or self.forks or self.damaged or self.duplicates)


def check_chain(entries: Iterable[Entry]) -> ChainReport:
    """Check the chain of every register among the entries, from its first entry to its last."""
    registers: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        registers[f"{entry.header.store}-{entry.header.register}"].append(entry)
    gaps: list[Finding] = []
    forks: list[Finding] = []
    damaged: list[Finding] = []
    duplicates: list[Finding] = []
    for register, chain in sorted(registers.items()):
        different = {entry.line: entry for entry in chain}
        places: dict[int, list[Entry]] = defaultdict(list)
        for entry in sorted(different.values(), key=lambda entry: entry.place):
            places[entry.header.seq].append(entry)
        gaps += [Finding(register, *gap) for gap in (*_gaps(places), *_number_gaps(different.values()))]
        forks += [Finding(register, seq, f"{len(at)} different entries") for seq, at in places.items() if len(at) > 1]
        damaged += [Finding(register, *damage) for damage in _damages(places)]
        duplicates += [Finding(register, *double) for double in (*_copies(chain), *_doubles(different.values()))]
    count = sum(len(chain) for chain in registers.values())
    return ChainReport(count, tuple(gaps), tuple(forks), tuple(damaged), tuple(duplicates))


def _gaps(places: Mapping[int, list[Entry]]) -> Iterator[tuple[int, str]]:
    due = 1
    for seq in places:
        if seq > due:
            missing = f"entry {due} is missing" if seq == due + 1 else f"entries {due} to {seq - 1} are missing"
            yield due, missing
        due = seq + 1


def _damages(places: Mapping[int, list[Entry]]) -> Iterator[tuple[int, str]]:
    """Whoever is named by the entry after it is whole, so it tells which of two that do not fit was changed."""
    for seq, at in places.items():
        before = places.get(seq - 1, [])
        names = {entry.digest for entry in before} if seq > 1 else {GENESIS}
        whole = {entry.header.prev for entry in places.get(seq + 1, ())}
        for entry in at:
            if names and entry.header.prev not in names:
                yield (seq - 1, CHANGED) if before and entry.digest in whole else (seq, DOUBT)
            early = before and all(entry.header.at < earlier.header.at for earlier in before)
            if early and entry.header.kind is not Kind.CLOCK:
                yield seq, "its time precedes the entry before it"


def _copies(chain: Iterable[Entry]) -> Iterator[tuple[int, str]]:
    seqs = {entry.line: entry.header.seq for entry in chain}
    for line, times in Counter(entry.line for entry in chain).items():
        if times > 1:
            yield seqs[line], f"the same entry is there {times} times"


def _doubles(entries: Iterable[Entry]) -> Iterator[tuple[int, str]]:
    ids: dict[str, int] = {}
    numbers: dict[str, int] = {}
    for entry in sorted(entries, key=lambda entry: entry.place):
        header = entry.header
        if ids.get(header.id, header.seq) != header.seq:
            yield header.seq, f"its id stands in entry {ids[header.id]} too"
        if header.number and numbers.get(header.number, header.seq) != header.seq:
            yield header.seq, f"its number {header.number} stands in entry {numbers[header.number]} too"
        ids.setdefault(header.id, header.seq)
        if header.number:
            numbers.setdefault(header.number, header.seq)


def _number_gaps(entries: Iterable[Entry]) -> Iterator[tuple[int, str]]:
    last: dict[str, int] = {}
    for entry in sorted(entries, key=lambda entry: entry.place):
        number = parse_number(entry.header.number or "")
        if number is None:
            continue
        due = last.get(number.series, 0) + 1
        if number.counter > due:
            yield entry.header.seq, _missing(number, due)
        last[number.series] = max(number.counter, due - 1)


def _missing(number: Number, due: int) -> str:
    lost = number.counter - due
    return f"{lost} number{'s' if lost > 1 else ''} of series {number.series} before {number.counter} missing"
