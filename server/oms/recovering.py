"""A lost register is recovered: what it had not sent is brought by another register, and the lost one is shut out.

The first call fences: from then on the token of the lost register opens nothing, so nobody goes on with its journal
behind the back of the one that took over, and a fencing number says which recovery was last. The one that goes on keeps
its own series, which no other enrolment ever had: the lost browser may have used numbers that lie in no folder.
"""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.sync.protocol import Recovered
from server.oms.intake import NO_KEY, take_in
from server.oms.registers import hashed, revoke
from server.oms.revisions import take
from server.oms.secrets import NotOpened, Secrets
from server.oms.tables import EntryRow, Register
from server.oms.tables_online import Audit
from server.oms.tables_recovering import Recovery
from server.oms.times import now

CODE_DAYS = 2
NOT_VALID = "That code is not valid for this register, was used by another one, or is too old. Nothing was changed."


@dataclass(frozen=True, slots=True)
class NotRecovered:
    """A recovery that was turned down: a sentence for whoever stands at the till."""

    why: str
    guessed: bool = True
    """Whether the code may have been a guess."""


def make_recovery_code(session: Session, register: str) -> str:
    """Make a one-time code with which another register may bring the journal of this one."""
    code = "-".join(f"{secrets.randbelow(10**4):04d}" for _ in range(3))
    row = Recovery(code_hash=hashed(code), register=register, expires_at=now() + timedelta(days=CODE_DAYS))
    session.add(row)
    return code


def recover(
    session: Session, keys: Secrets, caller: Register, lost_id: str, code: str, lines: Sequence[bytes]
) -> Recovered | NotRecovered:
    """Book what the OMS lacks of a lost register's journal; safe to repeat, by the one who began it."""
    recovery = _allowed(session, caller, lost_id, code)
    if isinstance(recovery, NotRecovered):
        return recovery
    lost = session.get(Register, lost_id)
    if lost is None or lost.store != caller.store:
        return NotRecovered(f"This store has no register {lost_id}. Nothing was changed.")
    if isinstance(keys.unwrap(lost.wrapped_key), NotOpened):
        return NotRecovered(NO_KEY, guessed=False)
    if recovery.fence is None:
        _fence(session, caller, lost, recovery)
    before = _held(session, lost_id)
    verdicts = take_in(session, keys, lost, lines)
    session.flush()
    recovery.booked += _held(session, lost_id) - before
    _mark_the_end(session, recovery)
    return Recovered(fence=recovery.fence or 0, booked=recovery.booked, verdicts=verdicts.verdicts)


def _allowed(session: Session, caller: Register, lost_id: str, code: str) -> Recovery | NotRecovered:
    """The recovery that this code is for; once it was used, by the one who used it."""
    row = session.get(Recovery, hashed(code.strip()))
    if row is None or row.register != lost_id:
        return NotRecovered(NOT_VALID)
    if (row.by or caller.id) != caller.id or (not row.by and row.expires_at < now()):
        return NotRecovered(NOT_VALID)
    if caller.id == lost_id:
        return NotRecovered("A register can’t take its own place. Nothing was changed. Use another browser profile.")
    return row


def _fence(session: Session, caller: Register, lost: Register, recovery: Recovery) -> None:
    """Shut the lost register out, once and for good, and write down who goes on."""
    recovery.by, recovery.at, recovery.fence = caller.id, now(), take(session, "fence")
    before = {"in service": lost.revoked_at is None}
    revoke(session, lost.id)
    session.add(
        Audit(
            id=take(session, "audit"),
            at=recovery.at,
            register=caller.id,
            staff_id="recovery code",
            action="recovery",
            subject=f"registers/{lost.id}",
            before=json.dumps(before),
            after=json.dumps({"in service": False, "goes on as": caller.id, "fence": recovery.fence}),
            reason="",
        )
    )


def _held(session: Session, register: str) -> int:
    return session.scalar(select(func.count()).select_from(EntryRow).where(EntryRow.register == register)) or 0


def _mark_the_end(session: Session, recovery: Recovery) -> None:
    """Note where the lost journal ends, as far as the OMS has it."""
    of_it = select(EntryRow.seq, EntryRow.digest).where(EntryRow.register == recovery.register)
    last = session.execute(of_it.order_by(EntryRow.seq.desc()).limit(1)).first()
    if last is not None:
        recovery.last_seq, recovery.last_digest = last


def recoveries(session: Session, register: str) -> Sequence[Recovery]:
    """The recoveries that a register had a part in, on either side, by their fencing numbers."""
    part = or_(Recovery.register == register, Recovery.by == register)
    return session.scalars(select(Recovery).where(part, Recovery.fence.is_not(None)).order_by(Recovery.fence)).all()
