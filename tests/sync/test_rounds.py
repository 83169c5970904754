"""How far contents were compared: a round goes on at the next start, and begins anew after a week."""

from datetime import timedelta

from app.sync.rounds import EVERY, Round, advanced, begun, read_round
from tests.conftest import NOW


def test_a_round_goes_on_where_it_stood() -> None:
    """Tens of thousands of files are never read at one start."""
    kept = advanced(Round(folder="sales"), 700, 0, NOW).model_dump_json()

    assert 700 == begun(read_round(kept, "sales"), NOW).due


def test_a_round_that_is_over_begins_again_after_a_week() -> None:
    """A disk may spoil a file that was whole before; but a till has more to do than to read it every morning."""
    over = advanced(Round(folder="sales"), 40, 40, NOW)

    assert [0, 0, None] == [begun(over, NOW + later).due for later in (timedelta(), EVERY / 2, EVERY)]


def test_a_clock_that_went_back_does_not_stop_the_rounds() -> None:
    """Set back by years, "a week later" would never come."""
    over = advanced(Round(folder="sales"), 0, 0, NOW)

    assert begun(over, NOW - timedelta(days=400)).due is None


def test_another_folder_was_never_compared() -> None:
    """And a record that is damaged says nothing."""
    kept = advanced(Round(folder="sales"), 700, 0, NOW).model_dump_json()

    assert [Round(folder="usb"), Round(folder="sales")] == [read_round(kept, "usb"), read_round("{", "sales")]
