"""Pricing in the back office: limits that are read once, reach every register, and show up in the reports."""

import csv
import io

import pytest

from server.oms.oms import Oms
from tests.conftest import line
from tests.server.browser import Browser
from tests.server.office.office import Office, told, trail
from tests.server.test_by_hand import manual, sold

LIMITS = {
    **{f"associate-{limit}": "5" for limit in ("line", "order")},
    "associate-below": "0",
    "associate-above": "",
    **{f"manager-{limit}": "12.5 %" for limit in ("line", "order", "below")},
    "manager-above": "0.5",
    "reasons": "Price match, Tag lost,, Price match",
}


def test_limits_reach_registers_and_the_trail(oms: Oms, register: Browser, admin: Office) -> None:
    """What the owner decides holds at every till, and it is known who decided."""
    assert 303 == admin.sends("settings/pricing", **LIMITS).status_code

    there = told(register, "settings")["DS01"]
    assert {"line": 500, "order": 500, "below": 0, "above": 0} == there["leeways"]["associate"]
    assert {"line": 1250, "order": 1250, "below": 1250, "above": 50} == there["leeways"]["manager"]
    assert ["Price match", "Tag lost"] == there["discount_reasons"]
    assert ["settings"] == [action for _, action, *_ in trail(oms)]


def test_the_page_shows_what_holds(admin: Office) -> None:
    """As it was typed."""
    admin.sends("settings/pricing", **LIMITS)

    page = admin.opens("settings/pricing")
    assert ['value="12.5"', 'value="0.5"', 'value="Price match, Tag lost"'] == [
        value for value in ('value="12.5"', 'value="0.5"', 'value="Price match, Tag lost"') if value in page
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"associate-line": "101"},
        {"manager-order": "-1"},
        {"manager-below": "ten"},
        {"reasons": "x" * 61},
        {"reasons": ",".join(str(number) for number in range(13))},
    ],
)
def test_what_is_no_limit_is_not_saved(register: Browser, admin: Office, wrong: dict[str, str]) -> None:
    """One slip must not set the other limits either; what was typed stays in the form."""
    before = told(register, "settings")
    reply = admin.sends("settings/pricing", **(LIMITS | wrong))

    assert (422, before) == (reply.status_code, told(register, "settings"))
    assert "Nothing was saved." in reply.text
    assert next(iter(wrong.values())) in reply.text


def test_a_manager_of_the_office_may_look_but_not_change(manager: Office) -> None:
    """Limits are the owner's."""
    assert "Off a line" in manager.opens("settings/pricing")
    assert 403 == manager.sends("settings/pricing", **LIMITS).status_code


@pytest.mark.parametrize(("by", "row"), [("given_reason", "Damaged packing"), ("given_associate", "Asha")])
def test_what_was_given_is_a_report_and_a_file(register: Browser, admin: Office, by: str, row: str) -> None:
    """Who gives how much away, and why."""
    register.push(register.sale(sold(line(manual=manual()))))

    asked = {"by": by, "since": "2026-11-01", "until": "2026-11-30"}
    page, file = admin.opens("reports", **asked), admin.opens("reports", **asked, format="csv")

    assert row in page
    assert [row, "1", "0", "49.90"] == list(csv.reader(io.StringIO(file.removeprefix("\ufeff"))))[1]


def test_an_order_tells_who_gave_what(register: Browser, admin: Office) -> None:
    """The page of the order names amount, reason, and who let it pass."""
    off = manual(5_000, approver_id="ravi", approved_by="Ravi")
    register.push(register.sale(sold(line(manual=off), id="gift"), id="gift"))

    page = admin.opens("orders/gift")

    assert "Discount (Cotton Kurta) ₹\xa0249.50: Damaged packing. Allowed by Ravi." in page
