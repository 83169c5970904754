"""Names from outside, very long carts and very large sums: drawn as text, in bounds, and complete."""

from dataclasses import replace
from decimal import Decimal

import pytest

from app.domain.cart import Cart
from app.till.state import Browse, Screen
from app.till.ui import cart_lines as cart_view
from app.till.ui import orders, sell
from app.till.ui.parts import initials, picture, tint
from app.till.ui.regions import redraw
from app.till.ui.sell import left_of, price_of
from tests.conftest import customer, line, product, variant
from tests.till.ui.page import by_id, drawn, named, read
from tests.till.ui.stage import RICE, checkout, journal, kept, sale, state, tiles

HOSTILE = '<img src=x onerror="alert(1)"> & \N{WRAPPED PRESENT} </ul>'


def _all_html(**fields: object) -> str:
    return "".join(redraw(None, state(**fields)).values())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "fields",
    [
        {"browse": Browse(tiles=tiles(product("p1", name=HOSTILE)))},
        {"cart": Cart(lines=(line(name=HOSTILE, label=HOSTILE),))},
        {"screen": Screen.CHECKOUT, "cart": Cart(lines=(line(name=HOSTILE),)), "checkout": checkout(notes=HOSTILE)},
        {"screen": Screen.CHECKOUT, "checkout": checkout(customer=customer(name=HOSTILE), customer_open=True)},
        {"screen": Screen.SAVED, "saved": sale(1, line(name=HOSTILE), notes=HOSTILE)},
        {"browse": Browse(text=HOSTILE)},
        {"trouble": HOSTILE},
    ],
)
def test_a_hostile_name_stays_text(fields: dict[str, object]) -> None:
    """Names come from imports and from customers: none may become an element of the page."""
    html = _all_html(**fields)

    assert "<img src=x" not in html
    assert "&lt;img src=x" in html


@pytest.mark.parametrize("name", [HOSTILE, "50 % off", "%(price)s", "{name} {0}", "100%s"])
def test_a_tile_says_any_name_and_brand_as_they_are(name: str) -> None:
    """Tiles are poured into a mould: what looks like one of its places is a product's name all the same."""
    page = read(sell.tile(slice_=tiles(product("p %(id)s", name=name, brand=name))[0]))
    button = by_id(page, "product-p_%(id)s")

    assert (name, "p %(id)s") == (button.text, button.attrs["data-product-id"])
    assert [name] == [node.text for node in page.walk() if "tile-brand" in (node.attrs.get("class") or "")]


def test_a_thousand_lines_are_counted_and_few_are_drawn() -> None:
    """A wedding order must neither slow the till down nor lose a line from its total."""
    page = drawn(state(cart=Cart(lines=tuple(line(f"v{i}", name=f"Thing {i}") for i in range(1_000)))))

    assert cart_view.MOST == len(named(page, "spinbutton", "Quantity of"))
    assert str(1_000 * 49_900) == by_id(page, "cart-total").attrs["data-minor"]
    assert "…and 940 more lines" in by_id(page, "cart").text


def test_the_newest_line_is_on_top() -> None:
    """What was just scanned has to be seen without scrolling."""
    page = drawn(state(cart=Cart(lines=tuple(line(f"v{i}", name=f"Thing {i}") for i in range(100)))))

    assert "Quantity of Thing 99" == named(page, "spinbutton", "Quantity of")[0].attrs["aria-label"]


def test_a_line_keeps_its_place_in_the_cart_when_older_ones_are_not_drawn() -> None:
    """The number that a line sends is its place in the cart, not on the screen: else another one is removed."""
    page = drawn(state(cart=Cart(lines=tuple(line(f"v{i}", name=f"Thing {i}") for i in range(100)))))

    assert "41" == named(page, "button", "Remove Thing 41")[0].attrs["data-line"]


def test_a_sum_of_a_trillion_paise_is_written_out() -> None:
    """An absurd amount is shown as it is, in Indian groups, so that somebody sees that it is absurd."""
    page = drawn(state(cart=Cart(lines=(line(price=10**12),))))

    assert "\N{INDIAN RUPEE SIGN} 10,00,00,00,000.00" == by_id(page, "cart-total").text


def test_no_more_tiles_than_can_be_seen() -> None:
    """Drawing is the dearest part of a keystroke."""
    page = drawn(state(browse=Browse(tiles=tiles(*(product(f"p{i}") for i in range(80))))))

    assert sell.MOST == len(named(page, "button", "Cotton Kurta"))


def test_no_more_orders_than_can_be_read() -> None:
    """A year of sales lies in the journal; the list shows the newest."""
    many = replace(journal(), kept=tuple(kept(i, sale(i)) for i in range(1, 130)))
    page = drawn(state(Screen.ORDERS, journal=many))

    assert orders.MOST == len([node for node in page.walk() if node.id.startswith("order-o")])


@pytest.mark.parametrize(
    ("name", "letters"), [("Linen Shirt", "LS"), ("rice", "R"), ("\N{WRAPPED PRESENT}", "•"), ("<b>x</b>", "BX")]
)
def test_a_product_without_a_picture_has_letters(name: str, letters: str) -> None:
    """Never a broken image, whatever the name is made of."""
    assert letters == initials(name)


def test_the_letters_stand_under_a_picture_too() -> None:
    """A picture that does not come offline leaves its letters, not a hole."""
    assert "CK" in str(picture(name="Cotton Kurta", sha256="ab" * 32))


def test_the_tint_belongs_to_the_name() -> None:
    """The same product has the same colour on every register and after every start."""
    assert "tint-6" == tint("Cotton Kurta")


def test_a_product_with_several_prices_says_from_which() -> None:
    """The customer must not be surprised by the larger size."""
    (one,) = tiles(product("p", variant("a", 100_00), variant("b", 80_00)))

    assert "from \N{INDIAN RUPEE SIGN}\N{NO-BREAK SPACE}80.00" == price_of(one)


def test_a_product_without_a_price_says_so() -> None:
    """It cannot be sold, and 0.00 would be a lie."""
    (one,) = tiles(product("p", variant("a", None)))

    assert "No price" == price_of(one)


def test_what_is_weighed_is_priced_and_counted_in_kilograms() -> None:
    """A price without its unit is a dispute at the counter."""
    (one,) = tiles(RICE)

    assert ("\N{INDIAN RUPEE SIGN}\N{NO-BREAK SPACE}114.00 / kg", "7 kg left") == (price_of(one), left_of(one))


def test_sold_out_is_said_in_words() -> None:
    """State is never told by colour alone."""
    (one,) = tiles(RICE, left=Decimal(0))

    assert "sold out" == left_of(one)
