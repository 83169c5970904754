"""The e-invoice on paper: provisional until the portal's number is here, then with IRN and code."""

import htpy as h

from app.sync.e_invoice import PROVISIONAL, EInvoice, particulars
from app.till.ui.upi import qr


def e_invoice_label(e_invoice: EInvoice) -> h.Element:
    """What is printed now may not be called an invoice (CGST Rule 48 (5)); where the portal said no, why."""
    why = h.p(".fine")[e_invoice.why] if e_invoice.why else None
    return h.div("#e-invoice-label.label-provisional")[h.p[PROVISIONAL], why]


def e_invoice_block(e_invoice: EInvoice) -> h.Element:
    """What Rule 46 (r) asks for: the number, when it was given, and the signed code."""
    irn, *others = particulars(e_invoice)
    return h.div("#e-invoice.e-invoice")[
        qr(text=e_invoice.qr, title="QR code of the e-invoice"),
        h.dl(".pairs")[
            h.div[h.dt[irn[0]], h.dd("#irn")[irn[1]]],
            [h.div[h.dt[word], h.dd[value]] for word, value in others],
        ],
    ]
