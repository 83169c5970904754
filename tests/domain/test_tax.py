"""GST: the rate of the day, and halves and wholes that add up to the paisa."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.domain.tax import NoRate, TaxRate, rate_on, tax_line
from tests.conftest import rate

AMOUNTS = st.integers(-(10**12), 10**12)
RATES = st.builds(
    lambda basis, cess: rate(rate=basis, cess=cess),
    st.sampled_from([0, 5, 25, 150, 300, 500, 1_200, 1_800, 2_800, 4_000, 10_000]),
    st.sampled_from([0, 100, 1_200, 6_000, 29_000]),
)
OLD = rate("food", 12, starts=date(2017, 7, 1), ends=date(2025, 9, 21))
NEW = rate("food", 5, starts=date(2025, 9, 22))


@given(AMOUNTS, RATES, st.booleans())
def test_inclusive_value_and_taxes_are_the_price_on_the_tag(amount: int, of: TaxRate, inter: bool) -> None:
    """The customer pays what the tag says, whatever the rounding of the taxes."""
    tax = tax_line(amount, of, inclusive=True, inter_state=inter)

    assert amount == tax.value + tax.cgst + tax.sgst + tax.igst + tax.cess == tax.total


@given(AMOUNTS, RATES, st.booleans())
def test_exclusive_the_value_is_the_amount(amount: int, of: TaxRate, inter: bool) -> None:
    """Prices without tax: the tax comes on top and does not eat into the price."""
    assert amount == tax_line(amount, of, inclusive=False, inter_state=inter).value


@given(AMOUNTS, RATES, st.booleans())
def test_the_halves_are_equal_and_are_the_tax(amount: int, of: TaxRate, inclusive: bool) -> None:
    """CGST and SGST are levied at the same rate on the same value: a paisa between them is a wrong return."""
    tax = tax_line(amount, of, inclusive=inclusive, inter_state=False)

    assert (tax.cgst, 0, 2 * tax.cgst + tax.cess) == (tax.sgst, tax.igst, tax.tax)


@given(AMOUNTS, RATES, st.booleans())
def test_between_states_the_whole_is_igst(amount: int, of: TaxRate, inclusive: bool) -> None:
    """IGST Act s.7: goods that leave the State carry no CGST and no SGST."""
    tax = tax_line(amount, of, inclusive=inclusive, inter_state=True)

    assert (0, 0, tax.igst + tax.cess) == (tax.cgst, tax.sgst, tax.tax)


@given(AMOUNTS, RATES, st.booleans())
def test_igst_and_halves_differ_by_their_rounding_only(amount: int, of: TaxRate, inclusive: bool) -> None:
    """A customer from another State pays the same tax."""
    inside = tax_line(amount, of, inclusive=inclusive, inter_state=False)
    between = tax_line(amount, of, inclusive=inclusive, inter_state=True)

    assert abs(inside.cgst + inside.sgst - between.igst) <= 1


@given(AMOUNTS, RATES, st.booleans(), st.booleans())
def test_a_return_is_taxed_as_its_sale(amount: int, of: TaxRate, inclusive: bool, inter: bool) -> None:
    """Sale and credit note come to nothing in each column of the return."""
    sold = tax_line(amount, of, inclusive=inclusive, inter_state=inter)
    back = tax_line(-amount, of, inclusive=inclusive, inter_state=inter)

    assert (0, 0, 0, 0, 0) == (
        sold.value + back.value,
        sold.cgst + back.cgst,
        sold.sgst + back.sgst,
        sold.igst + back.igst,
        sold.cess + back.cess,
    )


@pytest.mark.parametrize(
    ("amount", "of", "inclusive", "inter", "expected"),
    [
        (11_800, rate(), True, False, (10_000, 900, 900, 0, 0)),
        (11_800, rate(), True, True, (10_000, 0, 0, 1_800, 0)),
        (10_000, rate(), False, False, (10_000, 900, 900, 0, 0)),
        (49_900, rate(percent=5), True, False, (47_524, 1_188, 1_188, 0, 0)),
        (15_200, rate(percent=40, cess=1_200), True, True, (10_000, 0, 0, 4_000, 1_200)),
        (10_000, rate(percent=28, cess=1_200), False, False, (10_000, 1_400, 1_400, 0, 1_200)),
        (9_900, rate(percent=0), True, False, (9_900, 0, 0, 0, 0)),
        (1, rate(), True, False, (1, 0, 0, 0, 0)),
    ],
)
def test_known_splits(amount: int, of: TaxRate, inclusive: bool, inter: bool, expected: tuple[int, ...]) -> None:
    """Worked by hand, so that the properties do not agree with a wrong formula."""
    tax = tax_line(amount, of, inclusive=inclusive, inter_state=inter)

    assert expected == (tax.value, tax.cgst, tax.sgst, tax.igst, tax.cess)


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2017, 7, 1), OLD), (date(2025, 9, 21), OLD), (date(2025, 9, 22), NEW), (date(2030, 1, 1), NEW)],
)
def test_the_rate_of_the_day_holds(day: date, expected: TaxRate) -> None:
    """Both ends of a rate belong to it: at midnight of 22 September 2025 the rates changed."""
    assert expected == rate_on([NEW, OLD], "food", day)


def test_before_the_first_rate_there_is_none() -> None:
    """A clock that says 2016 must not be sold under; the answer says what is missing."""
    assert NoRate(tax_class="food", day=date(2016, 1, 1)) == rate_on([OLD, NEW], "food", date(2016, 1, 1))


def test_after_the_last_rate_there_is_none() -> None:
    """A rate that ended is not charged on."""
    assert NoRate(tax_class="food", day=date(2025, 9, 22)) == rate_on([OLD], "food", date(2025, 9, 22))


def test_another_class_has_no_rate() -> None:
    """Guessing a rate would be worse than not selling."""
    assert NoRate(tax_class="gold", day=date(2026, 1, 1)) == rate_on([OLD, NEW], "gold", date(2026, 1, 1))


@given(st.lists(st.integers(0, 400), min_size=1, max_size=6, unique=True), st.integers(0, 500))
def test_of_several_rates_the_newest_holds(starts: list[int], day: int) -> None:
    """A correction is entered as one more row; the order of the rows means nothing."""
    first = date(2025, 1, 1)
    table = [rate(starts=first + timedelta(days=start)) for start in starts]
    began = [start for start in starts if start <= day]
    found = rate_on(table, "standard", first + timedelta(days=day))

    assert (first + timedelta(days=max(began)) if began else None) == getattr(found, "starts", None)


@pytest.mark.parametrize("wrong", [{"rate": -1}, {"rate": 10_001}, {"cess": -1}, {"cess": 50_001}, {"rate": 0.18}])
def test_an_impossible_rate_is_refused(wrong: dict[str, object]) -> None:
    """18 typed as basis points of basis points would tax a sale eighteen hundred times."""
    with pytest.raises(ValidationError):
        rate(**wrong)  # type: ignore[arg-type]
