"""The clock is set back while the till runs: nothing that was to come again waits until it has caught up."""

from datetime import timedelta

import pytest

from app.till.flow.processing import is_past
from app.till.flow.step import replace
from app.till.selectors import LONGEST_WAIT, locked, pin_wait
from app.till.standing import elapsed, known
from tests.conftest import NOW
from tests.till.till import Till

A_YEAR = timedelta(days=365)


def set_back(till: Till, by: timedelta = A_YEAR) -> Till:
    till.device.clock.at -= by
    till.hears()
    return till


def test_a_wait_after_wrong_pins_ends(till: Till) -> None:
    """The manager was locked out in 2027; it is 2026 again, and the shop has to open."""
    for _ in range(5):
        till.signs_in("ravi", "9999")
    set_back(till)
    waits = pin_wait(till.state, "ravi")
    till.time_passes(LONGEST_WAIT)
    till.signs_in("ravi", "2222")

    assert (LONGEST_WAIT, "ravi") == (waits, getattr(till.state.sign_in.user, "id", ""))


def test_an_idle_screen_locks(selling: Till) -> None:
    """Somebody set the clock right and left: the till must not stand open for a year."""
    set_back(selling)

    assert locked(selling.state)


def test_a_second_more_or_less_locks_nobody_out(selling: Till) -> None:
    """The network corrects clocks all day long."""
    set_back(selling, timedelta(seconds=2))

    assert not locked(selling.state)


def test_the_banner_of_a_sync_goes(selling: Till) -> None:
    """ "All synced" for a year would hide everything that a banner has to say."""
    selling.goes_offline()
    selling.comes_back()
    selling.register.loop.state = replace(
        selling.state, connection=replace(selling.state.connection, synced_at=selling.device.clock.at)
    )
    shown = known(selling.state).just_synced
    set_back(selling)

    assert (True, False) == (shown, known(selling.state).just_synced)


@pytest.mark.parametrize("hours", [-30, -1, 1, 30])
def test_what_has_elapsed_has_no_sign(selling: Till, hours: int) -> None:
    """Every pause of the till is measured so."""
    state = replace(selling.state, now=NOW + timedelta(hours=hours))

    assert timedelta(hours=abs(hours)) == elapsed(state, NOW)


@pytest.mark.parametrize(("seconds", "past"), [(-1, True), (0, True), (5, False), (599, False), (86_400, True)])
def test_a_card_is_not_processed_a_day_late(selling: Till, seconds: int, past: bool) -> None:
    """Its next try was noted by a clock that ran ahead: longer than the longest pause it never waits."""
    state = replace(selling.state, now=NOW)

    assert past is is_past(state, NOW + timedelta(seconds=seconds))
