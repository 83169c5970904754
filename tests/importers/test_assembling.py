"""Ids that stay, SKUs and labels that tell things apart, and prices that nobody meant."""

from app.catalogue.search import SeveralFound, find_code
from app.domain.product import Product
from server.importers.reading import Reading, Why
from tests.conftest import open_catalogue
from tests.importers.conftest import FILES, MakeFile, doubts, own, read, variants
from tests.quickest import times_longer


def products(reading: Reading) -> tuple[Product, ...]:
    return tuple(stocked.product for stocked in reading.products)


def scanned(reading: Reading, *codes: str) -> list[object]:
    """What the till finds under each code."""
    catalogue = open_catalogue(*products(reading))
    found: list[object] = [find_code(catalogue, code) for code in codes]
    catalogue.close()
    return found


def test_reading_twice_gives_the_same_products() -> None:
    """Ids are made of what the file calls things: otherwise a second import would double the store."""
    for path in sorted(FILES.glob("*.csv")):
        assert read(path) == read(path)


def test_an_id_survives_another_price_and_another_place(csv_file: MakeFile) -> None:
    """Next month's export has other prices, and new products on top: the old ones have to be known again."""
    before = read(csv_file("Name,Brand,Price\nMug,Pot,99\n")).products[0].product
    after = read(csv_file("Name,Brand,Price\nCup,Pot,49\nMug,Pot,109\n")).products[1].product

    assert (before.id, before.variants[0].id) == (after.id, after.variants[0].id)


def test_no_two_variants_share_an_id_or_a_sku() -> None:
    """Stock and sales are booked by them."""
    for path in FILES.glob("*.csv"):
        found = variants(read(path))
        assert (
            len(found) == len({variant.id for variant in found}) == len({variant.sku.casefold() for variant in found})
        )


def test_a_number_behind_a_shared_sku_is_free(csv_file: MakeFile) -> None:
    """ "A-2" made for the second A must not be the SKU of a third thing."""
    path = csv_file("Name,Size,SKU,Price\nMug,S,A,1\nMug,M,A,1\nCup,S,A-2,1\nCup,M,a,1\n")

    assert ["A", "A-3", "A-2", "a-4"] == [variant.sku for variant in variants(read(path))]


def test_a_sku_that_all_of_them_have_takes_no_longer(csv_file: MakeFile) -> None:
    """Files have "NA" in each line of the column: the numbers behind it are not tried from 2 on for each of them."""

    def reads(many: int) -> None:
        lines = "".join(f"Mug,{number},NA,1\n" for number in range(many))
        assert f"NA-{many}" in {variant.sku for variant in variants(read(csv_file(f"Name,Size,SKU,Price\n{lines}")))}

    assert times_longer(reads, 150) < 7


def test_variants_with_one_label_and_one_price_show_their_sku(csv_file: MakeFile) -> None:
    """Two radios of the same name cannot be chosen between."""
    path = csv_file("Handle,Name,SKU,Price\nmug,Mug,A,99\nmug,Mug,B,99\n")

    assert ["A", "B"] == [variant.label for variant in variants(read(path))]


def test_a_barcode_on_two_things_stays_on_both(csv_file: MakeFile) -> None:
    """A scan must not sell the first without asking; 12 digits and 13 are the same code to a scanner."""
    path = csv_file("Name,SKU,Barcode,Price\nMug,A,036000291452,99\nCup,B,0036000291452,49\n")
    reading = read(path)

    assert [("036000291452", ""), ("0036000291452", "")] == [
        (variant.barcode, variant.item_number) for variant in variants(reading)
    ]
    assert [(3, Why.SHARED_BARCODE)] == doubts(reading)
    assert [SeveralFound(products(reading))] * 2 == scanned(reading, "036000291452", "0036000291452")


def test_a_barcode_on_two_sizes_of_one_thing_stays_on_both(csv_file: MakeFile) -> None:
    """Two sizes may have two prices: the till asks which, as it does for two things."""
    path = csv_file("Handle,Name,Size,SKU,Barcode,Price\nmug,Mug,S,A,036000291452,99\nmug,Mug,L,B,036000291452,49\n")
    reading = read(path)

    assert [(3, Why.SHARED_BARCODE)] == doubts(reading)
    assert [SeveralFound(products(reading))] == scanned(reading, "036000291452")


def test_a_placeholder_price_is_no_price(csv_file: MakeFile) -> None:
    """100000 among shirts means "ask": charging it would be absurd, and nobody would notice at once."""
    path = csv_file("Name,Price\nShirt,499\nBelt,299\nCoat,100000.00\nHat,99999.99\n")
    reading = read(path)

    assert [49_900, 29_900, None, None] == [variant.price for variant in variants(reading)]
    assert [(4, Why.PLACEHOLDER), (5, Why.PLACEHOLDER)] == doubts(reading)


def test_a_high_price_is_a_price(csv_file: MakeFile) -> None:
    """A jeweller sells a ring of 1,25,000 beside chains of 500, and a furrier everything at 100000."""
    ring = read(csv_file("Name,Price\nChain,500\nChain 2,600\nRing,125000\n"))
    coats = read(csv_file("Name,Price\nCoat,100000\nStole,99000\n"))

    assert [[50_000, 60_000, 12_500_000], [10_000_000, 9_900_000]] == [
        [variant.price for variant in variants(reading)] for reading in (ring, coats)
    ]


def test_products_stand_in_the_order_of_the_file() -> None:
    """Row order is what the till shows before anything has been sold."""
    lines = [stocked.line for stocked in own("shopify.csv").products]

    assert sorted(lines) == lines
