"""What a person of the back office has to look at: written with the booking it is about, and listed until resolved."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, func, or_, select, update
from sqlalchemy.orm import Session

from app.domain.money import Value
from app.domain.numbers import INDIA
from app.sync.entry import Header, Kind
from server.oms.chunks import chunks
from server.oms.tables import EntryRow, ExceptionRow, OrderRow
from server.oms.times import now
from server.oms.together import among


class FindingKind(StrEnum):
    OVERSOLD = "oversold"
    UNKNOWN_PRODUCT = "unknown_product"
    TOTAL_DIFFERS = "total_differs"
    TAXES_DIFFER = "taxes_differ"
    NO_RATE = "no_rate"
    TOO_LARGE = "too_large"
    DISCOUNT = "discount"
    PRICE = "price"
    """It was changed at the till further than whoever answers for it may."""
    COUPON = "coupon"
    VOUCHER = "voucher"
    """It was unknown, stopped, expired, or spent twice."""
    HOUSE_ACCOUNT = "house_account"
    TENDER = "tender"
    """Taken against its rules: reference, caps, or offline."""
    PAYMENTS = "payments"
    ROUNDING = "rounding"
    PAYMENT_LINK = "payment_link"
    """What was paid online is not what the order says."""
    CARD = "card"
    """A card payment that the processor does not know, or that was stored above what is allowed."""
    CARD_REFUSED = "card_refused"
    """Resolved when another payment was taken."""
    E_INVOICE = "e_invoice"
    """The invoice portal refused it: without an IRN the buyer has no invoice."""
    DELIVERY = "delivery"
    """It was not quoted, or not like that."""
    NUMBER = "number"
    OUT_OF_SERVICE = "out_of_service"
    """Its register was no longer to sell when it was made."""
    CUSTOMER = "customer"
    CUSTOMER_CLASH = "customer_clash"
    """A field that a register and the back office changed differently."""
    CUSTOMER_DOUBLE = "customer_double"
    AMENDMENT = "amendment"
    OVER_RETURNED = "over_returned"
    """More came back than was sold: two registers that did not know of each other."""
    ORIGINAL = "original"
    """The sale that something came back from is not here; resolved when it arrives."""
    CREDIT = "credit"
    """The credit note that an exchange counts is not here, resolved when it arrives; or it gave another sum."""
    REFUND = "refund"
    """Money that the back office has to give back: it came by a payment link."""
    DOUBLED = "doubled"
    NOT_BOOKED = "not_booked"
    """Our own code failed over it; tried again at each start, and resolved when it is booked."""
    GAP = "gap"
    """The entry before it has not arrived; resolved when it does."""
    CHAIN = "chain"
    REFUSED = "refused"
    """Resolved when the same entry is taken in after all."""
    CONFLICT = "conflict"
    """Another entry has its id; resolved when a person has booked it as another one."""
    USED_TWICE = "used_twice"
    """A place in the journal, or the end of a shift, came from two copies of a register."""
    COPIED = "copied"
    """A register exists twice: a copy of its browser's data made contact."""


ASTRAY = "It does not follow the entry before it: the journal was changed or mixed up."
TURNED_DOWN = (FindingKind.REFUSED, FindingKind.CONFLICT)


@dataclass(frozen=True, slots=True)
class Finding:
    """What is odd about an entry, as a sentence; it never stops the entry."""

    kind: FindingKind
    words: str


def note(
    session: Session,
    digest: str,
    register: str,
    header: Header | None,
    findings: Iterable[Finding],
    about: str = "",
) -> None:
    """Write down what was found about an entry; what is open already stays as it is. A sale is about its own order."""
    together: dict[FindingKind, list[str]] = {}
    for finding in findings:
        together.setdefault(finding.kind, []).append(finding.words)
    for kind, words in together.items():
        row = session.get(ExceptionRow, (digest, kind.value))
        if row is None:
            row = ExceptionRow(digest=digest, kind=kind.value, register=register, opened_at=now())
            session.add(row)
        row.order_id = about or (header.id if header and header.kind is Kind.SALE else "")
        row.seq = header.seq if header else None
        row.words, row.resolved_at = " ".join(words), None


def raise_about(session: Session, order: OrderRow, finding: Finding) -> None:
    """Say something about an order that was booked long ago."""
    row = session.get(ExceptionRow, (order.digest, finding.kind.value))
    if row is None:
        row = ExceptionRow(digest=order.digest, kind=finding.kind.value, register=order.register, opened_at=now())
        session.add(row)
    row.order_id, row.seq, row.words, row.resolved_at = order.id, order.seq, finding.words, None


def settle(session: Session, register: str, taken: Collection[tuple[str, int]]) -> None:
    """Resolve what entries that were taken in (digest and place) were missed for."""
    session.flush()
    for some in chunks(taken):
        missed = ExceptionRow.kind.in_((*TURNED_DOWN, FindingKind.NOT_BOOKED))
        _resolve(session, missed, ExceptionRow.digest.in_([digest for digest, _ in some]))
        follows = ExceptionRow.seq.in_([seq + 1 for _, seq in some])
        _resolve(session, ExceptionRow.kind == FindingKind.GAP, ExceptionRow.register == register, follows)
        settle_astray(session, register, some)


def settle_astray(session: Session, register: str, here: Collection[tuple[str, int]]) -> None:
    """Resolve that entries follow none: where two copies of a register wrote, the one before may come last."""
    named = select(EntryRow.digest).where(
        EntryRow.digest == ExceptionRow.digest, EntryRow.prev.in_([digest for digest, _ in here])
    )
    follows = ExceptionRow.seq.in_([seq + 1 for _, seq in here])
    astray = ExceptionRow.kind == FindingKind.CHAIN, ExceptionRow.words == ASTRAY, named.exists()
    _resolve(session, ExceptionRow.register == register, follows, *astray)


def settle_originals(session: Session, order_ids: Collection[str]) -> None:
    """Resolve what was said about returns of sales that were not here: now they are."""
    for some in chunks(order_ids):
        _resolve(session, ExceptionRow.kind == FindingKind.ORIGINAL, ExceptionRow.order_id.in_(some))


def credit_arrived(session: Session, order: OrderRow, found: Sequence[Finding]) -> None:
    """Resolve that the credit note of an exchange was missing; where it does not fit its sale, say that instead."""
    session.flush()
    _resolve(session, ExceptionRow.kind == FindingKind.CREDIT, ExceptionRow.digest == order.digest)
    for finding in found:
        raise_about(session, order, finding)


def open_orders() -> Select[str]:
    """The orders that somebody has to look at."""
    return select(ExceptionRow.order_id).where(ExceptionRow.resolved_at.is_(None), ExceptionRow.order_id != "")


def resolve(session: Session, digest: str, kind: str) -> ExceptionRow | None:
    """A person has looked: it is settled; nothing where it was settled before."""
    row = session.get(ExceptionRow, (digest, kind))
    if row is None or row.resolved_at is not None:
        return None
    row.resolved_at = now()
    return row


def _resolve(session: Session, *which: ColumnElement[bool]) -> None:
    session.execute(update(ExceptionRow).where(ExceptionRow.resolved_at.is_(None), *which).values(resolved_at=now()))


class ExceptionView(Value):
    """One thing to look at."""

    kind: str
    order_id: str
    """Empty where it is not about an order."""
    register: str
    seq: int | None
    words: str
    opened_at: datetime
    resolved_at: datetime | None
    digest: str


class ExceptionList(Value):
    """A page of exceptions, newest first, with the count of all that the filters let through."""

    exceptions: tuple[ExceptionView, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which exceptions are wanted; what is None does not filter."""

    kind: str | None = None
    resolved: bool | None = None
    order_id: str | None = None
    register: str | None = None
    since: date | None = None
    until: date | None = None
    text: str = ""
    """In what was found, or in the id of the order."""


def list_exceptions(session: Session, wanted: Wanted, limit: int, offset: int) -> ExceptionList:
    """Return a page of exceptions; days are those of the store."""
    where = _conditions(wanted)
    count = session.scalar(select(func.count()).select_from(ExceptionRow).where(*where)) or 0
    order = ExceptionRow.opened_at.desc(), ExceptionRow.digest, ExceptionRow.kind
    rows: Sequence[ExceptionRow] = session.scalars(
        select(ExceptionRow).where(*where).order_by(*order).limit(limit).offset(offset)
    ).all()
    names = ExceptionView.model_fields
    views = tuple(ExceptionView(**{name: getattr(row, name) for name in names}) for row in rows)
    return ExceptionList(exceptions=views, count=count)


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    row = ExceptionRow
    found: list[ColumnElement[bool]] = []
    if wanted.resolved is not None:
        found.append(row.resolved_at.is_not(None) if wanted.resolved else row.resolved_at.is_(None))
    if wanted.since:
        found.append(row.opened_at >= _midnight(wanted.since))
    if wanted.until:
        found.append(row.opened_at < _midnight(wanted.until + timedelta(days=1)))
    if wanted.text:
        found.append(or_(*(column.icontains(wanted.text, autoescape=True) for column in (row.words, row.order_id))))
    same = ((row.kind, wanted.kind), (row.order_id, wanted.order_id))
    if wanted.register is not None:
        found.append(among(row.register, wanted.register))
    return [*found, *(column == value for column, value in same if value is not None)]


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=INDIA)
