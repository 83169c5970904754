"""Real exports, counted here a second time with nothing but csv: what comes in, what is left out and why."""

import csv
import gzip
import time
from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest

from app.catalogue.search import SeveralFound, find_code
from server.importers import read_products, run
from server.importers.reading import Unreadable, Why
from server.oms.database import Database
from server.oms.revisions import current
from tests.conftest import open_catalogue
from tests.importers import conftest
from tests.importers.conftest import variants

Find = Callable[[str], Path]
TIMES, SECONDS = 6, 2
"""Two imports take at most so many times what it takes to read the file, and so long for what is the same for any file:
of the processor, not of the clock, as the machine may be busy with other things."""
read = lru_cache(maxsize=2)(conftest.read)


def rows(path: Path) -> list[dict[str, str]]:
    """Read a file as csv reads it, and no further."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def whys(path: Path) -> tuple[Counter[Why], Counter[Why]]:
    reading = read(path)
    return Counter(one.why for one in reading.skipped), Counter(one.why for one in reading.warnings)


def shape(path: Path) -> tuple[int, int]:
    """Products and variants."""
    reading = read(path)
    return len(reading.products), len(variants(reading))


def test_bigbasket_comes_in_but_for_repeats_and_the_nameless(shared_data: Find) -> None:
    """27,555 rows of a grocer: each name and brand one product, each other price of it one variant."""
    path = shared_data("bigbasket_27555.csv.gz")
    things = [
        (*(" ".join(row[key].casefold().split()) for key in ("product", "brand")), row["sale_price"])
        for row in rows(path)
        if row["product"]
    ]
    expected = len({thing[:2] for thing in things}), len(set(things))

    assert (24_591, 26_135) == expected == shape(path)
    assert {Why.REPEAT: 27_554 - 26_135, Why.NO_NAME: 1} == whys(path)[0]


def test_bigbasket_names_the_line_without_a_name(shared_data: Find) -> None:
    """The line is the one that an editor shows; a name before it holds a line end, so it is not index + 1."""
    nameless = [one.line for one in read(shared_data("bigbasket_27555.csv.gz")).skipped if one.why is Why.NO_NAME]

    assert [14_366] == nameless


def test_shopify_apparel_comes_in_whole(shared_data: Find) -> None:
    """1,244 products and 4,969 variants; rows without a price are pictures."""
    path = shared_data("shopify_apparel_1244.csv.gz")
    found = rows(path)
    expected = len({row["Handle"] for row in found}), sum(bool(row["Variant Price"]) for row in found)

    assert (1_244, 4_969) == expected == shape(path)


def test_shopify_apparel_is_doubted_where_it_is_dirty(shared_data: Find) -> None:
    """Every doubt has a number that can be counted in the file itself."""
    path = shared_data("shopify_apparel_1244.csv.gz")
    found = [row for row in rows(path) if row["Variant Price"]]
    codes = [row["Variant Barcode"] for row in found if row["Variant Barcode"]]
    skus = Counter(row["Variant SKU"].casefold() for row in found if row["Variant SKU"])
    tracked = [row for row in found if row["Variant Inventory Tracker"]]
    expected = {
        Why.PLACEHOLDER: sum(row["Variant Price"] == "100000.00" for row in found),
        Why.ZERO_PRICE: sum(row["Variant Price"] == "0.00" for row in found),
        Why.BAD_BARCODE: len(codes) - 315,
        Why.SHARED_BARCODE: 22,
        Why.SHARED_SKU: sum(times - 1 for times in skus.values()),
        Why.NEGATIVE_STOCK: sum(row["Variant Inventory Qty"].startswith("-") for row in tracked),
    }

    assert ({}, expected) == whys(path)


def test_no_scan_of_the_apparel_sells_another_without_asking(shared_data: Find) -> None:
    """22 variants share a code with an earlier one, 4 of them at another price: the till has to ask which it is."""
    reading = read(shared_data("shopify_apparel_1244.csv.gz"))
    shared = [remark.detail for remark in reading.warnings if remark.why is Why.SHARED_BARCODE]
    shelf = open_catalogue(*(stocked.product for stocked in reading.products))
    found = {type(find_code(shelf, code)) for code in shared}
    shelf.close()

    assert (22, {SeveralFound}) == (len(shared), found)


def test_shopify_options_become_sizes_and_colours(shared_data: Find) -> None:
    """Color, COLOR and Colour, in first, second or third place: every one of them is a colour."""
    path = shared_data("shopify_apparel_1244.csv.gz")
    found = rows(path)
    firsts = {row["Handle"]: row for row in reversed(found)}
    names = {handle: [row[f"Option{n} Name"].casefold() for n in (1, 2, 3)] for handle, row in firsts.items()}
    coloured = sum(
        any(
            name in ("color", "band color", "colour", "frame color") and row[f"Option{place} Value"]
            for place, name in enumerate(names[row["Handle"]], start=1)
        )
        for row in found
    )

    assert coloured == sum(variant.colour is not None for variant in variants(read(path)))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("shopify_partners_apparel.csv.gz", (20, 22)),
        ("shopify_partners_home.csv.gz", (20, 21)),
        ("shopify_partners_jewelery.csv.gz", (20, 23)),
    ],
)
def test_shopify_partners_files_come_in_whole(shared_data: Find, name: str, expected: tuple[int, int]) -> None:
    """CRLF between rows, bare LF inside cells: no row may be torn or glued."""
    path = shared_data(name)
    found = rows(path)

    assert expected == (len({row["Handle"] for row in found}), sum(bool(row["Variant Price"]) for row in found))
    assert (expected, (Counter(), Counter())) == (shape(path), whys(path))


def test_woocommerce_comes_in_but_for_what_is_not_sold_here(shared_data: Find) -> None:
    """24 rows: 2 variable products with 9 variations, 11 simple ones, a group and another shop's donation."""
    path = shared_data("woocommerce_sample.csv.gz")
    kinds = Counter(row["Type"].partition(",")[0] for row in rows(path))

    assert (kinds["simple"] + kinds["variable"], kinds["simple"] + kinds["variation"]) == shape(path)
    assert {Why.GROUPED: kinds["grouped"], Why.EXTERNAL: kinds["external"]} == whys(path)[0]


def test_magento_comes_in_whole(shared_data: Find) -> None:
    """147 configurable products, every one with all its sizes and colours."""
    path = shared_data("magento2_configurable.csv.gz")
    kinds = Counter(row["product_type"] for row in rows(path))

    assert (147, 1_847) == (kinds["configurable"], kinds["simple"]) == shape(path)
    assert all(variant.size and variant.colour for variant in variants(read(path)) if "-" in variant.sku)


def test_vendure_comes_in_whole(shared_data: Find) -> None:
    """54 products in 88 padded rows; three chairs share one SKU."""
    path = shared_data("vendure_products.csv.gz")

    assert (54, 88) == shape(path)
    assert ({}, {Why.SHARED_SKU: 2}) == whys(path)


def test_magento_pictures_come_from_the_tar(shared_data: Find, database: Database, tmp_path: Path) -> None:
    """Every product finds its picture by name, whatever folder and kind the shop wrote."""
    pictures = shared_data("magento2_images_240px_webp.tar.gz")
    report = run(shared_data("magento2_configurable.csv.gz"), database.write, tmp_path / "kept", pictures=pictures)

    assert (147, {}) == (report.pictures, report.pictures_failed)


@pytest.mark.parametrize(
    "name", ["bigbasket_27555.csv.gz", "magento2_configurable.csv.gz", "woocommerce_sample.csv.gz"]
)
def test_importing_a_real_file_twice_changes_nothing(
    shared_data: Find, database: Database, tmp_path: Path, name: str
) -> None:
    """The second import of tens of thousands of products writes nothing, and neither takes long."""
    path = shared_data(name)
    begun = time.process_time()
    read_products(path)
    started = time.process_time()
    first = run(path, database.write, tmp_path / "kept", pictures=tmp_path)
    with database.read() as session:
        before = current(session)
    second = run(path, database.write, tmp_path / "kept", pictures=tmp_path)
    taken = time.process_time() - started
    with database.read() as session:
        after = current(session)

    assert first.stored is not None
    assert second.stored is not None
    assert (first.stored.products, 0, before) == (second.stored.products, second.stored.changed, after)
    assert taken < TIMES * (started - begun) + SECONDS


@pytest.mark.parametrize("name", ["breadbasket_21293.csv.gz", "online_retail.csv.gz"])
def test_sales_are_not_taken_for_products(shared_data: Find, name: str) -> None:
    """A file of tickets has items and prices too: importing it would fill the store with nonsense."""
    assert isinstance(read_products(shared_data(name)), Unreadable)
