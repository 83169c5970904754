"""The table of offline sessions: narrowed on the screen, and given out as a file (S20)."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from app.domain.money import format_plain
from app.domain.policy import Action, may
from app.domain.session import Outcome, Session, Why
from app.domain.table import Cell, Table, file_of
from app.till.effects import Download
from app.till.events import SessionsExported, SessionsFiltered
from app.till.flow.step import Handlers, Step, changed, replace
from app.till.past import fitting_sessions
from app.till.slices.sessions import SessionFilter
from app.till.state import State

FILTERS = frozenset(field.name for field in fields(SessionFilter))
ZONE = "Asia/Kolkata"
WHY = {Why.BY_HAND: "switched by hand", Why.CONNECTION: "no internet"}
HEADER = ("Session", "Status", "Start", "End", "Started by", "Why", "Orders", "Synced", "Waiting", "Failed", "Value")


def sessions_filtered(state: State, event: SessionsFiltered) -> Step:
    if event.by not in FILTERS:
        return Step(state)
    return changed(state, session_filter=replace(state.session_filter, **{event.by: event.value}))


def sessions_exported(state: State, event: SessionsExported) -> Step:
    """Write what the table lists, with everything that is known of each session."""
    if not may(state.sign_in.user, Action.EXPORT):
        return Step(state)
    zone = zone_of(state)
    listed = fitting_sessions(state.journal, state.session_filter, zone)
    made = file_of(session_table(file_name(state, "offline-sessions", event.at), listed, zone), event.form, event.at)
    return Step(state, (Download(made.name, made.kind, made.data),))


def zone_of(state: State) -> str:
    """The store's time zone."""
    return state.people.settings.zone if state.people.settings else ZONE


def file_name(state: State, what: str, at: datetime) -> str:
    """How a file of this register is called, without its ending: what it holds, whose it is, and the store's day."""
    register = state.registered
    where = f"-{register.store}-{register.register}" if register else ""
    return f"{what}{where}-{in_zone(at, zone_of(state)).date().isoformat()}"


def session_table(name: str, listed: Sequence[Session], zone: str) -> Table:
    """A row a session, oldest first, and a column for each tender that was taken in any of them."""
    tenders = tuple(dict.fromkeys(tender for one in listed for tender in one.tenders))
    rows = [(*_row(one, zone), *(_money(one.tenders.get(tender, 0)) for tender in tenders)) for one in reversed(listed)]
    return Table(name, (*HEADER, *tenders), rows)


def _row(one: Session, zone: str) -> tuple[Cell, ...]:
    by_hand = one.opened.why is Why.BY_HAND
    return (
        one.id,
        one.status.value,
        in_zone(one.opened.at, zone),
        in_zone(one.closed.at, zone) if one.closed else None,
        one.opened.staff_name if by_hand else "by itself",
        WHY[one.opened.why],
        len(one.orders),
        one.count(Outcome.BOOKED),
        one.count(Outcome.WAITING),
        one.count(Outcome.REFUSED),
        _money(one.value),
    )


def in_zone(at: datetime, zone: str) -> datetime:
    """A moment as the store's clocks show it."""
    return at.astimezone(ZoneInfo(zone))


def _money(minor: int) -> Decimal:
    return Decimal(format_plain(minor))


HANDLERS: Handlers = {
    SessionsFiltered: sessions_filtered,
    SessionsExported: sessions_exported,
}
