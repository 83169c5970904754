"""Orders: those that need a person first, then the newest; found by number, customer or member of staff."""

from collections.abc import Collection

import htpy as h
from fastapi import APIRouter, Response

from server.office import parts
from server.office.doors import WithVisit, to
from server.office.lists import Column, Filter, Found, Listing, WithAsked, show
from server.office.records import register_filter
from server.oms.doors import WithOms
from server.oms.findings import open_orders
from server.oms.orders import Filters, OrderSummary, list_orders

router = APIRouter()
ATTENTION = "attention"


def state(each: OrderSummary, waiting: Collection[str]) -> h.Element:
    """How an order stands, as everywhere: Synced, with a mark where a person has to look."""
    if each.id in waiting:
        return parts.mark("Needs attention", "amber", "triangle-alert")
    return parts.mark("Synced", "green", "circle-check")


def marks(each: OrderSummary) -> h.Node:
    """What is special about it."""
    offline = parts.mark("Offline Order", "", "wifi-off") if each.offline else None
    corrected = parts.mark("Corrected", "blue", "info") if each.corrected else None
    stands = parts.mark(each.standing, "amber", "undo-2") if each.standing else None
    return offline, corrected, stands


def listing(waiting: Collection[str]) -> Listing[OrderSummary]:
    columns: tuple[Column[OrderSummary], ...] = (
        Column("Number", lambda each: each.number, lambda each: _link(each), tight=True),
        Column("Time", lambda each: parts.when(each.at), tight=True),
        Column(
            "State",
            lambda each: "Needs attention" if each.id in waiting else "Synced",
            lambda each: _state(each, waiting),
        ),
        Column("Register", lambda each: each.register),
        Column("Customer", lambda each: each.customer),
        Column("Associate", lambda each: each.staff_name),
        Column("Marks", lambda each: "Offline Order" if each.offline else "", file=True),
        Column("Why", lambda each: each.why, file=True),
        Column("Total", lambda each: parts.plain(each.total), lambda each: parts.money(each.total), number=True),
    )
    return Listing("Orders", "orders", columns, search="Number, customer or associate", icon="receipt-text")


def _link(each: OrderSummary) -> h.Element:
    return parts.link(to("orders", each.id), each.number)


def _state(each: OrderSummary, waiting: Collection[str]) -> h.Node:
    why = h.span(".quiet")[each.why] if each.id in waiting else None
    return h.div(".row.tight")[state(each, waiting), marks(each), why]


@router.get("/orders")
def orders(oms: WithOms, visit: WithVisit, wanted: WithAsked) -> Response:
    """List orders."""
    only = wanted["state"] == ATTENTION
    filters = Filters(
        wanted.day("since"), wanted.day("until"), wanted["register"] or None, None, wanted["text"] or None, only
    )
    with oms.database.read() as session:
        page = list_orders(session, filters, wanted.limit, wanted.offset, attention_first=True)
        waiting = set(session.scalars(open_orders()))
        registers = register_filter(session)
    found = Found(page.orders, page.count)
    asked = (
        Filter("since", "From"),
        Filter("until", "To"),
        registers,
        Filter("state", "State", ((ATTENTION, "Needs attention"),)),
    )
    total = h.p[h.span(".quiet")[f"{parts.many(page.count, 'order')}, "], h.strong(".num")[parts.money(page.total)]]
    return show(listing(waiting), visit, wanted, found, total, filters=asked)
