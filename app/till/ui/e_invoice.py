"""The e-invoice on paper: provisional until the portal's number is here, then with IRN and code."""

import htpy as h

from app.domain.numbers import INDIA
from app.sync.e_invoice import EInvoice
from app.till.ui.upi import qr

PROVISIONAL_TITLE = "Provisional receipt"
PROVISIONAL = "Provisional – the e-invoice follows"


def e_invoice_label(e_invoice: EInvoice) -> h.Element:
    """What is printed now may not be called an invoice (CGST Rule 48 (5)); where the portal said no, why."""
    why = h.p(".fine")[e_invoice.why] if e_invoice.why else None
    return h.div("#e-invoice-label.label-provisional")[h.p[PROVISIONAL], why]


def e_invoice_block(e_invoice: EInvoice) -> h.Element:
    """What Rule 46 (r) asks for: the number, when it was given, and the signed code."""
    at = e_invoice.ack_at.astimezone(INDIA).strftime("%d-%m-%Y %H:%M") if e_invoice.ack_at else ""
    return h.div("#e-invoice.e-invoice")[
        qr(text=e_invoice.qr, title="QR code of the e-invoice"),
        h.dl(".pairs")[
            h.div[h.dt["IRN"], h.dd("#irn")[e_invoice.irn]],
            h.div[h.dt["Ack. no."], h.dd[e_invoice.ack_number]],
            h.div[h.dt["Ack. date"], h.dd[at]],
        ],
    ]
