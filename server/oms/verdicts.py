"""What is written down of an entry that was taken in, and what its register is told of it."""

from typing import Any

from app.sync.entry import Entry
from app.sync.protocol import Verdict, VerdictKind
from server.oms.known import Seen


def entry_row(entry: Entry, seen: Seen) -> dict[str, Any]:
    """The row of an entry, with the verdict on it."""
    header = entry.header
    return {
        "digest": entry.digest,
        "id": header.id,
        "place": seen.place,
        "register": header.register,
        "seq": header.seq,
        "prev": header.prev,
        "kind": header.kind.value,
        "at": header.at,
        "received_at": seen.received_at,
        "line": entry.line,
        "verdict": seen.verdict,
        "why": seen.why,
        "order_number": seen.order_number,
        "total": seen.total,
        "revision": seen.revision,
    }


def once_more(seen: Seen) -> Verdict:
    """What is said to the same bytes when they come again: a mark stays, so a lost reply loses none."""
    attention = seen.verdict == VerdictKind.ATTENTION
    return verdict_of(seen, VerdictKind.ATTENTION if attention else VerdictKind.DUPLICATE)


def verdict_of(seen: Seen, kind: VerdictKind) -> Verdict:
    """What the register hears."""
    return Verdict(
        digest=seen.digest,
        id=seen.id,
        seq=seen.seq,
        kind=kind,
        why=seen.why,
        order_number=seen.order_number,
        total=seen.total,
        at=seen.received_at,
        revision=seen.revision,
        clashes=seen.clashes,
    )
