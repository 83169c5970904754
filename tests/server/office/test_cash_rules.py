"""Cash in the back office's settings: limits, shifts and denominations are read once and reach every register."""

import pytest

from server.oms.oms import Oms
from tests.server.browser import Browser
from tests.server.office.office import Office, told, trail

RULES = {
    "limit": "₹ 1,500.50",
    "required": "on",
    "denominations": "2000, 500,, 0.50",
    "notes": "Ribbon, Fragile, Ribbon",
}
NAMES = ("cash_out_limit", "shift_required", "denominations", "common_notes")


def test_what_is_set_reaches_registers_and_the_trail(oms: Oms, register: Browser, admin: Office) -> None:
    """What the owner decides holds at every till, and it is known who decided and what held before."""
    assert 303 == admin.sends("settings/cash", **RULES).status_code

    there = told(register, "settings")["DS01"]
    assert [1_500_50, True, [2_000_00, 500_00, 50], ["Ribbon", "Fragile"]] == [there[name] for name in NAMES]
    ((who, action, _, before, after, _),) = trail(oms)
    assert ("admin", "settings") == (who, action)
    assert (2_000_00, 1_500_50) == (before["cash_out_limit"], after["cash_out_limit"])


def test_nothing_else_changes(register: Browser, admin: Office) -> None:
    """A form of four fields must not set a fifth."""
    before = told(register, "settings")["DS01"]
    admin.sends("settings/cash", **RULES)

    after = told(register, "settings")["DS01"]
    assert set(NAMES) == {name for name in after if after[name] != before[name]}


def test_the_page_shows_what_holds(admin: Office) -> None:
    """As it can be typed again."""
    admin.sends("settings/cash", **RULES)

    page = admin.opens("settings/cash")
    values = ('value="1500.50"', 'value="2000, 500, 0.50"', 'value="Ribbon, Fragile"', 'value="on" checked')
    assert [] == [value for value in values if value not in page]


def test_nought_no_shift_and_no_note_are_an_answer(register: Browser, admin: Office) -> None:
    """A store may want a manager each time, sell without shifts, and have nothing to note."""
    admin.sends("settings/cash", **RULES)
    admin.sends("settings/cash", limit="0", denominations="1", notes="")

    there = told(register, "settings")["DS01"]
    assert [0, False, [1_00], []] == [there[name] for name in NAMES]


@pytest.mark.parametrize(
    "wrong",
    [
        {"limit": "much"},
        {"limit": "-1"},
        {"limit": ""},
        {"limit": "9" * 14},
        {"denominations": ""},
        {"denominations": "500, note"},
        {"denominations": "500, 0"},
        {"denominations": "500, -1"},
        {"denominations": "0.005"},
        {"denominations": "10000.01, 500"},
        {"denominations": "100, 500"},
        {"denominations": "500, 500"},
        {"denominations": "2,500, 100"},
        {"denominations": ", ".join(str(number) for number in range(21, 0, -1))},
        {"notes": "x" * 61},
        {"notes": ",".join(str(number) for number in range(13))},
    ],
)
def test_what_is_no_rule_is_not_saved(register: Browser, admin: Office, wrong: dict[str, str]) -> None:
    """A slip must not make a drawer that nobody can count; what was typed stays in the form, the tick too."""
    before = told(register, "settings")
    reply = admin.sends("settings/cash", **(RULES | wrong))

    assert (422, before) == (reply.status_code, told(register, "settings"))
    assert "Nothing was saved." in reply.text
    assert [f'value="{next(iter(wrong.values()))}"' in reply.text, 'value="on" checked' in reply.text] == [True, True]


def test_a_manager_of_the_office_may_look_but_not_change(manager: Office) -> None:
    """Limits are the owner's."""
    page = manager.opens("settings/cash")

    assert ("Cash out without a manager" in page, "Save" in page) == (True, False)
    assert 403 == manager.sends("settings/cash", **RULES).status_code
