"""The table "Offline Sessions": the times this register sold offline, narrowed by day and status, and exported."""

import htpy as h

from app.domain.money import format_money
from app.domain.session import Outcome, Session, Status, Why
from app.domain.table import Form
from app.till.events.page import SessionsExported, SessionsFiltered
from app.till.past import fitting_sessions
from app.till.past import offline_sessions as every_session
from app.till.slices.sessions import SessionFilter
from app.till.state import Journal
from app.till.ui.language import t
from app.till.ui.parts import change, empty, icon, mark, submit
from app.till.ui.words import moment, plural

MARKS = {
    Status.OPEN: ("amber", "clock"),
    Status.SUCCESS: ("green", "circle-check"),
    Status.FAILED: ("red", "circle-alert"),
}
WHY = {Why.BY_HAND: "switched by hand", Why.CONNECTION: "no internet"}
COMING = ((Outcome.BOOKED, "{count} synced"), (Outcome.WAITING, "{count} waiting"), (Outcome.REFUSED, "{count} failed"))
COLUMNS = ("Session", "Status", "Start", "End", "Started by", "Orders", "Value")
NUMBERS = frozenset({"Orders", "Value"})
MOST = 50
"""Sessions drawn at most, the newest; a file holds all of them."""


def offline_sessions(*, journal: Journal, filter_: SessionFilter, zone: str) -> h.Element:
    """The newest sessions: who or what began each, and what became of its orders."""
    if not every_session(journal):
        text = t("Each time this register sells offline is listed here.")
        return h.div(".card")[empty(name="history", title=t("No offline sessions"), text=text), _where_older(journal)]
    found = fitting_sessions(journal, filter_, zone)
    heads = [h.th(class_={"right": name in NUMBERS}, scope="col")[t(name)] for name in COLUMNS]
    return h.div(".stack")[
        h.div(".row.apart")[h.h3[t("All Offline Sessions")], _tools(filter_, bool(found))],
        h.div(".table.wide.sessions")[
            h.table(aria_label=t("Offline Sessions"))[
                h.thead[h.tr[heads]],
                h.tbody[
                    [_session(one, zone) for one in found[:MOST]]
                    if found
                    else h.tr[h.td(".quiet", colspan=str(len(COLUMNS)))[t("No session of these days and this status.")]]
                ],
            ]
        ],
        h.p(".quiet.more")[
            t(
                "The newest {most} of {items} are shown; a file holds all.",
                most=MOST,
                items=plural(len(found), "session"),
            )
        ]
        if len(found) > MOST
        else None,
        _where_older(journal),
    ]


def _where_older(journal: Journal) -> h.Element | None:
    if journal.reaches_back:
        return None
    words = "Older sessions are in the back office."
    coming = "Older sessions are just being opened. They come in a moment."
    return h.p(".quiet.more")[t(words if journal.whole else coming)]


def _tools(chosen: SessionFilter, any_: bool) -> h.Element:
    """Days, status, and the file."""
    return h.form("#sessions-tools.tools", submit(SessionsExported))[
        _day("since", t("From"), chosen.since),
        _day("until", t("To"), chosen.until),
        h.div(".field")[
            h.label(for_="sessions-status")[t("Status")],
            h.select("#sessions-status.input", change(SessionsFiltered, by="status"), name="status")[
                h.option(value="", selected=not chosen.status)[t("All")],
                [h.option(value=one.value, selected=one.value == chosen.status)[t(one.value)] for one in Status],
            ],
        ],
        h.div(".field")[
            h.label(for_="sessions-form")[t("File")],
            h.select("#sessions-form.input", name="form")[
                [h.option(value=form.value)[form.value.upper()] for form in Form]
            ],
        ],
        h.button("#sessions-export.button", type="submit", disabled=not any_)[icon("download"), t("Export")],
    ]


def _day(by: str, label: str, value: str) -> h.Element:
    id_ = f"sessions-{by}"
    return h.div(".field")[
        h.label(for_=id_)[label],
        h.input(".input.num", change(SessionsFiltered, by=by), id=id_, type="date", name=by, value=value),
    ]


def _session(session: Session, zone: str) -> h.Element:
    tone, name = MARKS[session.status]
    by_hand = session.opened.why is Why.BY_HAND
    coming = [(session.count(outcome), words) for outcome, words in COMING]
    return h.tr(id=f"session-{session.id}")[
        h.th(".num", scope="row", title=session.id)[session.id[:8]],
        h.td[mark(t(session.status.value), tone=tone, name=name)],
        h.td(".num")[moment(session.opened.at, zone)],
        h.td(".num")[moment(session.closed.at, zone) if session.closed else t("running")],
        h.td[
            (by_hand and session.opened.staff_name) or t("by itself"),
            h.span(".under")[t(WHY[session.opened.why])],
        ],
        h.td(".right.num")[
            str(len(session.orders)),
            h.span(".under")[" · ".join(t(words, count=count) for count, words in coming if count)],
        ],
        h.td(".right.num")[
            format_money(session.value),
            [h.span(".under")[f"{tender} {format_money(amount)}"] for tender, amount in session.tenders.items()],
        ],
    ]
