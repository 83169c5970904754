"""What a register says where the browser gave it no folder."""

import pytest

from app.sync.status import FolderState
from app.till.events import FolderSeen
from tests.till.till import Till


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("AbortError", "No folder was chosen."),
        ("NotAllowedError", "The folder was not allowed."),
        ("UnknownError", "The folder was not granted (UnknownError)."),
        ("", "The folder was not granted."),
    ],
)
def test_a_refused_folder_says_why_and_what_is_safe(selling: Till, why: str, said: str) -> None:
    """Someone closed the picker; nothing is lost by it, and the browser's word for it would only frighten."""
    selling.happens(FolderSeen(FolderState.NONE, ""))
    selling.says("FolderRefused", why=why)

    assert selling.state.trouble.startswith(f"{said} Sales are safe in this browser.")


def test_a_picker_that_was_closed_leaves_the_folder_that_works(selling: Till) -> None:
    """Nobody should choose a folder anew because they are told that there is none."""
    selling.happens(FolderSeen(FolderState.OK, "Offline sales"))
    selling.says("FolderRefused", why="AbortError")

    assert selling.state.trouble == "No folder was chosen. The folder that was chosen before is written as before."
