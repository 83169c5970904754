"""Room is looked at while the till runs, and people are told before a sale is refused."""

import pytest

from app.sync.room import Room
from app.till.selectors import known
from tests.till.till import Till
from tests.till.ui.page import drawn
from tests.till.ui.stages import STAGE


def test_room_is_looked_at_again_and_again(selling: Till) -> None:
    """A disk fills up in the middle of a day, and a till is never started anew."""
    selling.hears()
    selling.device.page.free = 150_000_000
    selling.time_passes(9 * 60)
    before = known(selling.state).room

    selling.time_passes(2 * 60)

    assert (Room.ENOUGH, Room.LITTLE) == (before, known(selling.state).room)


def test_who_frees_space_sees_it_soon(selling: Till) -> None:
    """The less there is, the more often it is looked at."""
    selling.device.page.free = 20_000_000
    selling.time_passes(11 * 60)
    selling.device.page.free = 10**9
    full = known(selling.state).room

    selling.time_passes(16)

    assert (Room.LEAST, Room.ENOUGH) == (full, known(selling.state).room)


def test_selling_goes_on_while_there_is_any(selling: Till) -> None:
    """A warning is no refusal."""
    selling.device.page.free = 0
    selling.time_passes(11 * 60)

    selling.signs_in().picks().pays()

    assert (Room.LEAST, 1) == (known(selling.state).room, len(selling.orders()))


@pytest.mark.parametrize("stage", ["readiness-little", "status-full"])
def test_what_is_left_is_told_where_one_looks(stage: str) -> None:
    """How much, what is safe, and what to do: in the popup of the blue cloud and on Status."""
    said = drawn(STAGE[stage]()).text

    assert "are free for Store OS: room for about" in said
    assert "Saved sales are safe. Delete files" in said


def test_a_register_is_called_ready_once_the_app_is_kept_too(selling: Till) -> None:
    """All data is here, and the browser has not kept the app yet: closed now, it would not start without a network."""
    selling.device.page.app = False
    selling.starts_again()
    before = known(selling.state)
    selling.device.page.app = True

    selling.time_passes(3)

    assert (True, False, True) == (before.ready, before.lasts, known(selling.state).lasts)
