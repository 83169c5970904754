"""Legal numbers: Rule 46 (b) of the CGST Rules, and never one twice."""

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.numbers import NoNumber, Number, financial_year, indian_day, invoice_number, parse_number

LEGAL = re.compile(r"^[^\W_][A-Za-z0-9\-/]{0,15}$", re.ASCII)
DAY = date(2026, 11, 21)
prefixes = st.from_regex(r"[A-Z0-9][A-Z0-9/-]{0,5}", fullmatch=True)
days = st.dates(date(2017, 7, 1), date(2099, 3, 31))


def test_a_number_names_series_year_and_counter() -> None:
    """The form that the contract promises and people read out on the telephone."""
    assert "DS01A2627-00042" == invoice_number("DS01A", DAY, 42)


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2027, 3, 31), "2627"), (date(2027, 4, 1), "2728"), (date(2026, 1, 1), "2526"), (date(2099, 4, 1), "9900")],
)
def test_the_year_turns_on_the_first_of_april(day: date, year: str) -> None:
    """A number is unique for a financial year, and the series starts again with it."""
    assert year == financial_year(day)


def test_the_day_is_counted_in_indian_time() -> None:
    """Half past seven in the evening of 31 March in UTC is 1 April in Karnataka: the new series."""
    assert date(2027, 4, 1) == indian_day(datetime(2027, 3, 31, 19, 30, tzinfo=UTC))


@given(prefixes, days, st.integers(1, 10**9))
def test_every_number_is_legal(prefix: str, day: date, counter: int) -> None:
    """At most sixteen characters out of letters, digits, dash and slash, or none at all."""
    number = invoice_number(prefix, day, counter)

    assert isinstance(number, NoNumber) or LEGAL.match(number)


@given(prefixes, days, st.integers(1, 999_999))
def test_a_number_tells_its_parts_again(prefix: str, day: date, counter: int) -> None:
    """The counters of a journal are read from its numbers, so two sales can never share one."""
    number = invoice_number(prefix, day, counter)

    assert isinstance(number, NoNumber) or Number(prefix, financial_year(day), counter) == parse_number(number)


def test_the_counter_grows_beyond_five_digits_while_it_fits() -> None:
    """A busy register does not stop at 99,999 sales."""
    assert "DS01A2627-100000" == invoice_number("DS01A", DAY, 100_000)


@pytest.mark.parametrize("prefix", ["DS01A", "TOOLONGPREFIX"])
def test_a_series_that_is_used_up_says_so(prefix: str) -> None:
    """A seventeenth character would make the invoice void, so the cashier hears it before money is taken."""
    found = invoice_number(prefix, DAY, 1_000_000)

    assert isinstance(found, NoNumber)
    assert "used up" in found.why


@pytest.mark.parametrize("prefix", ["", "-A", "DS 1", "दुकान", "A_B"])
def test_a_prefix_that_the_law_does_not_know_gives_no_number(prefix: str) -> None:
    """A mistake in the back office must not become a thousand void invoices."""
    assert isinstance(invoice_number(prefix, DAY, 1), NoNumber)


@pytest.mark.parametrize(
    "text", ["", "DS01A2627", "DS01A2627-42", "DS01A2628-00042", "DS01A2627-00000", "DS01A2627-000042", "A" * 99]
)
def test_what_we_never_write_is_no_number(text: str) -> None:
    """A number typed by hand or made by another program must not move a counter."""
    assert parse_number(text) is None
