"""Takes entries in and gives a verdict on each, so that no entry ever blocks the ones behind it.

Refused is only what can't be read or is not this register's; a conflict is a second entry under the same id or
place. Everything else is accepted, if need be with attention: money already taken is never refused.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from pydantic import ValidationError
from sqlalchemy import or_, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.domain.order import Order
from app.domain.pricing import Totals
from app.domain.settings import Settings
from app.domain.tax import TaxRate
from app.sync.bodies import BODIES, Body, Sale
from app.sync.entry import Entry, Header, Unreadable, parse, split
from app.sync.protocol import Dataset, Verdict, VerdictKind, Verdicts
from server.oms.books import Shortage, book_order, book_stock
from server.oms.checks import Rules, look_at_chain, look_at_money, look_at_number, place, recompute
from server.oms.records import read_all
from server.oms.secrets import NotOpened, Secrets, unseal
from server.oms.tables import EntryRow, OrderRow, Register, Reject
from server.oms.times import now

log = logging.getLogger("store_os.intake")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a line can't be taken in."""

    kind: VerdictKind
    why: str
    header: Header | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """An entry with its body; no body where this release knows none of that kind."""

    entry: Entry
    body: Body | None


@dataclass(frozen=True, slots=True)
class Booked:
    """What came of booking an entry."""

    why: tuple[str, ...] = ()
    order_number: str = ""
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """What the intake of one batch works with."""

    session: Session
    register: Register
    key: bytes
    rules: Rules


def take_in(session: Session, keys: Secrets, register: Register, lines: Sequence[bytes]) -> Verdicts:
    """Give each line its verdict, in their order; the caller commits them together."""
    key = keys.unwrap(register.wrapped_key)
    if isinstance(key, NotOpened):
        raise RuntimeError(f"the key of register {register.id} was checked at enrolment, and now: {key.why}")
    settings = read_all(session, Dataset.SETTINGS, Settings)[0]
    rules = Rules(rates=read_all(session, Dataset.RATES, TaxRate), cash_step=settings.cash_step)
    desk = Desk(session=session, register=register, key=key, rules=rules)
    return Verdicts(verdicts=tuple(_judge(desk, line.rstrip(b"\r\n")) for line in lines))


def _judge(desk: Desk, line: bytes) -> Verdict:
    digest = sha256(line).hexdigest()
    present = desk.session.get(EntryRow, digest)
    if present is not None:
        return _again(present)
    opened = _open(desk, line)
    if isinstance(opened, Refusal):
        return _refuse(desk, line, digest, opened)
    booked = _book_safely(desk, opened)
    row = _entry_row(opened.entry, booked)
    desk.session.add(row)
    desk.session.flush()
    return _verdict(row, VerdictKind(row.verdict))


def _again(row: EntryRow) -> Verdict:
    """The same bytes once more: what was said about them still holds, so a lost reply loses no mark."""
    attention = row.verdict == VerdictKind.ATTENTION
    return _verdict(row, VerdictKind.ATTENTION if attention else VerdictKind.DUPLICATE)


def _open(desk: Desk, line: bytes) -> Opened | Refusal:
    entry = parse(line)
    if isinstance(entry, Unreadable):
        return Refusal(VerdictKind.REFUSED, f"This entry can't be read: {entry.why}.")
    return _not_ours(desk, entry.header) or _taken(desk, entry.header) or _unseal(desk, entry)


def _not_ours(desk: Desk, header: Header) -> Refusal | None:
    register = desk.register
    if (header.store, header.register) != (register.store, register.id):
        why = f"This entry is of register {header.store}-{header.register}; {register.store}-{register.id} sent it."
        return Refusal(VerdictKind.REFUSED, why, header)
    if header.key != register.key_id:
        return Refusal(VerdictKind.REFUSED, "This entry is sealed with a key that the OMS does not know.", header)
    return None


def _taken(desk: Desk, header: Header) -> Refusal | None:
    here = place(header.register, header.seq)
    other = desk.session.scalar(select(EntryRow).where(or_(EntryRow.id == header.id, EntryRow.place == here)).limit(1))
    if other is None:
        return None
    what = "id" if other.id == header.id else f"number {header.seq} in the journal"
    return Refusal(VerdictKind.CONFLICT, f"The OMS holds another entry with this {what}, with other content.", header)


def _unseal(desk: Desk, entry: Entry) -> Opened | Refusal:
    parts = split(entry.line)
    if isinstance(parts, Unreadable):
        return Refusal(VerdictKind.REFUSED, f"This entry can't be read: {parts.why}.", entry.header)
    clear = unseal(parts, desk.key)
    if isinstance(clear, NotOpened):
        return Refusal(VerdictKind.REFUSED, f"This entry can't be read: {clear.why}.", entry.header)
    shape = BODIES.get(entry.header.kind)
    try:
        return Opened(entry=entry, body=shape.validate_json(clear) if shape else None)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        why = f"This entry's content is not one the OMS knows ({where}: {first['msg']}). Is the OMS up to date?"
        return Refusal(VerdictKind.REFUSED, why, entry.header)


def _book_safely(desk: Desk, opened: Opened) -> Booked:
    """Book an entry; should our own code fail over it, keep it unbooked and say so, instead of blocking the rest."""
    try:
        with desk.session.begin_nested():
            return _book(desk, opened)
    except OperationalError:
        raise  # a full disk or a locked database is no property of this entry: the whole batch is to be sent again
    except Exception:
        log.exception("entry %s of register %s could not be booked", opened.entry.digest, desk.register.id)
        return Booked(why=("The OMS keeps this entry but could not book it. Its log says why.",))


def _book(desk: Desk, opened: Opened) -> Booked:
    why = look_at_chain(desk.session, opened.entry)
    if not isinstance(opened.body, Sale):
        return Booked(why=tuple(why))
    order = opened.body.order
    if desk.session.get(OrderRow, order.id) is not None:
        return Booked(why=(*why, "This order was already booked from another entry; it was not booked again."))
    ours = recompute(order, desk.rules)
    why += look_at_number(desk.session, desk.register, opened.entry.header, order)
    why += look_at_money(order, ours, desk.rules)
    why += _shortage(book_stock(desk.session, opened.entry, order), order)
    return Booked(
        why=tuple(why),
        order_number=book_order(desk.session, opened.entry, order, " ".join(why)),
        total=ours.total if isinstance(ours, Totals) and ours.total != order.totals.total else None,
    )


def _shortage(shortage: Shortage, order: Order) -> list[str]:
    names = {line.variant_id: line.name for line in order.lines}
    found: list[str] = []
    if shortage.unknown:
        found.append(f"Not in the catalogue: {', '.join(names[key] for key in shortage.unknown)}.")
    if shortage.oversold:
        found.append(f"More was sold than was in stock: {', '.join(names[key] for key in shortage.oversold)}.")
    return found


def _entry_row(entry: Entry, booked: Booked) -> EntryRow:
    header = entry.header
    return EntryRow(
        digest=entry.digest,
        id=header.id,
        place=place(header.register, header.seq),
        register=header.register,
        seq=header.seq,
        kind=header.kind.value,
        at=header.at,
        received_at=now(),
        line=entry.line,
        verdict=(VerdictKind.ATTENTION if booked.why else VerdictKind.ACCEPTED).value,
        why=" ".join(booked.why),
        order_number=booked.order_number,
        total=booked.total,
    )


def _refuse(desk: Desk, line: bytes, digest: str, refusal: Refusal) -> Verdict:
    """Keep the line for a person to look at, and say why it was turned down."""
    kept = Reject(
        digest=digest,
        register=desk.register.id,
        received_at=now(),
        line=line,
        verdict=refusal.kind.value,
        why=refusal.why,
    )
    desk.session.merge(kept)
    desk.session.flush()
    header = refusal.header
    return Verdict(
        digest=digest,
        id=header.id if header else "",
        seq=header.seq if header else 0,
        kind=refusal.kind,
        why=refusal.why,
    )


def _verdict(row: EntryRow, kind: VerdictKind) -> Verdict:
    return Verdict(
        digest=row.digest,
        id=row.id,
        seq=row.seq,
        kind=kind,
        why=row.why,
        order_number=row.order_number,
        total=row.total,
    )
