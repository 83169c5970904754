"""Checks a folder: without a database its chains, with the OMS's also what is sealed, and what one of the two lacks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.sync.bodies import BODIES
from app.sync.checkpoint import spans
from app.sync.entry import Entry, Unreadable, split
from app.sync.filing import read_name
from app.sync.folder import Checked, Span, check_folder
from server.oms.known import held_of
from server.oms.oms import Oms
from server.oms.secrets import NotOpened, unseal
from server.oms.tables import Register, Reject


@dataclass(frozen=True, slots=True)
class Found:
    """What a folder holds, and what is wrong with it."""

    entries: int
    faults: tuple[str, ...]
    """The first is the one to begin with."""
    notes: tuple[str, ...]
    opened: bool
    """Whether an OMS's keys and books were there to compare with."""
    absent: tuple[str, ...] = ()
    """Registers that the OMS has entries of, and the folder nothing at all."""

    @property
    def good(self) -> bool:
        return not self.faults

    def text(self) -> str:
        """Write the report: notes, each fault in a line, the result last."""
        seen = "chain and contents" if self.opened else "the chain"
        wrong = f"{len(self.faults)} fault{'s' if len(self.faults) > 1 else ''}, the first: {(*self.faults, '')[0]}"
        rest = f"; nothing is here of {', '.join(self.absent)}" if self.absent else ""
        last = f"{self.entries} entries: {wrong if self.faults else f'{seen} whole'}{rest}"
        return "".join(f"{line}\n" for line in (*self.notes, *self.faults, last))


@dataclass(frozen=True, slots=True)
class _Fault:
    """What is wrong, and where: the first place is the one to begin with."""

    register: str
    seq: int
    text: str


def verify_folder(folder: Path, oms: Oms | None = None) -> Found:
    """Check everything that lies in the journals of a folder, which may be one register's, too."""
    checked, absent = check_folder(_files(folder)), dict[str, str]()
    faults = _chain(checked)
    notes = [f"{span.register}: {_extent(span)}" for span in checked.spans]
    notes += [f"{name}: {why}" for name, why in checked.notes]
    if oms is None:
        notes += [_unknown(span) for span in checked.spans]
    else:
        with oms.database.read() as session:
            for span in checked.spans:
                more, said = _compared(session, span)
                faults += [*_bodies(session, oms, span), *more]
                notes += said
            absent = _absent(session, folder, checked.spans)
            notes += absent.values()
    entries = sum(len(span.entries) for span in checked.spans)
    faults.sort(key=lambda each: (each.register, each.seq))
    return Found(entries, tuple(each.text for each in faults), tuple(notes), oms is not None, tuple(absent))


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in folder.rglob("journal/**/*"):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def _chain(checked: Checked) -> list[_Fault]:
    """What is wrong with files, and then with what they hold, each with its file."""
    names = {(span.register, each.entry.header.seq): each.name for span in checked.spans for each in span.entries}
    found = [_at(*place(name, checked.spans), f"{why} ({name})") for name, why in checked.files]
    for fault in checked.faults:
        name = names.get((fault.register, fault.seq))
        found.append(_at(fault.register, fault.seq, f"{fault.why} ({name})" if name else fault.why))
    return found


def place(name: str, spans: Sequence[Span]) -> tuple[str, int]:
    """The register and the place in its journal that the name of a file speaks of."""
    named, register = read_name(name.rpartition("/")[2]), name.partition("/")[0]
    if register == "journal" and spans:  # one register's part, without its folder
        register = spans[0].register
    return register, named.seq if named else 0


def _at(register: str, seq: int, why: str) -> _Fault:
    return _Fault(register, seq, f"{register}, entry {seq}: {why}")


def _extent(span: Span) -> str:
    first, last = span.entries[0].entry.header, span.last.header
    return f"entries {first.seq} ({first.at.date()}) to {last.seq} ({last.at.date()})"


def _unknown(span: Span) -> str:
    return (
        f"{span.register}: nobody vouches for the last entry, {span.last.header.seq}: a change inside it, or entries "
        "taken away after it, only the OMS can show"
    )


def _bodies(session: Session, oms: Oms, span: Span) -> Iterator[_Fault]:
    """Open every body with its register's key."""
    keys: dict[str, bytes | NotOpened] = {}
    for each in span.entries:
        header = each.entry.header
        if header.key not in keys:
            keys[header.key] = _key(session, oms, header.register, header.key)
        fault = _body_fault(each.entry, keys[header.key])
        if fault:
            yield _at(span.register, header.seq, f"{fault} ({each.name})")


def _key(session: Session, oms: Oms, register: str, key_id: str) -> bytes | NotOpened:
    row = session.get(Register, register)
    if row is None or row.key_id != key_id:
        return NotOpened("its key is not known to this OMS")
    return oms.keys.unwrap(row.wrapped_key)


def _body_fault(entry: Entry, key: bytes | NotOpened) -> str:
    parts = split(entry.line)
    if isinstance(parts, Unreadable):
        return parts.why
    clear = unseal(parts, key) if isinstance(key, bytes) else key
    if isinstance(clear, NotOpened):
        return clear.why
    shape = BODIES.get(entry.header.kind)
    try:
        if shape is not None:
            shape.validate_json(clear)
    except ValidationError as error:
        return f"its content is not one this release knows: {error.errors()[0]['msg']}"
    return ""


def _compared(session: Session, span: Span) -> tuple[list[_Fault], list[str]]:
    """What the OMS holds of a register and the folder does not, which is a fault, and the other way round."""
    register = span.last.header.register
    held = held_of(session, register)
    here = {each.entry.header.seq: each.entry.digest for each in span.entries}
    waiting = [seq for seq, digest in here.items() if seq not in held and session.get(Reject, digest) is None]
    missing = sorted(held.keys() - here.keys())
    faults = [
        _at(span.register, seq, "the OMS holds it with other bytes")
        for seq, digest in here.items()
        if digest not in held.get(seq, {digest})
    ]
    if missing:
        lacks = f"{span.register}: the OMS holds {ranges(missing)}, and the folder lacks it"
        faults.append(_Fault(span.register, missing[0], lacks))
    notes = [f"{span.register}: the OMS holds {len(here.keys() & held.keys())} of its {len(here)} entries"]
    if waiting:
        notes.append(f"{span.register}: the OMS lacks {ranges(waiting)}")
    return faults, notes


def _absent(session: Session, folder: Path, spans: Sequence[Span]) -> dict[str, str]:
    """Registers of which the OMS holds entries and the folder none: no fault, for each till may have its own folder."""
    if (folder / "journal").is_dir():
        return {}  # one register's part was asked for
    absent = {}
    for register in session.scalars(select(Register).order_by(Register.id)):
        name, held = f"{register.store}-{register.id}", held_of(session, register.id)
        if held and all(span.register != name for span in spans):
            seqs = ranges(sorted(held))
            absent[name] = f"{name}: the OMS holds {seqs}; right only if it keeps them in another folder"
    return absent


def ranges(seqs: Sequence[int]) -> str:
    """Name places of a journal in few words: entries 4 to 6, 9."""
    said = ", ".join(str(first) if first == last else f"{first} to {last}" for first, last in spans(seqs))
    return f"entr{'y' if len(seqs) == 1 else 'ies'} {said}"
