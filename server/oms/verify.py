"""Checks a register's folder: every chain over exact bytes, and with the OMS's keys every body."""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError
from sqlalchemy.orm import Session

from app.sync.bodies import BODIES
from app.sync.entry import GENESIS, Entry, Unreadable, parse, split
from server.oms.oms import Oms
from server.oms.secrets import NotOpened, unseal
from server.oms.tables import EntryRow, Register


@dataclass(frozen=True, slots=True)
class Found:
    """What a folder holds."""

    entries: int
    in_oms: int
    faults: tuple[str, ...]

    @property
    def good(self) -> bool:
        return not self.faults

    def text(self) -> str:
        """Write the report: each fault in a line, the count last."""
        verdict = "the chain is whole" if self.good else f"{len(self.faults)} faults"
        last = f"{self.entries} entries, {self.in_oms} of them in the OMS: {verdict}"
        return "".join(f"{line}\n" for line in (*self.faults, last))


def verify_folder(oms: Oms, folder: Path) -> Found:
    """Read every entry of a folder and check chain and bodies."""
    faults: list[str] = []
    journals: defaultdict[str, list[Entry]] = defaultdict(list)
    for path in sorted(folder.rglob("journal/*/*.json")):
        entry = parse(path.read_bytes())
        if isinstance(entry, Unreadable):
            faults.append(f"{path.relative_to(folder)}: {entry.why}")
        else:
            journals[f"{entry.header.store}-{entry.header.register}"].append(entry)
    entries = [entry for journal in journals.values() for entry in journal]
    with oms.database.read() as session:
        for name, journal in journals.items():
            faults += [f"{name}: {fault}" for fault in _chain(sorted(journal, key=lambda entry: entry.header.seq))]
            faults += [f"{name}: {fault}" for fault in _bodies(session, oms, journal)]
        in_oms = sum(1 for entry in entries if session.get(EntryRow, entry.digest) is not None)
    return Found(entries=len(entries), in_oms=in_oms, faults=tuple(faults))


def _chain(journal: list[Entry]) -> list[str]:
    faults: list[str] = []
    seq, digest = 0, GENESIS
    for entry in journal:
        header = entry.header
        if header.seq != seq + 1:
            faults.append(f"after entry {seq} comes {header.seq}")
        elif header.prev != digest:
            faults.append(f"entry {header.seq} does not follow entry {seq}: one of them was changed")
        seq, digest = header.seq, entry.digest
    return faults


def _bodies(session: Session, oms: Oms, journal: list[Entry]) -> list[str]:
    faults: list[str] = []
    keys: dict[str, bytes | NotOpened] = {}
    for entry in journal:
        header = entry.header
        if header.key not in keys:
            keys[header.key] = _key(session, oms, header.register, header.key)
        fault = _body_fault(entry, keys[header.key])
        if fault:
            faults.append(f"entry {header.seq}: {fault}")
    return faults


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
