"""Offline sessions of all registers: when each was away, why, and what it sold meanwhile."""

import htpy as h
from fastapi import APIRouter, Response

from app.domain.session import Status
from server.office import parts
from server.office.doors import WithVisit, to
from server.office.lists import Column, Filter, Found, Listing, WithAsked, show
from server.office.records import register_filter
from server.oms.doors import WithOms
from server.oms.sessions import SessionView, Wanted, list_sessions

router = APIRouter()
TONES = {
    Status.OPEN: ("amber", "clock"),
    Status.SUCCESS: ("green", "circle-check"),
    Status.FAILED: ("red", "circle-alert"),
}
WHY = {"by_hand": "By hand", "connection": "Connection lost"}
FILTERS = (
    Filter("since", "From"),
    Filter("until", "To"),
    Filter("status", "Status", tuple((each.value, each.value) for each in Status)),
)


def _mark(each: SessionView) -> h.Element:
    return parts.mark(each.status.value, *TONES[each.status])


def _orders(each: SessionView) -> h.Node:
    return parts.link(f"{to('orders')}?register={each.register}", str(each.orders)) if each.orders else "0"


def _total(each: SessionView) -> h.Node:
    """What was sold, and what of it is no money: the processor refused the card."""
    refused = h.div(".quiet")[f"{parts.money(each.refused)} refused"] if each.refused else None
    return [parts.money(each.total), refused]


LISTING: Listing[SessionView] = Listing(
    "Offline sessions",
    "sessions",
    (
        Column("Session", lambda each: each.id, lambda each: h.span(".num")[each.id[:8]]),
        Column("Register", lambda each: each.register),
        Column("Status", lambda each: each.status.value, _mark),
        Column("Start", lambda each: parts.when(each.start), tight=True),
        Column("End", lambda each: parts.when(each.end), tight=True),
        Column("Why", lambda each: WHY.get(each.why, each.why)),
        Column("Who", lambda each: each.staff_name),
        Column("Orders", lambda each: str(each.orders), _orders, number=True),
        Column("Total", lambda each: parts.plain(each.total), _total, number=True),
        Column("Cards refused", lambda each: parts.plain(each.refused), number=True, file=True),
    ),
    search="Session or who",
    icon="wifi-off",
)


@router.get("/sessions")
def sessions(oms: WithOms, visit: WithVisit, wanted: WithAsked) -> Response:
    """List offline sessions, newest first."""
    status = Status(wanted["status"]) if wanted["status"] in set(Status) else None
    asked = Wanted(wanted.day("since"), wanted.day("until"), status, wanted["register"] or None, wanted["text"])
    with oms.database.read() as session:
        page = list_sessions(session, asked, wanted.limit, wanted.offset)
        filters = (*FILTERS, register_filter(session))
    return show(LISTING, visit, wanted, Found(page.sessions, page.count), filters=filters)
