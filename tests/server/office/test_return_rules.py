"""Returns in the back office's settings: a limit and reasons that are read once and reach every register."""

import pytest

from server.oms.oms import Oms
from tests.server.browser import Browser
from tests.server.office.office import Office, told, trail

RULES = {"limit": "₹ 1,500.50", "reasons": "Wrong colour, Faulty,, Wrong colour"}


def test_the_limit_and_the_reasons_reach_registers_and_the_trail(oms: Oms, register: Browser, admin: Office) -> None:
    """What the owner decides holds at every till, and it is known who decided and what held before."""
    assert 303 == admin.sends("settings/returns", **RULES).status_code

    there = told(register, "settings")["DS01"]
    assert (1_500_50, ["Wrong colour", "Faulty"]) == (there["return_limit"], there["return_reasons"])
    ((who, action, _, before, after, _),) = trail(oms)
    assert ("admin", "settings") == (who, action)
    assert (2_000_00, 1_500_50) == (before["return_limit"], after["return_limit"])


def test_nothing_else_changes(register: Browser, admin: Office) -> None:
    """A form of two fields must not set a third."""
    before = told(register, "settings")["DS01"]
    admin.sends("settings/returns", **RULES)

    after = told(register, "settings")["DS01"]
    assert {"return_limit", "return_reasons"} == {name for name in after if after[name] != before[name]}


def test_the_page_shows_what_holds(admin: Office) -> None:
    """As it can be typed again."""
    admin.sends("settings/returns", **RULES)

    page = admin.opens("settings/returns")
    assert [] == [value for value in ('value="1500.50"', 'value="Wrong colour, Faulty"') if value not in page]


def test_nought_and_no_reason_are_an_answer(register: Browser, admin: Office) -> None:
    """A store may want a manager at every return, and every reason in the associate's own words."""
    admin.sends("settings/returns", limit="0", reasons="")

    there = told(register, "settings")["DS01"]
    assert (0, []) == (there["return_limit"], there["return_reasons"])


@pytest.mark.parametrize(
    "wrong",
    [
        {"limit": "much"},
        {"limit": "-1"},
        {"limit": "1.005"},
        {"limit": "9" * 14},
        {"limit": ""},
        {"reasons": "x" * 61},
        {"reasons": ",".join(str(number) for number in range(13))},
    ],
)
def test_what_is_no_rule_is_not_saved(register: Browser, admin: Office, wrong: dict[str, str]) -> None:
    """A slip must not let everything come back, or nothing; what was typed stays in the form."""
    before = told(register, "settings")
    reply = admin.sends("settings/returns", **(RULES | wrong))

    assert (422, before) == (reply.status_code, told(register, "settings"))
    assert "Nothing was saved." in reply.text
    assert f'value="{next(iter(wrong.values()))}"' in reply.text


def test_a_manager_of_the_office_may_look_but_not_change(manager: Office) -> None:
    """Limits are the owner's."""
    page = manager.opens("settings/returns")

    assert ("Without a manager" in page, "Save" in page) == (True, False)
    assert 403 == manager.sends("settings/returns", **RULES).status_code
