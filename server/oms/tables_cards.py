"""The tables of card payments: where each stands at the OMS, and what the sandbox's processor has said."""

from datetime import datetime

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from server.oms.base import Base


class CardJob(Base):
    """A payment by a card terminal; one that was stored stays WAITING until the processor has said something."""

    __tablename__ = "card_jobs"
    payment_id: Mapped[str] = mapped_column(primary_key=True)
    order_id: Mapped[str] = mapped_column(index=True)
    """It may not be here yet: a card is asked about before its sale is complete."""
    register: Mapped[str] = mapped_column(index=True)
    tender_id: Mapped[str]
    amount: Mapped[int]
    face: Mapped[str]
    """Brand and last four digits, for people."""
    stored: Mapped[bool]
    """Taken while nobody could be asked: its money is a receivable until it was processed."""
    state: Mapped[str] = mapped_column(index=True)
    reference: Mapped[str]
    why: Mapped[str] = mapped_column(Text)
    tries: Mapped[int]
    at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    paid_with: Mapped[str]
    """The tender of another payment that was taken for a refused card, in the back office; empty where none was."""
    paid_reference: Mapped[str]
    paid_at: Mapped[datetime | None]


class SandboxCharge(Base):
    """The sandbox processor's own record: what it said to a payment, and never the card."""

    __tablename__ = "sandbox_charges"
    payment_id: Mapped[str] = mapped_column(primary_key=True)
    amount: Mapped[int]
    state: Mapped[str]
    reference: Mapped[str] = mapped_column(default="")
    why: Mapped[str] = mapped_column(Text, default="")
    tries: Mapped[int] = mapped_column(default=0)
    reversed: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime]
