"""Entries that are kept without being booked: turned down, or such that our own code failed over them."""

import logging
from hashlib import sha256

from sqlalchemy import insert
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from app.sync.protocol import Verdict, VerdictKind
from server.oms.database import AWAY
from server.oms.findings import Finding, FindingKind, note, settle
from server.oms.known import Known, Seen, know_entries
from server.oms.opening import Read, Refusal, taken
from server.oms.revisions import current
from server.oms.tables import EntryRow, Register, Reject
from server.oms.times import now
from server.oms.verdicts import entry_row, once_more, verdict_of

log = logging.getLogger("store_os.intake")
NOT_NOW: tuple[type[Exception], ...] = (*AWAY, ProgrammingError, MemoryError)
"""Failures that say nothing about an entry; a question that the database does not understand is of another release."""
NOT_BOOKED = Finding(FindingKind.NOT_BOOKED, "The OMS keeps this entry but could not book it. Its log says why.")
NOT_TAKEN = "The OMS could not take this entry in. It keeps the line; its log says why."


def keep_unbooked(session: Session, register: Register, read: Read, line: bytes) -> Verdict:
    """Keep an entry that can't be booked, with attention; where even that fails, keep its line and say so."""
    try:
        with session.begin_nested():
            return _kept(session, register, read, line)
    except NOT_NOW:
        raise
    except Exception:
        log.exception("entry %s of register %s could not even be kept", sha256(line).hexdigest(), register.id)
        return turn_down(session, register, line, Refusal(VerdictKind.REFUSED, NOT_TAKEN))


def _kept(session: Session, register: Register, read: Read, line: bytes) -> Verdict:
    opened = read(line)
    if isinstance(opened, Refusal):
        return turn_down(session, register, line, opened)
    known, entry, header = Known(), opened.entry, opened.entry.header
    know_entries(session, known, [entry])
    if (present := known.by_digest.get(entry.digest)) is not None:
        return once_more(present)  # booked before our code failed
    conflict = taken(header, known)
    if conflict is not None:
        return turn_down(session, register, line, conflict)
    why, kind = NOT_BOOKED.words, VerdictKind.ATTENTION
    about = entry.digest, header.id, header.register, header.seq, header.prev, known.place_for(entry), kind.value
    # Its register goes on subtracting it until a balance or shelf it moves is written next, as booking it later does.
    # It does not hear of that, so a revision that never comes would be subtracted for good; one that another sale
    # writes first ends it too soon, and what is spent twice then is found when it is booked.
    seen = Seen(*about, why=why, received_at=now(), revision=current(session) + 1)
    session.execute(insert(EntryRow), [entry_row(entry, seen)])
    settle(session, header.register, [(entry.digest, header.seq)])
    note(session, entry.digest, header.register, header, (NOT_BOOKED,))
    return verdict_of(seen, kind)


def turn_down(session: Session, register: Register, line: bytes, refusal: Refusal) -> Verdict:
    """Keep the line for a person to look at, and say why it was turned down."""
    digest, kind, why = sha256(line).hexdigest(), refusal.kind, refusal.why
    header, at = refusal.header, now()
    row = Reject(digest=digest, register=register.id, received_at=at, line=line, verdict=kind.value, why=why)
    row.seq = header.seq if header else None
    session.merge(row)
    note(session, digest, register.id, header, (Finding(FindingKind(kind.value), why),))
    verdict = Verdict(digest=digest, kind=kind, why=why, at=at)
    return verdict.model_copy(update={"id": header.id, "seq": header.seq}) if header else verdict
