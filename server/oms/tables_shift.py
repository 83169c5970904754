"""Tables of the cash of registers: shifts, cash moved beside sales, and how both are booked."""

from datetime import date, datetime

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.oms.tables import Base


class ShiftRow(Base):
    """A shift of a register; beginning and end come in entries of their own, in any order."""

    __tablename__ = "shifts"
    id: Mapped[str] = mapped_column(primary_key=True)
    register: Mapped[str] = mapped_column(index=True)
    day: Mapped[date | None] = mapped_column(index=True)
    """The day on which it began, in Indian time."""
    opened_seq: Mapped[int | None]
    opened_at: Mapped[datetime | None]
    opened_by: Mapped[str] = mapped_column(default="")
    opening_float: Mapped[int | None]
    closed_seq: Mapped[int | None]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str] = mapped_column(default="")
    number: Mapped[int | None]
    """Of the Z report."""
    expected: Mapped[int | None]
    counted: Mapped[int | None]
    count: Mapped[str] = mapped_column(Text, default="")
    """Notes and coins as they were counted (JSON)."""


class CashMove(Base):
    """Cash that was put into a drawer, or taken out (negative), beside a sale."""

    __tablename__ = "cash_moves"
    digest: Mapped[str] = mapped_column(primary_key=True)
    shift_id: Mapped[str] = mapped_column(index=True)
    register: Mapped[str]
    at: Mapped[datetime]
    amount: Mapped[int]
    reason: Mapped[str]
    staff_name: Mapped[str]
    approved_by: Mapped[str]


class DrawerOpening(Base):
    """A drawer that was opened without a sale; its place in the register's journal tells the shift."""

    __tablename__ = "drawer_openings"
    __table_args__ = (Index(None, "register", "seq"),)
    digest: Mapped[str] = mapped_column(primary_key=True)
    register: Mapped[str]
    seq: Mapped[int] = mapped_column(index=True)
    at: Mapped[datetime]
    reason: Mapped[str]
    staff_name: Mapped[str]


class CashLedgerRow(Base):
    """One side of the booking of an entry that is no order; its rows sum to zero (debit positive)."""

    __tablename__ = "cash_ledger"
    digest: Mapped[str] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(primary_key=True)
    business_day: Mapped[date] = mapped_column(index=True)
    amount: Mapped[int]
