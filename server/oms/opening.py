"""Opens the lines of a batch: from bytes to an entry with its body, or to the reason why not."""

from collections.abc import Callable
from dataclasses import dataclass

from pydantic import ValidationError

from app.sync.bodies import BODIES, Body, CreditNote, Sale, Void
from app.sync.entry import Entry, Header, Sealed, Unreadable, entry_of, split
from app.sync.protocol import VerdictKind
from server.oms.known import Known
from server.oms.secrets import NotOpened, unseal
from server.oms.tables import Register


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a line can't be taken in."""

    kind: VerdictKind
    why: str
    header: Header | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """An entry with its body; no body where this release knows none of that kind."""

    entry: Entry
    body: Body | None
    apart: bool = False
    """A person has said that it is another one than the entry that has its id: it is booked under an id of its own."""


Read = Callable[[bytes], Opened | Refusal]
"""How the lines of a batch are opened."""


def open_line(line: bytes, register: Register, key: bytes) -> Opened | Refusal:
    """Read a line, see that it is this register's, and open its body."""
    parts = split(line)
    if isinstance(parts, Unreadable):
        return _cannot_be_read(parts)
    entry = entry_of(line, parts)
    if isinstance(entry, Unreadable):
        return _cannot_be_read(entry)
    return _not_ours(entry.header, register) or _unseal(entry, parts, key)


def taken(header: Header, known: Known) -> Refusal | None:
    """Tell whether another entry already has this one's id: then it may be the same sale, and only a person can say.

    One that has its place alone is another sale, made by a copy of the register; it is taken in (`look_at_place`).
    """
    if header.id not in known.by_id:
        return None
    return Refusal(VerdictKind.CONFLICT, "The OMS holds another entry with this id, with other content.", header)


def named_apart(opened: Opened | Refusal) -> Opened | Refusal:
    """Give an entry, and the order or return in it, an id of its own; its bytes stay what they are."""
    if isinstance(opened, Refusal):
        return opened
    entry, body = opened.entry, opened.body
    own = {"id": f"{entry.header.id}-{entry.digest[:8]}"}
    match body:
        case Sale(order=order):
            body = Sale(order=order.model_copy(update=own))
        case CreditNote(note=back):
            body = CreditNote(note=back.model_copy(update=own))
        case Void(void=void):
            body = Void(void=void.model_copy(update=own))
    return Opened(Entry(entry.header.model_copy(update=own), entry.line), body, apart=True)


def _cannot_be_read(line: Unreadable) -> Refusal:
    return Refusal(VerdictKind.REFUSED, f"This entry can't be read: {line.why}.")


def _not_ours(header: Header, register: Register) -> Refusal | None:
    if (header.store, header.register) != (register.store, register.id):
        why = f"This entry is of register {header.store}-{header.register}; {register.store}-{register.id} sent it."
        return Refusal(VerdictKind.REFUSED, why, header)
    if header.key != register.key_id:
        return Refusal(VerdictKind.REFUSED, "This entry is sealed with a key that the OMS does not know.", header)
    return None


def _unseal(entry: Entry, parts: Sealed, key: bytes) -> Opened | Refusal:
    clear = unseal(parts, key)
    if isinstance(clear, NotOpened):
        return Refusal(VerdictKind.REFUSED, f"This entry can't be read: {clear.why}.", entry.header)
    shape = BODIES.get(entry.header.kind)
    try:
        return Opened(entry=entry, body=shape.validate_json(clear) if shape else None)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        why = f"This entry's content is not one the OMS knows ({where}: {first['msg']}). Is the OMS up to date?"
        return Refusal(VerdictKind.REFUSED, why, entry.header)
