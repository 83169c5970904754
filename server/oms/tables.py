"""The tables of the OMS. The schema only grows: a change here needs a migration and a new snapshot (tests/server).

Money is in minor units, quantities are in thousandths: both whole numbers, the same in every database.
Values that a register reads (products, staff, rates …) are kept as the JSON of their domain noun.
"""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.oms.base import Base as Base


class Counter(Base):
    """Numbers that only rise: `revision`, `enrolment`, `order`."""

    __tablename__ = "counters"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int]


class Fact(Base):
    """Facts about this database, such as its `epoch`."""

    __tablename__ = "facts"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class Record(Base):
    """A row of a data set that registers follow, stock excepted; one that is gone stays as a mark."""

    __tablename__ = "records"
    dataset: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(index=True)
    gone: Mapped[bool] = mapped_column(default=False)
    value: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class VariantRow(Base):
    """Which product a variant belongs to, and what importers and lookups know it by."""

    __tablename__ = "variants"
    id: Mapped[str] = mapped_column(primary_key=True)
    product_id: Mapped[str] = mapped_column(index=True)
    sku: Mapped[str] = mapped_column(index=True)
    barcode: Mapped[str | None] = mapped_column(index=True)
    sold: Mapped[int] = mapped_column(default=0)
    """Thousandths sold so far: what sells well comes first in the image."""


class Stock(Base):
    """How many of a variant there are, and per register the last entry already in that count (JSON)."""

    __tablename__ = "stock"
    variant_id: Mapped[str] = mapped_column(primary_key=True)
    quantity: Mapped[int]
    included: Mapped[str] = mapped_column(Text, default="{}")
    revision: Mapped[int] = mapped_column(index=True)
    at: Mapped[datetime]


class Register(Base):
    """One enrolment: a browser with its own journal, key and series of numbers."""

    __tablename__ = "registers"
    id: Mapped[str] = mapped_column(primary_key=True)
    store: Mapped[str]
    enrolment: Mapped[str] = mapped_column(unique=True)
    """Its hash; releases before kept the id itself, with which nobody is answered any more."""
    token_hash: Mapped[str]
    code_hash: Mapped[str]
    """Empty: a code that was used is asked for by nobody. Releases before kept its hash."""
    key_id: Mapped[str] = mapped_column(unique=True)
    wrapped_key: Mapped[str] = mapped_column(Text)
    invoice: Mapped[str] = mapped_column(unique=True)
    credit_note: Mapped[str] = mapped_column(unique=True)
    training: Mapped[str] = mapped_column(unique=True)
    enrolled_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class EnrolCode(Base):
    """A one-time code for a register that does not run on this machine; only its hash is kept."""

    __tablename__ = "enrol_codes"
    code_hash: Mapped[str] = mapped_column(primary_key=True)
    register: Mapped[str]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class EntryRow(Base):
    """A journal entry as it came, byte for byte, and the verdict on it."""

    __tablename__ = "entries"
    __table_args__ = (Index(None, "register", "seq"),)
    digest: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(unique=True)
    place: Mapped[str] = mapped_column(unique=True)
    """register/seq; of a second entry at one place, as copies of a register make them, with its digest behind."""
    register: Mapped[str]
    seq: Mapped[int]
    prev: Mapped[str]
    kind: Mapped[str]
    at: Mapped[datetime]
    received_at: Mapped[datetime]
    line: Mapped[bytes]
    verdict: Mapped[str]
    why: Mapped[str] = mapped_column(Text, default="")
    order_number: Mapped[str] = mapped_column(default="")
    total: Mapped[int | None]
    revision: Mapped[int | None]
    """That of its verdict; an older OMS did not keep it."""


class Reject(Base):
    """A line that was refused or in conflict: kept as it came, for a person to look at."""

    __tablename__ = "rejects"
    __table_args__ = (Index(None, "register", "seq"),)
    digest: Mapped[str] = mapped_column(primary_key=True)
    register: Mapped[str]
    received_at: Mapped[datetime]
    line: Mapped[bytes]
    verdict: Mapped[str]
    why: Mapped[str] = mapped_column(Text)
    seq: Mapped[int | None]
    """Its place in the journal, where the line could be read so far."""


class OrderRow(Base):
    """An order as the register made it (JSON), with what lists and filters need beside it."""

    __tablename__ = "orders"
    __table_args__ = (Index(None, "register", "seq"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(unique=True)
    order_number: Mapped[str] = mapped_column(unique=True)
    number: Mapped[str] = mapped_column(index=True)
    register: Mapped[str]
    seq: Mapped[int]
    at: Mapped[datetime]
    business_day: Mapped[date] = mapped_column(index=True)
    total: Mapped[int]
    offline: Mapped[bool]
    staff_name: Mapped[str]
    customer: Mapped[str]
    state: Mapped[str] = mapped_column(index=True)
    why: Mapped[str] = mapped_column(Text)
    value: Mapped[str] = mapped_column(Text)
    computed: Mapped[int | None]
    """The total that the OMS computes, where the register charged another one."""


class AmendmentRow(Base):
    """A correction of an order (JSON), from the register; it may be here before the order is."""

    __tablename__ = "amendments"
    digest: Mapped[str] = mapped_column(primary_key=True)
    order_id: Mapped[str] = mapped_column(index=True)
    original: Mapped[str]
    register: Mapped[str]
    seq: Mapped[int]
    at: Mapped[datetime]
    value: Mapped[str] = mapped_column(Text)


class ExceptionRow(Base):
    """Something that a person of the back office has to look at, written with what it is about."""

    __tablename__ = "exceptions"
    digest: Mapped[str] = mapped_column(primary_key=True)
    """Of the entry that raised it."""
    kind: Mapped[str] = mapped_column(primary_key=True)
    order_id: Mapped[str] = mapped_column(index=True)
    register: Mapped[str] = mapped_column(index=True)
    seq: Mapped[int | None]
    words: Mapped[str] = mapped_column(Text)
    opened_at: Mapped[datetime] = mapped_column(index=True)
    resolved_at: Mapped[datetime | None]


class SessionRow(Base):
    """An offline session of a register; beginning and end come in entries of their own, in any order."""

    __tablename__ = "offline_sessions"
    id: Mapped[str] = mapped_column(primary_key=True)
    register: Mapped[str] = mapped_column(index=True)
    opened_seq: Mapped[int | None]
    opened_at: Mapped[datetime | None]
    day: Mapped[date | None] = mapped_column(index=True)
    """The day on which it began, in Indian time."""
    why: Mapped[str]
    staff_id: Mapped[str]
    staff_name: Mapped[str]
    closed_seq: Mapped[int | None]
    closed_at: Mapped[datetime | None]


class PaymentRow(Base):
    """Money taken for an order."""

    __tablename__ = "payments"
    order_id: Mapped[str] = mapped_column(ForeignKey("orders.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    payment_id: Mapped[str] = mapped_column(index=True)
    tender_id: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    amount: Mapped[int]
    received: Mapped[int]
    reference: Mapped[str]
    at: Mapped[datetime]


class LedgerRow(Base):
    """One side of a booking; the rows of an order sum to zero (debit positive, credit negative)."""

    __tablename__ = "ledger"
    order_id: Mapped[str] = mapped_column(ForeignKey("orders.id"), primary_key=True)
    account: Mapped[str] = mapped_column(primary_key=True)
    business_day: Mapped[date] = mapped_column(index=True)
    amount: Mapped[int]


class CouponRow(Base):
    """A coupon by its code: what it gives (JSON of a promotion), and how often it may be used."""

    __tablename__ = "coupons"
    code: Mapped[str] = mapped_column(primary_key=True)
    limit: Mapped[int | None]
    value: Mapped[str] = mapped_column(Text)


class CouponUse(Base):
    """A sale that has a coupon: kept for it until then, used up once the order is booked."""

    __tablename__ = "coupon_uses"
    order_id: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(index=True)
    register: Mapped[str]
    until: Mapped[datetime]
    redeemed_at: Mapped[datetime | None]


class StockMove(Base):
    """What an order took from stock, in thousandths."""

    __tablename__ = "stock_moves"
    order_id: Mapped[str] = mapped_column(ForeignKey("orders.id"), primary_key=True)
    variant_id: Mapped[str] = mapped_column(primary_key=True)
    quantity: Mapped[int]
    at: Mapped[datetime] = mapped_column(index=True)


class AnswerGiven(Base):
    """What was answered to a call that changed something, by register and idempotency key."""

    __tablename__ = "answers"
    register: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str]
    answer: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class CustomerCode(Base):
    """What is on a customer's card. It stays here: registers ask for one code, and never get the list."""

    __tablename__ = "customer_codes"
    code: Mapped[str] = mapped_column(primary_key=True)
    customer_id: Mapped[str] = mapped_column(index=True)


class CustomerClash(Base):
    """A field of a customer that a register changed in one way and the back office in another."""

    __tablename__ = "customer_clashes"
    digest: Mapped[str] = mapped_column(primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    customer_id: Mapped[str] = mapped_column(index=True)
    register: Mapped[str]
    here: Mapped[str] = mapped_column(Text)
    office: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    settled_at: Mapped[datetime | None]


class CustomerDouble(Base):
    """A new customer with the phone number of another one: perhaps the same person."""

    __tablename__ = "customer_doubles"
    customer_id: Mapped[str] = mapped_column(primary_key=True)
    other_id: Mapped[str] = mapped_column(primary_key=True)
    phone: Mapped[str]
    at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
