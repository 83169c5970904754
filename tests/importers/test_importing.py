"""The whole import into a store: once, twice, with another price, beside sales, and told to a person."""

from pathlib import Path

import pytest

from app.domain.product import Product
from app.sync.protocol import Dataset
from server.importers import run
from server.importers.report import Report
from server.oms.catalogue import put_stock
from server.oms.database import Database
from server.oms.records import read_all
from server.oms.revisions import current
from tests.importers.conftest import FILES, MakeFile
from tests.importers.test_pictures import photo

NAMES = ("shopify", "woocommerce", "plain", "magento", "vendure", "cp1252", "nul_bytes")


def put_in(database: Database, path: Path, **options: bool) -> Report:
    """Import a file whose pictures lie beside it."""
    return run(path, database.write, path.parent / "kept", pictures=path.parent, **options)


def revision(database: Database) -> int:
    with database.read() as session:
        return current(session)


def products(database: Database) -> dict[str, Product]:
    with database.read() as session:
        return {product.name: product for product in read_all(session, Dataset.PRODUCTS, Product)}


@pytest.mark.parametrize("name", NAMES)
def test_importing_twice_changes_nothing(database: Database, name: str, tmp_path: Path) -> None:
    """A revision that says nothing new would send the whole catalogue to every till again."""
    before = run(FILES / f"{name}.csv", database.write, tmp_path / "kept", pictures=tmp_path)
    first = revision(database)
    again = run(FILES / f"{name}.csv", database.write, tmp_path / "kept", pictures=tmp_path)

    assert (0, first) == (again.exit_code, revision(database))
    assert before.stored is not None
    assert before.stored.changed == before.stored.products > 0


def test_a_changed_price_changes_one_product(database: Database, csv_file: MakeFile) -> None:
    """Only what differs goes to the tills."""
    put_in(database, csv_file("Name,Price\nMug,99\nCup,49\nJug,199\n"))
    first = revision(database)
    report = put_in(database, csv_file("Name,Price\nMug,99\nCup,59\nJug,199\n"))

    assert report.stored is not None
    assert (1, first + 1) == (report.stored.changed, revision(database))
    assert products(database)["Cup"].variants[0].price == 5_900


def test_a_product_missing_in_the_next_file_stays(database: Database, csv_file: MakeFile) -> None:
    """A file of this week's new goods must not empty the store."""
    put_in(database, csv_file("Name,Price\nMug,99\n"))
    put_in(database, csv_file("Name,Price\nCup,49\n"))

    assert {"Mug", "Cup"} == set(products(database))


def test_stock_that_the_books_know_is_left_to_them(database: Database, csv_file: MakeFile) -> None:
    """The file was written before today's sales: taking its count would bring sold things back."""
    path = csv_file("Name,SKU,Price,Stock\nMug,M,99,10\n")
    put_in(database, path)
    with database.write() as session:
        put_stock(session, {products(database)["Mug"].variants[0].id: 7})  # type: ignore[dict-item]
    first = revision(database)
    report = put_in(database, path)

    assert report.stored is not None
    assert (0, 1, first) == (report.stored.counted, report.stored.left, revision(database))


def test_a_recount_takes_the_files_stock(database: Database, csv_file: MakeFile) -> None:
    """After counting the shelves the file is right and the books are wrong."""
    put_in(database, csv_file("Name,SKU,Price,Stock\nMug,M,99,10\n"))
    report = put_in(database, csv_file("Name,SKU,Price,Stock\nMug,M,99,12\n"), recount=True)

    assert report.stored is not None
    assert (1, 0) == (report.stored.counted, report.stored.left)


def test_a_sku_of_another_product_is_not_taken(database: Database, csv_file: MakeFile) -> None:
    """Stock and lookups go by SKU: two products with one SKU could no longer be told apart."""
    put_in(database, csv_file("Name,Handle,SKU,Price\nMug,mug,M-1,99\n"))
    report = put_in(database, csv_file("Name,Handle,SKU,Price\nSaree,saree,M-1,4999\nCup,cup,C-1,49\n"))

    assert ["line 2: its SKU belongs to another product of the store (M-1)"] == [str(one) for one in report.skipped]
    assert {"Mug", "Cup"} == set(products(database))


def test_a_picture_beside_the_file_is_kept_and_named_by_the_product(database: Database, tmp_path: Path) -> None:
    """The grid shows it under its hash, also offline."""
    (tmp_path / "mug.png").write_bytes(photo(kind="PNG"))
    path = tmp_path / "products.csv"
    path.write_text("Name,Price,Picture\nMug,99,mug.png\n")
    report = run(path, database.write, tmp_path / "kept")

    assert 1 == report.pictures
    assert (tmp_path / "kept" / f"{products(database)['Mug'].picture}.webp").is_file()


def test_a_picture_survives_a_day_without_network(database: Database, tmp_path: Path) -> None:
    """What could not be fetched today was good yesterday: the product keeps it, and gets no new revision."""
    path = tmp_path / "products.csv"
    path.write_text("Name,Price,Picture\nMug,99,mug.png\n")
    (tmp_path / "mug.png").write_bytes(photo(kind="PNG"))
    run(path, database.write, tmp_path / "kept")
    first = revision(database)
    (tmp_path / "mug.png").unlink()
    report = run(path, database.write, tmp_path / "kept")

    assert {"not in the folder of pictures": 1} == report.pictures_failed
    assert first == revision(database)


def test_the_report_names_every_line_left_out(database: Database, csv_file: MakeFile) -> None:
    """Whoever imports has to be able to mend the file, line by line; good rows are in, so it is no failure."""
    report = put_in(database, csv_file("Name,Price\nMug,99\n,49\nCup,0\nMug,99\n"))

    assert 0 == report.exit_code
    assert [
        "plain CSV: 2 products with 2 variants are in the catalogue.",
        "2 of them are new or changed; 0 stock counts were written.",
        '2 products have the tax class "standard", for which the store has no rate: '
        "they cannot be sold until it has one.",
        "2 lines were left out:",
        "  line 3: it has no name",
        "  line 5: it repeats an earlier line (line 2)",
        "1 doubts about what was imported:",
        "  1 × its price is 0; it cannot be sold until it has one (lines 4)",
    ] == str(report).splitlines()


def test_a_file_without_a_good_row_is_a_failure(database: Database, csv_file: MakeFile) -> None:
    """A script that imports every night has to notice."""
    report = put_in(database, csv_file("Name,Price\n,49\n,59\n"))

    assert (1, {}) == (report.exit_code, products(database))


def test_a_file_that_is_not_ours_changes_nothing(database: Database, csv_file: MakeFile) -> None:
    """The sentence is the whole answer, and the store is as it was."""
    report = put_in(database, csv_file("Date,Item\n2016-10-30,Bread\n"))

    assert (1, report.failure, 0) == (report.exit_code, str(report), revision(database))
