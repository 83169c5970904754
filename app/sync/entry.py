"""A journal entry: a clear header, a sealed body, and the hash of the entry before it.

One line of JSON. The same bytes go to IndexedDB, to the folder and to the OMS, so the chain can be
checked without opening anything. The header's exact bytes are authenticated by the seal (AES-GCM).
"""

import json
import re
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import Annotated

from pydantic import AwareDatetime, Field, ValidationError

from app.domain.money import Value

VERSION = 1
GENESIS = "0" * 64
"""What the first entry of a register names as the one before it."""
LARGEST = 1_000_000
"""Bytes of a line that is written at most, some 1,500 lines of a sale: every proxy in between lets as much pass."""
_PREFIX = b'{"header":'
_IV = b',"iv":"'
_SEALED = b'","sealed":"'
_SUFFIX = b'"}'
_BASE64 = re.compile(rb"[A-Za-z0-9+/]*(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=|[A-Za-z0-9+/][AQgw]==)")
"""As we write it: bits that mean nothing are zero, so that no two texts mean the same bytes."""
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}$")]
"""A name that is safe as part of a file's name on every system."""


class Kind(StrEnum):
    SALE = "sale"
    CREDIT_NOTE = "credit_note"
    VOID = "void"
    AMENDED = "amended"
    PAYMENT_INTENT = "payment_intent"
    CASH = "cash"
    SHIFT = "shift"
    SESSION_OPENED = "session_opened"
    SESSION_CLOSED = "session_closed"
    CUSTOMER_CHANGED = "customer_changed"
    REPRINT = "reprint"
    DRAWER = "drawer"
    CLOCK = "clock"
    TRAINING = "training"
    SETTINGS = "settings"


class Header(Value):
    """What may be read without the key; nothing about people or money stands here."""

    v: int = Field(ge=1)
    store: Code
    register: Code
    seq: int = Field(ge=1, lt=2**53)
    """Below the bound a browser's numbers are exact."""
    kind: Kind
    id: Code
    at: AwareDatetime
    prev: str = Field(pattern="^[0-9a-f]{64}$")
    key: Code
    """Id of the data key that seals the body."""
    number: str | None = None
    """The legal number, where the entry has one: unique on the register."""


class _Version(Value):
    v: int = Field(ge=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it lies on disk: its header, and the exact bytes of its line (no newline)."""

    header: Header
    line: bytes
    digest: str = field(init=False, compare=False, repr=False)
    """SHA-256 of the exact bytes, in hex: the next entry's `prev`, and what the OMS compares."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "digest", sha256(self.line).hexdigest())  # once: it is asked for again and again

    @property
    def place(self) -> tuple[str, str, int]:
        """Where it stands: store, register, sequence; sorted by it, entries lie register by register in their order."""
        return self.header.store, self.header.register, self.header.seq


@dataclass(frozen=True, slots=True)
class Sealed:
    """A body under AES-GCM: initialisation vector and ciphertext with tag, base64, and what it binds."""

    iv: str
    sealed: str
    bound: bytes
    """The header's exact bytes (additional authenticated data)."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Bytes that are no entry of ours, and why."""

    why: str


def header_bytes(header: Header) -> bytes:
    """Write a header; these bytes are sealed together with the body."""
    return json.dumps(header.model_dump(mode="json"), separators=(",", ":"), ensure_ascii=True).encode()


def assemble(header: Header, iv: str, sealed: str) -> Entry:
    """Put header and sealed body (both base64) together into the line that is kept."""
    line = _PREFIX + header_bytes(header) + _IV + iv.encode() + _SEALED + sealed.encode() + _SUFFIX
    return Entry(header=header, line=line)


def parse(line: bytes) -> Entry | Unreadable:
    """Read a line back; anything but an entry of a version we know is Unreadable, never an exception."""
    line = line.rstrip(b"\r\n")
    parts = split(line)
    return parts if isinstance(parts, Unreadable) else entry_of(line, parts)


def entry_of(line: bytes, parts: Sealed) -> Entry | Unreadable:
    """Read the header of a line that was cut already."""
    try:
        header = Header.model_validate_json(parts.bound)
    except ValidationError as error:
        return _newer(parts.bound) or Unreadable(f"the header is not one of ours: {error.errors()[0]['msg']}")
    return Entry(header=header, line=line) if header.v == VERSION else _unknown(header.v)


def _newer(header: bytes) -> Unreadable | None:
    """A newer version may have fields that this one does not know: say that, and not that it is damaged."""
    try:
        version = _Version.model_validate_json(header, extra="ignore").v
    except ValidationError:
        return None
    return _unknown(version) if version > VERSION else None


def _unknown(version: int) -> Unreadable:
    return Unreadable(f"written by a newer version ({version}) of Store OS")


def split(line: bytes) -> Sealed | Unreadable:
    """Cut a line into the parts that unsealing needs."""
    at_iv = line.rfind(_IV)
    at_sealed = line.rfind(_SEALED)
    if not line.startswith(_PREFIX) or not line.endswith(_SUFFIX) or not len(_PREFIX) < at_iv < at_sealed:
        return Unreadable("the line is cut or damaged")
    iv = line[at_iv + len(_IV) : at_sealed]
    sealed = line[at_sealed + len(_SEALED) : -len(_SUFFIX)]
    if not _is_base64(iv) or not _is_base64(sealed):
        return Unreadable("the sealed part is cut or damaged")
    return Sealed(iv=iv.decode(), sealed=sealed.decode(), bound=line[len(_PREFIX) : at_iv])


def _is_base64(text: bytes) -> bool:
    return len(text) % 4 == 0 and _BASE64.fullmatch(text) is not None


def file_path(header: Header) -> tuple[str, ...]:
    """Where an entry lies in the folder: DS01-R1/journal/2026-11-21/000123-sale-<id>.json."""
    return (
        f"{header.store}-{header.register}",
        "journal",
        header.at.date().isoformat(),
        f"{header.seq:06d}-{header.kind}-{header.id}.json",
    )
