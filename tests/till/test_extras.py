"""Extras at the till: sold with their line, priced and taxed on their own, and disabled offline."""

from app.domain.extension import Extension
from app.sync.protocol import ExtensionChange
from app.till.selectors import total
from tests.till.till import Till

WRAP = Extension(id="wrap", name="Gift wrap", price=4_900, products=("kurta",))
ODD = Extension(id="odd", name="Odd", price=100, tax_class="unheard-of")


def offering(till: Till, *extensions: Extension) -> Till:
    """Let the store declare extras, and the till hear of them."""
    till.gets([ExtensionChange(id=each.id, revision=60, value=each) for each in extensions or (WRAP,)])
    till.hears("changes")
    return till


def names(till: Till) -> list[str]:
    return [line.name for line in till.state.cart.lines]


def wrapped(till: Till) -> Till:
    return offering(till).picks().says("ExtrasAsked", line=0).says("ExtraToggled", extension_id="wrap")


def test_an_extra_is_sold_with_its_line(selling: Till) -> None:
    """Its own line on the order, with its own tax, tied to what it belongs to."""
    wrapped(selling).says("DialogClosed").pays("card")

    kurta, wrap = selling.orders()[0].lines
    assert (kurta.variant_id, f"{kurta.variant_id}@{kurta.unit_price}") == ("kurta-v", wrap.parent)
    assert (4_900, False) == (wrap.total, wrap.stocked)


def test_unchecking_takes_it_out(selling: Till) -> None:
    """The same box, once more."""
    wrapped(selling).says("ExtraToggled", extension_id="wrap")

    assert ["Cotton Kurta"] == names(selling)


def test_only_what_is_declared_for_the_product_is_offered(selling: Till) -> None:
    """No gift wrap for the rice: the dialog does not even open."""
    offering(selling, WRAP.model_copy(update={"products": ("rice",)})).picks().says("ExtrasAsked", line=0)

    assert "" == selling.state.extras_of


def test_an_extra_without_a_tax_rate_is_not_taken(selling: Till) -> None:
    """The sale could not be finished with it."""
    offering(selling, ODD).picks().says("ExtrasAsked", line=0).says("ExtraToggled", extension_id="odd")

    assert (["Cotton Kurta"], True) == (names(selling), "tax rate" in selling.state.browse.notice)


def test_offline_extras_are_refused_and_those_in_the_cart_stay(selling: Till) -> None:
    """S16: disabled with the reason; what the customer was promised online is kept, at its price."""
    wrapped(selling).goes_offline()

    selling.says("ExtraToggled", extension_id="wrap").says("DialogClosed").says("ExtrasAsked", line=0)

    assert (["Cotton Kurta", "Gift wrap"], 49_950 + 4_900) == (names(selling), total(selling.state))
    assert "internet" in selling.state.browse.notice


def test_back_online_extras_can_be_chosen_again(selling: Till) -> None:
    """By itself."""
    offering(selling).picks().goes_offline()
    selling.comes_back()

    assert ["Cotton Kurta", "Gift wrap"] == names(
        selling.says("ExtrasAsked", line=0).says("ExtraToggled", extension_id="wrap")
    )


def test_the_quantity_of_an_extra_is_not_typed(selling: Till) -> None:
    """It follows its line, whatever a stray message says."""
    wrapped(selling).says("QuantityTyped", line=1, value="9")

    assert [1, 1] == [line.quantity for line in selling.state.cart.lines]


def test_an_extra_survives_a_crash(selling: Till) -> None:
    """It lies in the draft, under its line."""
    wrapped(selling).starts_again().signs_in().says("DraftResumed")

    assert ["Cotton Kurta", "Gift wrap"] == names(selling)


def test_a_scan_closes_the_dialog(selling: Till) -> None:
    """The cashier goes on with the next thing."""
    wrapped(selling).says("CodeScanned", code="SKU-kurta-v")

    assert ("", [2, 2]) == (selling.state.extras_of, [int(line.quantity) for line in selling.state.cart.lines])
