"""The credit note as bytes for a receipt printer: what CGST Rule 53 asks for, as wide as the paper."""

from pathlib import Path

import pytest

from app.domain.escpos import WIDTHS, Cut, Words, encode
from app.domain.note_paper import note_paper
from app.domain.receipt import Beside, receipt
from tests.domain.printer import Printer
from tests.domain.test_escpos import FULL, drawn, printed
from tests.given_back import credit_note, pick

GOLDEN = Path(__file__).parent.parent / "golden" / "receipt-2.bin"
NOTE = credit_note(FULL, pick(0, 1), customer=FULL.customer, offline=True, seller=FULL.seller)
ROWS = receipt(note_paper(NOTE), Beside(title=note_paper(NOTE).title, marks=("Offline",), footer="Come again."))


def test_the_bytes_of_a_credit_note_are_the_released_ones() -> None:
    """What a store's printers were tried with must not change by accident."""
    assert GOLDEN.read_bytes() == encode(ROWS, WIDTHS[58], drawn)


@pytest.mark.parametrize(
    "words",
    [
        "12 MG Road, Bengaluru 560001",
        "GSTIN: 29AAAAA0000A1ZB",
        "Credit Note",
        "DS01C2627-00001",
        "21-11-2026",
        "Meera Iyer",
        "Against invoice  DS01A2627-00001",
        "Invoice date          21-11-2026",
        "Too small",
        "HSN 6211",
        "422.88",
        "18 %",
        "CGST",
        "499.00",
        "Given back\n",
        "For Demo Retail Private Limited",
    ],
)
def test_the_strip_has_what_rule_53_asks_for(words: str) -> None:
    """Without it the seller may not take the tax back, however wide the paper is (CGST Act s.34)."""
    assert words in printed(*ROWS).paper


def test_a_credit_note_is_never_called_an_invoice() -> None:
    """Its number under the wrong word is a second invoice."""
    assert "Invoice no." not in printed(*ROWS).paper


@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_of_it_is_wider_than_the_paper(width: int) -> None:
    """A long word, such as "Credit note number", must not push its number over the edge."""
    assert Printer().reads(encode(ROWS, WIDTHS[width], drawn)).widest <= WIDTHS[width].columns


def test_a_cut_makes_two_papers() -> None:
    """Invoice and credit note of an exchange go into two files; the second begins afresh."""
    out = printed(Words("a"), Cut(), Words("b"))

    assert (2, 0, "a\nb\n") == (out.cuts, out.kicks, out.paper)
