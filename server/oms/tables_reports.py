"""Tables that reports are added up from: documents with their lines and payments, signed, and counts that were set.

They say nothing that an order does not say, flat, so that a database adds a year up without reading it into memory.
Money is in minor units and quantities are in thousandths; of what came back both are below zero.
"""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from server.oms.base import Base


class SaleDocument(Base):
    """An invoice, or what takes back from one."""

    __tablename__ = "sale_documents"
    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    """`invoice`; what takes back has a kind of its own."""
    order_id: Mapped[str] = mapped_column(index=True)
    number: Mapped[str]
    series: Mapped[str]
    """Prefix and financial year of the number; empty where it is not of a series."""
    counter: Mapped[int]
    at: Mapped[datetime]
    business_day: Mapped[date] = mapped_column(index=True)
    hour: Mapped[int]
    """Of `at`, 0 to 23, in the store's time."""
    register: Mapped[str]
    associate: Mapped[str]
    offline: Mapped[bool]
    quantity: Mapped[int]
    value: Mapped[int]
    tax: Mapped[int]
    total: Mapped[int]
    """With what was rounded, which is neither value nor tax."""


class SaleLine(Base):
    """A line of a document."""

    __tablename__ = "sale_lines"
    document_id: Mapped[str] = mapped_column(ForeignKey("sale_documents.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    business_day: Mapped[date] = mapped_column(index=True)
    register: Mapped[str]
    variant_id: Mapped[str]
    sku: Mapped[str]
    name: Mapped[str]
    category: Mapped[str]
    hsn: Mapped[str]
    unit: Mapped[str]
    rate: Mapped[int]
    """Basis points."""
    business: Mapped[bool]
    """Whether the buyer has a GSTIN."""
    quantity: Mapped[int]
    value: Mapped[int]
    cgst: Mapped[int]
    sgst: Mapped[int]
    igst: Mapped[int]
    cess: Mapped[int]
    total: Mapped[int]


class SalePayment(Base):
    """Money that a document brought, or took away."""

    __tablename__ = "sale_payments"
    document_id: Mapped[str] = mapped_column(ForeignKey("sale_documents.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    business_day: Mapped[date] = mapped_column(index=True)
    register: Mapped[str]
    tender: Mapped[str]
    """Its name when it was taken."""
    amount: Mapped[int]


class StockSet(Base):
    """A count that was set, not sold: by a person, or by an import."""

    __tablename__ = "stock_sets"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    variant_id: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime] = mapped_column(index=True)
    quantity: Mapped[int]
    """What was added to the count, or taken from it."""
    cause: Mapped[str]
    """`correction` or `import`."""
    register: Mapped[str]
    """Where it was corrected; empty for the back office."""
    who: Mapped[str]
    why: Mapped[str]
