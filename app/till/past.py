"""Orders and offline sessions of the journal, with what became of each: folded once, however often it is asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import chain
from zoneinfo import ZoneInfo

from app.domain.amendment import corrected
from app.domain.order import Order
from app.domain.payment import BY_OTHERS, Payment, Tender
from app.domain.session import Happening, Outcome, Session, sessions
from app.sync.bodies import Amended, Sale, Training, happening
from app.sync.outbox import OrderState, state_of
from app.sync.protocol import Verdict
from app.till.slices.journal import unbroken
from app.till.slices.orders import OrderFilter
from app.till.slices.same import Grown, Same
from app.till.slices.sessions import SessionFilter
from app.till.state import Journal, Kept

REMEMBERED = 32_768
"""Orders whose words are remembered for the search."""
STATES = {
    "pending": frozenset({OrderState.PENDING, OrderState.SYNCING}),
    "synced": frozenset({OrderState.SYNCED, OrderState.ATTENTION}),
    "attention": frozenset({OrderState.ATTENTION}),
    "failed": frozenset({OrderState.FAILED}),
}
"""The choices of the filter; an order that is being sent still waits, one to be looked at has arrived."""


@dataclass(frozen=True, slots=True)
class Amendment:
    """A correction in the journal, and what the OMS said to it."""

    kept: Kept
    body: Amended
    state: OrderState
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class Row:
    """An order, the entry that holds it, what the OMS said, and what was corrected since."""

    kept: Kept
    order: Order
    """As it was made."""
    state: OrderState
    verdict: Verdict | None
    amendments: tuple[Amendment, ...] = ()

    @property
    def why(self) -> str:
        return self.verdict.why if self.verdict else ""

    @property
    def reading(self) -> Order:
        """The order as it reads with its corrections."""
        return corrected(self.order, [one for each in self.amendments for one in each.body.corrections])

    @property
    def turned_down(self) -> tuple[str, ...]:
        """Digests of what the OMS did not take: the order itself, or corrections of it."""
        return tuple(kept.digest for kept, state in self._entries if state is OrderState.FAILED)

    @property
    def unsent(self) -> tuple[int, ...]:
        """Places of what the OMS does not have: the order itself, or corrections of it; waiting or refused."""
        return tuple(kept.header.seq for kept, state in self._entries if state.outcome is not Outcome.BOOKED)

    @property
    def _entries(self) -> tuple[tuple[Kept, OrderState], ...]:
        return (self.kept, self.state), *((each.kept, each.state) for each in self.amendments)


def rows(journal: Journal) -> tuple[Row, ...]:
    """Every order of the journal, newest first; practice too, which says so of itself."""
    return _rows(Same(journal.kept, journal.verdicts, journal.sending))


@lru_cache(maxsize=2)
def _rows(journal: Same) -> tuple[Row, ...]:
    kept, verdicts, sending = journal.parts
    amended = _amended(Same(verdicts, sending, *_amendments(kept)))
    return tuple(reversed(_made(kept, amended, verdicts, sending)))


@lru_cache(maxsize=2)
def _amended(found: Same) -> Mapping[str, tuple[Amendment, ...]]:
    """The corrections of each order by its digest: the very same as long as there are no others."""
    verdicts, sending, *corrections = found.parts
    amended: dict[str, tuple[Amendment, ...]] = {}
    for each in corrections:
        state, verdict = state_of(each.digest, verdicts, sending), verdicts.get(each.digest)
        of = each.body.original
        amended[of] = (*amended.get(of, ()), Amendment(each, each.body, state, verdict))
    return amended


def _correction(kept: Kept) -> Kept | None:
    return kept if isinstance(kept.body, Amended) else None


def _order(
    kept: Kept,
    amended: Mapping[str, tuple[Amendment, ...]],
    verdicts: Mapping[str, Verdict],
    sending: frozenset[str],
) -> Row | None:
    match kept.body:
        case Sale(order=order) | Training(order=order):
            state, verdict = state_of(kept.digest, verdicts, sending), verdicts.get(kept.digest)
            return Row(kept, order, state, verdict, amended.get(kept.digest, ()))
    return None


_amendments, _made = Grown(_correction), Grown(_order)
"""After a sale only its own entry is looked at."""


def row(journal: Journal, order_id: str) -> Row | None:
    """One order of the journal."""
    return next((row for row in rows(journal) if row.order.id == order_id), None) if order_id else None


def to_sync(journal: Journal, beside: frozenset[int] = frozenset()) -> tuple[Row, ...]:
    """The orders that wait or failed, newest first; and those whose entries stand at other places that are named."""
    return _to_sync(Same(rows(journal)), beside)


@lru_cache(maxsize=4)
def _to_sync(every: Same, beside: frozenset[int]) -> tuple[Row, ...]:
    found = (row for row in every.only if not row.order.training)
    return tuple(row for row in found if row.unsent or row.kept.header.seq in beside)


def fitting(journal: Journal, wanted: OrderFilter, zone: str) -> tuple[Row, ...]:
    """The orders that a filter lets through, newest first."""
    return _fitting(Same(rows(journal)), wanted, zone)


@lru_cache(maxsize=4)
def _fitting(every: Same, wanted: OrderFilter, zone: str) -> tuple[Row, ...]:
    found: Iterable[Row] = every.only
    if words := wanted.text.casefold().split():
        texts = zip(found, _texts(every), strict=True)
        found = [row for row, text in texts if all(word in text for word in words) or _sold(row, wanted.goods)]
    if wanted == OrderFilter(text=wanted.text, goods=wanted.goods):
        return tuple(found)
    since, until = _day(wanted.since), _day(wanted.until)
    return tuple(row for row in found if _fits(row, wanted) and _between(row.order.at, since, until, zone))


@lru_cache(maxsize=2)
def _texts(every: Same) -> tuple[str, ...]:
    """What each order is found by; a keystroke only compares."""
    return tuple(reversed(_worded(tuple(reversed(every.only)))))


def _sold(row: Row, goods: frozenset[str]) -> bool:
    """Whether one of these variants is among what was sold."""
    return bool(goods) and any(line.variant_id in goods for line in row.order.lines)


def _fits(row: Row, wanted: OrderFilter) -> bool:
    order = row.order
    if wanted.state and row.state not in STATES.get(wanted.state, ()):
        return False
    if wanted.made and order.offline != (wanted.made == "offline"):
        return False
    if wanted.employee and wanted.employee not in {order.staff_name, row.reading.sales_employee}:
        return False
    return not wanted.tender or any(payment.tender_id == wanted.tender for payment in row.reading.payments)


def _between(at: datetime, since: date | None, until: date | None, zone: str) -> bool:
    """Whether a moment lies on one of the days of the store."""
    if since is None and until is None:
        return True
    day = at.astimezone(ZoneInfo(zone)).date()
    return (since or day) <= day <= (until or day)


def _words(row: Row) -> str:
    text = _text(Same(row.kept))
    if row.verdict and row.verdict.order_number:
        text += f"\n{row.verdict.order_number.casefold()}"
    return text + "\n".join(("", *_buyer(row.reading))).casefold() if row.amendments else text


_worded = Grown(_words)


@lru_cache(maxsize=REMEMBERED)
def _text(entry: Same) -> str:
    """What an order is found by as long as it lives: its number, who bought, and what."""
    order: Order = entry.only.body.order
    goods = [word for line in order.lines for word in (line.name, line.label, line.sku)]
    return "\n".join((order.number, *_buyer(order), *goods)).casefold()


def _buyer(order: Order) -> tuple[str, ...]:
    buyer = order.customer
    return (buyer.name, buyer.phone, buyer.phone.replace(" ", "")) if buyer else ()


def taken_at_the_counter(tenders: tuple[Tender, ...]) -> tuple[Tender, ...]:
    """What a payment may be called in a correction: no link, no terminal, nothing that moves a balance at the OMS."""
    return tuple(each for each in tenders if each.kind not in BY_OTHERS and not each.terminal)


def charged_elsewhere(payment: Payment, tenders: tuple[Tender, ...]) -> bool:
    """Whether a payment was charged elsewhere, by a card terminal too: how it was paid cannot be corrected."""
    return payment.fixed or any(each.terminal and each.id == payment.tender_id for each in tenders)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def employees(journal: Journal) -> tuple[str, ...]:
    """Everybody who sold something here, by name."""
    return _employees(Same(rows(journal)))


@lru_cache(maxsize=2)
def _employees(every: Same) -> tuple[str, ...]:
    names = set(chain.from_iterable(_sellers(tuple(reversed(every.only)))))
    return tuple(sorted(names - {""}))


def _names(row: Row) -> tuple[str, str]:
    return row.order.staff_name, row.order.sales_employee


_sellers = Grown(_names)


def offline_sessions(journal: Journal) -> tuple[Session, ...]:
    """The times this register sold offline, newest first; without those of which not all is open."""
    return _sessions(Same(journal.kept, journal.verdicts, journal.sending))


@lru_cache(maxsize=2)
def _sessions(journal: Same) -> tuple[Session, ...]:
    kept, verdicts, sending = journal.parts
    sold = {row.kept.digest: row for row in _rows(journal) if row.amendments}

    def happened(each: Kept) -> Happening | None:
        body = Sale(order=sold[each.digest].reading) if each.digest in sold else each.body
        return happening(body, state_of(each.digest, verdicts, sending).outcome)

    found: list[Session] = []
    for run in (runs := unbroken(kept)):
        some = sessions(what for each in run if (what := happened(each)) is not None)
        found += some if run is runs[-1] else [one for one in some if one.closed is not None]
    return tuple(reversed(found))


def fitting_sessions(journal: Journal, wanted: SessionFilter, zone: str) -> tuple[Session, ...]:
    """The sessions that a filter lets through, by the day on which they began."""
    since, until = _day(wanted.since), _day(wanted.until)
    found = (one for one in offline_sessions(journal) if wanted.status in {"", one.status})
    return tuple(one for one in found if _between(one.opened.at, since, until, zone))
