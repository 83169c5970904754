"""What has come back, read from the journal, and what a return that is being picked comes to; flows and screens ask."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from app.domain.order import Order
from app.domain.payment import Tender, TenderKind
from app.domain.pricing import Totals, add_up
from app.domain.refunding import Ways, plan
from app.domain.returning import (
    CreditNote,
    Exchange,
    GivenBack,
    Pick,
    Plan,
    ReturnedLine,
    Standing,
    come_back,
    standing,
)
from app.sync.bodies import CreditNote as NoteBody
from app.sync.bodies import given_back
from app.sync.cards import CardState
from app.sync.outbox import OrderState, state_of
from app.sync.protocol import Verdict
from app.till.risk import standings
from app.till.slices.journal import Journal, Kept
from app.till.slices.returning import Returning
from app.till.slices.same import Same
from app.till.state import State


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A credit note of the journal, and what the OMS said to it."""

    kept: Kept
    note: CreditNote
    state: OrderState
    verdict: Verdict | None

    @property
    def why(self) -> str:
        return self.verdict.why if self.verdict else ""


@dataclass(frozen=True, slots=True)
class Worked:
    """What a return comes to: its lines, and how the money goes back."""

    lines: tuple[ReturnedLine, ...]
    sums: Totals
    """What the lines are worth, before cash is rounded."""
    back: Plan


def note_rows(journal: Journal) -> tuple[NoteRow, ...]:
    """Every credit note of the journal, newest first."""
    return _note_rows(Same(journal.kept, journal.verdicts, journal.sending))


@lru_cache(maxsize=2)
def _note_rows(journal: Same) -> tuple[NoteRow, ...]:
    kept, verdicts, sending = journal.parts
    return tuple(
        NoteRow(each, each.body.note, state_of(each.digest, verdicts, sending), verdicts.get(each.digest))
        for each in reversed(kept)
        if isinstance(each.body, NoteBody)
    )


def note_row(journal: Journal, note_id: str) -> NoteRow | None:
    """One credit note of the journal."""
    return next((row for row in note_rows(journal) if row.note.id == note_id), None) if note_id else None


def note_text(row: NoteRow) -> str:
    """What a credit note is found by: its number, that of its sale, who and what."""
    note = row.note
    buyer = (note.customer.name, note.customer.phone) if note.customer else ()
    goods = (word for line in note.lines for word in (line.name, line.sku))
    return "\n".join((note.number, note.original.number, *buyer, *goods)).casefold()


def backs_of(journal: Journal, order_id: str, elsewhere: Iterable[GivenBack] = ()) -> tuple[GivenBack, ...]:
    """All that came back of an order, as far as this register knows, oldest first; each once."""
    here = _by_order(Same(journal.kept)).get(order_id, ())
    each = {back.id: back for back in (*elsewhere, *here)}
    return tuple(sorted(each.values(), key=lambda back: back.at))


def stands(journal: Journal, order: Order) -> Standing:
    """Whether an order is whole, or what has come back of it."""
    return standing(order, backs_of(journal, order.id))


@lru_cache(maxsize=2)
def _by_order(journal: Same) -> dict[str, tuple[GivenBack, ...]]:
    found: dict[str, tuple[GivenBack, ...]] = {}
    for each in journal.only:
        if (back := given_back(each.body)) is not None:
            found[back.original.order_id] = (*found.get(back.original.order_id, ()), back)
    return found


def ways(state: State, tender_id: str) -> Ways:
    """By what money may go back now."""
    cash = next((tender for tender in state.people.tenders if tender.kind is TenderKind.CASH), None)
    step = state.people.settings.cash_step if state.people.settings else 1
    return Ways(step, cash, next((each for each in refund_tenders(state) if each.id == tender_id), None))


def refund_tenders(state: State) -> tuple[Tender, ...]:
    """What a refund may be given by at the counter, whatever it was paid with."""
    at_the_counter = {TenderKind.CASH, TenderKind.CARD, TenderKind.UPI}
    return tuple(tender for tender in state.people.tenders if tender.kind in at_the_counter)


def worked_out(state: State, desk: Returning, picks: tuple[Pick, ...]) -> Worked:
    """What the picks come to, all of it given back."""
    before = backs_of(state.journal, desk.order.id, desk.elsewhere)
    lines = come_back(desk.order, before, picks)
    sums = add_up([each.line for each in lines])
    return Worked(lines, sums, plan(paid(state, desk.order), before, sums.total, ways(state, desk.tender_id)))


def paid(state: State, order: Order) -> Order:
    """The order with its stored cards as money, once the processor has approved them."""
    stands = standings(state).get(order.id)
    if stands is None or stands.state is not CardState.APPROVED:
        return order
    payments = tuple(payment.model_copy(update={"stored": None}) for payment in order.payments)
    return order.model_copy(update={"payments": payments})


def needs_manager(state: State, worked: Worked) -> bool:
    """More than anybody may give back, or by a tender that did not bring it."""
    limit = state.people.settings.return_limit if state.people.settings else 0
    return worked.sums.total > limit or worked.back.short > 0


def exchange_lines(state: State, exchange: Exchange) -> tuple[ReturnedLine, ...]:
    """What comes back in the exchange of the open sale, of what is left by now."""
    before = backs_of(state.journal, exchange.order.id, exchange.elsewhere)
    return come_back(exchange.order, before, exchange.picks)


def exchange_plan(state: State, exchange: Exchange, over: int) -> Plan:
    """How so much of an exchange as the new sale does not use goes back to the customer."""
    before = backs_of(state.journal, exchange.order.id, exchange.elsewhere)
    return plan(paid(state, exchange.order), before, over, ways(state, exchange.tender_id))


def exchange_worth(state: State) -> int:
    """What the goods of the open exchange are worth, minor units."""
    if state.exchange is None:
        return 0
    return add_up([each.line for each in exchange_lines(state, state.exchange)]).total
