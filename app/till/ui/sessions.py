"""The table "Offline Sessions": the journal folded into the times this register sold offline."""

from collections.abc import Iterator

import htpy as h

from app.domain.money import format_money
from app.domain.session import Closed, Happening, Opened, Outcome, Session, Sold, Status, Why, sessions
from app.sync.bodies import Sale, SessionClosed, SessionOpened
from app.sync.outbox import OrderState, state_of
from app.till.state import Journal
from app.till.ui.language import t
from app.till.ui.parts import empty, mark
from app.till.ui.words import moment

OUTCOMES = {
    OrderState.PENDING: Outcome.WAITING,
    OrderState.SYNCING: Outcome.WAITING,
    OrderState.SYNCED: Outcome.BOOKED,
    OrderState.ATTENTION: Outcome.BOOKED,
    OrderState.FAILED: Outcome.REFUSED,
}
MARKS = {
    Status.OPEN: ("amber", "clock"),
    Status.SUCCESS: ("green", "circle-check"),
    Status.FAILED: ("red", "circle-alert"),
}
COLUMNS = ("Session", "Status", "Start", "End", "Started by", "Orders", "Value")
NUMBERS = frozenset({"Orders", "Value"})
MOST = 30
"""Sessions drawn at most, the newest."""


def offline_sessions(*, journal: Journal, zone: str) -> h.Element:
    """The newest sessions: who or what began each, and what became of its orders."""
    newest = list(reversed(sessions(_happenings(journal))))[:MOST]
    if not newest:
        text = t("Each time this register sells offline is listed here.")
        return h.div(".card")[empty(name="history", title=t("No offline sessions"), text=text)]
    heads = [h.th(class_={"right": name in NUMBERS}, scope="col")[t(name)] for name in COLUMNS]
    return h.div(".table.wide")[
        h.table(aria_label=t("Offline Sessions"))[
            h.caption[t("Offline Sessions")], h.thead[h.tr[heads]], h.tbody[[_session(one, zone) for one in newest]]
        ]
    ]


def _session(session: Session, zone: str) -> h.Element:
    tone, name = MARKS[session.status]
    return h.tr[
        h.th(".num", scope="row", title=session.id)[session.id[:8]],
        h.td[mark(session.status.value, tone=tone, name=name)],
        h.td(".num")[moment(session.opened.at, zone)],
        h.td(".num")[moment(session.closed.at, zone) if session.closed else t("running")],
        h.td[session.opened.staff_name or t("by itself")],
        h.td(".right.num")[str(len(session.orders))],
        h.td(".right.num")[format_money(session.value)],
    ]


def _happenings(journal: Journal) -> Iterator[Happening]:
    for kept in journal.kept:
        match kept.body:
            case SessionOpened() as one:
                yield Opened(one.session_id, one.at, Why(one.why.value), one.staff_id, one.staff_name)
            case SessionClosed() as one:
                yield Closed(one.session_id, one.at, Why(one.why.value), one.staff_id, one.staff_name)
            case Sale(order=order) if order.offline:
                outcome = OUTCOMES[state_of(kept.digest, journal.verdicts, journal.sending)]
                yield Sold(order.id, order.totals.total, outcome)
