"""From a file on disk to rows with named columns: gzip, encodings, NUL bytes, line ends, nameless columns."""

import csv
import gzip
import io
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from server.importers.reading import Notes, Unreadable, Why

MOST_BYTES = 128 << 20
"""Of a file, unpacked: some 300,000 products as a shop exports them, for which reading takes 1.5 GB."""
MOST_IN_A_CELL = 1 << 20
"""A cell beyond this is a quotation mark that nobody closed."""
DELIMITERS = (",", ";", "\t", "|")
BLANKS = {"null", "NULL", "nan", "NaN", "None", "NONE", "N/A", "n/a"}
ERRORS = {"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#ERROR!"}
PADDING = " \t\r\n\f\v\u00a0\u200b\ufeff"
TEXT_CONTROLS = frozenset("\t\n\r\f\v\x1a")
ARCHIVES = {b"PK\x03\x04": "an Excel workbook or a zip archive", b"\xd0\xcf\x11\xe0": "an old Excel workbook"}


@dataclass(frozen=True, slots=True)
class Row:
    """One record, and the line of the file where it starts."""

    line: int
    cells: tuple[str, ...]
    columns: Mapping[str, int]

    def get(self, *names: str) -> str:
        """Return the first of these columns that holds something; what a spreadsheet failed at holds nothing."""
        for name in names:
            place = self.columns.get(name)
            if place is not None and place < len(self.cells):
                cell = self.cells[place].strip(PADDING)
                if cell and cell not in BLANKS and cell not in ERRORS:
                    return cell
        return ""

    def broken(self, *names: str) -> bool:
        """Say whether one of these columns holds a spreadsheet's error."""
        places = (self.columns[name] for name in names if name in self.columns)
        return any(place < len(self.cells) and self.cells[place].strip(PADDING) in ERRORS for place in places)


Rows = tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file with its heading read; its rows are read when the heading turns out to be one that we know."""

    path: Path
    text: str
    width: int
    columns: Mapping[str, int]
    records: Iterator[tuple[int, list[str]]]

    def has(self, *names: str) -> bool:
        return all(name in self.columns for name in names)


def open_sheet(path: Path, notes: Notes, most: int = MOST_BYTES) -> Sheet | Unreadable:
    """Read the heading of a CSV, or of a gzip of one; `most` bytes, unpacked."""
    data = _bytes(path, most)
    if isinstance(data, Unreadable):
        return data
    text = _text(data, notes)
    if text is None:
        return _unreadable(path, "is not text", "Export it as CSV and name that file.")
    records = _records(text, notes)
    names = next((cells for _, cells in records), None)
    if names is None:
        return _unreadable(path, "is empty", "Export it again.")
    columns: dict[str, int] = {}
    for place, name in enumerate(names):
        if heading(name):
            columns.setdefault(heading(name), place)
    return Sheet(path, text, len(names), columns, records)


def read_rows(sheet: Sheet, notes: Notes) -> Rows | Unreadable:
    """Read the rows, once; what is wrong with a single one goes to the notes."""
    rows = tuple(Row(line, tuple(cells), sheet.columns) for line, cells in sheet.records)
    whole = tuple(row for row in rows if _whole(row, sheet, row is rows[-1], notes))
    return whole or _unreadable(sheet.path, "has a heading and no rows that can be read", "Export it again.")


def heading(cell: str) -> str:
    """Write a column's name the one way we compare it: `Sale_Price ` and `sale price` are one."""
    return " ".join(cell.strip(PADDING).casefold().replace("_", " ").replace("-", " ").split())


def _unreadable(path: Path, what: str, then: str) -> Unreadable:
    return Unreadable(f"{path.name} {what}. Nothing was changed. {then}")


def _bytes(path: Path, most: int) -> bytes | Unreadable:
    if path.is_dir():
        return _unreadable(path, "is a folder", "Name the file inside it.")
    if not path.exists():
        return _unreadable(path, "is not there", "Check the name and the folder.")
    try:
        if path.stat().st_size > most:
            return _too_large(path, most)
        data = path.read_bytes()
        if data.startswith(b"\x1f\x8b"):
            with gzip.open(io.BytesIO(data)) as packed:
                data = packed.read(most + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        return _unreadable(path, "is a damaged gzip file", "Copy or download it again.")
    except OSError as error:
        return _unreadable(path, f"cannot be read: {error.strerror}", "Check its permissions.")
    if len(data) > most:
        return _too_large(path, most)
    for magic, kind in ARCHIVES.items():
        if data.startswith(magic):
            return _unreadable(path, f"is {kind}", "Save the sheet as CSV (UTF-8) and name that file.")
    return data


def _too_large(path: Path, most: int) -> Unreadable:
    return _unreadable(path, f"is larger than {most >> 20} MB", "Split it.")


def _text(data: bytes, notes: Notes) -> str | None:
    """Decode; None when it is no text at all."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if b"\0" in data:
        notes.warn(0, Why.NULS)
        data = data.replace(b"\0", b"")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        notes.warn(0, Why.ENCODING)
        # five bytes mean nothing in Windows-1252; Latin-1 gives every byte a meaning
        text = data.decode("cp1252", errors="replace") if _is_cp1252(data) else data.decode("latin-1")
    start = text[:100_000]
    controls = sum(1 for letter in start if letter < " " and letter not in TEXT_CONTROLS)
    return None if controls * 50 > len(start) else text


def _is_cp1252(data: bytes) -> bool:
    return not set(data) & {0x81, 0x8D, 0x8F, 0x90, 0x9D}


def _whole(row: Row, sheet: Sheet, last: bool, notes: Notes) -> bool:
    """Say whether a row can be trusted to have each cell in its column."""
    if any(cell.strip(PADDING) for cell in row.cells[sheet.width :]):
        notes.skip(row.line, Why.WIDE)
        return False
    if last and len(row.cells) < sheet.width and not sheet.text.endswith(("\n", "\r")):
        notes.skip(row.line, Why.CUT)
        return False
    return True


def _delimiter(first: str) -> str:
    return max(DELIMITERS, key=first.count)


def _records(text: str, notes: Notes) -> Iterator[tuple[int, list[str]]]:
    """Yield each record that is not blank with the line it starts on, counted as an editor counts."""
    lines = list(io.StringIO(text, newline=""))
    first = next((line for line in lines if line.strip(PADDING)), "")
    csv.field_size_limit(MOST_IN_A_CELL)
    reader = csv.reader(lines, delimiter=_delimiter(first))
    start = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            notes.skip(start, Why.UNCLOSED)
            return
        if reader.line_num == len(lines) and _unclosed(lines[start - 1 :]):
            notes.skip(start, Why.UNCLOSED)
            return
        if any(cell.strip(PADDING) for cell in cells):
            yield start, cells
        start = reader.line_num + 1


def _unclosed(lines: list[str]) -> bool:
    """Say whether the last record ends inside quotation marks."""
    try:
        list(csv.reader(lines, strict=True))
    except csv.Error as error:
        return "unexpected end of data" in str(error)
    return False
