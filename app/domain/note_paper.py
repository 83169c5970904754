"""The paper of a credit note, laid out like an invoice: all that Rule 53 (1A) asks for, from the note alone."""

from collections.abc import Iterator
from typing import Any

from app.domain.invoice import Invoice, Paid, item_of, tax_summary
from app.domain.numbers import INDIA
from app.domain.returning import CreditNote
from app.domain.states import state_tax, state_text
from app.domain.words import amount_in_words

TITLE = "Credit Note"
COUNTED = "Counted towards another sale"


def note_paper(note: CreditNote) -> Invoice:
    """Lay a credit note out; its amounts are what is given back."""
    seller, at = note.seller, note.at.astimezone(INDIA)
    return Invoice(
        title=TITLE,
        offline=note.offline,
        number=note.number,
        day=note.business_day,
        at=at,
        seller=seller,
        seller_state=state_text(seller.state_code),
        buyer=note.customer,
        delivery_address="",
        items=tuple(item_of(position, line) for position, line in enumerate(note.lines, start=1)),
        reductions=(),
        totals=note.totals,
        taxes=tax_summary(note.lines),
        state_tax=state_tax(note.place_of_supply),
        inter_state=note.inter_state,
        inclusive=note.inclusive,
        in_words=amount_in_words(note.totals.total),
        place_of_supply=state_text(note.place_of_supply),
        payments=tuple(_given(note)),
        staff=note.staff_name,
        signatory=seller.legal_name or seller.name,
        register=f"{note.store}-{note.register}",
        order_id=note.original.order_id,
        **_words(note),
    )


def _words(note: CreditNote) -> dict[str, Any]:
    """What a credit note says beside what every invoice says."""
    original = note.original
    about = (("Against invoice", original.number), ("Invoice date", f"{original.business_day:%d-%m-%Y}"))
    words: dict[str, Any] = {"number_word": "Credit note number", "paid_word": "Given back"}
    words |= {"reverse_charge": "", "notes": "", "training": False}
    return words | {"more": (*about, ("Reason", note.reason))}


def _given(note: CreditNote) -> Iterator[Paid]:
    """Where the sum went: back to the customer, and into the sale of an exchange."""
    for each in note.refunds:
        yield Paid(each.name, each.amount, each.amount, 0, each.shown, each.at.astimezone(INDIA))
    if note.credited:
        yield Paid(COUNTED, note.credited, note.credited, 0, "", note.at.astimezone(INDIA))
