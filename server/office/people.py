"""Who may enter the back office, what each may do there, and how a password is kept and checked."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from server.office.tables import OfficePerson, OfficeVisit
from server.oms.guesses import Guesses, in_words
from server.oms.oms import Oms
from server.oms.times import now

FIRST = "admin"
SHORTEST, LONGEST = 12, 500
"""Characters of a password that somebody chooses; fields for one take no more, and what strangers send is no longer."""
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
_HASHER = PasswordHasher()


class Role(StrEnum):
    """What somebody may do; each may also do what stands before it."""

    VIEWER = "viewer"
    MANAGER = "manager"
    ADMIN = "admin"

    def reaches(self, needed: "Role") -> bool:
        order = tuple(Role)
        return order.index(self) >= order.index(needed)


@dataclass(frozen=True, slots=True)
class Denied:
    """Why something was not done: a sentence; and how many seconds to wait before it makes sense again."""

    why: str
    wait: int = 0


@dataclass(frozen=True, slots=True)
class Tries:
    """Where tries of a password are counted, and under which keys."""

    guesses: Guesses
    keys: tuple[str, ...]


def tidy(name: str) -> str:
    """A name as it is kept."""
    return name.strip().casefold()


def new_password() -> str:
    """Make a password that nobody has to think of: 100 bits, in groups that can be read out."""
    letters = "abcdefghijkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(5)) for _ in range(4))


def add_person(session: Session, name: str, role: Role, password: str) -> Denied | None:
    """Let somebody in from now on."""
    if not _NAME.fullmatch(name):
        return Denied("A name has 2 to 40 small letters, digits, dots or dashes. Choose another one.")
    if session.get(OfficePerson, name) is not None:
        return Denied(f"There is already somebody named {name}. Choose another name.")
    row = OfficePerson(name=name, role=role.value, password=_HASHER.hash(password), active=True, made_at=now())
    session.add(row)
    return None


def set_password(session: Session, name: str, password: str) -> Denied | None:
    """Give somebody another password; whoever is signed in under the name has to sign in again."""
    row = session.get(OfficePerson, name)
    if row is None:
        return Denied(f"There is nobody named {name} in the back office.")
    row.password = _HASHER.hash(password)
    session.execute(delete(OfficeVisit).where(OfficeVisit.name == name))
    return None


def change_person(session: Session, name: str, role: Role, *, active: bool) -> Denied | None:
    """Change what somebody may do, or keep them out; one admin has to be left."""
    row = session.get(OfficePerson, name)
    if row is None:
        return Denied(f"There is nobody named {name} in the back office.")
    others = OfficePerson.name != name, OfficePerson.role == Role.ADMIN.value, OfficePerson.active
    if (role is not Role.ADMIN or not active) and not session.scalar(select(OfficePerson.name).where(*others).limit(1)):
        return Denied("This is the last admin. Make somebody else an admin first.")
    row.role, row.active = role.value, active
    session.execute(delete(OfficeVisit).where(OfficeVisit.name == name))
    return None


def first_admin(oms: Oms) -> str | None:
    """Make the first admin of a new store and return the password; it is kept nowhere in clear."""
    with oms.database.write() as session:
        if session.scalar(select(func.count()).select_from(OfficePerson)):
            return None
        password = new_password()
        add_person(session, FIRST, Role.ADMIN, password)
    return password


def check(oms: Oms, name: str, password: str, at: datetime, tries: Tries) -> Role | Denied:
    """Check a password. A try is counted before it is looked at, so that many at once gain nothing."""
    if wait := tries.guesses.begin(tries.keys, at.timestamp()):
        return Denied(f"Too many wrong passwords. Wait {in_words(wait)} and try again.", wait)
    with oms.database.read() as session:
        row = session.get(OfficePerson, name)
        known = row is not None and row.active
        right = _right(row.password if row is not None and known else _nobody(), password)
        role = Role(row.role) if row is not None and known and right else None
    if role is None:
        return Denied("That name and password do not belong together. Check both.")
    tries.guesses.was_right(tries.keys)
    return role


def _right(kept: str, password: str) -> bool:
    try:
        return _HASHER.verify(kept, password)
    except (Argon2Error, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    """A hash that takes as long to check as any, for names that nobody has."""
    return _HASHER.hash(secrets.token_hex())
