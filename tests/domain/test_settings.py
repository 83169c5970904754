"""What a register may do: what the store allows, and what its own switches leave of it."""

import pytest

from app.domain.settings import Channel, Settings
from tests.conftest import seller, settings

CASES = [
    # store, register R1's own switch, what R1 and R2 may
    (True, None, (True, True)),
    (True, True, (True, True)),
    (True, False, (False, True)),
    (False, None, (False, False)),
    (False, True, (False, False)),
]


@pytest.mark.parametrize(("store", "own", "expected"), CASES)
def test_offline_mode_needs_the_store_and_the_register(
    store: bool, own: bool | None, expected: tuple[bool, bool]
) -> None:
    """O1 switches it for all, P1 for one register; one that is not named follows the store."""
    channels = () if own is None else (Channel(register="R1", offline_mode=own),)
    given = settings(offline_mode=store, channels=channels)

    assert expected == (given.offline_at("R1"), given.offline_at("R2"))


@pytest.mark.parametrize(("store", "own", "expected"), CASES)
def test_auto_detect_needs_the_store_and_the_register(
    store: bool, own: bool | None, expected: tuple[bool, bool]
) -> None:
    """P1: the second switch goes the same way."""
    channels = () if own is None else (Channel(register="R1", auto_detect=own),)
    given = settings(auto_detect=store, channels=channels)

    assert expected == (given.detects_at("R1"), given.detects_at("R2"))


def test_a_fresh_store_has_neither() -> None:
    """O1, P1: default off; until somebody allows it the POS has no Offline Mode."""
    fresh = Settings(store="DS01", seller=seller())

    assert (False, False) == (fresh.offline_at("R1"), fresh.detects_at("R1"))
