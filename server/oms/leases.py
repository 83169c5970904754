"""Moves the lease of a register with its contacts, and tells people when a register exists twice."""

from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.sync.lease import LeaseAnswer, LeaseRequest, Overtaken, Stored, judged
from server.oms.findings import Finding, FindingKind, note
from server.oms.tables import ExceptionRow
from server.oms.tables_leases import LeaseRow
from server.oms.times import now
from server.oms.traces import trace

WORDS = (
    "Register {register} exists twice. A copy of its browser’s data, or one from a backup, came back after the "
    "register had gone on elsewhere. The copy sells nothing any more; what it has sold is sent and booked. "
    "Enrol that browser anew, and find out how the copy came about."
)


def renew(session: Session, register: str, asked: LeaseRequest) -> LeaseAnswer:
    """Move the lease, or say that the register went on elsewhere.

    One request proves nothing, it may have been late on its way; a copy that has heard of it says so once more, and
    that is when people are told.
    """
    row = session.get(LeaseRow, register)
    stored = Stored(row.count, row.current, row.previous) if row else None
    if asked.copied:
        _tell(session, register, asked)
        return LeaseAnswer(next=asked.next, copied=True)
    outcome = judged(stored, asked)
    if isinstance(outcome, Stored) and outcome != stored:
        fields = {"count": outcome.count, "current": outcome.current, "previous": outcome.previous}
        session.merge(LeaseRow(register=register, **fields, at=now()))
    return LeaseAnswer(next=asked.next, copied=isinstance(outcome, Overtaken))


def existing_twice(session: Session) -> frozenset[str]:
    """The registers of which a copy made contact, until somebody has settled that."""
    still = ExceptionRow.kind == FindingKind.COPIED, ExceptionRow.resolved_at.is_(None)
    return frozenset(session.scalars(select(ExceptionRow.register).where(*still)))


def _tell(session: Session, register: str, asked: LeaseRequest) -> None:
    """Put the copy on the list of what needs a person, and into the audit; each copy once."""
    copy = sha256(f"{register}/{asked.previous}/{asked.next}".encode()).hexdigest()
    if session.get(ExceptionRow, (copy, FindingKind.COPIED.value)) is not None:
        return
    note(session, copy, register, None, (Finding(FindingKind.COPIED, WORDS.format(register=register)),))
    trace(session, register, "register copied", f"registers/{register}", {})
