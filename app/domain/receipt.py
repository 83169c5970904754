"""A receipt for a receipt printer: the rows of an invoice, or of what is laid out like one, with the sheet's words.

CGST Rule 46 says what an invoice has, Rule 53 what a credit note has.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.escpos import Code, Pair, Row, Rule, Words
from app.domain.invoice import PAID, Invoice, Item, rate_text, total_rows
from app.domain.money import format_money, format_plain


@dataclass(frozen=True, slots=True)
class Beside:
    """What a receipt says that its order does not know."""

    title: str
    marks: tuple[str, ...] = ()
    """On top: that it was made offline, is a reprint, or is provisional."""
    facts: tuple[tuple[str, str], ...] = ()
    """Of the e-invoice: its number, and when it was given."""
    code: str = ""
    """What the portal signed, as a QR code."""
    footer: str = ""


def receipt(invoice: Invoice, beside: Beside) -> tuple[Row, ...]:
    """Lay an invoice out for a strip of paper."""
    return (
        *(Words(mark, bold=True, centre=True) for mark in beside.marks),
        *_head(invoice, beside.title),
        Rule(),
        *(row for item in invoice.items for row in _item(item)),
        Rule(),
        *_sums(invoice),
        *_taxes(invoice),
        Rule(),
        *_paid(invoice),
        *_foot(invoice, beside),
    )


def _head(invoice: Invoice, title: str) -> Iterator[Row]:
    seller = invoice.seller
    yield Words(seller.name, bold=True, large=True, centre=True)
    legal = seller.legal_name if seller.legal_name != seller.name else ""
    state = f"State: {invoice.seller_state}"
    gstin = f"GSTIN: {seller.gstin}" if seller.gstin else ""
    phone = f"Phone: {seller.phone}" if seller.phone else ""
    yield from (Words(text, centre=True) for text in (legal, seller.address, state, gstin, phone))
    yield Words(title, bold=True, centre=True)
    yield Rule()
    yield Pair(invoice.number_word, invoice.number, bold=True)
    yield from (Pair(word, value) for word, value in _facts(invoice) if value)


def _facts(invoice: Invoice) -> Iterator[tuple[str, str]]:
    yield "Date", invoice.day.strftime("%d-%m-%Y")
    yield "Time", invoice.at.strftime("%H:%M")
    yield "Register", invoice.register
    yield "Served by", invoice.staff
    yield "Place of supply", invoice.place_of_supply
    yield "Reverse charge", invoice.reverse_charge
    yield from invoice.more
    if invoice.buyer is not None:
        yield "Bill to", invoice.buyer.name
        yield "Address", invoice.buyer.address
        yield "State", invoice.buyer_state
        yield "Buyer's GSTIN", invoice.buyer.gstin
        yield "Phone", invoice.buyer.phone
        yield "Deliver to", invoice.delivery_address


def _item(item: Item) -> Iterator[Row]:
    line = item.line
    yield Words(item.description, bold=True)
    yield Pair(f"{item.quantity} {item.unit} x {format_plain(line.unit_price)}", format_plain(line.total))
    cess = f" + {rate_text(line.cess_rate)} cess" if line.cess_rate else ""
    hsn = f"HSN {item.hsn} " if item.hsn else ""
    yield Words(f"{hsn}GST {rate_text(line.rate)}{cess} on {format_plain(line.value)}")
    if line.discount:
        yield Words(f"Discount {format_plain(line.discount)}")


def _sums(invoice: Invoice) -> Iterator[Row]:
    for each in invoice.reductions:
        yield Pair(f"{each.name} ({each.code})" if each.code else each.name, format_plain(-each.amount))
    for word, amount in total_rows(invoice.totals, invoice.state_tax):
        yield Pair(word, format_plain(amount))
    yield Pair("Total", format_money(invoice.totals.total), bold=True, tall=True)
    yield Words(invoice.in_words)


def _taxes(invoice: Invoice) -> Iterator[Row]:
    """The tax by HSN code and rate, as the sheet has it in a table."""
    for row in (row for row in invoice.taxes if row.tax):
        parts = [("IGST", row.igst)] if invoice.inter_state else [("CGST", row.cgst), (invoice.state_tax, row.sgst)]
        parts += [("Cess", row.cess)] if row.cess else []
        words = " ".join(f"{name} {format_plain(amount)}" for name, amount in parts)
        yield Pair(f"HSN {row.hsn} {rate_text(row.rate)}", format_plain(row.value))
        yield Words(words)


def _paid(invoice: Invoice) -> Iterator[Row]:
    if invoice.paid_word != PAID:  # on an invoice the names of the tenders tell enough for a strip
        yield Words(invoice.paid_word, bold=True)
    for paid in invoice.payments:
        yield Pair(paid.name, format_plain(paid.amount))
        reference = f"Ref. {paid.reference} " if paid.reference else ""
        yield Words(f"{reference}{paid.at:%d-%m-%Y %H:%M}")
        if paid.change:
            yield Pair("Received", format_plain(paid.received))
            yield Pair("Change", format_plain(paid.change))


def _foot(invoice: Invoice, beside: Beside) -> Iterator[Row]:
    yield from (Pair(word, value) for word, value in beside.facts if value)
    if beside.code:
        yield Code(beside.code)
    if invoice.notes:
        yield Words(f"Notes: {invoice.notes}")
    if invoice.inclusive:
        yield Words("Prices include GST.")
    yield Words(f"For {invoice.signatory}")
    yield Words(f"Order {invoice.order_id}")
    yield Words(beside.footer, centre=True)
