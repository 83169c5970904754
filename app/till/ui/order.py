"""One order: where it is on its way, what is known of it, its invoice, and what can be done about it."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import htpy as h

from app.domain.amendment import Correctable, Correction
from app.domain.invoice import invoice_of
from app.domain.money import format_money
from app.domain.returning import GivenBack, Standing
from app.sync.cards import CardState
from app.sync.cards import Standing as Cards
from app.sync.e_invoice import EInvoice
from app.sync.outbox import OrderState
from app.sync.status import FolderState
from app.till.events.page import CorrectionAsked, OrderSentAgain, ReturnAsked, ScreenOpened, VoidAsked
from app.till.past import Amendment, Row
from app.till.state import Connection, Screen
from app.till.ui.cards import card_notes, card_state, process_cell
from app.till.ui.credit_note import back_of
from app.till.ui.language import t
from app.till.ui.marks import order_marks, standing_mark
from app.till.ui.parts import click, empty, icon, mark, note, total_row
from app.till.ui.printing import Press, invoice_paper, print_button, print_problem
from app.till.ui.words import clock, moment

FIELDS = {
    Correctable.NAME: "Name",
    Correctable.PHONE: "Phone",
    Correctable.EMAIL: "E-mail",
    Correctable.ADDRESS: "Address",
    Correctable.SALES_EMPLOYEE: "Sales employee",
    Correctable.NOTES: "Order notes",
    Correctable.TENDER_NAME: "Paid with",
    Correctable.REFERENCE: "Reference",
}
"""What a corrected field is called; the others follow the tender's name."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of an order's way: done, still to come, or gone wrong."""

    title: str
    at: datetime | None = None
    more: str = ""
    look: str = "done"


def order(
    *,
    row: Row | None,
    connection: Connection,
    footer: str,
    zone: str,
    e_invoice: EInvoice | None,
    press: Press,
    reprint: int,
    cards: Cards | None,
    backs: tuple[GivenBack, ...] = (),
    stands: Standing = Standing.WHOLE,
) -> h.Element:
    """One order with its invoice; printing it again is a reprint."""
    if row is None:
        return _gone()
    return h.div(".saved.order")[
        h.section(".saved-words", aria_labelledby="order-title")[
            h.div(".stack")[
                _head(row, zone, cards, stands),
                [*_reason(row), *card_notes(cards)],
                total_row(t("Total"), row.order.totals.total, id_="order-total"),
                _timeline(row, connection, zone),
                _facts(row),
                [*(_amendment(one, zone) for one in row.amendments), *(back_of(one, zone) for one in backs)],
            ],
            _buttons(row, press, cards, stands),
        ],
        _paper(row, press, footer, reprint=reprint, e_invoice=e_invoice, void=stands is Standing.VOID),
    ]


def _head(row: Row, zone: str, cards: Cards | None, stands: Standing) -> list[h.Element]:
    offline = mark(t("Offline Order"), tone="", name="wifi-off") if row.order.offline else None
    marks = order_marks(row), standing_mark(stands), card_state(cards) if cards else None, offline
    return [
        h.div[_back()],
        h.div[h.h1("#order-title.num")[row.order.number], h.p(".quiet.num")[moment(row.order.at, zone)]],
        h.p(".row.tight")[marks],
    ]


def _gone() -> h.Element:
    return h.div(".page")[
        _back(),
        h.h1(".unseen")[t("Order")],
        empty(name="search-x", title=t("Not on this device"), text=t("Look for it in the back office.")),
    ]


def _paper(row: Row, press: Press, footer: str, *, reprint: int, e_invoice: EInvoice | None, void: bool) -> h.Element:
    return invoice_paper(
        invoice_of(row.reading),
        press=press,
        reprint=reprint,
        corrected=bool(row.amendments),
        footer=footer,
        e_invoice=e_invoice,
        void=void,
    )


def _back() -> h.Element:
    sends = click(ScreenOpened, screen=Screen.ORDERS)
    return h.button("#order-back.button.plain", sends, type="button", data_key="Escape")[
        icon("arrow-left"), t("Orders")
    ]


def _buttons(row: Row, press: Press, cards: Cards | None, stands: Standing) -> h.Element:
    order_id = row.order.id
    if row.order.training:
        return h.div(".stack.tight")[
            print_problem(order_id=order_id, press=press), print_button(order_id=order_id, press=press)
        ]
    again = click(OrderSentAgain, order_id=order_id)
    return h.div(".stack.tight")[
        print_problem(order_id=order_id, press=press),
        h.button("#send-again.button.big.primary", again, type="button")[icon("refresh-cw"), t("Send again")]
        if row.turned_down
        else None,
        process_cell(cards) if cards and cards.state is CardState.WAITING else None,
        h.div(".pair")[
            h.button("#correct-order.button.big", click(CorrectionAsked, order_id=order_id), type="button")[
                icon("pencil"), t("Correct")
            ],
            print_button(order_id=order_id, press=press),
        ],
        _back_buttons(order_id) if stands in {Standing.WHOLE, Standing.PARTLY} else None,
    ]


def _back_buttons(order_id: str) -> h.Element:
    """Goods of it may come back, or be exchanged; the whole sale may be voided on its day."""
    return h.div(".pair.three")[
        h.button("#return-items.button", click(ReturnAsked, order_id=order_id), type="button")[
            icon("undo-2"), t("Return items")
        ],
        h.button("#exchange-items.button", click(ReturnAsked, order_id=order_id, exchange=True), type="button")[
            icon("refresh-cw"), t("Exchange")
        ],
        h.button("#void-sale.button.danger", click(VoidAsked, order_id=order_id), type="button")[t("Void sale")],
    ]


def _reason(row: Row) -> list[h.Element]:
    """What a person has to know and do, where the OMS did not simply take the order."""
    notes: list[h.Element] = []
    if row.state is OrderState.FAILED:
        refused = t("The store’s system refused it: {why} The sale is safe on this device.", why=t(row.why))
        todo = t("Tell the back office. When the reason was mended there, choose Send again.")
        notes.append(note(f"{refused} {todo}", tone="red", name="circle-alert", id_="order-why"))
    if row.state is OrderState.ATTENTION:
        looked = t("It is in the store’s system, but somebody has to look: {why}", why=t(row.why))
        notes.append(note(looked, tone="amber", name="triangle-alert", id_="order-why"))
    if row.verdict and row.verdict.total is not None:
        theirs, ours = format_money(row.verdict.total), format_money(row.order.totals.total)
        differs = t("The store’s system computes {theirs}, the invoice says {ours}.", theirs=theirs, ours=ours)
        notes.append(note(differs, tone="amber", name="scale", id_="order-differs"))
    return notes


def _timeline(row: Row, connection: Connection, zone: str) -> h.Element:
    """The way from the counter to the OMS, with the time of each step that is done."""
    steps = [
        Step(t("Made by {name}", name=row.order.staff_name), row.order.at),
        Step(t("Saved on this device"), row.kept.header.at),
        _in_folder(row, connection),
        *_sent(row.state, row),
    ]
    return h.ol("#order-timeline.timeline", aria_label=t("Timeline"))[
        [
            h.li(class_=step.look)[
                icon(_icon(step.look)),
                h.span(".grow")[h.span[step.title], h.span(".quiet")[step.more] if step.more else None],
                h.time(".quiet.num")[_when(step.at, row.order.at, zone)] if step.at else None,
            ]
            for step in steps
        ]
    ]


def _when(at: datetime, made: datetime, zone: str) -> str:
    """The time of a step, with its day where that is not the day of the sale."""
    there, day = at.astimezone(ZoneInfo(zone)), made.astimezone(ZoneInfo(zone)).date()
    return clock(at, zone) if there.date() == day else moment(at, zone)


def _icon(look: str) -> str:
    return {"done": "circle-check", "bad": "circle-alert", "doubt": "triangle-alert"}.get(look, "clock")


def _in_folder(row: Row, connection: Connection) -> Step:
    whole = connection.folder is FolderState.OK and not connection.missing_in_folder
    if row.kept.in_folder or whole:
        return Step(t("In the folder"))
    if connection.folder is FolderState.NONE:
        return Step(t("No folder was chosen"), look="later")
    return Step(t("Waits for the folder"), look="later")


def _sent(state: OrderState, row: Row) -> tuple[Step, ...]:
    verdict = row.verdict
    if verdict is None:
        sending = state is OrderState.SYNCING
        return (Step(t("Being sent") if sending else t("Waits to be sent"), look="later"),)
    if state is OrderState.FAILED:
        return Step(t("Sent"), verdict.at), Step(t("Not accepted"), look="bad")
    doubtful = state is OrderState.ATTENTION
    number = t("Order {number} in the store’s system", number=verdict.order_number) if verdict.order_number else ""
    title = t("Accepted, and to be looked at") if doubtful else t("Accepted")
    return Step(t("Sent"), verdict.at), Step(title, verdict.at, number, "doubt" if doubtful else "done")


def _facts(row: Row) -> h.Element:
    """Who, by whom, how paid: as it reads with its corrections."""
    order = row.reading
    buyer = order.customer
    paid = [
        (t("Paid"), f"{payment.name} · {format_money(payment.amount)}" + _reference(payment.shown))
        for payment in order.payments
    ]
    facts = [
        (t("Customer"), " · ".join(part for part in (buyer.name, buyer.phone, buyer.email) if part) if buyer else ""),
        (t("Address"), buyer.address if buyer else ""),
        (t("Served by"), order.staff_name),
        (t("Sales employee"), order.sales_employee),
        (t("Order notes"), order.notes),
        *paid,
    ]
    return h.dl("#order-facts.pairs")[[h.div[h.dt(".quiet")[word], h.dd[value]] for word, value in facts if value]]


def _reference(reference: str) -> str:
    return f" · {reference}" if reference else ""


def _amendment(each: Amendment, zone: str) -> h.Element:
    """A correction: what was, what is right, who said so and why."""
    failed = each.state is OrderState.FAILED
    why = t("The store’s system refused it: {why}", why=t(each.verdict.why)) if failed and each.verdict else ""
    shown = [one for one in each.body.corrections if one.field in FIELDS]
    return h.div(".correction")[
        h.p[
            h.span(".strong")[t("Corrected by {name}", name=each.body.staff_name)],
            h.span(".quiet.num")[f" · {moment(each.kept.header.at, zone)}"],
        ],
        h.p(".quiet")[each.body.reason],
        h.ul(role="list")[[_change(one) for one in shown]],
        note(why, tone="red", name="circle-alert") if why else None,
    ]


def _change(one: Correction) -> h.Element:
    return h.li[
        h.span(".quiet")[f"{t(FIELDS[one.field])}: "],
        [h.del_[one.before], " → "] if one.before else None,
        h.ins[one.after] if one.after else h.span(".quiet")[t("removed")],
    ]
