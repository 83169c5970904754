"""A plain CSV with every kind of dirt: what becomes a product, what a variant, what is left out and why."""

from decimal import Decimal

import pytest

from server.importers.reading import Why
from tests.importers.conftest import MakeFile, doubts, left_out, named, own, product_named, read


def test_columns_are_found_by_any_of_their_names() -> None:
    """Nobody renames the columns of an export before importing it."""
    dal = product_named(own("plain.csv"), "Toor Dal")

    assert ("Udupi", "Foodgrains", "0713", 14_550) == (dal.brand, dal.category, dal.hsn, dal.variants[0].price)


def test_every_line_left_out_is_named_with_its_reason() -> None:
    """A row that vanishes in silence is a product that cannot be sold tomorrow."""
    expected = [
        (5, Why.REPEAT),
        (6, Why.NO_NAME),
        (9, Why.REPEAT),
        (10, Why.TAKEN),
        (12, Why.BROKEN),
        (15, Why.WIDE),
    ]

    assert expected == left_out(own("plain.csv"))


def test_every_doubt_is_named_with_its_reason() -> None:
    """What was imported other than it stands in the file has to be seen by someone."""
    expected = [
        (7, Why.NEGATIVE_STOCK),
        (11, Why.BAD_HSN),
        (11, Why.NOT_STOCK),
        (11, Why.SHARED_SKU),
        (13, Why.NO_PRICE),
        (13, Why.BAD_BARCODE),
        (14, Why.NEGATIVE_PRICE),
        (14, Why.BAD_BARCODE),
        (16, Why.NOT_A_PRICE),
    ]

    assert sorted(expected) == sorted(doubts(own("plain.csv")))


def test_the_same_thing_at_another_price_is_chosen_by_price() -> None:
    """Grocers list two packs, or two MRPs, under one name: both are on the shelf and both must be sellable."""
    coffee = product_named(own("plain.csv"), "Filter Coffee")

    assert [("₹\u00a01,250.00", 125_000), ("₹\u00a0640.00", 64_000)] == [
        (variant.label, variant.price) for variant in coffee.variants
    ]


def test_rows_with_sizes_are_variants_of_one_product() -> None:
    """The cashier picks "Kurta" once and then a size, not one of thirty kurtas."""
    kurta = product_named(own("plain.csv"), "Kurta")

    assert [("K-M", "M / Blue"), ("K-M-2", "L / Blue")] == [(variant.sku, variant.label) for variant in kurta.variants]


def test_entities_and_tags_in_a_name_become_letters() -> None:
    """What was made for a web page would be printed as it stands."""
    names = [stocked.product.name for stocked in own("plain.csv").products]

    assert 'Comté & "Gruyère" Mix' in names


def test_an_empty_sale_price_falls_back_to_the_market_price() -> None:
    """Of several price columns the first that holds something is what the customer pays."""
    cheese = own("plain.csv").products[2].product

    assert 33_000 == cheese.variants[0].price


def test_a_bad_barcode_stays_findable_as_a_number() -> None:
    """Shops print numbers of their own on shelves; a person still types them."""
    spoon = product_named(own("plain.csv"), "Spoon").variants[0]

    assert (None, "12") == (spoon.barcode, spoon.item_number)


def test_goods_by_weight_are_weighed() -> None:
    """Onions are said to be weighed, dal is by its unit; stock is counted to the gram."""
    reading = own("plain.csv")

    assert {"Onion", "Toor Dal"} == {one.product.name for one in reading.products if one.product.weighed}
    assert Decimal("4.25") == named(reading, "Onion").stock[0][1]


def test_a_category_decides_the_tax_where_the_file_does_not(csv_file: MakeFile) -> None:
    """Without it every onion would be sold with 18 per cent; the file's own column always wins."""
    reading = read(csv_file("Name,Category,Price,Tax class\nOnion,Fresh Vegetables,30,\nCola,Vegetables,40,Demerit\n"))

    assert ["exempt", "demerit"] == [stocked.product.tax_class for stocked in reading.products]


def test_clothes_above_the_limit_are_taxed_as_fine(csv_file: MakeFile) -> None:
    """GST draws the line for clothes at 2,500 rupees a piece."""
    reading = read(csv_file("Name,Category,Price\nKurta,Apparel,2500\nLehenga,Apparel,2500.01\n"))

    assert ["apparel", "apparel-fine"] == [stocked.product.tax_class for stocked in reading.products]


@pytest.mark.parametrize("category", ["Men's Grooming", "Desktops", "Selfish Gifts"])
def test_words_of_a_category_are_matched_whole(csv_file: MakeFile, category: str) -> None:
    """A desktop is no top, and what is for men is not always clothing: nothing is taxed as a shirt by chance."""
    reading = read(csv_file(f"Name,Category,Price\nThing,{category},99\n"))

    assert "standard" == reading.products[0].product.tax_class


def test_a_barcode_tells_things_of_one_name_apart(csv_file: MakeFile) -> None:
    """Open Food Facts holds "Comté" 617 times, each with a barcode of its own."""
    reading = read(csv_file("barcode,name\n3017620422003,Comté\n8901030865275,Comté\n3017620422003,Comté\n"))

    assert ["3017620422003", "8901030865275"] == [stocked.product.variants[0].barcode for stocked in reading.products]
    assert [(4, Why.REPEAT)] == left_out(reading)
