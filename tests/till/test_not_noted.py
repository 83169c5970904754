"""A disk that takes no setting is said once: the register goes on, and nobody is told that nothing was changed."""

import pytest

from app.till.effects import MendFolder
from app.till.flow.starting import NOT_NOTED, NOT_NOTED_FULL
from app.till.flow.step import Step
from app.till.loop import SORRY
from app.till.state import Screen
from tests.till.till import Till

MANY = 300
"""Writes that fail one after the other: without an end to it all of them would be tried."""
SWITCHES = [
    ("OfflineSwitched", {}),
    ("LanguageChosen", {"value": "hi"}),
    ("AutoSyncSwitched", {}),
]


@pytest.mark.parametrize(("fault", "said"), [("full", NOT_NOTED_FULL), ("breaks before", NOT_NOTED)])
def test_a_wrong_pin_that_cannot_be_noted_is_said_once(till: Till, fault: str, said: str) -> None:
    """A report of the failure would fail like it, and be reported in turn: the register would do nothing else."""
    till.device.disk.faults = [fault] * MANY
    till.signs_in(pin="9999")
    left = len(till.device.disk.faults)
    till.device.disk.faults = []

    assert (MANY - 1, said) == (left, till.state.trouble)
    assert Screen.SELL is till.says("TroubleSeen").signs_in().state.screen


@pytest.mark.parametrize(("event", "fields"), SWITCHES)
def test_a_setting_that_cannot_be_noted_holds(selling: Till, event: str, fields: dict[str, object]) -> None:
    """It did change: a sentence that nothing was changed would have it switched a second time."""
    before = selling.state
    selling.device.disk.faults = ["full"]
    selling.says(event, **fields)
    now = selling.state

    assert (NOT_NOTED_FULL, []) == (now.trouble, selling.device.disk.faults)
    assert (before.connection.manual, before.connection.auto_sync, before.language) != (
        now.connection.manual,
        now.connection.auto_sync,
        now.language,
    )


def test_a_setting_that_was_not_noted_is_none_of_the_courier(selling: Till) -> None:
    """It would read the disk for nothing."""
    selling.device.disk.faults = ["full"]
    before = list(selling.device.channel.said)
    selling.says("LanguageChosen", value="hi")

    assert before == selling.device.channel.said


@pytest.mark.parametrize("fault", ["full", "breaks before"])
def test_a_bug_is_said_though_its_report_cannot_be_written(selling: Till, fault: str) -> None:
    """The report is for support; the person at the till goes on without it."""

    async def broken() -> tuple[bool, int | None, int | None]:
        selling.device.disk.faults = [fault] * MANY
        raise RuntimeError("quota")

    selling.device.page.storage = broken  # type: ignore[method-assign]
    selling.says("ScreenOpened", screen="status")

    assert (SORRY, MANY - 1) == (selling.state.trouble, len(selling.device.disk.faults))


@pytest.mark.parametrize("fault", ["full", "breaks before"])
def test_how_far_the_folder_was_compared_is_no_matter_of_the_shop(selling: Till, fault: str) -> None:
    """The next round begins where this one did: nothing is lost by that, and nobody can do anything about it."""
    selling.picks().pays()
    selling.device.disk.faults = [fault]
    selling.takes(Step(selling.state, (MendFolder(),)))

    assert ("", []) == (selling.state.trouble, selling.device.disk.faults)
