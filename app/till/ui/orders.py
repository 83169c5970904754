"""The orders of this register, at once and with their state; and one order, with its invoice."""

from dataclasses import dataclass

import htpy as h

from app.domain.invoice import invoice_of
from app.domain.money import format_money
from app.domain.order import Order
from app.sync.bodies import Sale
from app.sync.outbox import OrderState, state_of
from app.till.events.page import OrderOpened, OrdersFiltered, ScreenOpened
from app.till.state import Journal, Kept, Screen
from app.till.ui.language import t
from app.till.ui.parts import change, click, empty, icon, mark, note, total_row
from app.till.ui.saved import paper, print_button
from app.till.ui.words import moment, plural

MOST = 30
"""Rows drawn at most, the newest."""
MARKS = {
    OrderState.PENDING: ("amber", "clock"),
    OrderState.SYNCING: ("blue", "refresh-cw"),
    OrderState.SYNCED: ("green", "circle-check"),
    OrderState.ATTENTION: ("green", "circle-check"),
    OrderState.FAILED: ("red", "circle-alert"),
}
FILTERS = (
    ("", "All"),
    ("pending", "Pending"),
    ("synced", "Synced"),
    ("attention", "Needs attention"),
    ("failed", "Failed"),
    ("offline", "Offline Order"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """An order as the list shows it."""

    order: Order
    state: OrderState
    why: str = ""


def row_of(kept: Kept, journal: Journal) -> Row | None:
    """The order in an entry, if there is one, and what has become of it."""
    if not isinstance(kept.body, Sale):
        return None
    verdict = journal.verdicts.get(kept.digest)
    state = state_of(kept.digest, journal.verdicts, journal.sending)
    return Row(kept.body.order, state, verdict.why if verdict else "")


def fits(row: Row, chosen: str) -> bool:
    """Whether an order belongs to a filter; one that is being sent still waits."""
    if chosen == "offline":
        return row.order.offline
    if chosen == "pending":
        return row.state in {OrderState.PENDING, OrderState.SYNCING}
    if chosen == "synced":
        return row.state in {OrderState.SYNCED, OrderState.ATTENTION}
    return chosen in {"", row.state.value}


def orders(*, journal: Journal, chosen: str, zone: str) -> h.Element:
    """The list, newest first."""
    rows = [row for kept in reversed(journal.kept) if (row := row_of(kept, journal))]
    fitting = [row for row in rows if fits(row, chosen)]
    return h.div(".page")[
        h.div(".row.apart")[
            h.h1[t("Orders")],
            h.div(".filter")[
                h.label(for_="orders-filter")[t("Show")],
                h.select("#orders-filter.input", change(OrdersFiltered), name="value")[
                    [h.option(value=value, selected=value == chosen)[t(title)] for value, title in FILTERS]
                ],
            ],
        ],
        _table(fitting[:MOST], zone) if fitting else _nothing(bool(rows)),
        h.p(".quiet.more")[t("The newest {most} of {items} are shown.", most=MOST, items=plural(len(fitting), "order"))]
        if len(fitting) > MOST
        else None,
    ]


def _nothing(others: bool) -> h.Element:
    title = t("No orders of this kind") if others else t("No orders yet")
    text = t("Choose another kind above.") if others else t("Each sale stands here as soon as it is saved.")
    return h.div(".card")[empty(name="receipt-text", title=title, text=text)]


def _table(rows: list[Row], zone: str) -> h.Element:
    return h.div(".table.orders-table")[
        h.table(aria_label=t("Orders"))[
            h.thead[
                h.tr[
                    h.th(scope="col")[t("Number")],
                    h.th(scope="col")[t("Time")],
                    h.th(".right", scope="col")[t("Total")],
                    h.th(scope="col")[t("Made")],
                    h.th(scope="col")[t("State")],
                ]
            ],
            h.tbody[[_row(row, zone) for row in rows]],
        ]
    ]


def _row(row: Row, zone: str) -> h.Element:
    order = row.order
    return h.tr(click(OrderOpened, order_id=order.id), id=f"order-{order.id}")[
        h.th(scope="row")[
            h.button(
                ".row-button.num.strong", click(OrderOpened, order_id=order.id), id=f"open-{order.id}", type="button"
            )[order.number]
        ],
        h.td(".num")[moment(order.at, zone)],
        h.td(".right.num")[format_money(order.totals.total)],
        h.td[mark(t("Offline Order"), tone="", name="wifi-off") if order.offline else h.span(".quiet")[t("Online")]],
        h.td[state_marks(row.state), h.span(".why")[t(row.why)] if row.why else None],
    ]


def state_marks(state: OrderState) -> list[h.Element]:
    """What has become of an order: icon, word and colour, and a second mark where somebody has to look."""
    tone, name = MARKS[state]
    marks = [mark(state.word, tone=tone, name=name)]
    return [*marks, mark(state.mark, tone="red", name="triangle-alert")] if state.mark else marks


def order(*, row: Row | None, footer: str, zone: str) -> h.Element:
    """One order with its invoice; printing it again is a reprint."""
    if row is None:
        return h.div(".page")[
            _back(),
            h.h1(".unseen")[t("Order")],
            empty(name="search-x", title=t("Not on this device"), text=t("Look for it in the back office.")),
        ]
    offline = mark(t("Offline Order"), tone="", name="wifi-off") if row.order.offline else None
    return h.div(".saved")[
        h.section(".saved-words", aria_labelledby="order-title")[
            h.div(".stack")[
                h.div[_back()],
                h.h1("#order-title.num")[row.order.number],
                h.p(".quiet.num")[moment(row.order.at, zone)],
                h.p(".row")[state_marks(row.state), offline],
                _reason(row),
                total_row(t("Total"), row.order.totals.total, id_="order-total"),
            ],
            print_button(order_id=row.order.id),
        ],
        paper(invoice_of(row.order), reprint=True, footer=footer),
    ]


def _back() -> h.Element:
    sends = click(ScreenOpened, screen=Screen.ORDERS)
    return h.button("#order-back.button.plain", sends, type="button", data_key="Escape")[
        icon("arrow-left"), t("Orders")
    ]


def _reason(row: Row) -> h.Element | None:
    if row.state is OrderState.FAILED:
        return note(
            t("The OMS refused it: {why} The sale is safe on this device. Tell a manager.", why=t(row.why)),
            tone="red",
            name="circle-alert",
        )
    if row.state is OrderState.ATTENTION:
        return note(
            t("It is in the OMS, but somebody has to look: {why}", why=t(row.why)), tone="amber", name="triangle-alert"
        )
    return None
