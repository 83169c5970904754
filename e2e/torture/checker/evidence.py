"""What the checker is given and what it gives back: sales that were shown as saved, and each place that keeps them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from e2e.torture.plan import Measure, Tally

NO_ENTRY = ("README.txt",)
SWAP = ".crswap"
"""What Chromium leaves beside a file when it is killed while it writes it; the file itself was written later."""
SWAPPED = re.compile(rf"(\.\d+)?{re.escape(SWAP)}$")
"""A second one beside the same file has a number."""


@dataclass(frozen=True)
class Acknowledged:
    """A sale that somebody was told is saved, as it stood before their eyes."""

    number: str
    total: int | None
    """Minor units; None where only the number was said."""
    paid: tuple[tuple[str, int], ...] | None
    """Each payment: the tender's name and what it brought, minor units; None where nobody saw it."""
    mark: str = ""
    """A word that stands in this sale alone, in its notes or in the reference of a payment."""
    register: str = ""
    """Such as "R1", or "R1/b" for a copy; another one's place need not have it. Empty: every place has to."""


@dataclass(frozen=True)
class Kept:
    """One entry as a place keeps it: its exact bytes, and what the place says of it beside them."""

    line: bytes
    seq: int
    id: str
    number: str = ""
    """Empty where the place does not say it."""


@dataclass(frozen=True)
class Place:
    """Where a register's entries lie beside the OMS: its browser's database, or its folder."""

    name: str
    """Such as "IndexedDB" or "folder"."""
    entries: tuple[Kept, ...]
    register: str = ""
    """The register that it is of, or a copy of one ("R1/b"); empty for a folder that several share."""
    pruned: int = 0
    """Entries up to this one were forgotten on purpose: they are in the OMS and in the folder."""
    unreadable: tuple[str, ...] = ()
    """Files that are no entry, and have no place there."""


@dataclass(frozen=True)
class Evidence:
    """Everything after a round, once the server is up and nothing waits any more."""

    database: str
    """The OMS's, as SQLAlchemy's address: `sqlite:///…/store-os.db`."""
    secrets: Path
    """The OMS's secrets file: its private key opens what registers have sealed."""
    acknowledged: tuple[Acknowledged, ...]
    places: tuple[Place, ...] = ()
    attempted: frozenset[str] = frozenset()
    """Marks of every sale that was tried, shown as saved or not: each stands in one sale at most."""
    taken: Mapping[str, int] = field(default_factory=dict)
    """Money that was shown as taken, by its reference, minor units: each is in exactly one sale."""
    stock: Mapping[str, int] | None = None
    """The OMS's counts before the round, by variant, in thousandths (`stock_of`); None leaves stock out."""
    attention: frozenset[str] = frozenset()
    """What the OMS may want a person to look at after this round, by its kind; anything else is a fault."""
    open_when_copied: frozenset[str] = frozenset()
    """Marks and references of sales that were open when their register was copied: each copy may finish them."""


@dataclass(frozen=True)
class Findings:
    """What is wrong, one sentence each, and how much was looked at."""

    lost: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    numbers_twice: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    differing: tuple[str, ...] = ()
    measures: dict[str, Measure] = field(default_factory=dict)

    def tally(self, name: str, *, faults: int, acknowledged: int, **measures: Measure) -> Tally:
        """Return the tally of a round; its notes say each thing that is wrong."""
        wrong = {kind: getattr(self, kind) for kind in ("lost", "doubled", "numbers_twice", "gaps", "differing")}
        return Tally(
            name,
            faults,
            acknowledged,
            **{kind: len(found) for kind, found in wrong.items()},
            measures={**self.measures, **measures},
            left_out=(),
            notes=tuple(f"{kind.replace('_', ' ')}: {sentence}" for kind, found in wrong.items() for sentence in found),
        )


def folder_at(root: Path, register: str = "") -> Place:
    """Read a folder on this disk."""
    files = (
        (path.relative_to(root).as_posix(), path.read_bytes()) for path in sorted(root.rglob("*")) if path.is_file()
    )
    return folder_of(files, register)


def folder_of(files: Iterable[tuple[str, bytes]], register: str = "") -> Place:
    """Read a folder given as paths and contents: `DS01-R1/journal/2026-11-21/000123-sale-<id>.json`."""
    found = list(files)
    names = {path for path, _ in found}
    kept, unreadable = list[Kept](), list[str]()
    for path, content in found:
        name = path.rpartition("/")[2]
        seq, _, rest = name.partition("-")
        if name in NO_ENTRY or (name.endswith(SWAP) and SWAPPED.sub("", path) in names):
            continue
        if not seq.isdigit() or not name.endswith(".json"):
            unreadable.append(path)
            continue
        kept.append(Kept(content.rstrip(b"\n"), int(seq), rest.removesuffix(".json").partition("-")[2]))
    return Place("folder", tuple(kept), register, unreadable=tuple(unreadable))
