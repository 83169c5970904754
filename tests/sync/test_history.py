"""What is kept of the last syncs: little, in order, and a bad line does not push out the rest."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.sync.history import MOST, Did, Happened, History, Outcome, noted
from tests.conftest import NOW


def happened(did: Did, minutes: float, outcome: Outcome = Outcome.DONE, count: int = 0) -> Happened:
    at = NOW + timedelta(minutes=minutes)
    return Happened(did=did, since=at, at=at, outcome=outcome, count=count)


def after(*items: Happened) -> History:
    history = History()
    for item in items:
        history = noted(history, item)
    return history


def test_the_newest_stands_on_top() -> None:
    """Whoever is on the phone with support reads the first line aloud."""
    history = after(happened(Did.CHECKED, 0), happened(Did.SENT, 1, count=2))

    assert [Did.SENT, Did.CHECKED] == [item.did for item in history.items]


def test_the_same_again_is_counted_up() -> None:
    """A hundred failures in a row are one line that says a hundred, with when it began and when it was last."""
    history = after(*(happened(Did.SENT, n / 10, Outcome.SILENT) for n in range(100)), happened(Did.CHECKED, 10))
    line = history.items[1]

    assert (2, 100) == (len(history.items), line.times)
    assert (NOW, NOW + timedelta(minutes=9.9)) == (line.since, line.at)


def test_success_and_failure_are_two_lines() -> None:
    """A line that says 14 sent must not hide the one that failed."""
    history = after(
        happened(Did.SENT, 0, count=3), happened(Did.SENT, 1, Outcome.SILENT), happened(Did.SENT, 2, count=1)
    )

    assert [(Outcome.DONE, 4), (Outcome.SILENT, 0)] == [(item.outcome, item.count) for item in history.items]


def test_after_a_while_a_new_line_begins() -> None:
    """Otherwise the morning and the evening would be one line."""
    assert 2 == len(after(happened(Did.SENT, 0), happened(Did.SENT, 15)).items)


def test_it_never_grows_beyond_its_bound() -> None:
    """It is written at each sync, for years; the oldest go first."""
    history = after(*(happened(Did.SENT, 20 * n, count=n) for n in range(100)))

    assert list(range(99, 99 - MOST, -1)) == [item.count for item in history.items]


@given(st.lists(st.tuples(st.sampled_from(Did), st.sampled_from(Outcome), st.integers(0, 600)), max_size=200))
def test_nothing_is_lost_in_counting_up(given_: list[tuple[Did, Outcome, int]]) -> None:
    """Whatever happens when: as long as nothing was forgotten, the times add up."""
    history = after(*(happened(did, minutes, outcome) for did, outcome, minutes in given_))
    times = sum(item.times for item in history.items)

    assert times == len(given_) or len(history.items) == MOST
