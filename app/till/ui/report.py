"""The X and Z report of a shift, on screen and on paper; drawn like the invoice, for the same printers."""

import htpy as h

from app.domain.concessions import By, by_person, by_reason, conceded
from app.domain.money import format_money, format_plain
from app.domain.shift import Closed, Direction, Shift, counted
from app.till.events.printing import ReportPrinted
from app.till.events.shift import ReportOpened
from app.till.ui.language import t
from app.till.ui.parts import click, icon, mark, note
from app.till.ui.printing import BY_PAGE, Press, press_button, press_problem, sheet
from app.till.ui.words import moment

Row = tuple[str, str]


def report(*, shift: Shift, zone: str, store: str, register: str, press: Press) -> h.Element:
    """The paper, and beside it what it says in a word."""
    closed = shift.closed
    title = t("Z report {number}", number=closed.number) if closed else t("X report")
    return h.div(".saved")[
        h.section(".saved-words", aria_labelledby="report-title")[
            h.div(".stack")[
                h.div[_back()],
                h.h1("#report-title")[title],
                _word(closed) if closed else note(t("The shift goes on. A report of now, it changes nothing.")),
            ],
            h.div(".stack.tight")[*_print(shift.id, press)],
        ],
        sheet(_paper(shift, title, zone, store, register), press.preferences.paper),
    ]


def _print(shift_id: str, press: Press) -> tuple[h.Element | None, ...]:
    sends, words = click(ReportPrinted, shift_id=shift_id), t("Print report")
    button = press_button(id_="print-report", words=words, sends=sends, page=BY_PAGE, press=press)
    return press_problem(press=press, page=BY_PAGE), button


def _back() -> h.Element:
    sends = click(ReportOpened, shift_id="")
    return h.button("#report-back.button.plain", sends, type="button", data_key="Escape")[
        icon("arrow-left"), t("Shift")
    ]


def _word(closed: Closed) -> h.Element:
    """How the count came out; missing money needs a person."""
    if closed.difference == 0:
        return mark("The drawer is exact", tone="green", name="circle-check")
    words = "{amount} is missing" if closed.difference < 0 else "{amount} too much"
    return note(
        t(words, amount=format_money(abs(closed.difference))),
        tone="red" if closed.difference < 0 else "amber",
        name="triangle-alert",
        id_="shift-difference",
    )


def _paper(shift: Shift, title: str, zone: str, store: str, register: str) -> h.Element:
    closed = shift.closed
    numbers = [order.number for order in shift.orders]
    facts: tuple[Row, ...] = (
        (t("Register"), register),
        (t("Opened"), f"{moment(shift.opened.at, zone)}, {shift.opened.staff_name}"),
        (t("Closed"), f"{moment(closed.at, zone)}, {closed.staff_name}" if closed else t("not yet")),
        (t("First invoice"), numbers[0] if numbers else ""),
        (t("Last invoice"), numbers[-1] if numbers else ""),
    )
    return h.section("#report.invoice", aria_label=t("Report"))[
        h.header(".invoice-head")[h.h2[store], h.p(".invoice-title.strong")[title]],
        h.dl(".pairs.wide")[[h.div[h.dt[word], h.dd[value]] for word, value in facts if value]],
        _block(t("Sales"), _sales(shift)),
        _block(t("Tenders"), _tenders(shift)),
        _block(t("Given by hand, by reason"), _given(shift, by_reason)),
        _block(t("Given by hand, by associate"), _given(shift, by_person)),
        _block(t("Given back"), _given_back(shift)),
        _block(t("Cash in and out"), [(move.reason, format_plain(move.signed)) for move in shift.moves]),
        _block(t("Count"), _count(closed)) if closed else None,
        _block(t("Drawer"), _drawer(shift)) if closed else None,
        h.div(".signature")[h.p(".line")[t("Signature")]] if closed else None,
    ]


def _block(title: str, rows: list[Row]) -> h.Element | None:
    """A few sums under a heading; nothing where there are none."""
    if not rows:
        return None
    return h.div(".report-block")[
        h.h2[title], [h.p(".sum")[h.span[word], h.span(".num")[value]] for word, value in rows]
    ]


def _sales(shift: Shift) -> list[Row]:
    taxes = [(name.upper() if name != "cess" else t("Cess"), amount) for name, amount in shift.taxes.items() if amount]
    return [
        (t("Number of sales"), str(len(shift.orders))),
        (t("Made offline"), str(shift.offline)),
        (t("Total"), format_plain(shift.total)),
        *([(t("Drawer opened without a sale"), str(len(shift.drawer)))] if shift.drawer else []),
        *((name, format_plain(amount)) for name, amount in taxes),
    ]


def _tenders(shift: Shift) -> list[Row]:
    """What paid the sales; it comes to their total."""
    taken = [(f"{one.name} × {one.count}", format_plain(one.amount)) for one in shift.tenders]
    return [*taken, *([(t("Credit for returned items"), format_plain(shift.credited))] if shift.credited else [])]


def _given(shift: Shift, by: By) -> list[Row]:
    """Discounts by hand and changed prices: what they made the sales cost less."""
    return [(f"{each.name} × {each.count}", format_plain(-each.amount)) for each in conceded(shift.orders, by)]


def _given_back(shift: Shift) -> list[Row]:
    """Returns and voided sales, and by what their money went back."""
    kinds = ((t("Returns"), shift.returns), (t("Voided sales"), shift.voids))
    counted = [(word, str(len(some))) for word, some in kinds if some]
    return [*counted, *((f"{one.name} × {one.count}", format_plain(-one.amount)) for one in shift.refunds)]


def _count(closed: Closed) -> list[Row]:
    return [
        (
            f"{format_plain(pile.denomination).removesuffix('.00')} × {pile.pieces}",
            format_plain(counted((pile,))),
        )
        for pile in closed.count
    ]


def _drawer(shift: Shift) -> list[Row]:
    """How the sum comes about that should be there; only a report of a shift that was counted says it."""
    closed = shift.closed
    if closed is None:
        return []
    return [
        (t("Opening float"), format_plain(shift.opened.opening_float)),
        (t("Cash received"), format_plain(shift.received)),
        (t("Change given"), format_plain(-shift.change)),
        (t("Cash given back"), format_plain(-shift.cash_back)),
        (t("Cash in"), format_plain(shift.moved(Direction.IN))),
        (t("Cash out"), format_plain(-shift.moved(Direction.OUT))),
        (t("Expected"), format_plain(closed.expected)),
        (t("Counted"), format_plain(closed.counted)),
        (t("Difference"), format_plain(closed.difference)),
    ]
