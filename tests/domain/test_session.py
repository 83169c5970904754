"""Offline sessions as the dashboard shows them (S19)."""

from datetime import timedelta

import pytest

from app.domain.session import Closed, Happening, Opened, Outcome, Session, Sold, Status, Why, running, sessions
from tests.conftest import NOW

LATER = NOW + timedelta(hours=1)
BEGIN = Opened("s1", NOW, Why.BY_HAND, "a1", "Asha")
END = Closed("s1", LATER, Why.BY_HAND, "a1", "Asha")


def only(*happenings: Happening) -> Session:
    (session,) = sessions(happenings)
    return session


def test_a_session_tells_who_when_and_how_much() -> None:
    """S19 lists start, end, the user who triggered it and the number of orders."""
    session = only(BEGIN, Sold("o1", 100), Sold("o2", 250), END)

    assert ("s1", BEGIN, END, 2, 350) == (
        session.id,
        session.opened,
        session.closed,
        len(session.orders),
        session.value,
    )


@pytest.mark.parametrize(
    ("outcomes", "ended", "status"),
    [
        ((), True, Status.SUCCESS),
        ((Outcome.BOOKED,), False, Status.OPEN),
        ((Outcome.REFUSED,), False, Status.OPEN),
        ((Outcome.BOOKED, Outcome.WAITING), True, Status.OPEN),
        ((Outcome.BOOKED, Outcome.BOOKED), True, Status.SUCCESS),
        ((Outcome.BOOKED, Outcome.REFUSED, Outcome.WAITING), True, Status.FAILED),
    ],
)
def test_the_status_follows_the_answers(outcomes: tuple[Outcome, ...], ended: bool, status: Status) -> None:
    """Success must never be shown while a sale of the session has not arrived."""
    sold = [Sold(f"o{i}", 100, outcome) for i, outcome in enumerate(outcomes)]

    assert status == only(BEGIN, *sold, *([END] if ended else [])).status


def test_orders_belong_to_the_session_they_were_made_in() -> None:
    """Two outages a day are normal; their sums must not mix."""
    second = Opened("s2", LATER, Why.CONNECTION)
    first, after = sessions([BEGIN, Sold("o1", 100), END, Sold("o2", 5), second, Sold("o3", 7)])

    assert ([100], [7]) == ([order.total for order in first.orders], [order.total for order in after.orders])


def test_a_session_whose_end_was_never_written_ends_with_the_next() -> None:
    """A register that died offline leaves no end; it must not swallow every later order."""
    first, _ = sessions([BEGIN, Sold("o1", 100), Opened("s2", LATER, Why.CONNECTION), Sold("o2", 5)])

    assert (LATER, 100) == (first.closed.at if first.closed else None, first.value)


def test_a_stray_end_changes_nothing() -> None:
    """A folder may begin in the middle of a session."""
    assert () == sessions([END])


def test_the_running_session_is_found_after_a_restart() -> None:
    """P7: a register that starts again offline goes on in the session it was in."""
    before, after = sessions([BEGIN]), sessions([BEGIN, END])

    assert ("s1", None) == (getattr(running(before), "id", None), running(after))


def test_a_session_tells_what_was_taken_with_each_tender() -> None:
    """The drawer is counted against it: a split payment counts on both sides."""
    cash, both = (("Cash", 100),), (("Cash", 50), ("Card", 200))
    session = only(BEGIN, Sold("o1", 100, tenders=cash), Sold("o2", 250, tenders=both), END)

    assert {"Cash": 150, "Card": 200} == session.tenders


def test_a_session_tells_how_far_its_orders_have_come() -> None:
    """Somebody who waits for the end of syncing wants a number."""
    sold = [Sold("o1", 1, Outcome.BOOKED), Sold("o2", 1, Outcome.BOOKED), Sold("o3", 1, Outcome.REFUSED)]
    session = only(BEGIN, *sold)

    assert (2, 0, 1) == tuple(session.count(outcome) for outcome in (Outcome.BOOKED, Outcome.WAITING, Outcome.REFUSED))
