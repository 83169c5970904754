"""Tables as files: what is in them comes out again, and nothing that people typed is ever run."""

import csv
import re
import subprocess
import sys
from datetime import datetime
from decimal import Decimal
from io import BytesIO, StringIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.table import Form, Table, file_of, harmless
from tests.conftest import NOW

DANGEROUS = ("=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1")
WIDE = ("＝1", "＋1", "－1", "＠A1", "﹦1", " ＝1")
AT = datetime(2026, 11, 21, 12, 5)  # noqa: DTZ001 -- a cell holds the store's own time
HEADER = ("Who", "When", "Orders", "Value")
TABLE = Table("sessions", HEADER, (("Asha", AT, 3, Decimal("1234.50")), (None, None, 0, Decimal("-5.00"))))
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def rows_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))


def sheet_of(data: bytes) -> tuple[list[str], ElementTree.Element]:
    """The texts of a workbook, and its one sheet."""
    with ZipFile(BytesIO(data)) as book:
        strings = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))  # noqa: S314 -- our own file
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))  # noqa: S314
    return ["".join(item.itertext()) for item in strings.iter(f"{SHEET}si")], sheet


def test_a_csv_reads_back() -> None:
    """Numbers without groups, times as everybody sorts them, an empty cell where there is nothing."""
    expected = [
        ["Who", "When", "Orders", "Value"],
        ["Asha", "2026-11-21 12:05", "3", "1234.50"],
        ["", "", "0", "-5.00"],
    ]

    assert expected == rows_of(file_of(TABLE, Form.CSV, NOW).data)


def test_a_workbook_holds_numbers_as_numbers() -> None:
    """Somebody adds them up."""
    texts, sheet = sheet_of(file_of(TABLE, Form.XLSX, NOW).data)
    values = [cell.findtext(f"{SHEET}v") for cell in sheet.iter(f"{SHEET}c") if cell.get("t") != "s"]

    assert [*HEADER, "Asha"] == texts
    assert ["3", "1234.50", "0", "-5.00"] == values[1:]
    assert "46347.5034722" == (values[0] or "")[:13]  # noon and five minutes, in days since 1900


@pytest.mark.parametrize("text", DANGEROUS + WIDE)
@pytest.mark.parametrize("form", Form)
def test_what_begins_like_a_formula_is_text(form: Form, text: str) -> None:
    """A customer called =HYPERLINK(…) must not send the accountant anywhere."""
    data = file_of(Table("t", ("Name",), ((text,),)), form, NOW).data
    found = rows_of(data)[1][0] if form is Form.CSV else sheet_of(data)[0][1]

    assert f"'{text}".replace("\r", "\n") == found.replace("\r", "\n").replace("_x000D_", "\n")


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"])))
def test_no_text_whatever_begins_like_a_formula(text: str) -> None:
    """Also one that nobody thought of, and after blanks that a program may take away."""
    assert not re.match(r"\s*[=+\-@＝＋－＠]", harmless(text))


def test_a_plain_name_stays_as_it_is() -> None:
    """Most names are harmless; an apostrophe before each of them would be noise."""
    assert "Meera Iyer" == harmless("Meera Iyer")


def test_a_workbook_has_no_formula() -> None:
    """Not even one of ours."""
    _, sheet = sheet_of(file_of(TABLE, Form.XLSX, NOW).data)

    assert [] == list(sheet.iter(f"{SHEET}f"))


def test_the_same_table_is_the_same_file() -> None:
    """No clock of its own: what is written follows from what is given."""
    assert file_of(TABLE, Form.XLSX, NOW) == file_of(TABLE, Form.XLSX, NOW)


def test_a_table_without_rows_is_a_file_all_the_same() -> None:
    """Nobody wonders whether the export failed."""
    empty = Table("t", ("Name",), ())

    assert [["Name"]] == rows_of(file_of(empty, Form.CSV, NOW).data)
    assert ["Name"] == sheet_of(file_of(empty, Form.XLSX, NOW).data)[0]


def test_the_start_of_the_till_does_not_load_the_writer_of_workbooks() -> None:
    """Half a megabyte of Python that a sale never needs would cost every start."""
    code = "import sys, app.till.register, app.till.ui.regions; sys.exit('xlsxwriter' in sys.modules)"

    assert 0 == subprocess.run([sys.executable, "-c", code], check=False).returncode


def test_a_column_is_put_beside_a_table() -> None:
    """Each cell stands in the row it belongs to, or nobody can trust the file."""
    table = Table("t", ("a",), [("1",), ("2",)]).beside("b", ["x", "y"])

    assert (("a", "b"), [("1", "x"), ("2", "y")]) == (table.header, list(table.rows))
