"""A table as a file for a spreadsheet, CSV or XLSX; no cell of it is ever run as a formula.

What people typed goes into files that others open: a name such as "=HYPERLINK(…)" has to stay a name, also after
the file was saved once more by the spreadsheet. So a text that begins like a formula gets an apostrophe before it.
"""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from io import BytesIO, StringIO

Cell = str | int | Decimal | datetime | None
"""Numbers are ours and stay numbers; a moment is written as it is, so it has to be in the reader's zone already."""
STARTS = tuple("=+-@\t\r\n") + tuple("＝＋－＠﹦﹢﹣﹫")
"""How a formula begins; spreadsheets of East Asia take the wide and small forms, too."""
WIDEST = 60


class Form(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    """Of the sheet; also the file's, before the ending."""
    header: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]

    def beside(self, name: str, cells: Sequence[Cell]) -> "Table":
        """The same table with one more column, a cell for each row."""
        rows = [(*row, cell) for row, cell in zip(self.rows, cells, strict=True)]
        return Table(self.name, (*self.header, name), rows)


@dataclass(frozen=True, slots=True)
class File:
    name: str
    kind: str
    """Its media type."""
    data: bytes


def file_of(table: Table, form: Form, at: datetime) -> File:
    """Write a table; `at` stands in an XLSX file as the moment at which it was made."""
    kind, write = FORMS[form]
    return File(f"{table.name}.{form}", kind, write(table, at))


def harmless(text: str) -> str:
    """A text as a spreadsheet may have it: one that begins like a formula is made plain text."""
    risky = text.startswith(STARTS) or text.lstrip().startswith(STARTS)
    return f"'{text}" if risky else text


def _csv(table: Table, _: datetime) -> bytes:
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerows([[_plain(cell) for cell in row] for row in (table.header, *table.rows)])
    return out.getvalue().encode("utf-8-sig")  # the mark tells a spreadsheet that it is UTF-8


def _plain(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case str():
            return harmless(cell)
        case datetime():
            return f"{cell:%Y-%m-%d %H:%M}"
        case _:
            return format(cell, "f") if isinstance(cell, Decimal) else str(cell)


def _xlsx(table: Table, at: datetime) -> bytes:
    import xlsxwriter  # only here: half a megabyte that a sale never needs

    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": at.replace(tzinfo=None)})
    sheet = book.add_worksheet(table.name[:31])
    bold, time, money = (
        book.add_format(look)
        for look in ({"bold": True}, {"num_format": "yyyy-mm-dd hh:mm"}, {"num_format": "#,##0.00"})
    )
    for y, row in enumerate((table.header, *table.rows)):
        for x, cell in enumerate(row):
            match cell:
                case str():
                    sheet.write_string(y, x, harmless(cell), None if y else bold)
                case datetime():
                    sheet.write_datetime(y, x, cell.replace(tzinfo=None), time)
                case Decimal() | int():
                    sheet.write_number(y, x, cell, money if isinstance(cell, Decimal) else None)
    sheet.freeze_panes(1, 0)
    for x, name in enumerate(table.header):
        sheet.set_column(x, x, _width(name, [row[x] for row in table.rows]))
    book.close()
    return out.getvalue()


def _width(name: str, cells: Sequence[Cell]) -> int:
    return min(WIDEST, 2 + max(len(name), *(len(_plain(cell)) for cell in cells)) if cells else len(name) + 2)


FORMS: dict[Form, tuple[str, Callable[[Table, datetime], bytes]]] = {
    Form.CSV: ("text/csv", _csv),
    Form.XLSX: ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
}
