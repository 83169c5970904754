"""Receipts as bytes, read back by a printer that knows no other command: whole, narrow, with nothing smuggled in."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.escpos import BEGIN, CUT, KICK, WIDTHS, Bitmap, Code, Pair, Row, Words, encode
from app.domain.invoice import invoice_of
from app.domain.payment import TenderKind
from app.domain.receipt import Beside, receipt
from tests.conftest import customer, line, order, payment, rate, seller, terms
from tests.domain.printer import Printer

GOLDEN = Path(__file__).parent.parent / "golden" / "receipt-1.bin"
HINDI = "सूती कुर्ता"
HOSTILE = "Kurta \x1bp\x00\x19\xfa\x1d\x56\x00\x10\x04\x01 \x1b@ \x07\n\r\x00 end"
FULL = order(
    line(quantity=2, name="Linen Shirt", label="M / Indigo"),
    line("v2", name=HINDI, price=20_000),
    under=terms(rate()),
    seller=seller(legal_name="Demo Retail Private Limited", phone="08012345678"),
    customer=customer(gstin="29AAAAA0000A1ZB", address="14, 3rd Cross, Bengaluru", state_code="29"),
    payments=(
        payment(50_000, received=60_000),
        payment(69_800, id="b", tender_id="upi", kind=TenderKind.UPI, name="UPI at Store", reference="428812345678"),
    ),
)
BESIDE = Beside(title="Tax Invoice", marks=("Offline",), footer="Thank you. Come again.")


def drawn(text: str, dots: int, bold: bool) -> Bitmap:
    """A picture whose every byte would be a command, were it text: as wide as the paper, a line of 24 dots."""
    return Bitmap(dots // 8, b"\x1b" * (dots // 8 * 24))


def printed(*rows: Row, width: int = 58) -> Printer:
    return Printer().reads(encode(rows, WIDTHS[width], drawn))


def printed_order(width: int = 58) -> Printer:
    return printed(*receipt(invoice_of(FULL), BESIDE), width=width)


def test_the_bytes_of_a_receipt_are_the_released_ones() -> None:
    """What a store's printers were tried with must not change by accident."""
    assert GOLDEN.read_bytes() == encode(receipt(invoice_of(FULL), BESIDE), WIDTHS[58], drawn)


@pytest.mark.parametrize(
    "words",
    [
        "Offline",
        "Demo Retail Private Limited",
        "GSTIN: 29AAAAA0000A1ZB",
        "DS01A2627-00001",
        "21-11-2026",
        "Meera Iyer",
        "Linen Shirt (M / Indigo)",
        "HSN 6211",
        "2 PCS x 499.00",
        "845.76",
        "18 %",
        "CGST",
        "29 - Karnataka",
        "428812345678",
        "Change",
        "Thank you. Come again.",
    ],
)
def test_the_receipt_has_what_the_sheet_has(words: str) -> None:
    """CGST Rule 46 does not know how wide the paper is."""
    assert words in printed_order().paper


@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_is_wider_than_the_paper(width: int) -> None:
    """A line that is too long is broken by the printer in the middle of an amount."""
    assert printed_order(width).widest <= WIDTHS[width].columns


def test_it_begins_afresh_and_ends_with_a_cut() -> None:
    """What another program left in the printer, such as bold or Chinese, must not reach this receipt."""
    data = encode([Words("x")], WIDTHS[58], drawn)

    assert (True, True) == (data.startswith(BEGIN), data.endswith(CUT))


def test_an_amount_stands_in_one_piece_at_the_right_edge() -> None:
    """A column of sums is read from its right edge."""
    last = printed(Pair("A very long name of a way to pay, with a note", "1,299.00")).paper.rstrip("\n").split("\n")[-1]

    assert (32, True) == (len(last), last.endswith(" 1,299.00"))


def test_rupees_are_written_in_ascii() -> None:
    """Most printers have no sign for it, and print another one instead."""
    assert "Rs 499.00" in printed(Words("\N{INDIAN RUPEE SIGN}\N{NO-BREAK SPACE}499.00")).paper


def test_hindi_is_drawn() -> None:
    """An invoice whose goods are question marks describes nothing: Rule 46 (h)."""
    assert 1 == len(printed(Words(HINDI)).pictures)


def test_a_high_picture_comes_in_bands() -> None:
    """A small printer loses what its memory does not hold."""
    tall = encode([Words(HINDI)], WIDTHS[58], lambda text, dots, bold: Bitmap(48, bytes(48 * 500)))

    assert [200, 200, 100] == [len(picture) // 48 for picture in Printer().reads(tall).pictures]


def test_a_code_is_the_text_that_was_meant() -> None:
    """The portal's signature is worth nothing with one character less."""
    signed = "eyJhbGciOiJSUzI1NiJ9." + "x" * 900

    assert [signed.encode()] == printed(Code(signed)).codes


def test_a_code_too_long_for_a_printer_is_left_out() -> None:
    """A printer that refuses it would print its bytes as text."""
    assert [] == printed(Code("x" * 3_000)).codes


@pytest.mark.parametrize("text", [HOSTILE, HOSTILE + HINDI])
def test_a_name_smuggles_no_command_in(text: str) -> None:
    """A product's name comes from a file of somebody else; it must not open the drawer or cut the paper."""
    out = printed(Words(text), Pair(text, text), Words(text, large=True, bold=True))

    assert (0, 1) == (out.kicks, out.cuts)


@given(st.lists(st.text(), max_size=4), st.sampled_from(list(WIDTHS)))
def test_whatever_is_written_the_printer_understands(texts: list[str], width: int) -> None:
    """Any text of any script, and still only the commands that we meant, and no line too wide."""
    rows = [
        row
        for text in texts
        for row in (Words(text), Pair(text, text), Pair("Total", text, tall=True), Words(text, large=True))
    ]
    out = printed(*rows, width=width)

    assert (0, 1, True) == (out.kicks, out.cuts, out.widest <= WIDTHS[width].columns)


def test_a_huge_name_is_cut() -> None:
    """Ten metres of paper for one line is a jam, not a receipt."""
    assert len(printed(Words("x" * 100_000)).paper) < 2_200


def test_three_hundred_lines_are_all_there() -> None:
    """A wedding order has its invoice, too."""
    many = order(*(line(f"v{i}", name=f"Thing {i}", quantity=Decimal(1)) for i in range(300)))
    paper = printed(*receipt(invoice_of(many), Beside(title="Invoice"))).paper

    assert 300 == sum(f"Thing {i}\n" in paper for i in range(300))


def test_the_drawer_opens_by_one_pulse() -> None:
    """The pulse is short enough for any drawer's magnet."""
    assert 1 == Printer().reads(KICK).kicks
