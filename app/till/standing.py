"""How the register stands at this moment: its mode, what is missing, what waits; the ground of every other selector."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from app.domain.numbers import indian_day
from app.sync.balances import BOOKED
from app.sync.bodies import Reprint
from app.sync.entry import Kind
from app.sync.link import DRIFT
from app.sync.mode import FOLDER, YES, Abilities, Ability, Known, Mode, abilities, mode
from app.sync.outbox import OrderState, state_of
from app.sync.protocol import Dataset, Verdict
from app.sync.room import room
from app.sync.status import FolderState
from app.till.slices.same import Left, Same, remembered
from app.till.state import Journal, Kept, State

JUST_SYNCED = timedelta(seconds=6)
"""How long "All synced" is shown."""
WAITING = frozenset({OrderState.PENDING, OrderState.SYNCING})


def unbooked(journal: Journal) -> tuple[Kept, ...]:
    """The entries that the OMS has not taken in, oldest first: they wait, or were turned down."""
    return _unbooked(Same(journal.kept, journal.verdicts, journal.life, journal.heard))


@lru_cache(maxsize=4)
def _unbooked(journal: Same) -> tuple[Kept, ...]:
    # Remembered, because every keystroke asks, and a journal grows by thousands of which nearly all are booked.
    kept, verdicts, life, heard = journal.parts
    return _left(kept, verdicts, life, heard)


def _not_booked(kept: Kept, verdicts: Mapping[str, Verdict]) -> bool:
    verdict = verdicts.get(kept.digest)
    return verdict is None or verdict.kind not in BOOKED


_left = Left(_not_booked)


def moment(state: State) -> datetime:
    """The time of the newest event."""
    return state.now or datetime(1970, 1, 1, tzinfo=UTC)


def elapsed(state: State, at: datetime) -> timedelta:
    """How much time lies between; after the clock was set back nothing waits until it has caught up."""
    return abs(moment(state) - at)


def today(state: State) -> date:
    return indian_day(moment(state))


def missing(state: State) -> tuple[str, ...]:
    """Name the data sets that are not here yet, and the folder where none was ever chosen: nothing missing is ready."""
    catalogue, people = state.catalogue, state.people
    here = {
        Dataset.PRODUCTS: catalogue is not None,
        Dataset.STOCK: catalogue is not None,
        Dataset.TENDERS: bool(people.tenders),
        Dataset.STAFF: any(member.active for member in people.staff),
        Dataset.RATES: catalogue is not None and bool(catalogue.rates),
        Dataset.CUSTOMERS: state.connection.synced.complete,
        Dataset.SETTINGS: people.settings is not None,
        FOLDER: state.connection.folder is not FolderState.NONE,
    }
    return tuple(name for name, present in here.items() if not present)


@remembered
def known(state: State) -> Known:
    """Gather all that the mode and its banner depend on."""
    connection, settings = state.connection, state.people.settings
    journal, here = state.journal, state.registered.register if state.registered else ""
    waits = unbooked(journal)
    states = _order_states(Same(waits, journal.verdicts, journal.sending))
    return Known(
        feature=settings is None or settings.offline_at(here),
        auto_detect=settings is None or settings.detects_at(here),
        manual=connection.manual,
        link=connection.link.link,
        missing=missing(state),
        pending=states[OrderState.PENDING] + states[OrderState.SYNCING],
        beside=_beside(Same(waits, journal.verdicts)),
        sending=states[OrderState.SYNCING],
        just_synced=connection.synced_at is not None and elapsed(state, connection.synced_at) < JUST_SYNCED,
        folder=connection.folder,
        failed=states[OrderState.FAILED],
        room=room(connection.free_bytes),
        clock_wrong=abs(connection.link.offset_seconds) > DRIFT,
        copied=connection.link.copied,
        app_kept=connection.app_kept,
        torn=journal.head is not None and journal.head.seq < journal.opened_to,
    )


@lru_cache(maxsize=4)
def _order_states(waits: Same) -> Counter[OrderState]:
    """Count the sales in each state but those that are booked."""
    kept, verdicts, sending = waits.parts
    return Counter(state_of(each.digest, verdicts, sending) for each in kept if each.header.kind is Kind.SALE)


@lru_cache(maxsize=4)
def _beside(waits: Same) -> int:
    kept, verdicts = waits.parts
    return sum(each.header.kind is not Kind.SALE and each.digest not in verdicts for each in kept)


def mode_now(state: State) -> Mode:
    return mode(known(state))


def can(state: State) -> Abilities:
    return abilities(mode_now(state))


def selling(state: State) -> Ability:
    """Whether a sale can be made now. At a copy, too, one for which money was taken is finished: that was paid."""
    paid = state.checkout is not None and bool(state.checkout.payments)
    return YES if paid and mode_now(state) is Mode.COPIED else can(state).sell


def sales(state: State) -> tuple[Kept, ...]:
    """The sales in the journal, oldest first."""
    return tuple(kept for kept in state.journal.kept if kept.header.kind is Kind.SALE)


def order_state(state: State, kept: Kept) -> OrderState:
    """What has become of an entry on its way to the OMS."""
    return state_of(kept.digest, state.journal.verdicts, state.journal.sending)


def pending(state: State) -> int:
    """How many sales have no verdict yet."""
    return known(state).pending


def oldest_pending(state: State) -> datetime | None:
    """When the first sale was made that still has no verdict."""
    waiting = (kept.header for kept in unbooked(state.journal) if order_state(state, kept) in WAITING)
    return next((header.at for header in waiting if header.kind is Kind.SALE), None)


def reprint(state: State, order_id: str) -> int:
    """Which reprint paper that is printed now would be, as it says on top; 0 for the first paper."""
    just_made = {state.saved.id if state.saved else "", state.backs.opened if state.backs.made else ""}
    if order_id in just_made and order_id not in state.printed:
        return 0
    return 1 + _reprints(Same(state.journal.kept))[order_id]


@lru_cache(maxsize=2)
def _reprints(journal: Same) -> Counter[str]:
    return Counter(kept.body.order_id for kept in journal.only if isinstance(kept.body, Reprint))
