"""Room is judged before it ends, in what a shop understands: how many more sales."""

import pytest

from app.sync.banner import BannerKind, banner
from app.sync.room import LEAST, LITTLE, Room, fitting, room
from app.sync.status import Link
from tests.sync.everything import known


@pytest.mark.parametrize(
    ("free", "expected"),
    [
        (None, Room.ENOUGH),
        (LITTLE, Room.ENOUGH),
        (LITTLE - 1, Room.LITTLE),
        (LEAST, Room.LITTLE),
        (LEAST - 1, Room.LEAST),
        (0, Room.LEAST),
    ],
)
def test_what_is_left_is_judged(free: int | None, expected: Room) -> None:
    """A browser that says nothing is no alarm."""
    assert expected is room(free)


@pytest.mark.parametrize(("free", "sales"), [(199_000_000, 39_000), (12_345_678, 2_400), (43_000, 8), (0, 0), (-1, 0)])
def test_how_many_sales_fit_is_told_in_round_numbers(free: int, sales: int) -> None:
    """An exact number would be a promise."""
    assert sales == fitting(free)


def test_a_device_that_is_almost_full_needs_a_person() -> None:
    """Little room is told where one looks; the least is told to everybody, in an outage too."""
    shown = [banner(known(room=left)).kind for left in Room]

    assert [BannerKind.NONE, BannerKind.NONE, BannerKind.ATTENTION] == shown
    assert (
        "Internet is not connected. This device is almost full."
        in banner(known(room=Room.LEAST, link=Link.NO_SERVER)).text
    )
