"""Tables of the back office itself: who may enter, who has entered, and who typed a wrong password."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from server.oms.base import Base


class OfficePerson(Base):
    """Somebody who may sign in; the password is kept as its argon2 hash alone."""

    __tablename__ = "office_people"
    name: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[str]
    password: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)
    made_at: Mapped[datetime]


class OfficeVisit(Base):
    """A signed-in browser; only the hash of its cookie is kept."""

    __tablename__ = "office_visits"
    token_hash: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(index=True)
    until: Mapped[datetime]


class OfficeTry(Base):
    """Passwords that were tried for a name. Not written any more, tries are counted in memory; a schema only grows."""

    __tablename__ = "office_tries"
    name: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
    until: Mapped[datetime]
