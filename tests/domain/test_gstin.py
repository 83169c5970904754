"""GSTINs: real ones pass, and a slip of a finger is caught before it stands on an invoice."""

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from app.domain.gstin import DIGITS, EXAMPLE, STATES, check_digit, wrong_gstin

REAL = ("27AAPFU0939F1ZV", "29AAGCB7383J1Z4", "24AAACC1206D1ZM", "07AAGFF2194N1Z1")
letter = st.sampled_from(DIGITS[10:])
digit = st.sampled_from(DIGITS[:10])


@st.composite
def gstins(draw: st.DrawFn) -> str:
    """Any GSTIN that could be given out."""
    pan = "".join([*(draw(letter) for _ in range(5)), *(draw(digit) for _ in range(4)), draw(letter)])
    number = f"{draw(st.sampled_from(sorted(STATES)))}{pan}{draw(st.sampled_from(DIGITS[1:]))}Z"
    return number + check_digit(number)


@pytest.mark.parametrize("gstin", [*REAL, EXAMPLE])
def test_a_gstin_that_was_given_out_passes(gstin: str) -> None:
    """A business customer who is turned away takes the invoice elsewhere."""
    assert "" == wrong_gstin(gstin)


@given(gstins())
def test_every_possible_gstin_passes(gstin: str) -> None:
    """The form is a State, a PAN, a count, a Z and the check digit, and nothing else is asked."""
    assert "" == wrong_gstin(gstin)


@given(gstins(), st.integers(0, 14), st.sampled_from(DIGITS))
def test_one_wrong_character_is_found(gstin: str, place: int, other: str) -> None:
    """The most frequent slip: one key beside the right one."""
    assume(other != gstin[place])

    assert wrong_gstin(gstin[:place] + other + gstin[place + 1 :])


@given(gstins(), st.integers(0, 13))
@example("29ABCDE1234F1ZW", 12)
def test_two_neighbours_in_the_wrong_order_are_found(gstin: str, place: int) -> None:
    """The second most frequent slip; by its arithmetic the check digit is blind to 0 beside Z alone."""
    one, two = gstin[place], gstin[place + 1]
    assume(one != two and {one, two} != {"0", "Z"})

    assert wrong_gstin(gstin[:place] + two + one + gstin[place + 2 :])


@pytest.mark.parametrize(
    ("gstin", "word"),
    [
        ("29ABC", "15 characters"),
        ("45ABCDE1234F1Z5", "State"),
        ("29AB1DE1234F1Z5", "form"),
        ("29ABCDE1234F0Z5", "form"),
        ("29ABCDE1234F1Z5", "last character"),
        ("२९ABCDE1234F1Z5", "State"),
    ],
)
def test_it_is_said_what_is_wrong(gstin: str, word: str) -> None:
    """The cashier asks the customer once more, and has to know for what."""
    assert word in wrong_gstin(gstin)
