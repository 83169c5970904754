"""Charts: bars as tall as their amounts, a scale that holds them, and the same in words for who can't see them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.office.charts import STEPS, TALL, Bar, along, labelled, ranks, scale_of

ONE_TWO_FIVE = re.compile(r"[125]0*")


@given(st.integers(0, 10**15))
def test_a_scale_holds_the_highest_bar_in_round_steps(most: int) -> None:
    """A bar that leaves its chart lies; a scale in odd steps is not read."""
    top = scale_of(most)

    assert (True, True) == (top >= most, ONE_TWO_FIVE.fullmatch(str(top // STEPS)) is not None)


@given(st.integers(0, 10**15))
def test_a_scale_is_no_larger_than_it_has_to_be(most: int) -> None:
    """Bars of a pixel all look alike."""
    assert scale_of(most) <= max(most * 5 // 2 + STEPS * 100, STEPS * 100)


@pytest.mark.parametrize(("amount", "tall"), [(0, 0), (10_000, TALL // 2), (20_000, TALL), (-5_000, 0)])
def test_a_bar_is_as_tall_as_its_amount(amount: int, tall: int) -> None:
    """A day on which more came back than was sold has no bar; the table has its sum."""
    drawn = str(along("Sales", [Bar("1", "First", 20_000), Bar("2", "Second", amount)]))

    assert str(tall) == re.findall(r'<rect class="now"[^>]* height="(\d+)"', drawn)[1]


def test_a_chart_says_in_words_what_is_the_most() -> None:
    """A picture without words is a hole in the page for some."""
    drawn = str(along("Sales by day", [Bar("21", "Saturday", 100), Bar("22", "Sunday", 49_900, before=5)]))

    assert 'aria-label="Sales by day. Sunday: ₹\u00a0499.00, before ₹\u00a00.05 is the most."' in drawn


@given(st.integers(0, 400))
def test_names_under_bars_never_crowd(count: int) -> None:
    """On a phone seven of them run into each other."""
    assert len(labelled(count)) <= 6


def test_nothing_is_a_chart_too() -> None:
    """The first morning of a store."""
    assert ("<svg" in str(along("Sales", [])), "<ol" in str(ranks("Paid", []))) == (True, True)


def test_no_chart_has_script_or_style_inside() -> None:
    """The page's policy would leave them out, and the chart bare."""
    drawn = str(along("Sales", [Bar("1", "<script>", 1, 2)], "Now", "Before")) + str(ranks("x", [("<b>", 1)]))

    assert [] == re.findall(r"<script|<style|style=|on\w+=|<b>", drawn)
