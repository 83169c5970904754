"""X and Z reports at the receipt printer: they come out, and are no documents that would be counted."""

import pytest

from app.till.ports import PrinterState
from app.till.shifts import all_shifts
from tests.till.test_printing import grants, prefers, printed, reprints, sells
from tests.till.test_shift import begin, close
from tests.till.till import Till


@pytest.fixture
def closed(selling: Till) -> Till:
    """A shift with one sale was counted, at a register with a receipt printer that makes two copies of receipts."""
    prefers(grants(begin(selling)), copies="2")
    sells(selling)
    return close(selling.says("SaleLeft"), n500="3")


def prints(till: Till) -> Till:
    return till.says("ReportPrinted", shift_id=all_shifts(till.state)[0].id)


def test_a_report_goes_to_the_printer_as_often_as_wanted(closed: Till) -> None:
    """A second Z report of a shift is the same report: nothing of it can be claimed twice, so nothing is counted."""
    before = len(closed.entries())
    prints(prints(closed))

    first, again = printed(closed)
    assert (1, first, [], before) == (first.count("Z report 1"), again, reprints(closed), len(closed.entries()))
    assert (True, True) == ("Number of sales                                1\n" in first, "Signature" in first)


def test_a_report_that_did_not_come_out_is_said_so(closed: Till) -> None:
    """And is printed when there is paper again."""
    closed.device.printer.fault = PrinterState.FAILED
    told = prints(closed).state.printing.problem
    closed.device.printer.fault = PrinterState.READY

    assert (True, 1, "") == (bool(told), len(printed(prints(closed))), closed.state.printing.problem)


def test_a_report_of_no_shift_is_not_printed(closed: Till) -> None:
    """A message with a made-up id."""
    assert [] == printed(closed.says("ReportPrinted", shift_id="nothing"))


def test_signed_out_nobody_prints_a_report(closed: Till) -> None:
    """What a drawer has taken is nobody's business at an open screen."""
    assert [] == printed(prints(closed.says("SignedOut")))
