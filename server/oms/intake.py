"""Takes entries in and gives a verdict on each, so that no entry ever blocks the ones behind it.

Refused is only what can't be read or is not this register's; a conflict is a second entry under the same id; all
else is accepted, if need be with attention. A batch is read, judged and written at once. Where our own code
fails over it, it is halved until the entry is found: that one is kept unbooked, the others are booked.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from sqlalchemy.orm import Session

from app.domain.customer import Clash
from app.domain.order import Order
from app.domain.pricing import Summed
from app.domain.returning import GivenBack
from app.sync.balances import moved_by
from app.sync.bodies import Amended, CustomerChanged, Sale, Shift, given_back
from app.sync.entry import Entry
from app.sync.protocol import Verdict, VerdictKind, Verdicts
from server.oms.books import Given
from server.oms.by_hand import look_at_hands
from server.oms.cards import take as take_cards
from server.oms.checks import (
    look_at_chain,
    look_at_extensions,
    look_at_money,
    look_at_number,
    look_at_place,
    look_at_service,
    look_at_shelf,
)
from server.oms.coupons import redeem
from server.oms.customers import change_customer, changed_before
from server.oms.desk import Desk, open_desk
from server.oms.findings import Finding, FindingKind, note
from server.oms.following import follow
from server.oms.known import Seen, cards_of
from server.oms.opening import Opened, Read, Refusal, named_apart, open_line, taken
from server.oms.problems import Failed
from server.oms.promotions import look_at_discounts
from server.oms.returns import RETURN_DOUBLED
from server.oms.rules import recompute
from server.oms.secrets import NotOpened, Secrets
from server.oms.shifts import corrected_later, note_cash
from server.oms.stock import sold_by
from server.oms.tables import Register
from server.oms.times import now
from server.oms.unbooked import NOT_NOW, keep_unbooked, turn_down
from server.oms.verdicts import entry_row, once_more, verdict_of

log = logging.getLogger("store_os.intake")
NO_KEY = (
    "The secrets file of the store’s server does not open this register’s key. Nothing was taken in; its sales are "
    "safe in the register and its folder. Put back the file under which it was enrolled, and restart the server."
)


@dataclass(frozen=True, slots=True)
class Booked:
    """What came of booking an entry."""

    found: tuple[Finding, ...] = ()
    order_number: str = ""
    total: int | None = None
    revision: int = 0
    clashes: tuple[Clash, ...] = ()
    about: str = ""
    """The order that it is about."""


def take_in(
    session: Session, keys: Secrets, register: Register, lines: Sequence[bytes], *, apart: bool = False
) -> Verdicts:
    """Give each line its verdict, in their order; the caller commits them together.

    `apart` takes them as entries of their own where another one has their id: only a person can say so.
    """
    key = keys.unwrap(register.wrapped_key)
    if isinstance(key, NotOpened):
        log.error("register %s cannot send: %s", register.id, NO_KEY)
        raise Failed(503, "The key of this register does not open", NO_KEY, {"Retry-After": "60"})

    def read(line: bytes) -> Opened | Refusal:
        opened = open_line(line, register, key)
        return named_apart(opened) if apart else opened

    return Verdicts(verdicts=tuple(_take(session, register, read, [line.rstrip(b"\r\n") for line in lines])))


def _take(session: Session, register: Register, read: Read, lines: list[bytes]) -> list[Verdict]:
    try:
        with session.begin_nested():
            return _judged(session, register, read, lines)
    except NOT_NOW:
        raise
    except Exception:
        log.exception("%s entries from %s on could not be booked", len(lines), sha256(lines[0]).hexdigest())
    if len(lines) == 1:
        return [keep_unbooked(session, register, read, lines[0])]
    half = len(lines) // 2
    return [verdict for some in (lines[:half], lines[half:]) for verdict in _take(session, register, read, some)]


def _judged(session: Session, register: Register, read: Read, lines: Sequence[bytes]) -> list[Verdict]:
    opened = [read(line) for line in lines]
    desk = open_desk(session, register, [each for each in opened if isinstance(each, Opened)])
    verdicts = [_judge(desk, line, each) for line, each in zip(lines, opened, strict=True)]
    desk.write()
    return verdicts


def _judge(desk: Desk, line: bytes, opened: Opened | Refusal) -> Verdict:
    if isinstance(opened, Refusal):
        return turn_down(desk.session, desk.register, line, opened)
    present = desk.known.by_digest.get(opened.entry.digest)
    if present is not None:
        return once_more(_with_revision(desk, opened, present))
    header = opened.entry.header
    conflict = taken(header, desk.known)
    if conflict is not None:
        desk.known.aside.add((opened.entry.digest, header.register, header.seq))
        return turn_down(desk.session, desk.register, line, conflict)
    return _accept(desk, opened)


def _with_revision(desk: Desk, opened: Opened, present: Seen) -> Seen:
    drawn = moved_by(opened.body)
    if drawn and not present.revision:  # an older OMS did not keep it
        return replace(present, revision=desk.balances.since(drawn))
    if not isinstance(opened.body, CustomerChanged):
        return present
    changed = changed_before(desk.session, opened.entry, opened.body)
    return replace(present, revision=changed.revision, clashes=changed.clashes)


def _accept(desk: Desk, opened: Opened) -> Verdict:
    entry, booked = opened.entry, _book(desk, opened)
    header = entry.header
    why = words(booked.found)
    kind = VerdictKind.ATTENTION if why else VerdictKind.ACCEPTED
    seen = Seen(
        digest=entry.digest,
        id=header.id,
        register=header.register,
        seq=header.seq,
        prev=header.prev,
        place=desk.known.place_for(entry),
        verdict=kind.value,
        why=why,
        order_number=booked.order_number,
        total=booked.total,
        received_at=now(),
        revision=booked.revision,
        clashes=booked.clashes,
    )
    note(desk.session, entry.digest, header.register, header, booked.found, booked.about)
    desk.known.add(seen)
    desk.entries.append(entry_row(entry, seen))
    return verdict_of(seen, kind)


DOUBLED = Finding(FindingKind.DOUBLED, "This order was already booked from another entry; it was not booked again.")


def words(found: Sequence[Finding]) -> str:
    """What is odd about an entry itself, as one text for people.

    That the entry before it has not arrived says nothing about this one: it may have been sent first on purpose, and
    the back office has the gap on its list until it closes.
    """
    return " ".join(finding.words for finding in found if finding.kind is not FindingKind.GAP)


def _book(desk: Desk, opened: Opened) -> Booked:
    entry, body = opened.entry, opened.body
    found = look_at_place(desk.known, entry, apart=opened.apart) + look_at_chain(desk.known, entry)
    found += look_at_service(desk.register, entry.header)
    if isinstance(body, Sale):
        return _book_sale(desk, entry, body.order, found)
    if (back := given_back(body)) is not None:
        return _book_return(desk, entry, back, found)
    if isinstance(body, CustomerChanged):
        changed = change_customer(desk.session, entry, body)
        return Booked(found=(*found, *changed.found), revision=changed.revision, clashes=changed.clashes)
    follow(desk.session, entry, body)
    found += note_cash(desk.session, entry, body)
    if isinstance(body, Amended):
        desk.touched.add(body.order_id)
    elif isinstance(body, Shift):
        desk.touched.update(corrected_later(desk.session, body.happened.shift_id))
    return Booked(found=tuple(found))


def _book_return(desk: Desk, entry: Entry, back: GivenBack, found: list[Finding]) -> Booked:
    about = back.original.order_id
    if desk.returns.has(back) or back.id in desk.known.orders:
        return Booked(found=(*found, RETURN_DOUBLED), about=about)
    found += desk.returns.book(entry, back, desk.shelf, desk.known.counted(entry)) + desk.balances.look_back(back)
    desk.known.orders.add(back.id)
    desk.balances.give_back(back, entry.header.register)
    return Booked(found=tuple(found), about=about, revision=desk.since)


def _book_sale(desk: Desk, entry: Entry, order: Order, found: list[Finding]) -> Booked:
    if order.id in desk.known.orders:
        return Booked(found=(*found, DOUBLED), about=order.id)
    ours, sold = recompute(order, desk.rules), sold_by(order)
    found += look_at_number(desk.known, desk.register, entry.header, order)
    found += look_at_money(order, ours, desk.rules)
    found += look_at_discounts(order, desk.rules.promotions)
    found += look_at_hands(order, ours, desk.rules)
    found += redeem(desk.session, order, entry.header.register)
    found += look_at_extensions(order, desk.rules.extensions)
    found += look_at_shelf(desk.shelf.shortage(sold), order)
    found += desk.promises.look(order)
    found += desk.tenders.look(order)
    found += desk.balances.look(order)
    found += take_cards(desk.session, order, entry.header.register, desk.cards, desk.known.cards)
    found += desk.returns.look_at_credit(order)
    number = f"{desk.register.store}-{desk.numbers.next():06d}"
    total = ours.totals.total if isinstance(ours, Summed) and ours.totals.total != order.totals.total else None
    desk.books.add(entry, order, Given(number, words(found), total, sold))
    desk.shelf.take_out(sold, entry.header.register, desk.known.counted(entry))
    desk.balances.charge(order, entry.header.register)
    desk.tenders.note(order)
    desk.returns.knows(order)
    desk.known.orders.add(order.id)
    desk.known.cards |= cards_of(order)
    desk.known.numbers.add(order.number)
    desk.touched.add(order.id)
    return Booked(tuple(found), number, total, revision=desk.since, about=order.id)
