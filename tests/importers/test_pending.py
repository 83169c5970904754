"""A file of pending orders as people bring it: as the till made it, saved again by a spreadsheet, cut, changed."""

import csv
import gzip
from io import StringIO
from pathlib import Path

import pytest

from app.domain.table import Form, Table, file_of
from app.sync.entry import GENESIS, Entry, Header, Kind, assemble
from app.sync.exported import COLUMN, encoded
from server.importers.pending import CUT, Pending, read_pending
from server.importers.reading import Unreadable
from tests.conftest import NOW


def entry(seq: int, kind: Kind = Kind.SALE) -> Entry:
    header = Header(v=1, store="DS01", register="R1", seq=seq, kind=kind, id=f"e{seq}", at=NOW, prev=GENESIS, key="k",
                    number=f"DS01A2627-{seq:05d}" if kind is Kind.SALE else None)  # fmt: skip
    return assemble(header, "aXY=", "c2VhbGVk")


SOLD = (entry(1), entry(2))
TABLE = Table(
    "pending-orders",
    ("Number", "Customer", "Items", COLUMN),
    [(each.header.number, "=1+1", "2 × “Kurta”, red; 1 Rice", encoded(each.line)) for each in SOLD],
)
AS_MADE = file_of(TABLE, Form.CSV, NOW).data
ROWS = list(csv.reader(StringIO(AS_MADE.decode("utf-8-sig"), newline="")))


def saved_again(rows: list[list[str]] = ROWS, encoding: str = "utf-8-sig", **how: str | int) -> bytes:
    out = StringIO(newline="")
    csv.writer(out, **how).writerows(rows)  # type: ignore[arg-type]
    return out.getvalue().encode(encoding)


def read(folder: Path, data: bytes) -> tuple[Pending, ...]:
    path = folder / "pending.csv"
    path.write_bytes(data)
    found = read_pending(path)
    assert not isinstance(found, Unreadable), found.why
    return found


@pytest.mark.parametrize(
    "data",
    [
        AS_MADE,
        saved_again(delimiter=";"),
        saved_again(delimiter="\t", encoding="utf-16"),
        saved_again(quoting=csv.QUOTE_ALL),
        saved_again([[cell.replace("’", "'") for cell in row] for row in ROWS], encoding="utf-8", lineterminator="\n"),
        saved_again([row[-1:] for row in ROWS]),
        saved_again([[*reversed(row)] for row in ROWS]),
        saved_again([[cell.upper() if cell == COLUMN else cell for cell in row] for row in ROWS]),
        saved_again([[f"'{cell} " if cell.startswith("ey") else cell for cell in row] for row in ROWS]),
        saved_again([["", "", "", ""], *ROWS, ["", "", "", ""]]),
        gzip.compress(AS_MADE),
    ],
    ids=["made", "semicolons", "tabs", "quotes", "lines", "alone", "turned", "capitals", "padded", "blanks", "gzip"],
)
def test_only_the_entry_counts(tmp_path: Path, data: bytes) -> None:
    """Spreadsheets change everything around it; the bytes come out as the till wrote them."""
    found = read(tmp_path, data)

    assert [each.line for each in SOLD] == [row.entry.line for row in found if row.entry]
    assert ["DS01A2627-00001", "DS01A2627-00002"] == [row.number for row in found]


@pytest.mark.parametrize("cell", ["", "eyJ", "äöü", encoded(SOLD[0].line)[:-40], "aGVsbG8=", "#NAME?", "1,23E+45"])
def test_a_row_that_was_cut_says_so_and_spoils_no_other(tmp_path: Path, cell: str) -> None:
    """A cell of a spreadsheet holds 32,767 letters; a long sale does not fit."""
    damaged, whole = read(tmp_path, saved_again([ROWS[0], [*ROWS[1][:-1], cell], ROWS[2]]))

    assert (None, 2, "DS01A2627-00001") == (damaged.entry, damaged.line, damaged.number)
    assert damaged.why.endswith(CUT)
    assert whole.entry == SOLD[1]


def test_what_is_no_sale_is_not_imported(tmp_path: Path) -> None:
    """P6 is about sales; a return or a count of cash comes from the register itself."""
    (row,) = read(tmp_path, saved_again([[COLUMN], [encoded(entry(3, Kind.CREDIT_NOTE).line)]]))

    assert (None, "It is not a sale.") == (row.entry, row.why[:17])


def test_a_quotation_mark_that_is_never_closed_is_told(tmp_path: Path) -> None:
    """The file was cut in the middle: what stands before it is read, and the rest is not passed over in silence."""
    found = read(tmp_path, saved_again(ROWS[:2]) + b'DS01A2627-00002,"cut')

    assert [True, False] == [row.entry is not None for row in found]
    assert "quotation mark" in found[1].why


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"name,price\nPencil,10\n", "has no column “entry”"),
        (saved_again(ROWS[:1]), "holds no orders"),
        (b"PK\x03\x04", "is an Excel workbook"),
        (bytes(range(32)) * 40, "is not text"),
    ],
)
def test_a_file_that_is_none_is_told_in_words(tmp_path: Path, data: bytes, words: str) -> None:
    """People choose the wrong file."""
    path = tmp_path / "file.csv"
    path.write_bytes(data)
    found = read_pending(path)

    assert isinstance(found, Unreadable)
    assert words in found.why
    assert "Nothing was changed." in found.why
