"""Shopify's export, old and new headings: variants, pictures in rows of their own, and what is left out."""

from decimal import Decimal

from server.importers.reading import Why
from tests.importers.conftest import MakeFile, doubts, left_out, named, own, product_named, read


def test_the_rows_of_a_handle_are_one_product() -> None:
    """Rows of a handle may lie apart and most have no title: it is still one product with its sizes."""
    kurta = product_named(own("shopify.csv"), "Cotton Kurta & Belt")

    assert ("Neem", "Kurtas", ["S / Blue", "M / Blue", "L / Blue"]) == (
        kurta.brand,
        kurta.category,
        [variant.label for variant in kurta.variants],
    )


def test_options_are_told_by_their_names_not_their_places() -> None:
    """COLOR first and SIZE second is as common as the other way round; a third option joins the size."""
    shoe = product_named(own("shopify.csv"), "Canvas Shoe")

    assert [("7 / Canvas", "Red"), ("8 / Canvas", "Red")] == [(v.size, v.colour) for v in shoe.variants]


def test_a_product_without_options_has_no_label() -> None:
    """Shopify writes "Default Title" there; nobody should have to choose it."""
    mug = product_named(own("shopify.csv"), "Plain Mug")

    assert [""] == [variant.label for variant in mug.variants]


def test_every_line_left_out_is_named_with_its_reason() -> None:
    """Archived products, gift cards and rows that belong to nothing are not sold, and not lost in silence."""
    expected = [
        (12, Why.DRAFT),
        (13, Why.GIFT_CARD),
        (14, Why.NO_NAME),
        (15, Why.NO_HANDLE),
        (16, Why.BROKEN),
        (17, Why.REPEAT),
    ]

    assert expected == left_out(own("shopify.csv"))


def test_every_doubt_is_named_with_its_reason() -> None:
    """Stock below zero, one code on two things, a price of nothing or of 100000: each is seen by someone."""
    expected = [
        (6, Why.NEGATIVE_STOCK),
        (6, Why.SHARED_BARCODE),
        (7, Why.BAD_BARCODE),
        (7, Why.ZERO_PRICE),
        (7, Why.SHARED_SKU),
        (9, Why.PLACEHOLDER),
    ]

    assert sorted(expected) == sorted(doubts(own("shopify.csv")))


def test_only_tracked_stock_is_counted() -> None:
    """What the shop does not track is sold without a limit: a count of it means nothing."""
    shoe = named(own("shopify.csv"), "Canvas Shoe")

    assert [(shoe.product.variants[0].id, Decimal(5))] == list(shoe.stock)


def test_the_picture_is_the_first_by_position() -> None:
    """Pictures stand in any row and any order; the first one is the product's face."""
    actual = named(own("shopify.csv"), "Cotton Kurta & Belt").picture

    assert "https://pictures.invalid/kurta.jpg" == actual


def test_what_is_not_taxable_is_exempt() -> None:
    """The shop has already decided it."""
    actual = product_named(own("shopify.csv"), "Plain Mug").tax_class

    assert "exempt" == actual


def test_the_headings_of_the_newer_export_are_known(csv_file: MakeFile) -> None:
    """Shopify renamed its columns; a store that exports today has the new ones."""
    path = csv_file(
        "Title,URL handle,Vendor,Type,Option1 name,Option1 value,SKU,Barcode,Price,Inventory tracker,"
        "Inventory quantity,Product image URL\n"
        "Mug,mug,Pot,Mugs,Colour,Red,MUG-R,8901030865275,149,shopify,3,https://pictures.invalid/m.jpg\n"
    )
    mug = read(path).products[0]

    assert ("MUG-R", "Red", "8901030865275", 14_900) == (
        mug.product.variants[0].sku,
        mug.product.variants[0].colour,
        mug.product.variants[0].barcode,
        mug.product.variants[0].price,
    )
