"""How products stand on the screen is each register's own choice."""

import pytest

from app.till.flow.display import remembered
from app.till.slices.display import Display, Layout, Size
from tests.till.till import Till


def test_a_chosen_display_outlasts_a_restart(selling: Till) -> None:
    """Whoever set the register up does it once."""
    selling.says("LayoutChosen", value="list").says("SizeChosen", value="large").starts_again()

    assert Display(Layout.LIST, Size.LARGE) == selling.state.display


@pytest.mark.parametrize("text", ["", "list", "shelf huge", "\x00 \x00", "list large and more"])
def test_what_is_no_display_is_the_usual_one(text: str) -> None:
    """The setting may be of another version, or half written."""
    assert remembered(text).size is Size.MEDIUM


def test_a_wish_that_is_no_choice_changes_nothing(selling: Till) -> None:
    """A page may say anything."""
    selling.says("LayoutChosen", value="shelf").says("SizeChosen", value="")

    assert Display() == selling.state.display
