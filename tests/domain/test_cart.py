"""The cart: each change is a new value, and counts what a person would count."""

from decimal import Decimal

from app.domain.cart import Cart, line_for
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
