"""Single cells: what is made of markup, amounts, quantities and codes as people really write them."""

from decimal import Decimal

import pytest

from server.importers import cells
from server.importers.reading import Cell, Why
from tests.quickest import times_longer


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("  Toor   Dal\r\n 1 kg ", "Toor Dal 1 kg"),
        ("Cotton <b>Kurta</b> &amp; Belt", "Cotton Kurta & Belt"),
        ("&amp;quot;Best&amp;quot;", '"Best"'),
        ("Mug<script>alert('x')</script>", "Mug"),
        ("<!-- draft -->Lamp<br/>Shade", "Lamp Shade"),
        ("Lamp <!-- not closed", "Lamp"),
        ("Lamp<script>not closed", "Lamp"),
        ("Ring <3 for 5 > 4", "Ring <3 for 5 > 4"),
        ("Cafe\u0301\u200b\u00a0au lait\ufeff", "Caf\u00e9 au lait"),
        ("नमकीन 🥨", "नमकीन 🥨"),
        ("abc\u202egnp.exe", "abcgnp.exe"),
    ],
)
def test_text_is_one_plain_line(raw: str, expected: str) -> None:
    """Names go to the screen, the search and the invoice: no markup, no invisible letters, one line."""
    actual = cells.text(raw)

    assert expected == actual


def test_a_name_is_cut_where_the_domain_ends() -> None:
    """A product with a name that is too long is still sold, and the cut is said."""
    actual = cells.name("x" * 700)

    assert Cell("x" * 500, Why.LONG_NAME) == actual


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("499", 49_900),
        ("₹ 1,45,000.50", 14_500_050),
        ("Rs. 20", 2_000),
        ("$12.00", 1_200),
        ("99.99/-", 9_999),
        ("12,50", 1_250),
        ("1.299,5", 129_950),
        ("2.005", 201),
    ],
)
def test_a_price_is_read_as_it_is_written(raw: str, expected: int) -> None:
    """Every file writes amounts in its own way; a paisa must not be lost to a binary fraction."""
    actual = cells.price(raw)

    assert Cell(expected) == actual


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ("", Why.NO_PRICE),
        ("0.00", Why.ZERO_PRICE),
        ("0.004", Why.ZERO_PRICE),
        ("-11062.06", Why.NEGATIVE_PRICE),
        ("on request", Why.NOT_A_PRICE),
        ("1e3", Why.NOT_A_PRICE),
        ("99999999999999", Why.NOT_A_PRICE),
    ],
)
def test_what_is_no_price_is_never_a_gift(raw: str, why: Why) -> None:
    """A product without a real price has none and cannot be sold: never for nothing, never below nothing."""
    actual = cells.price(raw)

    assert Cell(None, why) == actual


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("", Cell(None)),
        ("12.0", Cell(Decimal(12))),
        ("100", Cell(Decimal(100))),
        ("4.2504", Cell(Decimal("4.25"))),
        ("-118", Cell(Decimal(0), Why.NEGATIVE_STOCK)),
        ("many", Cell(None, Why.NOT_STOCK)),
        ("9999999999", Cell(None, Why.NOT_STOCK)),
    ],
)
def test_stock_is_a_count_or_unknown(raw: str, expected: Cell[Decimal | None]) -> None:
    """A till trusts the count: below zero is zero, and what is not counted must not look like zero."""
    actual = cells.stock(raw)

    assert expected == actual


def test_a_count_keeps_its_plain_digits() -> None:
    """Decimal("1E+2") equals 100 but is written differently: the same count has to be the same text."""
    actual = str(cells.stock("100").value)

    assert "100" == actual


@pytest.mark.parametrize("raw", ["8901030865275", "890-1030 865275", "'8901030865275", "8901030865275.0"])
def test_a_barcode_loses_what_spreadsheets_put_around_it(raw: str) -> None:
    """A scanner sends digits; a stray sign around them would make the product unfindable."""
    actual = cells.barcode(raw)

    assert Cell("8901030865275") == actual


@pytest.mark.parametrize("raw", ["8901030865276", "12345", "8.90103E+12", "0000000000000", "ABC-123"])
def test_a_wrong_check_digit_is_no_barcode(raw: str) -> None:
    """No scanner ever sends such a code; kept as a barcode it could only hide a typing error."""
    actual = cells.barcode(raw)

    assert Cell(None, Why.BAD_BARCODE) == actual


@pytest.mark.parametrize(
    ("raw", "expected"),
    [("6109.10", Cell("610910")), ("0713", Cell("0713")), ("", Cell("")), ("713", Cell("", Why.BAD_HSN))],
)
def test_an_hsn_code_has_an_even_number_of_digits(raw: str, expected: Cell[str]) -> None:
    """The code is printed on a tax invoice: one that lost a zero names other goods."""
    actual = cells.hsn(raw)

    assert expected == actual


@pytest.mark.parametrize(("raw", "expected"), [("Kg.", "KGS"), ("pcs", "PCS"), ("BTL", "BTL"), ("bundle?", "PCS")])
def test_units_are_those_of_the_gst_portal(raw: str, expected: str) -> None:
    """The unit is reported to the portal, which knows only its own codes."""
    actual = cells.unit(raw)

    assert expected == actual


@pytest.mark.parametrize("hostile", ["<!--", "<script", "</script <script>", "<a", "&lt;!--"])
def test_a_hostile_text_takes_as_long_as_it_is(hostile: str) -> None:
    """A cell may have a megabyte, and the tills wait while one is read: four times as much takes four times as long."""
    assert times_longer(lambda many: cells.text(hostile * many), 5_000) < 7


@pytest.mark.parametrize("hostile", ["1" + " " * 40_000 + "x", "1." + "0" * 40_000, "9" * 40_000])
def test_what_is_longer_than_a_number_is_none(hostile: str) -> None:
    """It is not looked through for one."""
    assert (Why.NOT_A_PRICE, Why.NOT_STOCK) == (cells.price(hostile).why, cells.stock(hostile).why)
