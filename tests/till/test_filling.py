"""Filling the cart: from search, code, dialog and scale, limited by what the stock says."""

from decimal import Decimal

import pytest

from app.catalogue.image import Stocked
from app.domain.barcode import complete
from app.sync.protocol import ProductChange, RateChange
from app.till.events import Found
from app.till.state import Override
from tests.conftest import product, variant
from tests.till.till import SHIRT, Till, image


def override(till: Till) -> Override:
    found = till.state.browse.override
    assert found is not None
    return found


def label(item: str, grams: int) -> str:
    return complete(f"28{item}{grams:05d}")


def test_search_shows_what_matches_as_it_is_typed(selling: Till) -> None:
    """The whole catalogue is one word away."""
    selling.says("SearchTyped", value="lin")

    assert ["Linen Shirt"] == [tile.product.name for tile in selling.state.browse.tiles]


def test_an_answer_to_an_older_question_is_dropped(selling: Till) -> None:
    """Results that belong to what was typed before would put the wrong product under the finger."""
    selling.says("SearchTyped", value="lin")
    selling.happens(Found(asked=selling.state.browse.asked - 1, tiles=()))

    assert 1 == len(selling.state.browse.tiles)


def test_one_variant_goes_straight_in(selling: Till) -> None:
    """One tap for what is sold a thousand times a day."""
    selling.picks().picks()

    assert {"kurta-v": Decimal(2)} == selling.quantities()


def test_several_variants_are_asked_for(selling: Till) -> None:
    """The wrong size in the cart is the wrong stock in the shop."""
    selling.picks("shirt")
    asked = selling.state.browse.choice

    selling.says("ChoiceConfirmed")
    still = selling.state.browse.choice
    selling.says("VariantPicked", variant_id="shirt-m").says("ChoiceConfirmed")

    assert asked is not None
    assert "Choose one of them first." == getattr(still, "problem", "")
    assert {"shirt-m": Decimal(1)} == selling.quantities()


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", "Type the weight in kilograms."),
        ("0", "The weight is zero. Weigh it again."),
        ("heavy", "That is not a weight. Type kilograms, such as 0.750."),
        ("1.2345", "That is not a weight. Type kilograms, such as 0.750."),
        ("-1", "That is not a weight. Type kilograms, such as 0.750."),
    ],
)
def test_a_weight_has_to_be_one(selling: Till, typed: str, problem: str) -> None:
    """What is weighed is paid by the gram."""
    selling.picks("rice").says("WeightTyped", value=typed).says("ChoiceConfirmed")

    assert problem == getattr(selling.state.browse.choice, "problem", "")


def test_weighed_goods_go_in_by_weight(selling: Till) -> None:
    """A comma is a point, as people write it."""
    selling.picks("rice").says("WeightTyped", value="0,750").says("ChoiceConfirmed")

    assert {"rice-v": Decimal("0.750")} == selling.quantities()


def test_the_label_of_the_scale_holds_the_weight(selling: Till) -> None:
    """What the scale has weighed nobody types again."""
    selling.says("CodeScanned", code=label("12345", 1250))

    assert {"rice-v": Decimal("1.250")} == selling.quantities()


def test_a_scan_puts_a_piece_in(selling: Till) -> None:
    """The scanner is how most lines come into a cart."""
    selling.says("CodeScanned", code="SKU-shirt-m").says("CodeScanned", code="SKU-kurta-v")

    assert {"shirt-m": Decimal(1), "kurta-v": Decimal(1)} == selling.quantities()


def test_a_scan_after_a_sale_begins_the_next(selling: Till) -> None:
    """A hand that holds a scanner does not press "New sale"."""
    selling.picks().pays()

    selling.says("CodeScanned", code="SKU-kurta-v")

    assert {"kurta-v": Decimal(1)} == selling.quantities()


def test_an_unknown_code_is_said(selling: Till) -> None:
    """Silence after a beep is a product given away."""
    selling.says("CodeScanned", code="8901234567890")

    assert "Nothing has this code." == selling.state.browse.notice[:22]
    assert {} == selling.quantities()


def test_enter_in_the_search_box_takes_the_only_hit(selling: Till) -> None:
    """Typing is quicker than pointing."""
    selling.says("SearchTyped", value="cotton").says("SearchEntered", value="cotton")

    assert {"kurta-v": Decimal(1)} == selling.quantities()


def test_a_product_without_a_price_cannot_be_sold(selling: Till) -> None:
    """A guess at the till is a price that nobody set."""
    selling.picks("gift")

    assert "Gift has no price and cannot be sold." == selling.state.browse.notice[:37]
    assert {} == selling.quantities()


def test_a_product_without_a_tax_rate_cannot_be_sold(selling: Till) -> None:
    """An invoice without its tax is no invoice."""
    selling.gets([RateChange(id="standard@2025-09-22", revision=20, gone=True)])
    selling.hears("changes")

    selling.picks()

    assert "There is no tax rate for “standard” today." == selling.state.browse.notice[:42]
    assert {} == selling.quantities()


def test_more_than_the_stock_needs_a_manager(selling: Till) -> None:
    """What was counted is what can be promised; a manager who sees the shelf knows better."""
    selling.picks("shirt", "shirt-l")
    asked = override(selling)

    selling.says("OverrideGiven", staff_id="ravi", pin="2222")

    assert ("Cotton Kurta" != asked.name, Decimal(1), Decimal(0)) == (True, asked.wanted, asked.available)
    assert [("shirt-l", "ravi")] == [(line.variant_id, line.override_by) for line in selling.state.cart.lines]


@pytest.mark.parametrize(("who", "pin"), [("asha", "1111"), ("ravi", "0000"), ("nobody", "2222"), ("ravi", "")])
def test_nobody_else_can_override(selling: Till, who: str, pin: str) -> None:
    """The limit would be worth nothing if everyone could lift it."""
    selling.picks("shirt", "shirt-l")

    selling.says("OverrideGiven", staff_id=who, pin=pin)

    assert {} == selling.quantities()
    assert override(selling).problem


def test_what_is_in_the_cart_counts_against_the_stock(selling: Till) -> None:
    """Two taps on the last shirt are two shirts."""
    selling.picks("shirt", "shirt-m").picks("shirt", "shirt-m").picks("shirt", "shirt-m")

    assert (Decimal(1), Decimal(0)) == (override(selling).wanted, override(selling).available)
    assert {"shirt-m": Decimal(2)} == selling.quantities()


def test_a_quantity_can_be_typed_up_to_the_stock(selling: Till) -> None:
    """Five is a number, six is a question."""
    selling.picks().says("QuantityTyped", line="0", value="5")
    within = selling.quantities()

    selling.says("QuantityTyped", line="0", value="6")

    assert ({"kurta-v": Decimal(5)}, {"kurta-v": Decimal(5)}) == (within, selling.quantities())
    assert (Decimal(6), Decimal(5), 0) == (
        override(selling).wanted,
        override(selling).available,
        override(selling).line_index,
    )


def test_a_manager_lets_a_typed_quantity_pass(selling: Till) -> None:
    """The line says who allowed it."""
    selling.picks().says("QuantityTyped", line="0", value="6").says("OverrideGiven", staff_id="ravi", pin="2222")

    assert [(Decimal(6), "ravi")] == [(line.quantity, line.override_by) for line in selling.state.cart.lines]


def test_zero_takes_a_line_out(selling: Till) -> None:
    """The quickest way to take something back."""
    selling.picks().says("QuantityTyped", line="0", value="0")

    assert {} == selling.quantities()


@pytest.mark.parametrize("value", ["1.5", "-1", "1e3", "two", "٣", "8901234567890"])
def test_a_quantity_has_to_be_one(selling: Till, value: str) -> None:
    """A barcode scanned into the wrong field must not become nine hundred billion kurtas."""
    selling.picks().says("QuantityTyped", line="0", value=value)

    assert "That is not a quantity. Type whole pieces, such as 2." == selling.state.browse.notice
    assert {"kurta-v": Decimal(1)} == selling.quantities()


@pytest.mark.parametrize("line", ["-1", "7"])
def test_a_line_that_is_not_there_changes_nothing(selling: Till, line: str) -> None:
    """A tap can be late: the line it meant may be gone."""
    selling.picks().says("QuantityTyped", line=line, value="3").says("LineRemoved", line=line)

    assert {"kurta-v": Decimal(1)} == selling.quantities()


def test_a_dialog_that_was_left_did_nothing(selling: Till) -> None:
    """Esc means no, also when the manager's PIN is on its way."""
    selling.picks("shirt", "shirt-l")

    selling.says_at_once(("OverrideGiven", {"staff_id": "ravi", "pin": "2222"}), ("DialogClosed", {}))

    assert ({}, None) == (selling.quantities(), selling.state.browse.override)


def test_a_thousand_lines_are_a_sale(selling: Till) -> None:
    """A wedding order is rung up line by line, and has to be paid in the end."""
    many = [Stocked(product(f"p{n}", variant(f"v{n}", price=100 + n))) for n in range(1000)]
    selling.device.shelf.image = image(many)
    selling.hears("image")
    for n in range(1000):
        selling.says("ProductPicked", product_id=f"p{n}")

    selling.pays()

    assert 1000 == len(selling.orders()[0].lines)
    assert sum(100 + n for n in range(1000)) == selling.orders()[0].totals.total - selling.orders()[0].totals.rounding


def test_two_lines_of_one_variant_share_its_stock(selling: Till) -> None:
    """A price changed between two pieces: two lines, but still one shelf."""
    dearer = SHIRT.model_copy(
        update={"variants": tuple(each.model_copy(update={"price": 1}) for each in SHIRT.variants)}
    )
    selling.picks("shirt", "shirt-m")
    selling.gets([ProductChange(id="shirt", revision=60, value=dearer)])
    selling.hears("changes")
    selling.picks("shirt", "shirt-m")

    selling.says("QuantityTyped", line="0", value="2")

    assert (2, Decimal(1)) == (len(selling.state.cart.lines), override(selling).available)
