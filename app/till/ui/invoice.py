"""The invoice on screen and on paper: all that Rule 46 asks for; its width decides between receipt and sheet."""

import htpy as h

from app.domain.invoice import Invoice, Item, Paid, TaxRow, rate_text, total_rows
from app.domain.money import format_money, format_plain
from app.sync.e_invoice import PROVISIONAL_TITLE, EInvoice, EInvoiceState
from app.till.ui.e_invoice import e_invoice_block, e_invoice_label


def invoice(
    *,
    invoice: Invoice,
    reprint: int = 0,
    corrected: bool = False,
    footer: str = "",
    e_invoice: EInvoice | None = None,
    beside: bool = False,
    void: bool = False,
    whole: bool = True,
) -> h.Element:
    """The region "Invoice": the same from the same order, today and in a year; `beside` it stands a second paper.

    Where it is not to be `whole` yet: its head, with its number.
    """
    follows = e_invoice is not None and e_invoice.state is not EInvoiceState.DONE
    words = "Credit note" if beside else "Invoice"
    return h.section(".invoice", id="invoice-beside" if beside else "invoice", aria_label=words, lang="en")[
        _labels(invoice, reprint=reprint, corrected=corrected, void=void),
        e_invoice_label(e_invoice) if e_invoice and follows else None,
        _seller(invoice, PROVISIONAL_TITLE if follows else invoice.title),
        _facts(invoice, "beside" if beside else "invoice"),
        _body(invoice, "beside" if beside else "invoice") if whole else None,
        e_invoice_block(e_invoice) if e_invoice and whole and not follows else None,
        _foot(invoice, footer) if whole else None,
    ]


def _body(invoice: Invoice, id_: str) -> list[h.Element | None]:
    """To whom what was sold, for how much, and how it was paid."""
    return [
        _buyer(invoice),
        _items(invoice),
        _discounts(invoice),
        _totals(invoice, id_),
        _taxes(invoice),
        _payments(invoice.paid_word, invoice.payments) if invoice.payments else None,
    ]


def _labels(invoice: Invoice, *, reprint: int, corrected: bool, void: bool) -> list[h.Element]:
    """What whoever holds the paper has to know first."""
    words = {
        "training": "Training – not an invoice" if invoice.training else "",
        "void": "Void" if void else "",
        "offline": "Offline" if invoice.offline else "",
        "reprint": (f"Reprint {reprint}" if reprint > 1 else "Reprint") if reprint else "",
        "corrected": "Corrected" if corrected else "",
    }
    return [h.p(class_=f"label-{name}")[word] for name, word in words.items() if word]


def _seller(invoice: Invoice, title: str) -> h.Element:
    seller = invoice.seller
    return h.header(".invoice-head")[
        h.h2[seller.name],
        h.p[seller.legal_name] if seller.legal_name and seller.legal_name != seller.name else None,
        h.p[seller.address],
        h.p[f"State: {invoice.seller_state}"],
        h.p[f"GSTIN: {seller.gstin}"] if seller.gstin else None,
        h.p[f"Phone: {seller.phone}"] if seller.phone else None,
        h.h3(".invoice-title")[title],
    ]


def _facts(invoice: Invoice, id_: str) -> h.Element:
    return _pairs(
        (invoice.number_word, h.span(".strong", id=f"{id_}-number")[invoice.number]),
        ("Date", invoice.day.strftime("%d-%m-%Y")),
        ("Time", invoice.at.strftime("%H:%M")),
        ("Register", invoice.register),
        ("Served by", invoice.staff),
        ("Place of supply", invoice.place_of_supply),
        ("Reverse charge", invoice.reverse_charge),
        *invoice.more,
    )


def _buyer(invoice: Invoice) -> h.Element | None:
    buyer = invoice.buyer
    if buyer is None:
        return None
    return h.div(".invoice-buyer")[
        h.h4["Bill to"],
        _pairs(
            ("Name", buyer.name),
            ("Address", buyer.address),
            ("State", invoice.buyer_state),
            ("GSTIN", buyer.gstin),
            ("Phone", buyer.phone),
            ("Deliver to", invoice.delivery_address),
        ),
    ]


def _pairs(*pairs: tuple[str, h.Node]) -> h.Element:
    return h.dl(".pairs")[[h.div[h.dt[word], h.dd[value]] for word, value in pairs if value]]


def _items(invoice: Invoice) -> h.Element:
    words = ("#", "Description", "HSN", "Qty", "Rate", "Taxable", "GST", "Amount")
    return h.table(".invoice-items", aria_label="Items")[
        h.thead[h.tr[[h.th(class_=f"c-{word.lower().replace('#', 'no')}", scope="col")[word] for word in words]]],
        h.tbody[[_item(item) for item in invoice.items]],
    ]


def _item(item: Item) -> h.Element:
    line = item.line
    return h.tr[
        h.td(".c-no")[str(item.position)],
        h.td(".c-description")[
            item.description,
            h.span(".discount")[f"Discount {format_plain(line.discount)}"] if line.discount else None,
        ],
        h.td(".c-hsn")[item.hsn],
        h.td(".c-qty.num")[f"{item.quantity} {item.unit}"],
        h.td(".c-rate.num")[format_plain(line.unit_price)],
        h.td(".c-taxable.num")[format_plain(line.value)],
        h.td(".c-gst.num")[rate_text(line.rate), f" + {rate_text(line.cess_rate)} cess" if line.cess_rate else ""],
        h.td(".c-amount.num")[format_plain(line.total)],
    ]


def _discounts(invoice: Invoice) -> h.Element | None:
    """What was taken off, by name; it is in the amounts of the lines already."""
    if not invoice.reductions:
        return None
    return h.div(".invoice-discounts")[
        h.h4["Discounts"],
        [
            h.p(".sum")[
                h.span[f"{each.name} ({each.code})" if each.code else each.name],
                h.span(".num")[format_plain(-each.amount)],
            ]
            for each in invoice.reductions
        ],
    ]


def _totals(invoice: Invoice, id_: str) -> h.Element:
    return h.div(".invoice-totals")[
        [
            h.p(".sum")[h.span[word], h.span(".num")[format_plain(amount)]]
            for word, amount in total_rows(invoice.totals, invoice.state_tax)
        ],
        h.p(".sum.invoice-total")[
            h.span["Total"],
            h.span(".num", id=f"{id_}-total", data_minor=str(invoice.totals.total))[format_money(invoice.totals.total)],
        ],
        h.p(".in-words")[invoice.in_words],
    ]


def _taxes(invoice: Invoice) -> h.Element | None:
    rows = [row for row in invoice.taxes if row.tax]
    if not rows:
        return None
    parts = ("IGST",) if invoice.inter_state else ("CGST", invoice.state_tax)
    cess = ("Cess",) if any(row.cess for row in rows) else ()
    words = ("HSN", "GST", "Taxable", *parts, *cess)
    return h.table(".invoice-taxes", aria_label="Tax")[
        h.thead[h.tr[[h.th(scope="col")[word] for word in words]]],
        h.tbody[[_tax(row, inter_state=invoice.inter_state, cess=bool(cess)) for row in rows]],
    ]


def _tax(row: TaxRow, *, inter_state: bool, cess: bool) -> h.Element:
    amounts = [row.value, *((row.igst,) if inter_state else (row.cgst, row.sgst)), *((row.cess,) if cess else ())]
    return h.tr[
        h.td[row.hsn],
        h.td(".num")[rate_text(row.rate)],
        [h.td(".num")[format_plain(amount)] for amount in amounts],
    ]


def _payments(word: str, payments: tuple[Paid, ...]) -> h.Element:
    return h.div(".invoice-paid")[
        h.h4[word],
        [
            h.div[
                h.p(".sum")[h.span[paid.name], h.span(".num")[format_plain(paid.amount)]],
                h.p(".sum.fine")[
                    h.span[
                        f"Ref. {paid.reference} · " if paid.reference else "",
                        paid.at.strftime("%d-%m-%Y %H:%M"),
                    ],
                    h.span(".num")[f"received {format_plain(paid.received)}, change {format_plain(paid.change)}"]
                    if paid.change
                    else None,
                ],
            ]
            for paid in payments
        ],
    ]


def _foot(invoice: Invoice, footer: str) -> h.Element:
    return h.footer(".invoice-foot")[
        h.p[h.strong["Notes: "], invoice.notes] if invoice.notes else None,
        h.p["Prices include GST."] if invoice.inclusive else None,
        h.div(".signature")[h.p[f"For {invoice.signatory}"], h.p(".line")["Authorised signatory"]],
        h.p(".fine")[f"Order {invoice.order_id}"],
        h.p(".thanks")[footer] if footer else None,
    ]
