"""A code on several products: the person who holds the thing chooses; nothing is guessed."""

from app.catalogue.image import Stocked
from tests.conftest import product, variant
from tests.till.till import Till, image

CODE = "5901234123457"
TWINS = tuple(Stocked(product(name, variant(f"{name}-v", barcode=CODE), name=name.title())) for name in ("cup", "mug"))
SHIRT = Stocked(product("tee", *(variant(f"tee-{size}", size=size, barcode="4006381333931") for size in ("M", "L"))))


def shows(till: Till) -> Till:
    """Let the courier bring a catalogue with doubled codes."""
    till.device.shelf.image = image((*TWINS, SHIRT), cursor=11)
    till.hears("image")
    return till


def test_both_products_are_shown_and_none_is_sold(selling: Till) -> None:
    """A guess sells the wrong thing at the wrong price, and nobody notices."""
    shows(selling).says("CodeScanned", code=CODE)

    names = [tile.product.name for tile in selling.state.browse.tiles]
    assert (["Cup", "Mug"], 0) == (names, selling.state.cart.count)
    assert f"2 products have the code {CODE}. Choose the one in your hand." == selling.state.browse.notice


def test_the_one_that_is_chosen_is_sold(selling: Till) -> None:
    """One touch more, and the sale goes on."""
    shows(selling).says("CodeScanned", code=CODE).says("ProductPicked", product_id="mug")

    assert ["mug-v"] == [line.variant_id for line in selling.state.cart.lines]


def test_one_code_on_every_size_asks_for_the_size(selling: Till) -> None:
    """The maker prints one code on all sizes; the shop counts them one by one."""
    shows(selling).says("CodeScanned", code="4006381333931")

    choice = selling.state.browse.choice
    assert choice is not None
    assert ("tee", "") == (choice.tile.product.id, choice.variant_id)
