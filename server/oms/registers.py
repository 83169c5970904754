"""Registers: how a browser becomes one, and how a call shows that it is one."""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.sync.protocol import Dataset, Enrolment, EnrolRequest, Series
from server.oms.revisions import take
from server.oms.secrets import NotOpened, Secrets
from server.oms.series import NoSeriesLeft, series_for
from server.oms.tables import EnrolCode, Record, Register
from server.oms.times import now
from server.oms.traces import trace

_NAME = re.compile("[A-Za-z0-9][A-Za-z0-9-]{0,19}")
CODE_DAYS = 2
"""How long a one-time code can be used."""


@dataclass(frozen=True, slots=True)
class NotEnrolled:
    """An enrolment that was turned down: a sentence for whoever stands at the till."""

    why: str


def wrong_name(register: str) -> str:
    """Say what is wrong with the name of a register, or nothing: it stands in files, tokens and entries."""
    if _NAME.fullmatch(register):
        return ""
    return "The name of a register has 1 to 20 letters, digits and dashes, such as R3. Choose another one."


def make_code(session: Session, register: str) -> str:
    """Make a one-time code that enrols a browser as this register."""
    code = "-".join(f"{secrets.randbelow(10**4):04d}" for _ in range(3))
    row = EnrolCode(code_hash=hashed(code), register=register, expires_at=now() + timedelta(days=CODE_DAYS))
    session.add(row)
    return code


def enrol(session: Session, keys: Secrets, request: EnrolRequest, *, code_needed: bool) -> Enrolment | NotEnrolled:
    """Make a browser a register; the same enrolment, asked again, gets the same answer.

    Its id is a secret of the browser, 122 random bits: the answer may have been lost. Here only its hash is kept, so
    that nobody who reads the database can ask again. A row of a release before has the id itself, which is no hash.
    """
    present = session.scalar(select(Register).where(Register.enrolment == hashed(request.enrolment)))
    if present is not None:
        return _again(present, keys, request)
    opened = keys.unwrap(request.wrapped_key)
    if isinstance(opened, NotOpened):
        return NotEnrolled(f"This browser could not be enrolled: {opened.why}. Reload the page and try again.")
    if session.scalar(select(Register.id).where(Register.key_id == request.key_id)) is not None:
        return NotEnrolled("This browser's key already belongs to another register. Reload the page and try again.")
    name = _name_for(session, request.code) if request.code or code_needed else _next_name(session)
    if name is None:
        return NotEnrolled("That code is not valid, was used, or is too old. Ask the back office for a new one.")
    return _add(session, keys, request, name)


def authenticate(session: Session, token: str) -> Register | None:
    """Find the register whose token this is; nothing for one that is unknown, revoked, or of another store."""
    register = session.get(Register, token.partition(".")[0])
    known = register.token_hash if register else hashed("nobody's token")
    # Compared in constant time even for an unknown register, so that time tells nothing.
    if not hmac.compare_digest(known, hashed(token)) or register is None or register.revoked_at is not None:
        return None
    return register if register.store == _store(session) else None


def revoke(session: Session, register_id: str) -> Register | None:
    """Take a register out of service for good: its token opens nothing any more."""
    register = session.get(Register, register_id)
    if register is not None and register.revoked_at is None:
        register.revoked_at = now()
    return register


def _store(session: Session) -> str:
    """The code of the one store that a database holds."""
    return session.scalars(select(Record.id).where(Record.dataset == Dataset.SETTINGS, ~Record.gone)).one()


def _again(present: Register, keys: Secrets, request: EnrolRequest) -> Enrolment | NotEnrolled:
    asked, known = (hashed(f"{each.key_id}\n{each.wrapped_key}") for each in (request, present))
    # In constant time: whoever knows them all is told the token.
    if not hmac.compare_digest(asked, known) or present.revoked_at is not None:
        return NotEnrolled("This enrolment was already used. Reload the page and enrol again.")
    return _answer(present, keys, request.enrolment)


def _add(session: Session, keys: Secrets, request: EnrolRequest, name: str) -> Enrolment | NotEnrolled:
    store = _store(session)
    series = series_for(store, take(session, "enrolment"))
    if isinstance(series, NoSeriesLeft):
        return NotEnrolled("Every series of invoice numbers of this store is used up. Ask the back office.")
    register = Register(
        id=name,
        store=store,
        enrolment=hashed(request.enrolment),
        token_hash=hashed(_token(keys, name, request.enrolment)),
        code_hash="",
        key_id=request.key_id,
        wrapped_key=request.wrapped_key,
        enrolled_at=now(),
        **series.model_dump(),
    )
    session.add(register)
    session.flush()
    trace(session, name, "enrolment", f"registers/{name}", {"with a code": bool(request.code)})
    return _answer(register, keys, request.enrolment)


def _answer(register: Register, keys: Secrets, enrolment: str) -> Enrolment:
    return Enrolment(
        store=register.store,
        register=register.id,
        token=_token(keys, register.id, enrolment),
        series=Series(invoice=register.invoice, credit_note=register.credit_note, training=register.training),
        public_key=keys.public_key,
    )


def _name_for(session: Session, code: str) -> str | None:
    """Use a code up. A register that was enrolled before gets a new journal, and so a new name: R1, then R1-2."""
    row = session.get(EnrolCode, hashed(code.strip()))
    if row is None or row.used_at is not None or row.expires_at < now():
        return None
    row.used_at = now()
    name, turn = row.register, 1
    while session.get(Register, name) is not None:
        turn += 1
        name = f"{row.register}-{turn}"
    return name


def _next_name(session: Session) -> str:
    turn = 1
    while session.get(Register, f"R{turn}") is not None:
        turn += 1
    return f"R{turn}"


def _token(keys: Secrets, register: str, enrolment: str) -> str:
    return f"{register}.{keys.derive('token', f'{register}:{enrolment}')}"


def hashed(text: str) -> str:
    """What is kept of a secret that somebody has to show."""
    return hashlib.sha256(text.encode()).hexdigest()
