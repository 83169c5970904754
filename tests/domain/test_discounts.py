"""Promotions: what is taken off is exact to the paisa, never more than the line, and the same in whatever order."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.domain.cart import Line
from app.domain.discounts import discounts
from app.domain.promotion import AmountOff, BuyGet, PercentOff, Promotion, in_force
from tests.conftest import TODAY, line, priced, promotion, rate, terms

OFFERS = st.one_of(
    st.builds(PercentOff, rate=st.integers(1, 10_000)),
    st.builds(AmountOff, amount=st.integers(1, 10**7)),
    st.builds(BuyGet, buy=st.integers(1, 4), get=st.integers(1, 3), rate=st.integers(1, 10_000)),
)
FOR_GOODS = st.builds(
    lambda offer, products, categories, minimum: {
        "offer": offer,
        "products": tuple(products),
        "categories": tuple(categories),
        "minimum": minimum,
    },
    OFFERS,
    st.lists(st.sampled_from(["p0", "p1", "p2"]), max_size=2),
    st.lists(st.sampled_from(["Men", "Home"]), max_size=1),
    st.sampled_from([0, 0, 50_000]),
)
FOR_THE_ORDER = st.builds(
    lambda offer, minimum: {"offer": offer, "whole_order": True, "minimum": minimum},
    OFFERS.filter(lambda offer: not isinstance(offer, BuyGet)),
    st.sampled_from([0, 0, 50_000]),
)
PROMOTIONS = st.lists(st.one_of(FOR_GOODS, FOR_THE_ORDER), max_size=6).map(
    lambda given: [promotion(f"o{place}", **fields) for place, fields in enumerate(given)]
)
LINES = st.builds(
    lambda place, pieces, grams, price, category: line(
        f"v{place}",
        Decimal(grams).scaleb(-3) if grams else pieces,
        price,
        product_id=f"p{place % 4}",
        category=category,
        weighed=bool(grams),
    ),
    st.integers(0, 9),
    st.integers(1, 30),
    st.one_of(st.just(0), st.integers(1, 9_999)),
    st.one_of(st.integers(0, 10**6), st.sampled_from([9_900, 9_900, 1])),
    st.sampled_from(["Men", "Home", ""]),
)
CARTS = st.lists(LINES, min_size=1, max_size=8)


def off(*lines: Line, by: list[Promotion]) -> tuple[int, ...]:
    return discounts(lines, by).lines


@given(CARTS, PROMOTIONS)
def test_what_promotions_took_is_what_the_lines_lost(lines: list[Line], by: list[Promotion]) -> None:
    """An invoice that shows a discount has to show it to the paisa."""
    sold = priced(*lines, under=terms(promotions=tuple(by)))

    assert sold.discount == sum(each.amount for each in sold.applied)


@given(CARTS, PROMOTIONS)
def test_no_line_is_worth_less_than_nothing(lines: list[Line], by: list[Promotion]) -> None:
    """A promotion never pays the customer."""
    sold = priced(*lines, under=terms(promotions=tuple(by)))
    free = priced(*lines)

    assert all(0 <= each.discount <= plain.total for each, plain in zip(sold.lines, free.lines, strict=True))


@given(CARTS, PROMOTIONS)
def test_the_total_is_the_full_price_less_the_discounts(lines: list[Line], by: list[Promotion]) -> None:
    """What was promised off the tag is what the customer does not pay, tax and all."""
    sold = priced(*lines, under=terms(promotions=tuple(by)))

    assert priced(*lines).totals.total - sold.discount == sold.totals.total


@given(st.data(), CARTS, PROMOTIONS)
def test_the_order_of_lines_and_promotions_does_not_matter(
    data: st.DataObject, lines: list[Line], by: list[Promotion]
) -> None:
    """Till and OMS hold them in different orders and must come to the same total."""
    places = data.draw(st.permutations(range(len(lines))))
    mixed = discounts([lines[place] for place in places], data.draw(st.permutations(by)))

    straight = discounts(lines, by)

    assert straight.applied == mixed.applied
    assert sorted((lines[place].model_dump_json(), amount) for place, amount in enumerate(straight.lines)) == sorted(
        (lines[place].model_dump_json(), amount) for place, amount in zip(places, mixed.lines, strict=True)
    )


def test_a_percentage_by_product() -> None:
    """Ten per cent off this kurta, and nothing off the other goods."""
    ten = promotion(offer=PercentOff(rate=1_000), products=("p1",))

    assert (4_990, 0) == off(line(), line("v2", product_id="p2"), by=[ten])


def test_an_amount_by_category_is_for_each_piece() -> None:
    """\u20b9 50 off each, two of them: \u20b9 100."""
    fifty = promotion(offer=AmountOff(amount=5_000), categories=("Apparel",))

    assert (10_000, 0) == off(line(quantity=2), line("v2", category="Home"), by=[fifty])


def test_an_amount_is_never_more_than_the_line() -> None:
    """\u20b9 50 off something that costs \u20b9 30 makes it free, no more."""
    assert (3_000,) == off(line(price=3_000), by=[promotion(offer=AmountOff(amount=5_000))])


def test_buy_two_get_one_frees_the_cheapest_across_sizes() -> None:
    """Three pieces of three sizes are one group; the customer pays for the two dearer ones."""
    three = promotion(offer=BuyGet(buy=2))

    assert (0, 9_900, 0) == off(line("a", price=10_000), line("b", price=9_900), line("c", price=20_000), by=[three])


def test_a_group_that_is_not_full_gives_nothing() -> None:
    """Two of a "buy two, get one" are two."""
    assert (0,) == off(line(quantity=2), by=[promotion(offer=BuyGet(buy=2))])


def test_a_second_one_at_half_price() -> None:
    """The pieces that cost less need not be free."""
    assert (24_950,) == off(line(quantity=2), by=[promotion(offer=BuyGet(buy=1, rate=5_000))])


def test_a_line_gets_the_one_promotion_that_saves_most() -> None:
    """Two promotions on one shirt are not added up: the customer gets the better one."""
    ten, fifty = promotion("a", offer=PercentOff(rate=1_000)), promotion("b", offer=AmountOff(amount=5_000))

    found = discounts([line()], [ten, fifty])

    assert ((5_000,), ["b"]) == (found.lines, [each.id for each in found.applied])


def test_the_whole_order_comes_after_the_lines() -> None:
    """Ten per cent of what is left after the goods' own promotions, not of the tags."""
    half = promotion("half", offer=PercentOff(rate=5_000), products=("p1",))
    tenth = promotion("tenth", offer=PercentOff(rate=1_000), whole_order=True)

    assert (5_500, 1_000) == off(line(price=10_000), line("v2", price=10_000, product_id="p2"), by=[tenth, half])


def test_an_amount_off_the_order_is_spread_to_the_paisa() -> None:
    """\u20b9 1 over three equal lines: 34, 33 and 33 paise, so that the tax of each is right."""
    rupee = promotion(offer=AmountOff(amount=100), whole_order=True)

    assert (34, 33, 33) == off(*(line(each, price=1_000) for each in "abc"), by=[rupee])


def test_the_minimum_is_what_the_lines_come_to() -> None:
    """From \u20b9 500: a kurta of \u20b9 499 does not reach it, two do."""
    big = promotion(offer=PercentOff(rate=1_000), whole_order=True, minimum=50_000)

    assert ((0,), (9_980,)) == (off(line(), by=[big]), off(line(quantity=2), by=[big]))


def test_tax_is_computed_on_what_is_left() -> None:
    """CGST Act s.15(3)(a): a discount on the invoice reduces the value that is taxed."""
    half = promotion(offer=PercentOff(rate=5_000))
    [sold] = priced(line(price=23_600), under=terms(rate(), promotions=(half,))).lines

    assert (11_800, 10_000, 900, 900, 11_800) == (sold.discount, sold.value, sold.cgst, sold.sgst, sold.total)


@pytest.mark.parametrize(
    ("starts", "ends", "holds"),
    [(0, 0, True), (-1, None, True), (None, 1, True), (None, None, True), (1, None, False), (None, -1, False)],
)
def test_a_promotion_holds_from_its_first_day_to_its_last(starts: int | None, ends: int | None, holds: bool) -> None:
    """Both days count, as a customer reads a poster."""

    def day(offset: int | None) -> date | None:
        return None if offset is None else TODAY + timedelta(days=offset)

    assert holds == bool(in_force([promotion(starts=day(starts), ends=day(ends))], TODAY))


def test_a_promotion_that_was_stopped_holds_no_more() -> None:
    """The back office can end one before its day."""
    assert () == in_force([promotion(active=False)], TODAY)


@pytest.mark.parametrize("fields", [{"products": ("p1",)}, {"categories": ("Men",)}, {"offer": BuyGet(buy=1)}])
def test_the_whole_order_names_no_goods(fields: dict[str, Any]) -> None:
    """A promotion that means two things would be computed in two ways."""
    with pytest.raises(ValidationError):
        promotion(whole_order=True, **fields)
