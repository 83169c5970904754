"""The dashboard: what needs a person, today against the same day last week, and which registers are there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import htpy as h
from fastapi import APIRouter, Response
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.domain.numbers import indian_day
from app.domain.session import Status
from server.office import charts, parts
from server.office.attention import about_link, kind_name
from server.office.doors import WithVisit, to
from server.office.frame import head, page
from server.office.lists import Column, table
from server.office.registers import LISTING as REGISTERS
from server.office.registers import Known, known
from server.office.sums import Period, add_up, named, turnover
from server.oms.doors import WithOms
from server.oms.findings import ExceptionView, list_exceptions, open_orders
from server.oms.findings import Wanted as Odd
from server.oms.sessions import SessionView, Wanted, list_sessions
from server.oms.tables import ExceptionRow
from server.oms.tables_reports import SaleDocument
from server.oms.times import now

router = APIRouter()
MOST = 8
"""Rows of each list here; the rest is one tap away."""
MOST_SESSIONS = 200
WEEK = timedelta(days=7)
EXCEPTIONS: tuple[Column[ExceptionView], ...] = (
    Column("Kind", kind_name, tight=True),
    Column("What", lambda each: each.words),
    Column("About", lambda each: each.order_id, about_link),
    Column("Since", lambda each: parts.when(each.opened_at), tight=True),
)


@dataclass(frozen=True, slots=True)
class Today:
    """What was sold today, and on the same day last week: as a whole, and by this time of the day."""

    day: date
    orders: int
    offline: int
    total: int
    before: int
    before_by_now: int
    hours: tuple[charts.Bar, ...]
    tenders: tuple[tuple[str, int], ...]


@router.get("/")
def dashboard(oms: WithOms, visit: WithVisit) -> Response:
    """Show how the store stands."""
    with oms.database.read() as session:
        today = _today(session, now())
        waiting = session.scalar(select(func.count()).select_from(open_orders().distinct().subquery())) or 0
        odd = list_exceptions(session, Odd(resolved=False), MOST, 0)
        away = list_sessions(session, Wanted(status=Status.OPEN), MOST_SESSIONS, 0).sessions
        there = [each for each in known(session, oms.contacts) if each.row.revoked_at is None]
        looked = dict(session.execute(_to_look_at()).all())
    tiles = h.div(".tiles")[
        _tile("Need attention", str(waiting), "orders, " + parts.many(odd.count, "thing") + " to look at", "attention"),
        _tile("Sales today", parts.money(today.total), _compared(today), "reports", f"?since={today.day}"),
        _tile("Orders today", str(today.orders), f"{today.offline} of them sold offline", "orders"),
        _tile("Open offline sessions", str(len(away)), "not yet complete", "sessions"),
    ]
    paid = charts.ranks("Paid today", today.tenders) if today.tenders else _nothing_paid()
    return page(
        visit,
        "Dashboard",
        head("Dashboard"),
        tiles,
        _attention(odd.exceptions, odd.count),
        charts.along("Today by hour", today.hours, now="Today", before=f"Last {today.day:%A}"),
        h.div(".columns")[_registers(there, away, looked), paid],
    )


def _today(session: Session, at: datetime) -> Today:
    day = indian_day(at)
    today, before = Period(day, day), Period(day - WEEK, day - WEEK)
    orders, offline, total = turnover(session, today)
    by_hour = [{each.key: each.total for each in add_up(session, "hour", period)} for period in (today, before)]
    return Today(
        day=day,
        orders=orders,
        offline=offline,
        total=total,
        before=turnover(session, before)[2],
        before_by_now=turnover(session, before, SaleDocument.at <= at - WEEK)[2],
        hours=tuple(_hour(hour, *(sums.get(hour, 0) for sums in by_hour)) for hour in _open(by_hour)),
        tenders=tuple((each.row, each.total) for each in add_up(session, "tender", today)),
    )


def _open(by_hour: list[dict[int, int]]) -> range:
    """The hours to show: a usual day, longer where something was sold earlier or later."""
    hours = {hour for sums in by_hour for hour in sums} | {9, 21}
    return range(min(hours), max(hours) + 1)


def _hour(hour: int, now: int, before: int) -> charts.Bar:
    return charts.Bar(f"{hour:02d}", named("hour", hour), now, before)


def _compared(today: Today) -> str:
    last = f"last {today.day:%A}"
    if not today.before:
        return f"nothing was sold {last}"
    return f"{last}: {parts.money(today.before_by_now)} by now, {parts.money(today.before)} in all"


def _tile(name: str, value: str, words: str, leads: str, asked: str = "") -> h.Element:
    shown = [h.span(".quiet")[name], h.span(".total.num")[value], h.span(".quiet")[words]]
    return h.a(".card.stat", href=to(leads) + asked)[shown]


def _attention(odd: tuple[ExceptionView, ...], count: int) -> h.Node:
    if not odd:
        return parts.note("Nothing needs attention.", "green", "circle-check")
    more = parts.go(to("attention"), f"All {count}", "triangle-alert")
    return [h.div(".row.apart")[h.h2["Needs attention"], more], table("Needs attention", EXCEPTIONS, odd)]


def _nothing_paid() -> h.Element:
    return parts.card("Paid today", h.p(".quiet")["Nothing was sold today yet."])


def _to_look_at() -> Select[str, int]:
    """How much of each register somebody has to look at."""
    open_ = select(ExceptionRow.register, func.count()).where(ExceptionRow.resolved_at.is_(None))
    return open_.group_by(ExceptionRow.register)


def _registers(there: list[Known], away: tuple[SessionView, ...], looked: Mapping[str, int]) -> h.Element:
    if not there:
        return parts.card("Registers", h.p(".quiet")["No browser has become a register yet."])

    def waits(each: Known) -> h.Node:
        register = each.row.id
        mine = [one for one in away if one.register == register]
        since = f"Offline since {parts.when(mine[-1].start)}" if mine and mine[-1].start else "Offline"
        session = parts.link(f"{to('sessions')}?status=Open&register={register}", since) if mine else None
        count = looked.get(register, 0)
        things = f"{parts.many(count, 'thing')} to look at"
        odd = parts.link(f"{to('attention')}?register={register}", things) if count else None
        return h.div(".row.tight")[session, odd] if session or odd else "nothing"

    last: Column[Known] = Column("Waits", lambda each: each.row.id, waits)
    return h.section(".stack.tight")[h.h2["Registers"], table("Registers", (*REGISTERS.columns[:3], last), there)]
