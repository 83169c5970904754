"""Extras on the screen: under their line, and disabled offline with the reason."""

import pytest

from tests.till.ui.page import Node, by_id
from tests.till.ui.stages import stage_page


def boxes(stage: str) -> list[Node]:
    return [node for node in stage_page(stage).walk() if node.attrs.get("type") == "checkbox"]


def test_what_is_chosen_is_checked() -> None:
    """The dialog shows the cart as it is."""
    assert [True, False] == ["checked" in box.attrs for box in boxes("extras")]


@pytest.mark.parametrize(
    ("stage", "why"), [("sell-extras-offline", "extras-why"), ("extras-offline", "extras-dialog-why")]
)
def test_offline_the_reason_is_there(stage: str, why: str) -> None:
    """S16: disabled with the reason, not hidden."""
    assert "internet" in by_id(stage_page(stage), why).text


def test_offline_every_button_is_disabled() -> None:
    """And says to a screen reader why."""
    buttons = [node for node in stage_page("sell-extras-offline").walk() if (node.id or "").endswith("-extras")]

    assert [(True, "extras-why")] * 2 == [("disabled" in one.attrs, one.attrs["aria-describedby"]) for one in buttons]


def test_offline_every_box_is_disabled() -> None:
    """The dialog may have been open when the line went."""
    assert all("disabled" in box.attrs for box in boxes("extras-offline"))
