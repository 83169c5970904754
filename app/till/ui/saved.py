"""After the sale: that it is safe, what goes back to the customer, and the invoice."""

import htpy as h

from app.domain.invoice import invoice_of
from app.domain.money import format_money
from app.domain.order import Order
from app.sync.banner import SAVED, SAVED_LOCALLY
from app.till.events.page import InvoicePrinted, SaleLeft
from app.till.ui.invoice import invoice
from app.till.ui.parts import Attributes, click, icon, key, then


def saved(*, order: Order, reprint: bool, footer: str) -> h.Element:
    """Said only after the sale is durable."""
    laid_out = invoice_of(order)
    return h.div(".saved")[
        h.section(".saved-words", aria_labelledby="saved-title")[
            h.div(".stack")[
                h.div(".saved-head")[icon("circle-check", large=True), h.h1("#saved-title")[SAVED]],
                h.p("#saved-locally.note.green", role="status")[icon("hard-drive"), h.span[SAVED_LOCALLY]]
                if order.offline
                else None,
                h.div(".total-row")[
                    h.span(".total-word")["Total"],
                    h.span("#saved-total.total.num", data_minor=str(order.totals.total))[
                        format_money(order.totals.total)
                    ],
                ],
                h.div(".total-row.change")[
                    h.span(".total-word")["Change to give back"],
                    h.span("#saved-change.total.num", data_minor=str(laid_out.change))[format_money(laid_out.change)],
                ]
                if laid_out.change
                else None,
            ],
            h.div(".stack.tight")[
                print_button(order_id=order.id),
                h.button("#new-sale.button.primary.big", click(SaleLeft), type="button", data_focus=True)[
                    "New sale", key("Enter")
                ],
            ],
        ],
        h.div(".paper", tabindex="0", role="group", aria_label="Preview")[
            invoice(invoice=laid_out, reprint=reprint, footer=footer)
        ],
    ]


def print_button(*, order_id: str) -> h.Element:
    """Print what is in the region "Invoice"; only a page can."""
    printed: Attributes = then(InvoicePrinted) | {"data-order-id": order_id}
    return h.button("#print-invoice.button.big", printed, type="button", data_do="print")[
        icon("printer"), "Print invoice"
    ]
