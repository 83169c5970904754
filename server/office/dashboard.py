"""The dashboard: today's sales, what needs a person, and which registers are there."""

from dataclasses import dataclass

import htpy as h
from fastapi import APIRouter, Response
from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from app.domain.numbers import indian_day
from app.domain.payment import Tender
from app.domain.session import Status
from app.sync.protocol import Dataset
from server.office import parts
from server.office.attention import about_link, kind_name
from server.office.doors import WithVisit, to
from server.office.frame import head, page
from server.office.lists import Column, table
from server.office.registers import LISTING as REGISTERS
from server.office.registers import Known, known
from server.oms.doors import WithOms
from server.oms.findings import ExceptionView, list_exceptions, open_orders
from server.oms.findings import Wanted as Odd
from server.oms.records import read_all
from server.oms.sessions import Wanted, list_sessions
from server.oms.tables import OrderRow, PaymentRow
from server.oms.times import now

router = APIRouter()
MOST = 8
"""Rows of each list here; the rest is one tap away."""
EXCEPTIONS: tuple[Column[ExceptionView], ...] = (
    Column("Kind", kind_name, tight=True),
    Column("What", lambda each: each.words),
    Column("About", lambda each: each.order_id, about_link),
    Column("Since", lambda each: parts.when(each.opened_at), tight=True),
)


@dataclass(frozen=True, slots=True)
class Today:
    """What was sold today, by what it was paid with."""

    orders: int
    total: int
    offline: int
    tenders: tuple[tuple[str, int], ...]


@router.get("/")
def dashboard(oms: WithOms, visit: WithVisit) -> Response:
    """Show how the store stands."""
    with oms.database.read() as session:
        today = _today(session)
        waiting = session.scalar(select(func.count()).select_from(open_orders().distinct().subquery())) or 0
        odd = list_exceptions(session, Odd(resolved=False), MOST, 0)
        away = list_sessions(session, Wanted(status=Status.OPEN), 1, 0).count
        there = [each for each in known(session, oms.contacts) if each.row.revoked_at is None]
    tiles = h.div(".tiles")[
        _tile("Sales today", parts.money(today.total), parts.many(today.orders, "order"), "orders"),
        _tile("Sold offline today", str(today.offline), "of these orders", "orders"),
        _tile("Need attention", str(waiting), "orders, " + parts.many(odd.count, "thing") + " to look at", "attention"),
        _tile("Open offline sessions", str(away), "not yet complete", "sessions"),
    ]
    taken = [(name, h.span(".num")[parts.money(amount)]) for name, amount in today.tenders]
    paid = parts.facts(taken) if taken else h.p(".quiet")["Nothing was sold today yet."]
    return page(
        visit,
        "Dashboard",
        head("Dashboard"),
        tiles,
        _attention(odd.exceptions, odd.count),
        h.div(".columns")[_registers(there), h.section(".stack.tight")[h.h2["Paid today"], h.div(".card")[paid]]],
    )


def _today(session: Session) -> Today:
    today = OrderRow.business_day == indian_day(now())
    offline = func.coalesce(func.sum(case((OrderRow.offline, 1), else_=0)), 0)
    count, total, away = session.execute(
        select(func.count(), func.coalesce(func.sum(OrderRow.total), 0), offline).where(today)
    ).one()
    taken = select(PaymentRow.tender_id, func.sum(PaymentRow.amount)).join(OrderRow, OrderRow.id == PaymentRow.order_id)
    names = {each.id: each.name for each in read_all(session, Dataset.TENDERS, Tender)}
    rows = session.execute(taken.where(today).group_by(PaymentRow.tender_id).order_by(PaymentRow.tender_id))
    return Today(count, int(total), int(away), tuple((names.get(key, key), int(amount)) for key, amount in rows))


def _tile(name: str, value: str, words: str, leads: str) -> h.Element:
    shown = [h.span(".quiet")[name], h.span(".total.num")[value], h.span(".quiet")[words]]
    return h.a(".card.stat", href=to(leads))[shown]


def _attention(odd: tuple[ExceptionView, ...], count: int) -> h.Node:
    if not odd:
        return parts.note("Nothing needs attention.", "green", "circle-check")
    more = parts.go(to("attention"), f"All {count}", "triangle-alert")
    return [h.div(".row.apart")[h.h2["Needs attention"], more], table("Needs attention", EXCEPTIONS, odd)]


def _registers(there: list[Known]) -> h.Element:
    columns = REGISTERS.columns[:3]
    if not there:
        return parts.card("Registers", h.p(".quiet")["No browser has become a register yet."])
    return h.section(".stack.tight")[h.h2["Registers"], table("Registers", columns, there)]
