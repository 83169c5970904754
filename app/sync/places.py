"""A journal that is kept in two places: whether what lies in one of them is the entry that belongs there.

Whether it opens is asked of whoever has the key; an entry that opens was written by this register.
"""

from collections.abc import Collection, Mapping, Sequence

from app.sync.entry import Entry, Unreadable, parse
from app.sync.journal import Head

OTHER_BROWSER = "another browser wrote it"
NOT_BEFORE = "it does not name the entry before it"
NOT_AFTER = "the entry after it names other bytes"
NOT_OPENED = "it does not open, so it was changed"
SECOND = "another entry stands in its place"


def own(line: bytes, seq: int, whose: Head) -> Entry | Unreadable:
    """Read what lies in a place of a register's journal; what cannot be its entry is Unreadable, with the reason."""
    found = parse(line)
    if isinstance(found, Unreadable):
        return found
    header = found.header
    if (header.store, header.register) != (whose.store, whose.register):
        return Unreadable(f"it belongs to register {header.register} of store {header.store}")
    if header.key != whose.key:
        return Unreadable(OTHER_BROWSER)
    return found if header.seq == seq else Unreadable(f"it holds entry {header.seq}")


def chosen(
    candidates: Mapping[int, Sequence[tuple[str, Entry]]], rows: Mapping[int, Entry], forks: Collection[int] = ()
) -> tuple[dict[int, Entry], list[tuple[str, str]]]:
    """Choose the entry for each place, of named candidates that all open, by the rows around it that are whole.

    Where no fork is known (a place for which there are two entries), one that opens is this register's own even if it
    does not fit: it, or its neighbour, was written upon bytes that were damaged then. Its number is given all the same.
    Also returned are the candidates that are of no use, by name and reason.
    """
    found: dict[int, Entry] = {}
    useless: list[tuple[str, str]] = []
    forked = {*forks, *(seq for seq, each in candidates.items() if len({entry.line for _, entry in each}) > 1)}
    for seq in sorted(candidates):
        before, after = found.get(seq - 1) or rows.get(seq - 1), rows.get(seq + 1)
        doubtful = not forked.isdisjoint((seq - 1, seq, seq + 1))
        follow = [after] if after else [entry for _, entry in candidates.get(seq + 1, ())]
        named = {entry.header.prev for entry in follow}
        for name, entry in sorted(candidates[seq], key=lambda each: (each[1].digest not in named, each[0])):
            wrong = misfit(entry, before, after) if doubtful else ""
            why = wrong or (SECOND if seq in found and found[seq].line != entry.line else "")
            if why:
                useless.append((name, why))
            else:
                found[seq] = entry
    return found, useless


def misfit(entry: Entry, before: Entry | None, after: Entry | None) -> str:
    """Say why an entry does not stand between two that are whole; what is not known speaks against nothing."""
    if before is not None and entry.header.prev != before.digest:
        return NOT_BEFORE
    return NOT_AFTER if after is not None and after.header.prev != entry.digest else ""
