"""Registers that were copied on purpose: each copy's journal by itself, and what the OMS has to have told of them.

A place of a copy names it behind the register: "R1/a", "R1/b". What the copies share was made before they parted.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from e2e.torture.checker.evidence import Place
from e2e.torture.checker.oms import Oms
from e2e.torture.checker.sealed import Opened
from e2e.torture.checker.wrong import Wrong

CONFLICT = "conflict"
"""The second end of a sale that was open when its register was copied: kept by the OMS, for a person to decide."""
Found = Mapping[str, Sequence[Opened]]


@dataclass(frozen=True)
class Copies:
    """Which registers there are several times, and what the OMS says of their entries; mostly there are none."""

    names: Mapping[str, frozenset[str]]
    """The copies of a register, such as "R1": {"a", "b"}."""
    told: Mapping[str, frozenset[str]]
    """The digests that the OMS has put on its list for a person, by what it says of them."""
    copies_told: Mapping[str, int]
    """How many copies of a register the OMS has told people of."""

    @classmethod
    def of(cls, places: Iterable[Place], oms: Oms) -> "Copies":
        """Read which places are of copies, and the OMS's list of what a person has to look at."""
        names, told = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
        copies = defaultdict[str, int](int)
        for place in places:
            register, _, copy = place.register.partition("/")
            if copy:
                names[register].add(copy)
        for row in oms.rows("exceptions"):
            told[row["kind"]].add(row["digest"])
            copies[row["register"]] += row["kind"] == "copied"
        return cls(_frozen(names), _frozen(told), copies)

    def are_of(self, entry: Opened) -> frozenset[str]:
        """The copies of an entry's register."""
        return self.names.get(str(entry.header["register"]), frozenset())

    def explains(self, entries: Iterable[Opened], *kinds: str) -> bool:
        """Whether all of these are a copied register's, and the OMS has told of each but the first to come."""
        digests = {entry.digest for entry in entries if self.are_of(entry)}
        told = {digest for kind in (*kinds, CONFLICT) for digest in self.told.get(kind, ())}
        return len(digests) == len({entry.digest for entry in entries}) and len(digests - told) <= 1

    def apart(self, places: Sequence[Place], found: Found) -> dict[str, tuple[Opened, ...]]:
        """What each place has, with the copy that an entry is of; one of several copies is there for each of them.

        What no copy's own place has is asked of every copy: then each lacks it.
        """
        of_place = {place.name: place.register.partition("/")[2] for place in places}
        have = defaultdict[str, set[str]](set)
        for name, entries in found.items():
            have[of_place[name]] |= {entry.digest for entry in entries if of_place[name]}
        return {
            name: tuple(
                replace(entry, copy=copy) if copy else entry
                for entry in entries
                for copy in ([of_place[name]] if of_place[name] else self._whose(entry, have))
            )
            for name, entries in found.items()
        }

    def _whose(self, entry: Opened, have: Mapping[str, set[str]]) -> list[str]:
        copies = sorted(self.are_of(entry))
        return [copy for copy in copies if entry.digest in have[copy]] or copies or [""]

    def look(self, entries: Iterable[Opened], wrong: Wrong) -> None:
        """Each copy but one was told of, and so was each second entry of a place in the journal."""
        places = defaultdict[tuple[str, int], list[Opened]](list)
        for entry in entries:
            places[entry.register, entry.seq].append(entry)
        for (register, seq), several in places.items():
            if len(several) > 1 and not self.explains(several, "used_twice"):
                wrong.is_doubled(f"OMS, {register}: entry {seq} is there {len(several)} times, and nobody was told")
        for register, copies in self.names.items():
            told = self.copies_told.get(register, 0)
            if told != len(copies) - 1:
                wrong.differs(f"OMS: {register} was copied {len(copies) - 1} times, and people were told {told} times")


def _frozen(sets: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {key: frozenset(values) for key, values in sets.items()}
