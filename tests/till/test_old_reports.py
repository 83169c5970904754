"""Z reports of shifts that are not among the newest entries any more: what was signed comes out the same again."""

import pytest

from app.till.flow.shift import NOT_READ
from app.till.shifts import all_shifts, reported
from app.till.state import Screen
from tests.fakes.disk import FakeJournal
from tests.till.test_printing import grants, prefers, printed
from tests.till.test_shift import begin, close, move, sells
from tests.till.till import Till
from tests.till.ui.page import by_id, drawn

DAY = 24 * 60 * 60


@pytest.fixture
def closed(selling: Till, monkeypatch: pytest.MonkeyPatch) -> Till:
    """A shift with two sales and cash out that was closed, and a sale after it, all booked."""
    sells(sells(move(begin(prefers(grants(selling))))))
    close(selling.says("ScreenOpened", screen="shift"), n500="3")
    sells(selling).is_judged()
    monkeypatch.setattr("app.till.recorder.FIRST", 1)
    monkeypatch.setattr("app.till.reader.RECENT", 1)
    return selling


def next_day(till: Till) -> Till:
    """Start on the next day, with only the newest entry open, as if thousands lay between."""
    till.time_passes(DAY)
    return till.starts_again().signs_in()


def report(till: Till) -> str:
    """Open the Z report, and read what is on the screen."""
    shift_id = all_shifts(till.state)[0].id
    till.says("ScreenOpened", screen="shift").says("ReportOpened", shift_id=shift_id)
    return by_id(drawn(till.state), "main").text


def test_a_report_says_the_same_after_many_more_sales(closed: Till) -> None:
    """It was signed: a second one with no sales in it would say that somebody took the money."""
    before = report(closed)
    next_day(closed)

    assert before == report(closed)
    assert (True, True) == ("Number of sales 2 " in before, "Signature" in before)


def test_it_is_printed_the_same_again(closed: Till) -> None:
    """A manager wants yesterday's paper once more."""
    shift_id = all_shifts(closed.state)[0].id
    report(closed)
    closed.says("ReportPrinted", shift_id=shift_id)
    next_day(closed)
    report(closed)
    closed.says("ReportPrinted", shift_id=shift_id)

    first, again = printed(closed)
    assert (first, True) == (again, "Number of sales                                2\n" in first)


def test_nothing_is_printed_before_it_is_read(closed: Till) -> None:
    """A message of a page that was drawn earlier must not bring out a paper without sales."""
    next_day(closed).says("ReportPrinted", shift_id=all_shifts(closed.state)[0].id)

    assert [] == printed(closed)


def test_what_is_read_for_a_report_changes_nothing_else(closed: Till) -> None:
    """Orders, stock and cash go by what the start has opened."""
    next_day(closed)
    before = closed.state.journal
    report(closed)

    assert before == closed.state.journal


def test_it_stays_on_the_screen_while_the_journal_is_read_again(closed: Till) -> None:
    """Nobody wants to look for it twice."""
    next_day(closed)
    shown = report(closed)
    closed.happens(*closed._loop.run_until_complete(closed.register._recorder.again()))

    assert shown == by_id(drawn(closed.state), "main").text


def test_a_shift_with_something_missing_in_it_has_no_report(closed: Till) -> None:
    """Too low a sum looks like any other sum."""
    del closed.device.disk.journal[3]
    closed.device.folder.files.clear()
    next_day(closed)

    assert ("Signature" in report(closed), NOT_READ) == (False, closed.state.shift.problem)


def test_a_storage_that_fails_just_then_is_said(closed: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    """It can be tried again; a page that reads for ever cannot."""
    next_day(closed)
    monkeypatch.setattr(closed.device.disk, "unreadable", 1)
    refused = report(closed), closed.state.shift.problem
    again = report(closed)

    assert ("Signature" in refused[0], NOT_READ, True, "") == (
        False,
        refused[1],
        "Signature" in again,
        closed.state.shift.problem,
    )
    assert "report" in closed.device.disk.local
    closed.device.disk.local.pop("report")


@pytest.mark.parametrize("leaving", ["ScreenOpened", "SignedOut"])
def test_a_report_that_nobody_waits_for_does_not_come(
    closed: Till, monkeypatch: pytest.MonkeyPatch, leaving: str
) -> None:
    """Somebody else has signed in meanwhile, or is looking at something else."""
    next_day(closed).says("ScreenOpened", screen="shift")
    shift_id, read = all_shifts(closed.state)[0].id, FakeJournal.read

    async def leaves(self: FakeJournal, *asked: tuple[int, int]) -> tuple[bytes, ...]:
        monkeypatch.setattr(FakeJournal, "read", read)
        closed.register.receive(f'{{"event":"{leaving}","screen":"sell"}}' if leaving != "SignedOut" else SIGNED_OUT)
        return await read(self, *asked)

    monkeypatch.setattr(FakeJournal, "read", leaves)
    closed.says("ReportOpened", shift_id=shift_id)

    assert (True, "", "") == (closed.state.screen is not Screen.SHIFT, closed.state.shift.report, closed.state.trouble)


SIGNED_OUT = '{"event":"SignedOut"}'


def test_the_shift_that_runs_needs_no_reading(closed: Till) -> None:
    """Its X report is looked at all day."""
    sells(begin(next_day(closed)))
    shift = all_shifts(closed.state)[-1]

    assert (1, shift) == (len(shift.orders), reported(closed.state, shift.id))


def test_of_two_reports_the_one_that_was_pressed_last_comes(closed: Till) -> None:
    """Both are being read; the answer to the first must not undo the second."""
    close(begin(closed), n500="2")
    sells(closed).is_judged()
    first, second = (each.id for each in all_shifts(next_day(closed).state))
    asked = [("ReportOpened", {"shift_id": each}) for each in (first, second)]
    closed.says("ScreenOpened", screen="shift").says_at_once(*asked)

    assert (second, "") == (closed.state.shift.report, closed.state.shift.reading)
