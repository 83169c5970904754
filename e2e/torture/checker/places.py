"""All places side by side: what one has, every other one has, to the byte."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from e2e.torture.checker.evidence import Place
from e2e.torture.checker.sealed import Opened
from e2e.torture.checker.wrong import Wrong

At = tuple[str, int]
"""Register and sequence."""


def digests_of(found: Mapping[str, Sequence[Opened]], wrong: Wrong) -> dict[At, str]:
    """Return the one digest of each entry; where two places differ, that is told."""
    seen = defaultdict[At, dict[str, str]](dict)
    for place, entries in found.items():
        for entry in entries:
            seen[entry.register, entry.seq].setdefault(entry.digest, place)
    for (register, seq), digests in sorted(seen.items()):
        if len(digests) > 1:
            wrong.differs(f"{register}, entry {seq} is not the same in {' and '.join(digests.values())}")
    return {at: next(iter(digests)) for at, digests in seen.items()}


def answers_for(place: Place, register: str) -> bool:
    """Whether a place has to have what a register ("DS01-R1", or "R1" alone) recorded."""
    return not place.register or not register or register.rpartition("-")[2] == place.register.rpartition("-")[2]


def look_for_missing(places: Sequence[Place], found: Mapping[str, Sequence[Opened]], wrong: Wrong) -> None:
    """Every entry that is anywhere is in every place that has to have it."""
    everywhere = {(entry.register, entry.seq): entry for entries in found.values() for entry in entries}
    for place in places:
        have = {(entry.register, entry.seq) for entry in found[place.name]}
        for (register, seq), entry in sorted(everywhere.items(), key=lambda item: item[0]):
            if answers_for(place, register) and seq > place.pruned and (register, seq) not in have:
                wrong.is_lost(
                    f"{place.name} lacks {register}, entry {seq} ({entry.header['kind']} {entry.number})".rstrip()
                )
