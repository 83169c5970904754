"""A file of pending orders, as a till exported it or a spreadsheet saved it again: row by row the bytes of an entry.

Only the column `entry` counts. What people read beside it may be changed, moved or gone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from app.sync.entry import Entry, Kind, Unreadable, parse
from app.sync.exported import COLUMN, decoded
from server.importers.reading import Notes
from server.importers.reading import Unreadable as NoFile
from server.importers.sheet import Row, Sheet, open_sheet

MOST_BYTES = 64 * 2**20
"""About twenty thousand sales; of a packed file, unpacked."""
MOST_ROWS = 50_000
NOT_A_SALE = "It is not a sale. Only sales are imported; the register itself sends everything else."
CUT = "A spreadsheet may have cut or changed it. Import the file as the till made it, or let the register sync."


@dataclass(frozen=True, slots=True)
class Pending:
    """A row of the file: the sale in it, or why there is none."""

    line: int
    """Of the file, as an editor counts."""
    number: str
    """Of the invoice: the entry's own; where it can't be read, what the file says."""
    entry: Entry | None
    why: str = ""


def read_pending(path: Path) -> tuple[Pending, ...] | NoFile:
    """Read a whole file; a row that can't be read is a row with its reason."""
    if path.stat().st_size > MOST_BYTES:
        return NoFile(f"{path.name} is larger than 64 MB. Nothing was changed. Export fewer orders at a time.")
    notes = Notes()
    sheet = open_sheet(path, notes, MOST_BYTES)
    if isinstance(sheet, NoFile):
        return sheet
    if not sheet.has(COLUMN):
        why = f"has no column “{COLUMN}”, so it is no export of pending orders"
        return NoFile(f"{path.name} {why}. Nothing was changed. Choose the file that the till made with CSV Export.")
    rows = tuple(islice(_rows(sheet), MOST_ROWS + 1))
    if len(rows) > MOST_ROWS:
        return NoFile(
            f"{path.name} has more than {MOST_ROWS:,} rows. Nothing was changed. Export fewer orders at a time."
        )
    broken = tuple(Pending(remark.line, "", None, f"Not read: {remark.why}.") for remark in notes.skipped)
    return (*rows, *broken) or NoFile(f"{path.name} holds no orders. Nothing was changed.")


def _rows(sheet: Sheet) -> Iterator[Pending]:
    for line, cells in sheet.records:
        row = Row(line, tuple(cells), sheet.columns)
        found = _entry(row)
        if isinstance(found, Unreadable):
            yield Pending(line, row.get("number"), None, f"Not read: {found.why}. {CUT}")
        else:
            is_sale = found.header.kind is Kind.SALE
            yield Pending(line, found.header.number or "", found if is_sale else None, "" if is_sale else NOT_A_SALE)


def _entry(row: Row) -> Entry | Unreadable:
    exact = decoded(row.get(COLUMN))
    return exact if isinstance(exact, Unreadable) else parse(exact)
