"""Builders for journals: entries with a made-up seal, chained as the till chains them."""

from base64 import b64encode
from datetime import date, datetime, timedelta

from app.sync.entry import Entry, Kind, assemble
from app.sync.journal import Head, advanced, next_header, next_number
from app.sync.protocol import Verdict, VerdictKind
from tests.conftest import NOW, TODAY

IV = b64encode(bytes(12)).decode()
PREFIX = "DS01A"


def head(**fields: object) -> Head:
    """The journal of R1 in DS01, without an entry unless told."""
    return Head(**({"store": "DS01", "register": "R1", "key": "k1"} | fields))  # type: ignore[arg-type]


def numbered(at: Head, day: date = TODAY) -> str:
    number = next_number(at, PREFIX, day)
    assert isinstance(number, str), number
    return number


def entry(after: Head, kind: Kind = Kind.SALE, at: datetime = NOW, body: str = "body", **fields: str) -> Entry:
    """The entry that follows a head; a sale takes the next number."""
    number = fields.get("number") or (numbered(after) if kind is Kind.SALE else None)
    header = next_header(after, kind, fields.get("id", f"e{after.seq + 1}"), at, number)
    return assemble(header, IV, b64encode(body.encode()).decode())


def chain(length: int, start: Head | None = None, kind: Kind = Kind.SALE) -> tuple[Entry, ...]:
    """So many entries, a minute apart."""
    at, made = start or head(), list[Entry]()
    for minute in range(length):
        made.append(entry(at, kind, NOW + timedelta(minutes=minute)))
        at = advanced(at, made[-1])
    return tuple(made)


def spoilt(line: bytes) -> bytes:
    """The line with one letter of what is sealed changed: it still reads as an entry."""
    at = line.index(b'"iv":"') + len(b'"iv":"')
    return line[:at] + (b"B" if line[at : at + 1] == b"A" else b"A") + line[at + 1 :]


def verdict(about: Entry, kind: VerdictKind = VerdictKind.ACCEPTED, why: str = "") -> Verdict:
    return Verdict(digest=about.digest, id=about.header.id, seq=about.header.seq, kind=kind, why=why)
