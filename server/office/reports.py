"""Reports: what was sold in a time, added up by day, hour, product, person, tender or tax; and the tables of GSTR-1."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import htpy as h
from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from app.domain.numbers import indian_day
from server.office import charts, parts
from server.office.concessions import CONCESSIONS, show_conceded
from server.office.doors import WithVisit, to
from server.office.drawer import FILTERS as DRAWER_KINDS
from server.office.drawer import LISTING as DRAWER
from server.office.drawer import at_drawers
from server.office.gstr import DOCUMENTS, SUPPLIES, documents, supplies
from server.office.lists import Asked, Column, Filter, Found, Listing, WithAsked, show, some
from server.office.movements import FILTERS as MOVES
from server.office.movements import LISTING as MOVED
from server.office.movements import moved
from server.office.records import register_filter
from server.office.shift_report import LISTING as SHIFTS
from server.office.shift_report import at_registers
from server.office.sums import REPORTS, Period, Sum, add_up, measure, named, orders_of, turnover
from server.office.visits import Visit
from server.oms.catching_up import orders_read
from server.oms.doors import WithOms
from server.oms.times import now

router = APIRouter()
MOST_DAYS = 92
"""Days that a chart shows one by one; a longer time is shown by months."""
KINDS = (
    *((key, report.name) for key, report in REPORTS.items()),
    *((key, name) for key, (name, _) in CONCESSIONS.items()),
    ("movement", "Stock movement"),
    ("shifts", "Shifts"),
    ("drawer", "Cash drawer"),
    ("hsn", "GSTR-1 table 12"),
    ("series", "GSTR-1 table 13"),
)


@dataclass(frozen=True, slots=True)
class Page:
    """What every report needs in order to be shown."""

    session: Session
    visit: Visit
    wanted: Asked
    period: Period
    said: h.Element
    filters: tuple[Filter, ...]

    def shows(self, listing: Listing[Any], found: Found[Any], *content: h.Node, more: h.Node = None) -> Response:
        """The report as a page, or as the file that was asked for."""
        shown = (self.said, *content)
        return show(listing, self.visit, self.wanted, found, *shown, filters=self.filters, actions=[more])


@router.get("/reports")
def reports(oms: WithOms, visit: WithVisit, wanted: WithAsked) -> Response:
    """Show a report of the month so far, or of the time that is asked for."""
    period = _period(wanted)
    wanted = Asked({**wanted.fields, "since": f"{period.since}", "until": f"{period.until}"})
    with oms.database.read() as session:
        page = Page(session, visit, wanted, period, _said(session, period), _filters(session))
        if wanted["by"] == "hsn":
            return page.shows(SUPPLIES, some(supplies(session, period), wanted))
        if wanted["by"] == "series":
            return page.shows(DOCUMENTS, some(documents(session, period), wanted))
        if wanted["by"] == "movement":
            found, told = moved(session, wanted, period)
            return replace(page, said=told, filters=(*page.filters, *MOVES)).shows(MOVED, found)
        if wanted["by"] == "shifts":
            shifts, words = at_registers(session, wanted, period)
            return replace(page, said=h.p(".quiet")[words]).shows(SHIFTS, shifts)
        if wanted["by"] == "drawer":
            happened, words = at_drawers(session, wanted, period)
            said = h.p(".quiet")[words]
            return replace(page, said=said, filters=(*page.filters, *DRAWER_KINDS)).shows(DRAWER, happened)
        if wanted["by"] in CONCESSIONS:
            return show_conceded(
                visit, wanted, orders_read(session, orders_of(session, period)), page.said, page.filters
            )
        return _sums(page, wanted["by"] if wanted["by"] in REPORTS else "day")


def _sums(page: Page, by: str) -> Response:
    wanted, period = page.wanted, page.period
    count, most = measure(page.session, by, period)
    rows = add_up(page.session, by, period, wanted.limit, wanted.offset)
    chart = None if wanted.file or not count else _chart(page.session, by, period)
    more = parts.go(f"{to('reports')}?by=product", "Best sellers", "tag") if by == "day" else None
    return page.shows(_listing(by, most), Found(rows, count), chart, more=more)


def _chart(session: Session, by: str, period: Period) -> h.Element:
    if by == "day":
        return _days(session, period)
    if by == "hour":
        sums = {each.key: each.total for each in add_up(session, by, period)}
        bars = [charts.Bar(f"{hour:02d}", named(by, hour), sums.get(hour, 0)) for hour in range(24)]
        return charts.along("Sales by hour", bars)
    top = add_up(session, by, period, charts.TOP)
    title = f"Sales by {REPORTS[by].name.lower()}" + (f", the first {charts.TOP}" if len(top) == charts.TOP else "")
    return charts.ranks(title, [(each.row, each.total) for each in top])


def _days(session: Session, period: Period) -> h.Element:
    """A bar a day, those without a sale too; a long time by months."""
    sums = {each.key: each.total for each in add_up(session, "day", period)}
    first, last = max(period.since, min(sums)), min(period.until, max(sums))
    if (last - first).days < MOST_DAYS:
        first, last = (period.since, period.until) if (period.until - period.since).days < MOST_DAYS else (first, last)
        days = [first + timedelta(days=at) for at in range((last - first).days + 1)]
        bars = [charts.Bar(f"{day:%d %b}", f"{day:%a %d %b %Y}", sums.get(day, 0)) for day in days]
        return charts.along("Sales by day", bars)
    months: defaultdict[date, int] = defaultdict(int)
    for day, total in sums.items():
        months[day.replace(day=1)] += total
    bars = [charts.Bar(f"{month:%b %y}", f"{month:%B %Y}", months[month]) for month in sorted(months)]
    return charts.along("Sales by month", bars)


def _listing(by: str, most: int) -> Listing[Sum]:
    """The columns of a report; `most` is what a full bar means."""

    def bar(each: Sum) -> h.Node:
        return h.span(".barred")[parts.money(each.total), charts.share(each.total, most)]

    report = REPORTS[by]
    code: tuple[Column[Sum], ...] = (Column("SKU", lambda each: each.code),) if report.code is not None else ()
    columns: tuple[Column[Sum], ...] = (
        Column(report.name, lambda each: each.row, _day if by == "day" else None),
        *code,
        Column("Orders", lambda each: str(each.orders), number=True),
        Column("Quantity", lambda each: parts.count(each.quantity), number=True),
        Column("Value", lambda each: parts.plain(each.value), lambda each: parts.money(each.value), number=True),
        Column("Tax", lambda each: parts.plain(each.tax), lambda each: parts.money(each.tax), number=True),
        Column("Total", lambda each: parts.plain(each.total), bar, number=True),
    )
    shown = columns if by != "tender" else (*columns[:2], columns[-1])
    return Listing("Reports", "reports", shown, icon="chart-column")


def _day(each: Sum) -> h.Node:
    return f"{each.key:%a %d %b %Y}"


def _said(session: Session, period: Period) -> h.Element:
    orders, _, total = turnover(session, period)
    days = f"{period.since:%d %b %Y} to {period.until:%d %b %Y}"
    return h.p[h.span(".quiet")[f"{parts.many(orders, 'order')} from {days}, "], h.strong(".num")[parts.money(total)]]


def _filters(session: Session) -> tuple[Filter, ...]:
    days = Filter("since", "From"), Filter("until", "To")
    return *days, register_filter(session), Filter("by", "By", KINDS, every="")


def _period(wanted: Asked) -> Period:
    today = indian_day(now())
    until = wanted.day("until") or max(today, wanted.day("since") or today)
    return Period(wanted.day("since") or until.replace(day=1), until, wanted["register"])
