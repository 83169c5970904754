"""Who may do what: the table is total, and its exceptions are on purpose."""

import pytest

from app.domain.policy import ALLOWED, Action, may
from app.domain.staff import Role
from tests.conftest import staff


def test_every_action_stands_in_the_table() -> None:
    """An action that was forgotten would fail in front of a customer."""
    assert set(Action) == set(ALLOWED)


@pytest.mark.parametrize("action", [Action.OVERRIDE_STOCK, Action.CONFIRM_CLOCK, Action.CORRECT_ORDER])
def test_an_associate_needs_a_manager(action: Action) -> None:
    """Selling what is not there, or under a doubtful date, is somebody's responsibility."""
    asha, ravi = staff(), staff("s2", Role.MANAGER)

    assert (False, True) == (may(asha, action), may(ravi, action))


def test_an_associate_turns_offline_mode_on_alone() -> None:
    """S1: when the internet goes there is rarely a manager beside the till."""
    assert may(staff(), Action.TURN_OFFLINE_ON)


def test_who_has_left_may_do_nothing() -> None:
    """A PIN outlives an employment by as long as the register is offline; the role must not."""
    assert not may(staff("s2", Role.MANAGER, active=False), Action.SELL)


def test_nobody_signed_in_may_do_nothing() -> None:
    """The till stands in a public room."""
    assert not may(None, Action.SELL)
