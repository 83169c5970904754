"""Paper on the screen as it will be printed, and the buttons that print it."""

from dataclasses import dataclass

import htpy as h

from app.domain.invoice import Invoice
from app.domain.note_paper import note_paper
from app.domain.preferences import Paper, Preferences
from app.domain.returning import CreditNote
from app.sync.e_invoice import EInvoice
from app.till.events.printing import InvoicePrinted
from app.till.slices.printing import Printing
from app.till.ui.invoice import invoice
from app.till.ui.language import t
from app.till.ui.parts import Attributes, click, icon, note, then

BY_PAGE: Attributes = {"data-do": "print"}
"""The page prints at once, without a word to Python."""


@dataclass(frozen=True, slots=True)
class Press:
    """How this register prints, and how the printer is."""

    preferences: Preferences
    printing: Printing


def sheet(content: h.Element | h.Fragment, paper: Paper) -> h.Element:
    """What will be printed, as wide as its paper; of a strip the page needs the width in millimetres."""
    look = f"sheet-{paper}" if paper is not Paper.AUTO else ""
    return h.div(".paper", tabindex="0", role="group", aria_label=t("Preview"))[
        h.div(class_=look, data_strip=str(paper.width) if paper.width else None)[content] if look else content
    ]


def invoice_paper(
    laid_out: Invoice,
    *,
    press: Press,
    reprint: int,
    footer: str,
    corrected: bool = False,
    e_invoice: EInvoice | None = None,
    note: CreditNote | None = None,
    void: bool = False,
    whole: bool = True,
) -> h.Element:
    """The invoice as it will be printed, or its head; that of an exchange with its credit note behind it."""
    marks = {"corrected": corrected, "void": void, "whole": whole}
    drawn = invoice(invoice=laid_out, reprint=reprint, footer=footer, e_invoice=e_invoice, **marks)
    second = note if whole else None
    beside = invoice(invoice=note_paper(second), reprint=reprint, footer=footer, beside=True) if second else None
    return sheet(h.fragment[drawn, beside] if beside else drawn, press.preferences.paper)


def print_button(*, order_id: str, press: Press) -> h.Element:
    """Print an invoice."""
    return paper_button(id_="print-invoice", words=t("Print invoice"), paper_id=order_id, press=press)


def paper_button(*, id_: str, words: str, paper_id: str, press: Press) -> h.Element:
    """Print the invoice or credit note that is looked at."""
    page = by_page(paper_id) | BY_PAGE
    return press_button(id_=id_, words=words, sends=click(InvoicePrinted, order_id=paper_id), page=page, press=press)


def press_button(*, id_: str, words: str, sends: Attributes, page: Attributes, press: Press) -> h.Element:
    """Send a strip to the receipt printer, or let the page print, which only a page can."""
    drives = press.preferences.drives_printer
    busy = drives and bool(press.printing.job)
    return h.button(".button.big", sends if drives else page, id=id_, type="button", disabled=busy)[
        icon("printer"), words
    ]


def print_problem(*, order_id: str, press: Press) -> h.Element | None:
    """Why no invoice or credit note came out, and the way around it."""
    return press_problem(press=press, page=by_page(order_id) | BY_PAGE)


def press_problem(*, press: Press, page: Attributes) -> h.Element | None:
    """Why nothing came out of the receipt printer, and the way around it."""
    if not press.preferences.drives_printer or not press.printing.problem:
        return None
    return h.div("#print-problem.stack.tight", role="alert")[
        note(press.printing.problem, tone="amber", name="printer"),
        h.button("#print-page.button", page, type="button")[icon("printer"), t("Print with the browser")],
    ]


def by_page(order_id: str) -> Attributes:
    """Let the page print what is in the region "Invoice"."""
    return then(InvoicePrinted) | {"data-order-id": order_id, "data-by": "page"}
