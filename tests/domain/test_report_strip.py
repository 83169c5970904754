"""X and Z reports as bytes for a receipt printer: the sums of the sheet; X never tells what should be there."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.credit import Credit
from app.domain.escpos import WIDTHS, encode
from app.domain.payment import TenderKind
from app.domain.report_strip import report_strip
from app.domain.shift import Direction, Pile, Shift
from tests.domain.printer import Printer
from tests.domain.test_escpos import drawn, printed
from tests.domain.test_shift import closed, moved, opened, sold
from tests.given_back import credit_note

GOLDEN = Path(__file__).parent.parent / "golden" / "report-1.bin"
SALES = (
    sold("a", (TenderKind.CASH, 49_900, 10_000)),
    sold("b", (TenderKind.CARD, 49_900, 0)),
)
X = Shift(
    opened=opened(),
    moves=(moved(5_000), moved(20_000, Direction.OUT)),
    orders=SALES,
    backs=(credit_note(SALES[0]),),
)
COUNT = (Pile(denomination=50_000, pieces=1), Pile(denomination=5_000, pieces=6))
Z = replace(X, closed=closed("a", 7, X.expected, *COUNT))


def test_the_bytes_of_a_report_are_the_released_ones() -> None:
    """What a store's printers were tried with must not change by accident."""
    assert GOLDEN.read_bytes() == encode(report_strip(Z, "Demo Store", "R1"), WIDTHS[58], drawn)


@pytest.mark.parametrize(
    "line",
    [
        "Z report 7",
        "Register                      R1",
        "Number of sales                2",
        "Total                     998.00",
        "cash x 1                  499.00",
        "card x 1                  499.00",
        "Returns                        1",
        "Cash out                 -200.00",
        "500 x 1                   500.00",
        "50 x 6                    300.00",
        "Opening float            1000.00",
        "Cash received             599.00",
        "Change given             -100.00",
        "Cash given back          -499.00",
        "Expected                  850.00",
        "Counted                   800.00",
        "Difference                -50.00",
        "Signature     " + "_" * 18,
    ],
)
def test_the_strip_has_what_the_sheet_has(line: str) -> None:
    """Whoever signs for the drawer signs for these sums, on whatever paper."""
    assert line in printed(*report_strip(Z, "Demo Store", "R1")).paper.split("\n")


def test_an_x_report_does_not_tell_what_should_be_there() -> None:
    """The count is blind: who reads the sum before counts to it."""
    paper = printed(*report_strip(X, "Demo Store", "R1")).paper

    assert [True, False, False, False] == [
        word in paper for word in ("X report", "Expected", "Opening float", "850.00")
    ]


@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_of_a_report_is_wider_than_the_paper(width: int) -> None:
    """A broken amount is another amount."""
    out = Printer().reads(encode(report_strip(Z, "Demo Store", "R1"), WIDTHS[width], drawn))

    assert (True, 0, 1) == (out.widest <= WIDTHS[width].columns, out.kicks, out.cuts)


def test_what_an_exchange_credited_stands_beside_the_tenders() -> None:
    """Without it the tenders come to less than the total, and somebody looks for the difference."""
    credit = Credit(note_id="n", number="DS01C2627-00001", amount=49_900)
    exchange = sold("c").model_copy(update={"credit": credit})
    paper = printed(*report_strip(replace(X, orders=(*SALES, exchange)), "Demo Store", "R1")).paper

    assert "Credit for returned items 499.00" in " ".join(paper.split())
