"""What a cart costs: lines that sum to totals, in whole paise, and no float anywhere."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from app.domain.cart import Cart, Line
from app.domain.money import MOST_SALE
from app.domain.order import Order
from app.domain.pricing import Priced, Summed, Terms, TooLarge, add_up, cash_due, price_cart, sum_cart, sum_plain
from app.domain.tax import NoRate
from tests.conftest import TODAY, cart, line, order, payment, priced, rate, terms

CLASSES = ("standard", "food", "car")
TABLE = (rate(), rate("food", 5), rate("car", 28, cess=2_200))
LINES = st.builds(
    lambda place, pieces, grams, price, tax_class: line(
        f"v{place}",
        Decimal(grams).scaleb(-3) if grams else pieces,
        price,
        tax_class=tax_class,
        weighed=bool(grams),
        override_by="ravi",
    ),
    st.integers(0, 99),
    st.integers(1, 200),
    st.one_of(st.just(0), st.integers(1, 99_999)),
    st.integers(0, 10**8),
    st.sampled_from(CLASSES),
)
CARTS = st.lists(LINES, min_size=1, max_size=20)
TERMS = st.builds(
    lambda inside, inter: terms(*TABLE, inclusive=inside, inter_state=inter), st.booleans(), st.booleans()
)
COLUMNS = ("value", "cgst", "sgst", "igst", "cess", "total")


def walked(value: object) -> Iterator[object]:
    """Yield every value inside a noun, however deep."""
    match value:
        case BaseModel():
            for name in type(value).model_fields:
                yield from walked(getattr(value, name))
        case tuple():
            for part in value:
                yield from walked(part)
        case _:
            yield value


@given(CARTS, TERMS)
def test_lines_sum_to_the_totals(lines: list[Line], under: Terms) -> None:
    """An invoice whose columns do not add up is refused by whoever checks it."""
    sold = priced(*lines, under=under)
    sums = {column: sum(getattr(each, column) for each in sold.lines) for column in COLUMNS}

    assert sums == {column: getattr(sold.totals, column) for column in COLUMNS}


@given(CARTS, TERMS)
def test_each_line_is_its_value_and_its_taxes(lines: list[Line], under: Terms) -> None:
    """The total of a line is what its columns say, not one rounded apart from them."""
    sold = priced(*lines, under=under).lines

    assert [each.value + each.cgst + each.sgst + each.igst + each.cess for each in sold] == [
        each.total for each in sold
    ]


@given(CARTS, st.booleans())
def test_with_tax_included_the_tags_add_up_to_the_total(lines: list[Line], inter: bool) -> None:
    """The customer has added up the tags before the till does."""
    sold = priced(*lines, under=terms(*TABLE, inter_state=inter))
    tags = sum(int((each.unit_price * each.quantity * 2 + 1) // 2) for each in lines)

    assert tags == sold.totals.total


@given(CARTS, TERMS)
def test_no_float_anywhere_in_an_order(lines: list[Line], under: Terms) -> None:
    """One float in a chain of sums is a paisa that somebody looks for at night."""
    floats = [value for value in walked(order(*lines, under=under)) if isinstance(value, float)]

    assert [] == floats


@given(CARTS, TERMS)
def test_an_order_reads_back_as_it_was_written(lines: list[Line], under: Terms) -> None:
    """It lies on disk as JSON for years: amounts, grams and times have to come back the same."""
    made = order(*lines, under=under)

    assert made == Order.model_validate_json(made.model_dump_json())


@given(CARTS, TERMS)
def test_pricing_again_gives_the_same(lines: list[Line], under: Terms) -> None:
    """The OMS computes every order again with this code; it must never argue with the till."""
    assert priced(*lines, under=under) == priced(*lines, under=under)


@given(CARTS, TERMS, st.integers(-50, 50))
def test_what_was_sold_as_it_is_comes_to_the_same_without_a_cart(lines: list[Line], under: Terms, coins: int) -> None:
    """The OMS takes this short way for most orders: one paisa of difference, and a person has to look at each."""
    sold = priced(*lines, under=under)
    plain = sum_plain(sold.lines, under, coins)

    assert plain == sum_cart(cart(*lines), under, coins) == Summed(add_up(sold.lines, coins))


def test_without_a_cart_a_class_without_a_rate_and_a_mistyped_quantity_are_found_too() -> None:
    """The short way must not let pass what the long one stops."""
    sold = priced(line("a", label="Blue")).lines[0]
    beyond = sold.model_copy(update={"quantity": Decimal(MOST_SALE)})

    assert NoRate(tax_class="standard", day=TODAY) == sum_plain([sold], terms(rate("gold")))
    assert TooLarge(name=line(label="Blue").full_name) == sum_plain([beyond], terms())


@given(st.integers(1, 10**9), st.sampled_from([1, 10, 50, 100, 500]))
def test_rounding_of_cash_is_less_than_a_coin_and_on_the_invoice(amount: int, step: int) -> None:
    """What is paid is the total, and the total is the lines and their rounding."""
    sold = priced(line(price=amount))
    due = cash_due(sold.totals.total, step)
    totals = add_up(sold.lines, due - sold.totals.total)

    assert due == totals.total == amount + totals.rounding
    assert abs(totals.rounding) < step


def test_cash_for_less_than_half_a_coin_is_nothing() -> None:
    """40 paise of a rounded rupee cannot be paid in coins."""
    assert 0 == cash_due(40, 100)


def test_the_first_class_without_a_rate_stops_the_cart() -> None:
    """Selling untaxed what is taxable is worse than asking the back office."""
    lines = Cart(lines=(line("a"), line("b", tax_class="gold"), line("c", tax_class="silver")))

    assert NoRate(tax_class="gold", day=TODAY) == price_cart(lines, terms())


def test_an_empty_cart_costs_nothing() -> None:
    """The screen shows a total before the first scan."""
    empty = price_cart(Cart(), terms())
    assert isinstance(empty, Priced)

    assert 0 == empty.totals.total


def test_a_line_of_ten_to_the_twelve_paise_is_exact() -> None:
    """Large sums are where floats lose their paise; integers do not."""
    assert 10**12 == priced(line(price=10**12)).totals.total


def test_an_order_of_a_thousand_lines_adds_up() -> None:
    """A real wholesale invoice had 1,114 lines."""
    lines = [line(f"v{i}", quantity=1, price=101 + i) for i in range(1_000)]

    assert sum(101 + i for i in range(1_000)) == order(*lines).totals.total


def test_the_largest_cart_can_be_priced_and_booked() -> None:
    """At the bound, with the highest taxes on top, every sum still fits into an order."""
    highest = rate("sin", 100, cess=50_000)
    lines = [line(f"v{i}", price=MOST_SALE // 1_000, tax_class="sin") for i in range(1_000)]

    assert MOST_SALE * 7 == order(*lines, under=terms(highest, inclusive=False)).paid


@pytest.mark.parametrize("quantity", ["5901234123457", "99999999999999999999.999"])
def test_a_barcode_typed_as_quantity_is_named(quantity: str) -> None:
    """It happens daily: the till must say which line is wrong, and not fail."""
    lines = Cart(lines=(line("a"), line("b").model_copy(update={"quantity": Decimal(quantity), "name": "Sari"})))

    assert TooLarge(name="Sari") == price_cart(lines, terms())


def test_an_order_is_paid_by_its_payments() -> None:
    """Split over tenders, the parts are the whole."""
    split = (payment(40_000), payment(9_900, id="pay-2", received=10_000))

    assert (49_900, 100) == (order(payments=split).paid, split[1].change)
