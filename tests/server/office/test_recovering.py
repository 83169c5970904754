"""Registers → a lost one: the code is shown once, and everybody sees who goes on for whom."""

import re

from server.oms.oms import Oms
from tests.conftest import order
from tests.server.browser import Browser, recovered
from tests.server.office.office import Office, trail


def code(admin: Office) -> str:
    """Press the button and read the code."""
    found = re.search(r'id="code">([0-9-]+)<', admin.sends("registers/R1/recovery-code").text)
    assert found is not None
    return found[1]


def test_a_code_of_the_office_recovers(oms: Oms, register: Browser, admin: Office) -> None:
    """From the button to the books; who pressed it stands in the audit, and so does who used it."""
    heir, sold = Browser.enrol(admin.client), register.sale(order())
    answer = recovered(heir, "R1", code(admin), sold)
    pages = [re.sub("<[^>]+>", "", admin.opens(f"registers/{name}")) for name in ("R1", "R2")]
    told = [(who, what, on) for who, what, on, *_ in trail(oms)]

    assert 1 == answer.booked
    assert [True, True] == [
        "goes on as R2 after entry 1; 1 entry brought" in pages[0],
        "goes on for R1 after its entry 1" in pages[1],
    ]
    assert "Out of service" in pages[0]
    assert [("admin", "recovery code", "registers/R1"), ("recovery code", "recovery", "registers/R1")] == told[-2:]


def test_lists_and_reports_can_have_both_as_one(oms: Oms, register: Browser, admin: Office) -> None:
    """The month of a till that broke in its middle is one month."""
    heir = Browser.enrol(admin.client)
    recovered(heir, "R1", code(admin), register.sale(order(id="old")))
    heir.push(heir.sale(order(id="new")))
    choice = "R2 with R1</option>"
    day = {"since": "2026-11-01", "until": "2026-11-30"}
    pages = [admin.opens("orders", register=name, **day) for name in ("R1", "R2", "R2+R1")]
    report = admin.opens("reports", by="register", register="R2+R1", **day)

    assert (True, "2 orders from" in report) == (choice in report, True)
    assert ["1 row<", "1 row<", "2 rows<"] == [found[0] for page in pages if (found := re.search(r"\d rows?<", page))]


def test_an_unknown_register_has_no_code(admin: Office) -> None:
    """A link that was typed wrong."""
    assert 404 == admin.sends("registers/R9/recovery-code").status_code
