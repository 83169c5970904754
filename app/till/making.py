"""Makes entries ready to be written: number, header and seal, with the credit note that goes before a sale."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.numbers import NoNumber
from app.sync.bodies import Body, Clock
from app.sync.entry import LARGEST, Entry, Kind, assemble, header_bytes
from app.sync.journal import Head, advanced, next_header, next_number
from app.sync.numbering import business_time, numbered
from app.till.effects import Record
from app.till.events import NotRecorded
from app.till.ports import Ports

TOO_LARGE = (
    "This is too large to be sent to the store in one piece, so it was not saved. Nothing is lost. "
    "Take some lines out, and make two of it."
)


@dataclass(frozen=True, slots=True)
class Made:
    """An entry that is ready to be written, and what is in it."""

    entry: Entry
    body: Body
    head: Head
    """The head after it."""


async def make(ports: Ports, effect: Record, head: Head) -> tuple[Made, ...] | NotRecorded:
    """Number, header and seal come before the transaction: inside it nothing may be waited for."""
    made: list[Made] = []
    for each in (effect.companion, effect):
        if each is None:
            continue
        number = next_number(head, each.prefix, effect.day) if each.prefix and effect.day else None
        if isinstance(number, NoNumber):
            return NotRecorded(effect.id, number.why)
        body = numbered(each.body, number, made[-1].body if made else None)
        header = next_header(head, Kind(body.kind), each.id, _time(body, head, ports), number)
        iv, sealed = await ports.vault.seal(header_bytes(header), body.model_dump_json().encode())
        entry = assemble(header, iv, sealed)
        if len(entry.line) > LARGEST:
            return NotRecorded(effect.id, TOO_LARGE)
        head = advanced(head, entry)
        made.append(Made(entry, body, head))
    return tuple(made)


def _time(body: Body, head: Head, ports: Ports) -> datetime:
    """The time of an entry: its body's, but never before the last entry, unless a manager set the clock right."""
    if isinstance(body, Clock):
        return body.after
    at = business_time(body) or ports.clock.now()
    return max(at, head.last_at) if head.last_at else at
