"""Offline sessions of all registers: which orders were made in each, what they came to, and whether all arrived.

An order belongs to the session between whose ends it stands in its register's journal. Nothing of it is stored, so
it does not matter in which order the entries come.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from app.domain.money import Value
from app.domain.session import Status
from server.oms.tables import EntryRow, OrderRow, Reject, SessionRow
from server.oms.taken import Taken, taken
from server.oms.together import AND


class SessionView(Value):
    """A session as lists show it."""

    id: str
    register: str
    status: Status
    start: datetime | None
    end: datetime | None
    why: str
    staff_name: str
    """Who switched, or was signed in; empty where nobody was."""
    orders: int
    total: int
    tenders: dict[str, int]
    """What was taken, by tender id, minor units."""
    to_process: int = 0
    """What stored cards hold that the processor has not decided about; it is in no tender."""
    refused: int = 0
    """What stored cards held that it refused later; neither is this."""


class SessionList(Value):
    """Sessions, newest first, and how many match."""

    sessions: tuple[SessionView, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which sessions are wanted; what is None does not filter."""

    since: date | None = None
    until: date | None = None
    status: Status | None = None
    register: str | None = None
    text: str = ""
    """In the session's id, or in the name of who was there."""


@dataclass(frozen=True, slots=True)
class Span:
    """A session's place in its register's journal: after `first`, before `last`."""

    row: SessionRow
    last: int | None
    end: datetime | None

    def holds(self, table: type[EntryRow | OrderRow | Reject]) -> ColumnElement[bool]:
        """The condition that a row stands between the ends."""
        inside = [table.register == self.row.register, table.seq > (self.row.opened_seq or 0)]
        return and_(*inside, *([table.seq < self.last] if self.last is not None else []))


def list_sessions(session: Session, wanted: Wanted, limit: int, offset: int) -> SessionList:
    """Return sessions; a session whose own end was lost ends where the register's next one begins."""
    spans = [span for span in _spans(session) if _fits(span.row, wanted)]
    if wanted.status is not None:
        spans = [span for span in spans if _status(session, span) is wanted.status]
    page = spans[offset : offset + limit]
    return SessionList(sessions=tuple(_view(session, span) for span in page), count=len(spans))


def _spans(session: Session) -> list[Span]:
    """Every session with its end, newest first; one whose beginning has not arrived comes last."""
    later: dict[str, SessionRow] = {}
    spans: list[Span] = []
    for row in session.scalars(select(SessionRow).order_by(SessionRow.opened_seq.desc().nulls_last(), SessionRow.id)):
        after = later.get(row.register)
        if row.closed_seq is not None or after is None:
            spans.append(Span(row, row.closed_seq, row.closed_at))
        else:
            spans.append(Span(row, after.opened_seq, after.opened_at))
        later[row.register] = row
    return sorted(spans, key=lambda span: (span.row.opened_at is not None, span.row.opened_at), reverse=True)


def _fits(row: SessionRow, wanted: Wanted) -> bool:
    if wanted.register is not None and row.register not in wanted.register.split(AND):
        return False
    if wanted.text.casefold() not in f"{row.id} {row.staff_name}".casefold():
        return False
    if wanted.since is None and wanted.until is None:
        return True
    day = row.day
    return day is not None and (wanted.since or day) <= day <= (wanted.until or day)


def _view(session: Session, span: Span) -> SessionView:
    row = span.row
    made = and_(OrderRow.offline, span.holds(OrderRow))
    nothing = row.opened_seq is None  # its beginning has not arrived: nobody knows yet which orders are its own
    counted = select(func.count(), func.coalesce(func.sum(OrderRow.total), 0)).where(made)
    orders, total = (0, 0) if nothing else session.execute(counted).one()
    brought = Taken() if nothing else taken(session, made)
    return SessionView(
        id=row.id,
        register=row.register,
        status=_status(session, span),
        start=row.opened_at,
        end=span.end,
        why=row.why,
        staff_name=row.staff_name,
        orders=orders,
        total=int(total),
        tenders=dict(brought.tenders),
        to_process=brought.to_process,
        refused=brought.refused,
    )


def _status(session: Session, span: Span) -> Status:
    """Open until it has ended and every entry between its ends has arrived; one that was refused makes it Failed."""
    if span.row.opened_seq is None or span.last is None:
        return Status.OPEN
    missing = span.last - span.row.opened_seq - 1
    arrived = select(EntryRow.seq).where(span.holds(EntryRow)).distinct()
    missing -= session.scalar(select(func.count()).select_from(arrived.subquery())) or 0
    if not missing:
        return Status.SUCCESS
    turned_down = select(Reject.digest).where(span.holds(Reject), Reject.seq.not_in(arrived)).limit(1)
    return Status.FAILED if session.scalar(turned_down) else Status.OPEN
