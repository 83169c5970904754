"""The cart: each change is a new value, and counts what a person would count."""

from decimal import Decimal
from typing import Any

import pytest

from app.domain.cart import Cart, Line, line_for
from app.domain.extension import Extension, extension_line
from tests.conftest import cart, line, product, variant


def test_the_same_thing_joins_its_line() -> None:
    """Scanning three pieces makes one line of three."""
    assert cart(line(quantity=3)) == Cart().add(line()).add(line()).add(line())


def test_another_price_is_another_line() -> None:
    """Each line keeps the price that the customer saw when it was added."""
    assert cart(line(), line(price=39_900)) == cart(line()).add(line(price=39_900))


def test_another_size_is_another_line() -> None:
    """M and L are two things on the invoice."""
    assert cart(line("m"), line("l")) == cart(line("m")).add(line("l"))


def test_joining_keeps_the_managers_approval() -> None:
    """Who let more be sold than the stock says must stay on the order."""
    approved = cart(line(override_by="ravi"))

    assert "ravi" == approved.add(line()).lines[0].override_by


def test_joining_takes_over_a_new_approval() -> None:
    """The approval came with the piece that was too many."""
    assert "ravi" == cart(line()).add(line(override_by="ravi")).lines[0].override_by


def test_a_quantity_is_set() -> None:
    """Typing 5 means five, not five more."""
    assert cart(line(quantity=5)) == cart(line(quantity=2)).change(0, Decimal(5))


def test_changing_keeps_the_approval() -> None:
    """Fewer pieces do not make the approval undone."""
    assert cart(line(quantity=1, override_by="ravi")) == cart(line(quantity=9, override_by="ravi")).change(
        0, Decimal(1)
    )


def test_zero_takes_the_line_out() -> None:
    """A line of nothing must not reach the invoice."""
    assert cart(line("b")) == cart(line("a"), line("b")).change(0, Decimal(0))


def test_removing_keeps_the_others_in_order() -> None:
    """The cashier compares the cart with the goods from top to bottom."""
    assert cart(line("a"), line("c")) == cart(line("a"), line("b"), line("c")).remove(1)


def test_a_change_leaves_the_cart_before_as_it_was() -> None:
    """What was saved as a draft must not change behind it."""
    before = cart(line())
    before.add(line())

    assert cart(line()) == before


def test_a_weighed_line_counts_as_one_piece() -> None:
    """2.250 kg of rice is one bag on the counter."""
    assert 4 == cart(line("a", 3), line("b", "2.250", weighed=True)).count


def test_the_quantity_of_a_variant_is_over_all_its_lines() -> None:
    """Stock is looked at for the variant, whatever prices its lines have."""
    assert Decimal("3.5") == cart(line("a", "1.5"), line("b", 7), line("a", 2, 100)).quantity_of("a")


def test_a_line_holds_what_the_invoice_needs() -> None:
    """The product may change or go before the sale is paid."""
    rice = product(
        "rice",
        variant("rice-1", 8_000, size="5 kg"),
        name="Rice",
        hsn="1006",
        weighed=True,
        unit="KGS",
        tax_class="food",
    )
    made = line_for(rice, "rice-1", Decimal("1.5"), 7_900)

    assert ("Rice (5 kg)", "1006", "KGS", True, "food", 7_900) == (
        made.full_name,
        made.hsn,
        made.unit,
        made.weighed,
        made.tax_class,
        made.unit_price,
    )


WRAP = Extension(id="wrap", name="Gift wrap", price=4_900)


def wrapped(*lines: Line) -> Cart:
    """A cart whose first line is gift-wrapped."""
    return cart(*lines).add(extension_line(WRAP, lines[0]))


def shown(of: Cart) -> list[tuple[str, Decimal]]:
    return [(each.name, each.quantity) for each in of.lines]


def test_an_extension_stands_behind_its_line() -> None:
    """On the invoice it has to be seen what was wrapped."""
    kurta, shirt = line(quantity=2), line("v2", name="Shirt")

    assert [("Cotton Kurta", Decimal(2)), ("Gift wrap", Decimal(2)), ("Shirt", Decimal(1))] == shown(
        wrapped(kurta, shirt)
    )


def test_the_quantity_of_an_extension_follows() -> None:
    """Three kurtas are wrapped three times, however they came into the cart."""
    more = wrapped(line()).add(line()).change(0, Decimal(3))

    assert [("Cotton Kurta", Decimal(3)), ("Gift wrap", Decimal(3))] == shown(more)


def test_what_is_weighed_is_wrapped_once() -> None:
    """Half a kilogram of almonds is one parcel."""
    assert Decimal(1) == wrapped(line(quantity="0.5", weighed=True)).lines[1].quantity


def test_an_extension_goes_with_its_line() -> None:
    """A warranty for nothing must not stay behind."""
    assert () == wrapped(line()).remove(0).lines


def test_an_extension_can_be_taken_out_alone() -> None:
    """The customer changed her mind about the paper."""
    assert ["Cotton Kurta"] == [each.name for each in wrapped(line()).remove(1).lines]


def test_an_extension_is_part_of_its_piece() -> None:
    """ "2 items" is what the customer carries out."""
    assert 2 == wrapped(line(quantity=2)).count


@pytest.mark.parametrize(
    ("fields", "fits"),
    [
        ({}, True),
        ({"products": ("p1",)}, True),
        ({"categories": ("Apparel",)}, True),
        ({"categories": ("Kitchen",)}, False),
        ({"active": False}, False),
    ],
)
def test_an_extension_goes_with_what_it_is_declared_for(fields: dict[str, Any], fits: bool) -> None:
    """A warranty is for the mixer, not for the rice."""
    assert fits == WRAP.model_copy(update=fields).goes_with(line())


def test_nothing_goes_with_an_extension_itself() -> None:
    """Gift wrap for the gift wrap would have no end."""
    assert not WRAP.goes_with(extension_line(WRAP, line()))


def test_another_price_takes_the_extensions_along() -> None:
    """The wrap belongs to the kurta, whatever the kurta costs."""
    cheaper = wrapped(line(quantity=2)).reprice(0, 39_900)

    assert [(39_900, Decimal(2)), (4_900, Decimal(2))] == [(each.unit_price, each.quantity) for each in cheaper.lines]


def test_lines_that_become_the_same_join_with_one_wrap() -> None:
    """Two lines, both wrapped, become one of all pieces."""
    dear, cheap = line(), line(price=39_900)
    both = wrapped(dear, cheap).add(extension_line(WRAP, cheap)).reprice(0, 39_900)

    assert [("Cotton Kurta", Decimal(2)), ("Gift wrap", Decimal(2))] == shown(both)
