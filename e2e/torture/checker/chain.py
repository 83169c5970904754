"""One place by itself: each line opens, is what the place says it is, and follows the one before it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from e2e.torture.checker.copies import Copies
from e2e.torture.checker.evidence import Place
from e2e.torture.checker.sealed import Opened, open_line
from e2e.torture.checker.wrong import Wrong

NO_ENTRY_BEFORE = "0" * 64
NUMBER = re.compile(r"(?P<series>.+\d{4})-(?P<counter>\d+)")


def opened_in(place: Place, keys: Mapping[str, bytes], wrong: Wrong) -> tuple[Opened, ...]:
    """Open every line of a place; what does not open, or lies under a wrong name, is told."""
    for path in place.unreadable:
        wrong.differs(f"{place.name}: {path} is no entry")
    found = list[Opened]()
    for kept in place.entries:
        opened = open_line(kept.line, keys)
        if isinstance(opened, str):
            wrong.differs(f"{place.name}, entry {kept.seq}: {opened}")
            continue
        known = kept.seq, kept.id or opened.header["id"]
        if known != (opened.seq, opened.header["id"]) or kept.number not in {"", opened.number}:
            wrong.differs(f"{place.name}: what is kept as entry {kept.seq} is entry {opened.seq} of {opened.register}")
        found.append(opened)
    return tuple(found)


def look_at_chains(place: Place, found: Iterable[Opened], digests: Mapping[tuple[str, int], str], wrong: Wrong) -> None:
    """Follow each register's chain from its first entry to its last; `digests` are those of all places."""
    journals = defaultdict[str, list[Opened]](list)
    for entry in sorted(found, key=lambda entry: entry.seq):
        journals[entry.register].append(entry)
    for register, entries in journals.items():
        where = f"{place.name}, {register}"
        _look_at_sequence(where, entries, place.pruned, wrong)
        _look_at_links(where, entries, digests, wrong)
        _look_at_ids(where, entries, wrong)
        _look_at_numbers(where, entries, place.pruned, wrong)


def _look_at_sequence(where: str, entries: list[Opened], pruned: int, wrong: Wrong) -> None:
    last = pruned
    for entry in entries:
        if entry.seq == last:
            wrong.is_doubled(f"{where}: entry {entry.seq} is there twice")
        elif entry.seq > last + 1:
            wrong.is_a_gap(f"{where}: entries {last + 1} to {entry.seq - 1} are missing")
        last = entry.seq


def _look_at_links(where: str, entries: list[Opened], digests: Mapping[tuple[str, int], str], wrong: Wrong) -> None:
    before = {entry.seq: entry.digest for entry in entries}
    for entry in entries:
        due = before.get(entry.seq - 1) or digests.get((entry.register, entry.seq - 1))
        if entry.seq == 1:
            due = NO_ENTRY_BEFORE
        if due is not None and entry.header["prev"] != due:
            wrong.differs(f"{where}: entry {entry.seq} does not name the bytes of the one before it")


def _look_at_ids(where: str, entries: list[Opened], wrong: Wrong) -> None:
    seen = dict[str, int]()
    for entry in entries:
        other = seen.setdefault(entry.header["id"], entry.seq)
        if other != entry.seq:
            wrong.is_doubled(f"{where}: entries {other} and {entry.seq} have the same id")


def _look_at_numbers(where: str, entries: list[Opened], pruned: int, wrong: Wrong) -> None:
    last = dict[str, int]()
    for entry in entries:
        number = NUMBER.fullmatch(entry.number)
        if number is None:
            if entry.number:
                wrong.differs(f"{where}: {entry.number} is no legal number")
            continue
        series, counter = number["series"], int(number["counter"])
        due = last.get(series, counter - 1 if pruned else 0) + 1
        if counter > due:
            wrong.is_a_gap(f"{where}: numbers {series}-{due} to {counter - 1} are missing")
        last[series] = counter


def look_at_all_numbers(found: Iterable[Opened], copies: Copies, wrong: Wrong) -> None:
    """A number is borne by one entry, wherever one looks; or copies of a register gave it, and the OMS says so."""
    bearers = defaultdict[str, dict[str, Opened]](dict)
    for entry in found:
        if entry.number:
            bearers[entry.number][entry.digest] = entry
    for number, entries in sorted(bearers.items()):
        if len(entries) > 1:
            told = copies.explains(entries.values(), "number")
            (wrong.is_told if told else wrong.is_used_twice)(f"{number} is borne by {len(entries)} entries")
