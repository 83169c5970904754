"""WooCommerce, Magento and Vendure: how each ties variants to their product, and what is left out."""

from server.importers.reading import Why
from tests.importers.conftest import doubts, left_out, named, own, product_named, variants


def test_variations_find_their_parent_by_sku_or_number() -> None:
    """WooCommerce writes either; a variation without parent would be a product named "Tee - Blue, M"."""
    tee = product_named(own("woocommerce.csv"), "Block Print Tee")

    assert [("tee-blue-m", "M / Blue"), ("tee-red", "Red")] == [(v.sku, v.label) for v in tee.variants]


def test_a_variation_inherits_what_only_its_parent_says() -> None:
    """Category, HSN code and picture stand in the parent's row alone."""
    tee = named(own("woocommerce.csv"), "Block Print Tee")

    assert ("Tshirts", "610910", "https://pictures.invalid/tee.png") == (
        tee.product.category,
        tee.product.hsn,
        tee.picture,
    )


def test_a_sale_price_wins_unless_it_has_dates() -> None:
    """Reading knows no calendar: a price that holds next month must not be charged today."""
    reading = own("woocommerce.csv")

    assert [54_900, 59_900, 19_900, 4_900] == [variant.price for variant in variants(reading)]
    assert [(5, Why.DATED_PRICE)] == doubts(reading)


def test_attributes_of_a_simple_product_are_not_chosen() -> None:
    """There they describe the thing; only variations differ by them."""
    cap = product_named(own("woocommerce.csv"), "Cap").variants[0]

    assert (None, None) == (cap.size, cap.colour)


def test_out_of_stock_without_a_count_is_none_at_all() -> None:
    """ "In stock?" 0 is all that WooCommerce says of things it does not count."""
    actual = [str(quantity) for _, quantity in named(own("woocommerce.csv"), "Cap").stock]

    assert ["0"] == actual


def test_woocommerce_lines_left_out_are_named() -> None:
    """Groups, other shops' goods, drafts and orphans are no products of this store."""
    expected = [
        (7, Why.GROUPED),
        (8, Why.EXTERNAL),
        (9, Why.DRAFT),
        (10, Why.NO_PARENT),
        (11, Why.NO_VARIATIONS),
        (12, Why.NO_NAME),
        (13, Why.BROKEN),
    ]

    assert expected == left_out(own("woocommerce.csv"))


def test_magento_simple_products_are_variants_of_their_configurable() -> None:
    """Only the configurable's row knows which; its name is the one without size and colour."""
    hoodie = product_named(own("magento.csv"), "Hoodie")

    assert [("H1-S-Red", "S / Red", 5_200), ("H1-M-Red", "M / Red", 4_500)] == [
        (variant.sku, variant.label, variant.price) for variant in hoodie.variants
    ]


def test_magento_lines_are_counted_through_newlines_in_cells() -> None:
    """Descriptions hold whole pages; a reported line has to be the line that an editor shows."""
    expected = [(14, Why.NO_VARIATIONS), (15, Why.GROUPED), (16, Why.NO_NAME)]

    assert expected == left_out(own("magento.csv"))


def test_magento_special_prices_with_dates_are_not_charged() -> None:
    """As everywhere: reading knows no calendar."""
    reading = own("magento.csv")

    assert [3_400] == [variant.price for variant in product_named(reading, "Bag").variants]
    assert [(13, Why.DATED_PRICE)] == doubts(reading)


def test_vendure_rows_without_a_name_are_variants_of_the_row_above() -> None:
    """Name, brand and options stand in the first row only."""
    shoe, chair = (stocked.product for stocked in own("vendure.csv").products)

    assert ("Pace", ["Size 40", "Size 42"]) == (shoe.brand, [variant.label for variant in shoe.variants])
    assert ["mint", "pearl"] == [variant.colour for variant in chair.variants]
