"""Entries that were kept unbooked because our own code failed over them: booked once a release has mended it."""

import logging

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.sync.entry import Unreadable, parse
from server.oms.findings import FindingKind
from server.oms.intake import take_in
from server.oms.oms import Oms
from server.oms.secrets import Secrets
from server.oms.tables import EntryRow, ExceptionRow, Register
from server.oms.unbooked import NOT_NOW

log = logging.getLogger("store_os.intake")


def book_again(oms: Oms) -> int:
    """Try each once more, in a transaction of its own; return how many are booked now. Run at every start."""
    unbooked = ExceptionRow.kind == FindingKind.NOT_BOOKED, ExceptionRow.resolved_at.is_(None)
    with oms.database.read() as session:
        digests = session.scalars(select(ExceptionRow.digest).where(*unbooked).order_by(ExceptionRow.seq)).all()
    booked = 0
    for digest in digests:
        try:
            with oms.database.write() as session:
                booked += _booked(session, oms.keys, digest)
        except NOT_NOW:
            raise
        except Exception:
            log.exception("entry %s could not be tried again; it stays as it was kept", digest)
    if digests:
        log.warning("%s of %s entries that could not be booked before are booked now", booked, len(digests))
    return booked


def _booked(session: Session, keys: Secrets, digest: str) -> bool:
    row = session.get(EntryRow, digest)
    register = session.get(Register, row.register) if row else None
    entry = parse(row.line) if row else None
    if row is None or register is None or entry is None or isinstance(entry, Unreadable):
        return False
    apart, received_at = row.id != entry.header.id, row.received_at
    session.delete(row)
    session.flush()
    take_in(session, keys, register, [entry.line], apart=apart)
    session.get_one(EntryRow, digest, populate_existing=True).received_at = received_at
    finding = session.get_one(ExceptionRow, (digest, FindingKind.NOT_BOOKED.value), populate_existing=True)
    return finding.resolved_at is not None
