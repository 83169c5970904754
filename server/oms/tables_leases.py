"""The table of leases: what tells a register from a copy of its browser's data."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from server.oms.tables import Base


class LeaseRow(Base):
    """The lease of a register, as it moved last; a register of an older release has none."""

    __tablename__ = "leases"
    register: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
    """How often it has moved."""
    current: Mapped[str]
    previous: Mapped[str]
    at: Mapped[datetime]
