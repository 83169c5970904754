"""The table of e-invoices: one row for each order that needs an IRN."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.oms.tables import Base


class IrnJob(Base):
    """Where an order's e-invoice stands: queued, done or failed, with the reason."""

    __tablename__ = "irn_jobs"
    order_id: Mapped[str] = mapped_column(ForeignKey("orders.id"), primary_key=True)
    state: Mapped[str] = mapped_column(index=True)
    why: Mapped[str] = mapped_column(Text)
    tries: Mapped[int]
    due_at: Mapped[datetime] = mapped_column(index=True)
    irn: Mapped[str]
    ack_number: Mapped[str]
    ack_at: Mapped[datetime | None]
    qr: Mapped[str] = mapped_column(Text)
