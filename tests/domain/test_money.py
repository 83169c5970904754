"""Money: whole minor units that add up, and text that means one amount only."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.domain.money import (
    GRAM,
    AmountError,
    bought_for,
    format_money,
    format_plain,
    grouped,
    parse_money,
    portion,
    round_to,
    share,
    times,
    whole,
)

AMOUNTS = st.integers(-(10**12), 10**12)
WEIGHTS = st.lists(st.integers(0, 10**9), min_size=1, max_size=40)
GRAMS = st.integers(1, 99_999).map(lambda grams: Decimal(grams).scaleb(-3))


@given(AMOUNTS, WEIGHTS)
def test_shares_add_up_exactly(amount: int, weights: list[int]) -> None:
    """A discount over the order's lines: not one paisa may appear or vanish."""
    assert amount == sum(share(amount, weights))


@given(AMOUNTS, WEIGHTS)
def test_a_share_is_less_than_a_paisa_off(amount: int, weights: list[int]) -> None:
    """Each line carries its own part, not a neighbour's."""
    total = sum(weights)
    parts = share(amount, weights)
    off = [abs(part * total - amount * weight) for part, weight in zip(parts, weights, strict=True)]

    assert all(each < total for each in off) or total == 0


def test_shares_without_weights_are_even() -> None:
    """An order of free lines still has to carry its charge somewhere."""
    assert (-3, -2, -2) == share(-7, [0, 0, 0])


def test_nothing_shares_among_nobody() -> None:
    """An empty cart has no lines to carry a part."""
    assert () == share(100, [])


@pytest.mark.parametrize(
    ("exact", "expected"), [("0.5", 1), ("-0.5", -1), ("1.49", 1), ("2.5", 3), ("-2.5", -3), ("0.49999", 0)]
)
def test_halves_go_away_from_zero(exact: str, expected: int) -> None:
    """Commercial rounding (CGST Act s.170); Python's own round() would give 2 for 2.5."""
    assert expected == whole(Decimal(exact))


@given(AMOUNTS, st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_portion_is_rounded_like_everything_else(amount: int, part: int, of: int) -> None:
    """Tax is a portion: integer arithmetic has to agree with exact decimals where they can tell."""
    exact = Decimal(amount * part) / Decimal(of)

    assert abs(portion(amount, part, of) - exact) <= Decimal("0.5")


@given(AMOUNTS, st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_return_is_the_sale_with_the_other_sign(amount: int, part: int, of: int) -> None:
    """Selling and taking back must come to nothing, halves included."""
    assert -portion(amount, part, of) == portion(-amount, part, of)


@given(st.integers(0, 10**9), GRAMS)
def test_a_weighed_price_is_the_exact_one_rounded(unit: int, quantity: Decimal) -> None:
    """Price a kilogram times grams, rounded once."""
    assert whole(Decimal(unit) * quantity) == times(unit, quantity)


def test_a_price_times_an_absurd_quantity_is_exact() -> None:
    """A barcode scanned into the quantity: the sum is refused elsewhere, but must be computed without failing."""
    assert 5901234123457125 * (10**16 + 8) // 1000 == times(10**16 + 8, Decimal("5901234123457.125"))


@given(st.integers(1, 99_999), st.integers(1, 10**6))
def test_a_labels_price_is_met_as_nearly_as_grams_allow(amount: int, unit: int) -> None:
    """The customer pays what the label says; a gram more or less must not come nearer."""
    bought = bought_for(amount, unit)
    off = {gram: abs(times(unit, bought + gram) - amount) for gram in (-GRAM, Decimal(0), GRAM)}

    assert min(off.values()) == off[Decimal(0)]


@given(st.integers(0, 10**12), st.sampled_from([1, 5, 10, 25, 50, 100, 500]))
def test_cash_is_rounded_to_the_nearest_coin(amount: int, step: int) -> None:
    """What is asked for can be paid in coins, and is never more than half a coin off."""
    due = round_to(amount, step)

    assert 0 == due % step
    assert abs(due - amount) * 2 <= step


@pytest.mark.parametrize(
    ("number", "expected"),
    [(0, "0"), (999, "999"), (1_000, "1,000"), (100_000, "1,00,000"), (12_345_678, "1,23,45,678")],
)
def test_digits_are_grouped_as_in_india(number: int, expected: str) -> None:
    """A lakh is read at a glance only where it is written as one."""
    assert expected == grouped(number)


@pytest.mark.parametrize(
    ("minor", "expected"),
    [
        (0, "\u20b9\u00a00.00"),
        (5, "\u20b9\u00a00.05"),
        (-123_450, "-\u20b9\u00a01,234.50"),
        (10**12, "\u20b9\u00a010,00,00,00,000.00"),
    ],
)
def test_an_amount_is_written_for_people(minor: int, expected: str) -> None:
    """The one place where an amount becomes text: sign, symbol, groups, two digits."""
    assert expected == format_money(minor)


@given(st.integers(0, 10**15 - 1))
def test_what_is_written_for_people_reads_back(minor: int) -> None:
    """A cashier copies an amount from the screen into an input."""
    assert minor == parse_money(format_money(minor))


@given(st.integers(0, 10**15 - 1))
@example(5)
def test_what_is_written_plain_reads_back(minor: int) -> None:
    """Inputs hold what is due already; leaving it as it is must mean that amount."""
    assert minor == parse_money(format_plain(minor))


@pytest.mark.parametrize(
    ("text", "minor"),
    [("250", 25_000), ("250.5", 25_050), (".5", 50), ("7.", 700), (" 1,00,000.25 ", 10_000_025), ("1,000,000", 10**8)],
)
def test_amounts_are_read_as_people_type_them(text: str, minor: int) -> None:
    """With or without groups and paise."""
    assert minor == parse_money(text)


@pytest.mark.parametrize(
    "text", ["", ".", "-5", "1e3", "12,50", "1.2.3", ",5", "5,", "twenty", "\u0967\u0968", "NaN", "1 000", "0x10"]
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    """12,50 read as 1,250 would give back a hundred times the change."""
    with pytest.raises(AmountError, match="That is not an amount"):
        parse_money(text)


def test_a_third_decimal_is_refused() -> None:
    """Rounding what somebody typed would be a guess."""
    with pytest.raises(AmountError, match="at most two digits"):
        parse_money("1.005")


def test_an_absurd_amount_is_refused() -> None:
    """A barcode scanned into the amount."""
    with pytest.raises(AmountError, match="too large"):
        parse_money("59012341234570")


@given(st.text(max_size=30))
def test_any_text_is_an_amount_or_a_sentence(text: str) -> None:
    """Whatever is typed or scanned: an amount of money, or the one expected error."""
    try:
        amount = parse_money(text)
    except AmountError:
        amount = 0

    assert 0 <= amount < 10**15
