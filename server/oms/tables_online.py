"""Tables of what exists only online: other stores' stock, delivery, payment links, and who changed a product."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.oms.tables import Base


class OtherStore(Base):
    """A store of ours beside this one."""

    __tablename__ = "other_stores"
    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)


class OtherStock(Base):
    """What another store counts of a variant, in thousandths."""

    __tablename__ = "other_stock"
    variant_id: Mapped[str] = mapped_column(primary_key=True)
    store: Mapped[str] = mapped_column(primary_key=True)
    quantity: Mapped[int]


class Audit(Base):
    """Who changed what, and when: the values before and after as JSON."""

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    register: Mapped[str]
    staff_id: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str] = mapped_column(index=True)
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)


class Zone(Base):
    """PIN codes by their first digits, and what bringing goods there costs; of several the longest prefix counts."""

    __tablename__ = "delivery_zones"
    prefix: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    state_code: Mapped[str]
    fee: Mapped[int]
    free_from: Mapped[int | None]
    """Goods of this total are brought for nothing."""
    tax_class: Mapped[str]
    hsn: Mapped[str]
    refusal: Mapped[str] = mapped_column(Text, default="")
    """Why nothing is brought there, in words for the customer."""


class SlotRule(Base):
    """A time of day at which goods are brought, every day, to so many customers."""

    __tablename__ = "delivery_slots"
    starts: Mapped[str] = mapped_column(primary_key=True)
    """10:00, in the store's zone."""
    ends: Mapped[str]
    capacity: Mapped[int]


class QuoteRow(Base):
    """A delivery that was quoted; `value` is the JSON of the Quote."""

    __tablename__ = "delivery_quotes"
    id: Mapped[str] = mapped_column(primary_key=True)
    register: Mapped[str]
    at: Mapped[datetime]
    valid_until: Mapped[datetime]
    value: Mapped[str] = mapped_column(Text)


class DeliveryRow(Base):
    """An order that is to be brought to somebody."""

    __tablename__ = "deliveries"
    order_id: Mapped[str] = mapped_column(ForeignKey("orders.id"), primary_key=True)
    status: Mapped[str] = mapped_column(index=True)
    starts: Mapped[datetime] = mapped_column(index=True)
    ends: Mapped[datetime]
    name: Mapped[str]
    phone: Mapped[str]
    address: Mapped[str] = mapped_column(Text)
    pincode: Mapped[str]
    fee: Mapped[int]
    quote_id: Mapped[str]


class LinkRow(Base):
    """A payment link as the OMS knows it; the provider has the last word on its status."""

    __tablename__ = "payment_links"
    id: Mapped[str] = mapped_column(primary_key=True)
    register: Mapped[str]
    order_id: Mapped[str] = mapped_column(index=True)
    tender_id: Mapped[str]
    amount: Mapped[int]
    provider: Mapped[str]
    url: Mapped[str]
    status: Mapped[str] = mapped_column(index=True)
    reference: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class SandboxPayment(Base):
    """The sandbox provider's own record of a link; `token` is the address that the customer opens."""

    __tablename__ = "sandbox_payments"
    id: Mapped[str] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(unique=True)
    payee: Mapped[str]
    amount: Mapped[int]
    status: Mapped[str]
    reference: Mapped[str] = mapped_column(default="")
    expires_at: Mapped[datetime]


class Contact(Base):
    """When a register last called."""

    __tablename__ = "contacts"
    register: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
