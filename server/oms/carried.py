"""Entries that came by a file instead of by their register: through the very same intake, register by register.

So exported, imported and then synced is one order; a second import finds everything there. As with what registers
send, some are taken in at a time, each lot in a transaction of its own: no register waits for a whole file.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence

from sqlalchemy.orm import Session

from app.sync.entry import Entry
from app.sync.protocol import Verdict, VerdictKind
from server.oms.database import Database
from server.oms.doors import MAX_LINES
from server.oms.intake import NO_KEY, take_in
from server.oms.secrets import NotOpened, Secrets
from server.oms.tables import Register

Noted = Callable[[Session, Sequence[Verdict]], None]


def take_in_carried(database: Database, keys: Secrets, entries: Sequence[Entry], noted: Noted) -> tuple[Verdict, ...]:
    """Give each entry its verdict, in their order; `noted` is written with each lot.

    An entry of a register that is not known, or whose key does not open, is refused and kept nowhere: nothing could
    open it. One of a register out of service is taken in, because its money was: with attention if made later.
    """
    verdicts: list[Verdict] = []
    for start in range(0, len(entries), MAX_LINES):
        with database.write() as session:
            lot = _lot(session, keys, entries[start : start + MAX_LINES])
            noted(session, lot)
        verdicts += lot
    return tuple(verdicts)


def _lot(session: Session, keys: Secrets, entries: Sequence[Entry]) -> list[Verdict]:
    by_register: dict[str, list[int]] = defaultdict(list)
    for at, entry in enumerate(entries):
        by_register[entry.header.register].append(at)
    verdicts: dict[int, Verdict] = {}
    for name, places in by_register.items():
        register = session.get(Register, name)
        if register is None:
            verdicts |= {at: _refused(entries[at], _unknown(entries[at])) for at in places}
        elif isinstance(keys.unwrap(register.wrapped_key), NotOpened):
            verdicts |= {at: _refused(entries[at], NO_KEY) for at in places}
        else:
            judged = take_in(session, keys, register, [entries[at].line for at in places]).verdicts
            verdicts |= dict(zip(places, judged, strict=True))
    return [verdicts[at] for at in range(len(entries))]


def _unknown(entry: Entry) -> str:
    header = entry.header
    return f"Register {header.store}-{header.register} is not known here. Is this the file of another store?"


def _refused(entry: Entry, why: str) -> Verdict:
    header = entry.header
    return Verdict(digest=entry.digest, id=header.id, seq=header.seq, kind=VerdictKind.REFUSED, why=why)
