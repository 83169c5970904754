"""What a batch of entries is judged with: all it touches is read at once, all it brings is written at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.domain.order import Order
from app.domain.payment import Tender
from app.domain.settings import Settings
from app.domain.tax import TaxRate
from app.sync.bodies import Sale, given_back
from app.sync.protocol import Dataset
from server.oms.balances import Balances
from server.oms.books import Books
from server.oms.bulk import add_rows
from server.oms.by_hand import roles_for
from server.oms.cards import CardRules
from server.oms.findings import settle, settle_astray
from server.oms.following import amend
from server.oms.known import Known, know_entries, know_orders
from server.oms.opening import Opened
from server.oms.promises import Promises
from server.oms.promotions import all_promotions
from server.oms.records import declared, read_all
from server.oms.returns import Returns, goods_of
from server.oms.revisions import Numbers, current
from server.oms.rules import Rules
from server.oms.stock import Shelf
from server.oms.tables import EntryRow, Register
from server.oms.tendering import TenderRules


@dataclass(frozen=True, slots=True)
class Desk:
    """What one batch is judged with, and where its rows are gathered."""

    session: Session
    register: Register
    rules: Rules
    known: Known
    shelf: Shelf
    books: Books
    returns: Returns
    promises: Promises
    balances: Balances
    tenders: TenderRules
    cards: CardRules
    numbers: Numbers
    entries: list[dict[str, Any]]
    since: int
    """The revision from which on every change holds what this batch brings: none was written before, all come after."""
    touched: set[str]
    """Orders that were booked or corrected in this batch."""

    def write(self) -> None:
        """Write what the batch brings, entries first."""
        add_rows(self.session, EntryRow, self.entries)
        self.numbers.write()
        self.books.write(self.session)
        self.returns.write()
        amend(self.session, self.touched)
        self.shelf.write()
        self.balances.write()
        settle(self.session, self.register.id, [(row["digest"], row["seq"]) for row in self.entries])
        if self.known.aside:
            settle_astray(self.session, self.register.id, [(digest, seq) for digest, _, seq in self.known.aside])


def open_desk(session: Session, register: Register, opened: Sequence[Opened]) -> Desk:
    """Read all that the batch touches."""
    bodies = [each.body for each in opened]
    orders = [body.order for body in bodies if isinstance(body, Sale)]
    known = Known()
    settings = read_all(session, Dataset.SETTINGS, Settings)[0]
    tenders = read_all(session, Dataset.TENDERS, Tender)
    know_entries(session, known, [each.entry for each in opened])
    know_orders(session, known, orders, [back.id for body in bodies if (back := given_back(body))])
    return Desk(
        session=session,
        register=register,
        rules=_rules(session, settings, orders),
        known=known,
        shelf=Shelf(session, goods_of(bodies) | {line.variant_id for order in orders for line in order.lines}),
        books=Books(),
        returns=Returns(session, register, bodies),
        promises=Promises(session, orders),
        balances=Balances(session, bodies),
        tenders=TenderRules(session, register.id, tenders, orders),
        cards=CardRules.of(settings, tenders),
        numbers=Numbers(session, "order"),
        entries=[],
        since=current(session) + 1,
        touched=set(),
    )


def _rules(session: Session, settings: Settings, orders: Sequence[Order]) -> Rules:
    return Rules(
        rates=read_all(session, Dataset.RATES, TaxRate),
        cash_step=settings.cash_step,
        promotions=all_promotions(session),
        extensions=declared(session, Dataset.EXTENSIONS),
        leeways=settings.leeways,
        roles=roles_for(session, orders),
    )
