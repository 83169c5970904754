"""What may leave a browser: old, at the OMS, needed by nobody, and never half a shift or half a session."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.shift import Closed, Opened
from app.sync.bodies import Shift
from app.sync.checkpoint import Anchor, anchor, head_at, read_mark, written
from app.sync.entry import Kind
from app.sync.journal import Head, resume
from app.sync.protocol import VerdictKind
from app.sync.pruning import Beginning, Old, longer
from tests.conftest import NOW
from tests.sync.entries import chain, entry, head, verdict

HOUR = timedelta(hours=1)
OPENED = Shift(happened=Opened(shift_id="s", at=NOW, opening_float=0, staff_id="asha", staff_name="Asha"))
CLOSED = Shift(
    happened=Closed(shift_id="s", number=7, at=NOW, count=(), expected=0, staff_id="asha", staff_name="Asha")
)


@pytest.mark.parametrize("kind", VerdictKind)
def test_only_what_the_oms_has_goes(kind: VerdictKind) -> None:
    """What was refused lies here alone: it stays, and so does all that comes after it."""
    one = entry(head())
    said = verdict(one, kind).model_copy(update={"at": NOW - HOUR})

    goes = Old(NOW, {one.digest: said}).has(one)

    assert (kind in {VerdictKind.ACCEPTED, VerdictKind.DUPLICATE, VerdictKind.ATTENTION}) == goes


@pytest.mark.parametrize(("at", "goes"), [(NOW - HOUR, True), (NOW, True), (NOW + HOUR, False), (None, False)])
def test_only_what_is_old_goes(at: object, goes: bool) -> None:
    """Ninety days are shown at the counter; when the OMS does not say since when it has it, nobody knows."""
    one = entry(head())

    assert goes == Old(NOW, {one.digest: verdict(one).model_copy(update={"at": at})}).has(one)


def test_what_is_needed_or_has_no_verdict_stays() -> None:
    """A card that waits for its processor is found by its order."""
    one = entry(head())
    said = {one.digest: verdict(one).model_copy(update={"at": NOW - HOUR})}

    assert (False, False) == (Old(NOW, said, frozenset({one.digest})).has(one), Old(NOW, {}).has(one))


def test_no_shift_is_cut_in_two() -> None:
    """Its cash is the sum of its entries; and the number of its report has to be known to the next one."""
    opened = longer(Beginning(head()), entry(head(), Kind.SHIFT), OPENED)
    sold = longer(opened, entry(opened.head), None)
    closed = longer(sold, entry(sold.head, Kind.SHIFT), CLOSED)

    assert ([False, False, True], 7) == ([each.whole for each in (opened, sold, closed)], closed.reports)


def test_a_shift_that_does_not_open_ends_nothing() -> None:
    """A newer version wrote it: who cannot read it removes nothing behind it."""
    assert not longer(Beginning(head()), entry(head(), Kind.SHIFT), None).whole


def test_no_session_is_cut_in_two() -> None:
    """A session with half of its orders would be told with half of its money."""
    opened = longer(Beginning(head()), entry(head(), Kind.SESSION_OPENED), None)
    sold = longer(opened, entry(opened.head), None)
    closed = longer(sold, entry(sold.head, Kind.SESSION_CLOSED), None)

    assert [False, False, True] == [each.whole for each in (opened, sold, closed)]


@given(st.integers(0, 6))
def test_from_any_anchor_the_head_is_that_of_the_whole(place: int) -> None:
    """Chain, numbers and time go on as if everything were there."""
    entries = chain(6)
    beginning = Beginning(head())
    for one in entries[:place]:
        beginning = longer(beginning, one, None)

    mark = read_mark(Anchor, written(anchor(beginning.head, beginning.reports)), head())

    assert mark is not None
    found = resume([one.line for one in entries[place:]], head_at(mark, head()))
    assert isinstance(found, Head)
    assert resume([one.line for one in entries], head()) == found
