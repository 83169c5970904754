"""CSV for spreadsheets: one table of text, and no cell that a spreadsheet would run as a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What makes a spreadsheet take a cell for a formula; full-width signs count too."""
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
BOM = "\ufeff"
"""Without it a spreadsheet reads UTF-8 as something else."""


def neutral(cell: str) -> str:
    """Put an apostrophe before what would run; a plain negative number is none of it."""
    return f"'{cell}" if cell.lstrip(" ").startswith(RUNS) and not _NUMBER.fullmatch(cell) else cell


def sheet(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table as CSV (RFC 4180)."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    for row in (heading, *rows):
        writer.writerow([neutral(cell) for cell in row])
    return BOM + written.getvalue()
