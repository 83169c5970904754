"""Barcodes: one wrong digit has to be noticed, and one thing has to have one code."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.barcode import Label, canonical, check_digit, complete, is_gtin, is_label, read_label

BODIES = st.sampled_from([7, 11, 12, 13]).flatmap(lambda n: st.text("0123456789", min_size=n, max_size=n))


@pytest.mark.parametrize(
    ("body", "digit"),
    [("590123412345", "7"), ("03600029145", "2"), ("9638507", "4"), ("400638133393", "1")],
)
def test_the_check_digit_is_that_of_printed_codes(body: str, digit: str) -> None:
    """EAN-13, UPC-A and EAN-8 as they are published."""
    assert digit == check_digit(body)


@given(BODIES)
def test_a_completed_code_is_valid(body: str) -> None:
    """What we make for a product without barcode, every scanner has to accept."""
    assert is_gtin(complete(body))


@given(BODIES, st.data())
def test_one_wrong_digit_is_noticed(body: str, data: st.DataObject) -> None:
    """That is what the check digit is for."""
    code = complete(body)
    place = data.draw(st.integers(0, len(code) - 1))
    other = str((int(code[place]) + data.draw(st.integers(1, 9))) % 10)

    assert not is_gtin(code[:place] + other + code[place + 1 :])


@pytest.mark.parametrize(
    "code", ["", "0", "5901234123458", "59012341234", "SKU-1", "\u0665901234123457", "590123412345 "]
)
def test_what_is_no_gtin(code: str) -> None:
    """Odd lengths, letters and digits of other scripts are codes of the store, not GTINs."""
    assert not is_gtin(code)


@given(st.text("0123456789", min_size=11, max_size=11))
def test_upc_a_ean_13_and_gtin_14_are_one_code(body: str) -> None:
    """The same tag is sent with 12, 13 or 14 digits, as the scanner is set up."""
    upc = complete(body)

    assert {"0" + upc} == {canonical(upc), canonical("0" + upc), canonical("00" + upc)}


@pytest.mark.parametrize(
    "code",
    ["96385074", "15414141234569", "036000291453", "036000291452X"],
    ids=["EAN-8", "a box", "misread", "no GTIN"],
)
def test_other_codes_stay_as_they_are(code: str) -> None:
    """A box of twelve is not its piece, and twelve digits with a wrong check digit are no UPC-A."""
    assert code == canonical(code)


def test_a_weight_label_is_read() -> None:
    """28, item, grams."""
    assert Label("00123", grams=1_250) == read_label(complete("280012301250"))


def test_a_price_label_is_read() -> None:
    """29, item, paise."""
    assert Label("00123", price=9_950) == read_label(complete("290012309950"))


def test_a_misread_label_is_none() -> None:
    """One wrong digit is another weight."""
    assert read_label("2800123012500") is None


@pytest.mark.parametrize("code", [complete("200012301250"), complete("2800123"), "28ABCDE012505", ""])
def test_other_codes_are_no_labels(code: str) -> None:
    """Only thirteen digits that begin with 28 or 29 are the scale's."""
    assert (False, None) == (is_label(code), read_label(code))
