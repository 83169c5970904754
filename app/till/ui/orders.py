"""The orders of this register, at once and with their state; searched and narrowed."""

import htpy as h

from app.domain.money import format_money
from app.domain.payment import Tender
from app.domain.returning import Standing
from app.till.events.page import (
    FiltersCleared,
    FiltersToggled,
    NoteOpened,
    OrderOpened,
    OrderPrinted,
    OrdersFiltered,
    SaleSought,
)
from app.till.past import Row, employees, fitting, rows
from app.till.returned import NoteRow, note_rows, note_text, stands
from app.till.slices.orders import OrderFilter
from app.till.state import Journal
from app.till.ui.language import t
from app.till.ui.marks import note_marks, order_marks, standing_mark
from app.till.ui.parts import change, click, empty, icon, mark, typing
from app.till.ui.words import moment, plural

MOST = 100
"""Rows drawn at most, the newest."""
STATES = (("pending", "Pending"), ("synced", "Synced"), ("attention", "Needs attention"), ("failed", "Failed"))
MADE = (("offline", "Offline Order"), ("online", "Online"))
Choices = tuple[tuple[str, str], ...]


def orders(
    *, journal: Journal, filter_: OrderFilter, opened: bool, tenders: tuple[Tender, ...], zone: str, older: bool
) -> h.Element:
    """The list, newest first."""
    every, found = rows(journal), fitting(journal, filter_, zone)
    return h.div(".page")[
        h.div(".row.apart")[
            h.h1[t("Orders")],
            h.div(".row")[
                h.p("#orders-count.quiet.num", role="status")[_count(len(found), len(every))] if every else None,
                h.button("#return-sale.button", click(SaleSought), type="button")[
                    icon("undo-2"), t("Return or exchange")
                ],
            ],
        ],
        _filters(filter_, opened, employees(journal), tenders) if every else None,
        _table(_merged(journal, filter_, found[:MOST]), zone) if found else _nothing(bool(every)),
        h.p(".quiet.more")[t("The newest {most} of {items} are shown.", most=MOST, items=plural(len(found), "order"))]
        if len(found) > MOST
        else None,
        h.p(".quiet.more")[_where_older(journal)] if older else None,
    ]


def _where_older(journal: Journal) -> str:
    if journal.whole:
        return t("Older orders are in the back office.")
    return t("Older orders are just being opened. They come in a moment.")


def _count(found: int, every: int) -> str:
    """How many match; without a filter how many there are."""
    if found == every:
        return plural(every, "order")
    return t("{found} of {items}", found=f"{found:,}", items=plural(every, "order"))


def _filters(chosen: OrderFilter, opened: bool, people: tuple[str, ...], tenders: tuple[Tender, ...]) -> h.Element:
    narrowed = chosen != OrderFilter(text=chosen.text, goods=chosen.goods)
    named = tuple((tender.id, tender.name) for tender in tenders)
    return h.div(".filters", role="search", aria_label=t("Orders"), data_open=opened)[
        _search(chosen.text),
        h.button(
            "#orders-filters.button",
            click(FiltersToggled),
            type="button",
            aria_expanded=str(opened).lower(),
            aria_controls="orders-narrow",
        )[icon("list-filter"), t("Filters"), h.span(".dot")[" •"] if narrowed else None],
        h.div("#orders-narrow.filter-row")[
            _choose("state", t("State"), chosen.state, tuple((value, t(word)) for value, word in STATES)),
            _choose("made", t("Made"), chosen.made, tuple((value, t(word)) for value, word in MADE)),
            _day("since", t("From"), chosen.since),
            _day("until", t("To"), chosen.until),
            _choose("employee", t("Employee"), chosen.employee, tuple((name, name) for name in people)),
            _choose("tender", t("Tender"), chosen.tender, named),
            h.button("#orders-clear.button.plain", click(FiltersCleared), type="button", disabled=not narrowed)[
                t("Clear")
            ],
        ],
    ]


def _search(text: str) -> h.Element:
    return h.div[
        h.label(".unseen", for_="orders-text")[t("Search orders")],
        h.input(
            "#orders-text.input",
            typing(OrdersFiltered, by="text"),
            type="search",
            name="value",
            value=text,
            placeholder=t("Number, customer, phone, item or code"),
            autocomplete="off",
            data_key="/",
        ),
    ]


def _choose(by: str, label: str, value: str, choices: Choices) -> h.Element:
    id_ = f"orders-{by}"
    return h.div(".field")[
        h.label(for_=id_)[label],
        h.select(".input", change(OrdersFiltered, by=by), id=id_, name="value")[
            h.option(value="", selected=not value)[t("All")],
            [h.option(value=each, selected=each == value)[word] for each, word in choices],
        ],
    ]


def _day(by: str, label: str, value: str) -> h.Element:
    id_ = f"orders-{by}"
    return h.div(".field")[
        h.label(for_=id_)[label],
        h.input(".input.num", change(OrdersFiltered, by=by), id=id_, type="date", name="value", value=value),
    ]


def _nothing(others: bool) -> h.Element:
    title = t("No orders of this kind") if others else t("No orders yet")
    text = t("Search for something else, or clear the filters.")
    return h.div(".card")[
        empty(
            name="receipt-text",
            title=title,
            text=text if others else t("Each sale stands here as soon as it is saved."),
        )
    ]


Shown = tuple[Row, Standing] | NoteRow


def _merged(journal: Journal, filter_: OrderFilter, found: tuple[Row, ...]) -> list[Shown]:
    """Credit notes among the orders, by their place in the journal; a filter that is none of theirs hides them."""
    shown: list[tuple[int, Shown]] = [(row.kept.header.seq, (row, stands(journal, row.order))) for row in found]
    if filter_ == OrderFilter(text=filter_.text) and found:
        words, oldest = filter_.text.casefold().split(), 0 if len(found) < MOST else found[-1].kept.header.seq
        notes = (row for row in note_rows(journal) if row.kept.header.seq > oldest)
        shown += [(row.kept.header.seq, row) for row in notes if all(word in note_text(row) for word in words)]
    return [row for _, row in sorted(shown, key=lambda pair: -pair[0])]


def _table(found: list[Shown], zone: str) -> h.Element:
    return h.div(".table.orders-table")[
        h.table(aria_label=t("Orders"))[
            h.thead[
                h.tr[
                    h.th(scope="col")[t("Number")],
                    h.th(scope="col")[t("Time")],
                    h.th(".right", scope="col")[t("Total")],
                    h.th(scope="col")[t("Made")],
                    h.th(scope="col")[t("State")],
                    h.td[h.span(".unseen")[t("Print")]],
                ]
            ],
            h.tbody[[_note(row, zone) if isinstance(row, NoteRow) else _row(*row, zone) for row in found]],
        ]
    ]


def _note(row: NoteRow, zone: str) -> h.Element:
    """A credit note: what went out."""
    note, sends = row.note, click(NoteOpened, note_id=row.note.id)
    return h.tr(sends, id=f"note-{note.id}")[
        h.th(scope="row")[h.button(".row-button.num.strong", sends, id=f"open-{note.id}", type="button")[note.number],],
        h.td(".num")[moment(note.at, zone)],
        h.td(".right.num")[format_money(-note.totals.total)],
        h.td[mark(t("Offline Order"), tone="", name="wifi-off") if note.offline else h.span(".quiet")[t("Online")]],
        h.td[note_marks(row), h.span(".why")[t(row.why)] if row.why else None],
        h.td,
    ]


def _row(row: Row, stands_: Standing, zone: str) -> h.Element:
    order = row.order
    sends = click(OrderOpened, order_id=order.id)
    return h.tr(sends, id=f"order-{order.id}")[
        h.th(scope="row")[
            h.button(".row-button.num.strong", sends, id=f"open-{order.id}", type="button")[order.number],
        ],
        h.td(".num")[moment(order.at, zone)],
        h.td(".right.num")[format_money(order.totals.total)],
        h.td[mark(t("Offline Order"), tone="", name="wifi-off") if order.offline else h.span(".quiet")[t("Online")]],
        h.td[order_marks(row), standing_mark(stands_), h.span(".why")[t(row.why)] if row.why else None],
        h.td(".right")[_print(row)],
    ]


def _print(row: Row) -> h.Element:
    """Print it again from here; the paper says that it is a reprint."""
    number = row.order.number
    return h.button(
        ".button.plain.square",
        click(OrderPrinted, order_id=row.order.id),
        id=f"print-{row.order.id}",
        type="button",
        aria_label=t("Print {number}", number=number),
    )[icon("printer")]
