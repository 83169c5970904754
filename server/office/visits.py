"""Visits: from signing in to signing out, known by a cookie that is kept as its hash alone."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from server.office.people import Role
from server.office.tables import OfficePerson, OfficeVisit
from server.oms.secrets import Secrets

LASTS = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Visit:
    """Who looks at a page, and the token that its forms have to bring back."""

    name: str
    role: Role
    csrf: str

    def may(self, needed: Role) -> bool:
        return self.role.reaches(needed)


def begin(session: Session, name: str, at: datetime) -> str:
    """Begin a visit and return the cookie's value."""
    session.execute(delete(OfficeVisit).where(OfficeVisit.until < at))
    token = secrets.token_urlsafe(32)
    session.add(OfficeVisit(token_hash=_hash(token), name=name, until=at + LASTS))
    return token


def end(session: Session, token: str) -> None:
    session.execute(delete(OfficeVisit).where(OfficeVisit.token_hash == _hash(token)))


def visit_of(session: Session, keys: Secrets, token: str, at: datetime) -> Visit | None:
    """Whose cookie this is; nothing for one that is unknown, too old, or of somebody who is kept out."""
    row = session.get(OfficeVisit, _hash(token))
    person = session.get(OfficePerson, row.name) if row is not None and row.until > at else None
    if person is None or not person.active:
        return None
    return Visit(person.name, Role(person.role), keys.derive("office form", token))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
