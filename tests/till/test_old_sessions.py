"""Offline sessions of which a start opens only a part: their orders are settled, while an end of them still waits."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.sync.entry import Kind
from app.till.past import offline_sessions
from app.till.slices.sessions import SessionFilter
from app.till.ui.sessions import offline_sessions as sessions_table
from tests.till.till import Till
from tests.till.ui.page import by_id, drawn

OLDER = "Older sessions are in the back office."


@pytest.fixture
def sold(selling: Till, monkeypatch: pytest.MonkeyPatch) -> Till:
    """A session with two sales; all is booked but its beginning, and the register sold on online."""
    selling.goes_offline()
    for _ in range(2):
        selling.picks("shirt", "shirt-m").pays().says("SaleLeft")
    selling.comes_back()
    selling.time_passes(2)
    selling.picks().pays().says("SaleLeft")
    selling.is_judged()
    begin = next(entry for entry in selling.entries() if entry.header.kind is Kind.SESSION_OPENED)
    del selling.device.shelf.kept_verdicts[begin.digest]
    monkeypatch.setattr("app.till.recorder.FIRST", 1)
    monkeypatch.setattr("app.till.reader.RECENT", 1)
    return selling


def next_day(till: Till) -> Till:
    """Start on the next day, with only the newest entry open, as if thousands lay between."""
    till.device.clock.at += timedelta(days=1)
    return till.starts_again().signs_in()


def settings(till: Till) -> str:
    return by_id(drawn(till.says("ScreenOpened", screen="settings").state), "main").text


def test_a_session_without_its_orders_is_not_listed(sold: Till) -> None:
    """A line that says 0 orders and 0.00 is believed; that it stands in the back office is true."""
    before = [len(one.orders) for one in offline_sessions(sold.state.journal)], OLDER in settings(sold)
    next_day(sold)

    assert (([2], False), (), True) == (before, offline_sessions(sold.state.journal), OLDER in settings(sold))


@pytest.mark.parametrize(
    ("whole", "says"), [(False, "just being opened. They come in a moment"), (True, "in the back")]
)
def test_it_is_said_where_the_older_ones_are(sold: Till, says: str, *, whole: bool) -> None:
    """Nobody must look in the back office for a session that is here in a moment."""
    journal = replace(next_day(sold).state.journal, whole=whole)

    shown = str(sessions_table(journal=journal, filter_=SessionFilter(), zone="UTC"))
    assert f"Older sessions are {says}" in shown


def test_one_that_is_whole_stays_beside_one_that_is_not(sold: Till) -> None:
    """The outage of this morning is looked for this morning."""
    next_day(sold).goes_offline()
    sold.picks().pays().says("SaleLeft")
    sold.comes_back()

    assert [1] == [len(one.orders) for one in offline_sessions(sold.state.journal)]


def test_a_session_whose_end_is_not_open_does_not_go_on(sold: Till) -> None:
    """Its end is in the journal: an outage that the register starts in would be in no session at all."""
    sold.online_at_start = False
    next_day(sold).goes_offline()
    sold.time_passes(2)

    assert 2 == [entry.header.kind for entry in sold.entries()].count(Kind.SESSION_OPENED)
