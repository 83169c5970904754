"""From bytes to rows: what real files do to encodings, line ends, headings and quotation marks."""

import gzip
import tracemalloc
from pathlib import Path

import pytest

from server.importers import read_products
from server.importers.reading import Notes, Unreadable, Why
from server.importers.sheet import open_sheet
from tests.importers.conftest import MakeFile, doubts, left_out, own, product_named, read, variants


def _names(path: Path) -> list[str]:
    return [stocked.product.name for stocked in read(path).products]


def test_bom_and_carriage_returns_belong_to_no_column(csv_file: MakeFile) -> None:
    """Excel writes both; a quoted heading behind a BOM would otherwise keep its marks and not be found."""
    path = csv_file('\ufeff"Name",Price\r\nMug,99\r\n')

    assert ["Mug"] == _names(path)


def test_bare_line_feeds_inside_a_cell_do_not_break_its_row(csv_file: MakeFile) -> None:
    """Shopify ends rows with CRLF and leaves bare LF in descriptions; a row is reported where it starts."""
    path = csv_file('Name,Note,Price\r\nMug,"One\n\nTwo\r\nThree",99\r\n,"x\ny",5\r\n')
    reading = read(path)

    assert [(6, Why.NO_NAME)] == left_out(reading)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_ends_a_row(csv_file: MakeFile, end: str) -> None:
    """Files come from Windows, Linux and very old Macs."""
    path = csv_file(end.join(["Name,Price", "Mug,99", "Cup,49", ""]))

    assert ["Mug", "Cup"] == _names(path)


def test_a_gzip_is_known_by_its_content(tmp_path: Path) -> None:
    """A browser drops the .gz from a name, or leaves it on a file that is none."""
    path = tmp_path / "products.csv"
    path.write_bytes(gzip.compress(b"Name,Price\nMug,99\n"))

    assert ["Mug"] == _names(path)


@pytest.mark.parametrize("packed", [False, True])
def test_a_file_too_large_is_not_unpacked(tmp_path: Path, *, packed: bool) -> None:
    """A gzip of a megabyte may hold a thousand: what the server can't bear is turned down before it has it."""
    path = tmp_path / "products.csv"
    with gzip.open(path, "wb", compresslevel=1) if packed else path.open("wb") as file:
        for _ in range(64):
            file.write(bytes(1 << 20))
    tracemalloc.start()
    answer = open_sheet(path, Notes(), 1 << 20)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert isinstance(answer, Unreadable)
    assert ("products.csv is larger than 1 MB. Nothing was changed. Split it.", True) == (answer.why, most < 8 << 20)


def test_an_old_windows_encoding_keeps_its_accents() -> None:
    """Excel's plain CSV is not UTF-8: the accents survive, and a person is asked to look at them."""
    reading = own("cp1252.csv")

    assert ("Crème brûlée – 2 pots", "Pâtissière") == (
        reading.products[0].product.name,
        reading.products[0].product.brand,
    )
    assert [(0, Why.ENCODING)] == doubts(reading)


def test_bytes_that_windows_lacks_are_latin_1(csv_file: MakeFile) -> None:
    """0x81 has no meaning in Windows-1252: the file must still be read."""
    path = csv_file(b"Name,Price\nM\xfcsli \x81,99\n")

    assert ["Müsli"] == _names(path)


def test_utf_16_is_read(csv_file: MakeFile) -> None:
    """Excel's "Unicode text" is UTF-16 with tabs."""
    path = csv_file("Name\tPrice\r\nचाय\t20\r\n".encode("utf-16"))

    assert ["चाय"] == _names(path)


def test_nul_bytes_are_removed_and_said() -> None:
    """They come from broken exports, and would end up in ids, searches and invoices."""
    reading = own("nul_bytes.csv")

    assert [("Milk", 3000), ("Curd", 4500)] == [
        (stocked.product.name, stocked.product.variants[0].price) for stocked in reading.products
    ]
    assert [(0, Why.NULS)] == doubts(reading)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_heading_tells_the_delimiter(csv_file: MakeFile, delimiter: str) -> None:
    """A spreadsheet set to a European language separates by semicolon."""
    path = csv_file(f"Name{delimiter}Price\nMug{delimiter}99\n")

    assert ["Mug"] == _names(path)


def test_headings_are_found_whatever_their_case_and_padding(csv_file: MakeFile) -> None:
    """ "Sale_Price ", "sale price" and "SALE-PRICE" are one column."""
    path = csv_file("  NAME ,Sale_Price  ,HSN-Code\nMug,99,6912\n")

    assert [("Mug", 9900, "6912")] == [
        (stocked.product.name, stocked.product.variants[0].price, stocked.product.hsn)
        for stocked in read(path).products
    ]


def test_cells_padded_with_spaces_are_bare() -> None:
    """Vendure aligns its columns with spaces; a SKU with spaces behind it would never be found again."""
    actual = [(variant.sku, variant.size) for variant in variants(own("vendure.csv"))][:2]

    assert [("RS40", "Size 40"), ("RS42", "Size 42")] == actual


def test_a_row_that_is_too_wide_is_left_out(csv_file: MakeFile) -> None:
    """An unquoted comma shifts the columns: 1,299.00 would be sold for one rupee."""
    path = csv_file("Name,Price\nSaree,1,299.00\nMug,99\n")

    assert [(2, Why.WIDE)] == left_out(read(path))


def test_empty_cells_beyond_the_heading_harm_nobody(csv_file: MakeFile) -> None:
    """Spreadsheets leave trailing commas behind."""
    path = csv_file("Name,Price\nMug,99,,,\n,,,,\nCup,49\n")

    assert ["Mug", "Cup"] == _names(path)


def test_a_file_cut_in_the_middle_of_a_row_loses_that_row(csv_file: MakeFile) -> None:
    """Of a download that broke off the last price may be half: 499 would be sold for 4."""
    path = csv_file("Name,Price,Stock\nMug,99,3\nSaree,4")
    reading = read(path)

    assert [(3, Why.CUT)] == left_out(reading)


def test_an_unclosed_quotation_mark_does_not_swallow_products_in_silence(csv_file: MakeFile) -> None:
    """Everything behind it is one cell; what was read before it is good, and the line is named."""
    path = csv_file('Name,Price\nMug,99\n"Saree,4999\nCup,49\n')
    reading = read(path)

    assert ["Mug"] == [stocked.product.name for stocked in reading.products]
    assert [(3, Why.UNCLOSED)] == left_out(reading)


def test_a_quotation_mark_inside_a_word_is_an_inch(csv_file: MakeFile) -> None:
    """Names such as 5" pipe are everywhere, and no cell is opened by them."""
    path = csv_file('Name,Price\n5" pipe,99\n')

    assert ['5" pipe'] == _names(path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\n\r\n ,\n", "is empty"),
        (b"Name,Price\n", "has a heading and no rows"),
        (b"PK\x03\x04rest of a workbook", "is an Excel workbook or a zip archive"),
        (b"\x89PNG\x1b\x01\x02\x03\x04\x05\x06\x07" * 20, "is not text"),
        (b"\x1f\x8b\x08\x00broken", "is a damaged gzip file"),
        (gzip.compress(b"Name,Price\nMug,99\n" * 999, mtime=0)[:-20], "is a damaged gzip file"),
        (b"Date,Time,Item\n2016-10-30,09:58:11,Bread\n", "is not a product file that we know"),
    ],
)
def test_a_file_that_is_not_ours_gets_a_sentence(csv_file: MakeFile, content: bytes, said: str) -> None:
    """Whoever named the wrong file has to learn what is wrong with it and that nothing happened."""
    answer = read_products(csv_file(content))

    assert isinstance(answer, Unreadable)
    assert f"products.csv {said}" == answer.why[: len(f"products.csv {said}")]
    assert "Nothing was changed." in answer.why


def test_a_missing_file_gets_a_sentence(tmp_path: Path) -> None:
    """The most common mistake of all is a typing error in the name."""
    answer = read_products(tmp_path / "prodcuts.csv")

    assert Unreadable("prodcuts.csv is not there. Nothing was changed. Check the name and the folder.") == answer


def test_a_folder_gets_a_sentence(tmp_path: Path) -> None:
    """A folder opens like a file and fails in a stranger way."""
    answer = read_products(tmp_path)

    assert Unreadable(f"{tmp_path.name} is a folder. Nothing was changed. Name the file inside it.") == answer


def test_a_spreadsheets_errors_are_no_values(csv_file: MakeFile) -> None:
    """#REF! as a price is no price, as a SKU it names nothing: the row is left out."""
    path = csv_file("Name,SKU,Brand,Price\nTray,#REF!,Pot,10\nSpoon,SP,#N/A,#VALUE!\n")
    reading = read(path)

    assert [(2, Why.BROKEN)] == left_out(reading)
    spoon = product_named(reading, "Spoon")
    assert ("", None) == (spoon.brand, spoon.variants[0].price)
