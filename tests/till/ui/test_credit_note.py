"""The credit note on paper: all that the law asks for, drawn from the note alone."""

from dataclasses import replace

import pytest

from app.domain.credit import Credit
from app.domain.invoice import invoice_of
from app.domain.note_paper import note_paper
from app.domain.payment import TenderKind
from app.till.slices.printing import Printing
from app.till.ui.invoice import invoice
from tests.conftest import customer, line, order, payment, seller
from tests.given_back import credit_note, pick
from tests.till.ui.page import by_id, drawn, read
from tests.till.ui.stage_printing import GONE, PRINTER, READY
from tests.till.ui.stage_returns import RETURNS
from tests.till.ui.stages import stage_page

SOLD = order(
    line(quantity=2, name="Linen Shirt", label="M / Indigo"),
    seller=seller(legal_name="Demo Retail Private Limited"),
    customer=customer(gstin="29AAAAA0000A1ZB", address="14, 3rd Cross, Bengaluru", state_code="29"),
    payments=(payment(99_800, tender_id="card", kind=TenderKind.CARD, name="Card Swipe at Store"),),
)
NOTE = credit_note(SOLD, pick(0, 1), customer=SOLD.customer)
RULE_53 = {
    "a supplier": ["Demo Store", "12 MG Road, Bengaluru 560001", "29AAAAA0000A1ZB"],
    "b nature": ["Credit Note"],
    "c, d number and date": ["Credit note number DS01C2627-00001", "21-11-2026"],
    "e, f recipient": ["Meera Iyer", "14, 3rd Cross, Bengaluru", "GSTIN 29AAAAA0000A1ZB"],
    "g invoice": ["Against invoice DS01A2627-00001", "Invoice date 21-11-2026"],
    "h value, rate and tax": ["422.88", "18 %", "CGST", "38.06", "499.00"],
    "i signature": ["For Demo Store", "Authorised signatory"],
    "why, and where the money went": ["Reason Too small", "Given back", "Card Swipe at Store"],
}


@pytest.mark.parametrize("clause", sorted(RULE_53))
def test_the_credit_note_has_all_that_rule_53_asks_for(clause: str) -> None:
    """Without one of them the seller may not take the tax back (CGST Act s.34)."""
    words = read(str(invoice(invoice=note_paper(NOTE)))).text

    assert [] == [word for word in RULE_53[clause] if word not in words]


def test_the_invoice_of_an_exchange_names_its_credit_note() -> None:
    """Both papers are of one payment, and the invoice says what paid it."""
    credit = Credit(note_id="n1", number="DS01C2627-00001", amount=49_900)
    words = read(str(invoice(invoice=invoice_of(order(credit=credit, payments=()))))).text

    assert "Credit note DS01C2627-00001 499.00" in words


def test_checkout_says_what_the_exchange_counts() -> None:
    """The customer sees why less is due."""
    assert "-49900" == by_id(stage_page("checkout-exchange"), "checkout-credit").attrs["data-minor"]


@pytest.mark.parametrize(
    ("printing", "does", "page"), [(None, "print", False), (READY, None, False), (GONE, None, True)]
)
def test_the_note_goes_where_this_register_prints(printing: Printing | None, does: str | None, page: bool) -> None:
    """To the receipt printer where there is one; the browser is the way around one that is gone."""
    stage = RETURNS["credit-note-saved"]()
    html = drawn(replace(stage, preferences=PRINTER, printing=printing) if printing else stage)

    assert does == by_id(html, "print-note").attrs.get("data-do")
    assert page == any(node.id == "print-page" for node in html.walk())
