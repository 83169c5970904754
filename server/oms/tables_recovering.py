"""The table of recoveries: a lost register's journal, brought by another register that goes on in its place."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from server.oms.tables import Base


class Recovery(Base):
    """A one-time code, and what came of it; without `by` nobody has used it yet."""

    __tablename__ = "recoveries"
    code_hash: Mapped[str] = mapped_column(primary_key=True)
    """Of the code only its hash is kept."""
    register: Mapped[str] = mapped_column(index=True)
    """The one that is lost."""
    expires_at: Mapped[datetime]
    by: Mapped[str] = mapped_column(index=True, default="")
    """The register that brought the journal, and goes on."""
    fence: Mapped[int | None] = mapped_column(unique=True)
    """Given at the first call, when the lost one was taken out of service; the next recovery has a higher one."""
    at: Mapped[datetime | None]
    booked: Mapped[int] = mapped_column(default=0)
    """Entries that the OMS did not have, and has by this."""
    last_seq: Mapped[int] = mapped_column(default=0)
    """The end of the journal that was brought: what comes after it is in the journal of `by`."""
    last_digest: Mapped[str] = mapped_column(default="")
