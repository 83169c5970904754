"""After the sale: that it is safe, what goes back to the customer, and the invoice."""

from typing import Any

import htpy as h

from app.domain.invoice import invoice_of
from app.domain.order import Order
from app.domain.returning import CreditNote
from app.sync.banner import SAVED, SAVED_LOCALLY
from app.sync.e_invoice import EInvoice
from app.till.events.page import SaleLeft
from app.till.ui.language import t
from app.till.ui.part import Part
from app.till.ui.parts import click, icon, key, total_row
from app.till.ui.printing import Press, invoice_paper, print_button, print_problem
from app.till.ui.training import SAVED as PRACTISED
from app.till.ui.training import training_note


def saved(
    *,
    order: Order,
    reprint: int,
    footer: str,
    e_invoice: EInvoice | None,
    press: Press,
    note: CreditNote | None = None,
    whole: bool = True,
) -> h.Element:
    """Said only after the sale is durable; whether the `whole` of its paper is drawn with it."""
    laid_out = invoice_of(order)
    title = PRACTISED if order.training else SAVED
    locally = h.p("#saved-locally.note.green", role="status")[icon("hard-drive"), h.span[t(SAVED_LOCALLY)]]
    return h.div(".saved")[
        h.section(".saved-words", aria_labelledby="saved-title")[
            h.div(".stack")[
                h.div(".saved-head")[icon("circle-check", large=True), h.h1("#saved-title")[t(title)]],
                training_note() if order.training else None,
                locally if order.offline and not order.training else None,
                _money(order, laid_out.change, note),
            ],
            _next(order, press),
        ],
        paper(order=order, reprint=reprint, footer=footer, e_invoice=e_invoice, press=press, note=note, whole=whole),
    ]


def _next(order: Order, press: Press) -> h.Element:
    """What is done after it: print, and serve the next customer."""
    new_sale = h.button("#new-sale.button.primary.big", click(SaleLeft), type="button", data_focus=True)
    return h.div(".stack.tight")[
        print_problem(order_id=order.id, press=press),
        print_button(order_id=order.id, press=press),
        new_sale[t("New sale"), key("Enter")],
    ]


def paper(
    *,
    order: Order,
    reprint: int,
    footer: str,
    e_invoice: EInvoice | None,
    press: Press,
    note: CreditNote | None,
    whole: bool = True,
) -> h.Element:
    """The sale's invoice, as it is printed, or the head of it."""
    how: dict[str, Any] = {"reprint": reprint, "footer": footer, "e_invoice": e_invoice, "note": note, "whole": whole}
    return h.div("#saved-paper")[invoice_paper(invoice_of(order), press=press, **how)]


PAPER = Part("saved-paper", paper, frozenset({"order", "reprint", "footer", "e_invoice", "press", "note"}))


def first(before: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    """That a sale is saved is said before its paper is drawn below the head, unless that is printed at once."""
    if before.get("order") is now["order"] or now["press"].preferences.prints_itself:
        return now
    return {**now, "whole": False}


def _money(order: Order, change: int, note: CreditNote | None) -> list[h.Element]:
    """What it came to, and what goes back to the customer."""
    back = note.refunded if note else 0
    return [
        total_row(t("Total"), order.totals.total, id_="saved-total"),
        *([total_row(t("Change to give back"), change, id_="saved-change", change=True)] if change else []),
        *([total_row(t("Give back"), back, id_="saved-back", change=True)] if back else []),
    ]
