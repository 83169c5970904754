"""CSV that a spreadsheet only shows, and never runs."""

import csv
import io

import pytest

from server.office.cells import BOM, neutral, sheet

RUNS = ["=1+1", "+1+1", "-1+cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1+1", "-", "-1.2.3"]


@pytest.mark.parametrize("cell", RUNS)
def test_what_would_run_gets_an_apostrophe(cell: str) -> None:
    """A customer named =HYPERLINK(…) must not open anything on the accountant's machine."""
    assert f"'{cell}" == neutral(cell)


@pytest.mark.parametrize("cell", ["", "Meera", "-12.50", "-3", "12.50", "a=b", "9845010007"])
def test_what_is_harmless_stays(cell: str) -> None:
    """A refund is a number, and has to add up."""
    assert cell == neutral(cell)


def test_every_cell_comes_back_as_it_was() -> None:
    """Commas, quotes and line breaks are part of addresses."""
    rows = [["a,b", 'say "so"', "two\nlines"], ["ä", "₹ 5", ""]]

    read = list(csv.reader(io.StringIO(sheet(["x", "y", "z"], rows).removeprefix(BOM), newline="")))

    assert [["x", "y", "z"], *rows] == read


def test_headings_are_neutral_too() -> None:
    """They come from the same places one day."""
    assert f"{BOM}'=x\r\n" == sheet(["=x"], [])
