"""Tables of what came back: credit notes and voided sales, the money that went back, and the goods."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.oms.tables import Base


class ReturnRow(Base):
    """A credit note or a voided sale as the register made it (JSON); its order may be unknown here."""

    __tablename__ = "returns"
    __table_args__ = (Index(None, "register", "seq"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    """credit_note or void, as its entry."""
    number: Mapped[str] = mapped_column(index=True)
    """Of the credit note; empty for a voided sale, which has none of its own."""
    order_id: Mapped[str] = mapped_column(index=True)
    register: Mapped[str]
    seq: Mapped[int]
    at: Mapped[datetime]
    business_day: Mapped[date] = mapped_column(index=True)
    total: Mapped[int]
    offline: Mapped[bool]
    standing: Mapped[str]
    """What had come back of the order with it: "Partly returned", "Returned" or "Void"."""
    value: Mapped[str] = mapped_column(Text)


class RefundRow(Base):
    """Money that went back by one tender, negative: it stands beside the payments of orders."""

    __tablename__ = "refunds"
    return_id: Mapped[str] = mapped_column(ForeignKey("returns.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    payment_id: Mapped[str]
    tender_id: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    amount: Mapped[int]
    reference: Mapped[str]
    at: Mapped[datetime]


class ReturnedStock(Base):
    """Goods that went back on the shelf, in thousandths."""

    __tablename__ = "returned_stock"
    return_id: Mapped[str] = mapped_column(ForeignKey("returns.id"), primary_key=True)
    variant_id: Mapped[str] = mapped_column(primary_key=True)
    quantity: Mapped[int]
    at: Mapped[datetime]
