"""The cash drawer in the reports: what went in and out beside sales, and who opened it without one, and why."""

import csv
import io
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from app.domain.shift import Direction, DrawerOpened, Moved
from app.sync.bodies import Cash, Drawer
from app.sync.entry import Kind
from tests.conftest import NOW
from tests.server.browser import Browser
from tests.server.office.office import Office

ALL = {"by": "drawer", "since": "2026-11-01", "until": "2026-11-30"}
OUT = ["21 Nov 2026, 12:00", "Cash out", "Asha", "Ravi", "Bank deposit", "R1", "-150.00"]
IN = ["21 Nov 2026, 13:00", "Cash in", "Asha", "", "Change from the bank", "R1", "50.00"]
OPENED = ["22 Nov 2026, 12:00", "Opened without a sale", "Meera", "", "100% <b>stuck</b>", "R2", ""]


def moved(register: Browser, reason: str, amount: int, direction: Direction, hours: int, approved_by: str) -> bytes:
    body = Moved(
        shift_id="a",
        at=NOW + timedelta(hours=hours),
        direction=direction,
        amount=amount,
        reason=reason,
        staff_id="s1",
        staff_name="Asha",
        approved_by=approved_by,
    )
    return register.append(Kind.CASH, Cash(moved=body))


@pytest.fixture
def busy(client: TestClient, register: Browser, manager: Office) -> Office:
    """Two registers: cash out and in at one, the other's drawer opened on the next day."""
    register.push(
        moved(register, "Bank deposit", 150_00, Direction.OUT, 0, "Ravi"),
        moved(register, "Change from the bank", 50_00, Direction.IN, 1, ""),
    )
    other = Browser.enrol(client)
    at = NOW + timedelta(days=1)
    opened = DrawerOpened(at=at, reason="100% <b>stuck</b>", staff_id="s2", staff_name="Meera")
    other.push(other.append(Kind.DRAWER, Drawer(opened=opened)))
    return manager


def listed(office: Office, **asked: str) -> list[list[str]]:
    file = office.opens("reports", **ALL | asked, format="csv").removeprefix("\ufeff")
    return list(csv.reader(io.StringIO(file, newline="")))[1:]


def test_who_opened_a_drawer_and_why_stands_beside_its_cash(busy: Office) -> None:
    """Money that is missing is looked for here; the newest stands first."""
    assert [OPENED, IN, OUT] == listed(busy)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"kind": "opened"}, [OPENED]),
        ({"kind": "in"}, [IN]),
        ({"kind": "out"}, [OUT]),
        ({"kind": "nonsense"}, [OPENED, IN, OUT]),
        ({"register": "R2"}, [OPENED]),
        ({"text": "meera"}, [OPENED]),
        ({"text": "ravi"}, [OUT]),
        ({"text": "the BANK"}, [IN]),
        ({"text": "%"}, [OPENED]),
        ({"since": "2026-11-22"}, [OPENED]),
        ({"until": "2026-11-21"}, [IN, OUT]),
        ({"until": "2026-11-20"}, []),
    ],
)
def test_it_is_narrowed(busy: Office, asked: dict[str, str], expected: list[list[str]]) -> None:
    """By what happened, register, person, reason and the store's days, both ends included."""
    assert expected == listed(busy, **asked)


def test_the_page_adds_up_and_runs_no_reason(busy: Office) -> None:
    """What was typed at a till is text."""
    page = busy.opens("reports", **ALL)

    assert "Cash in: ₹\xa050.00; Cash out: -₹\xa0150.00; Opened without a sale: 1 time" in page
    assert ("100% &lt;b&gt;stuck" in page, "<b>stuck" in page) == (True, False)


def test_an_entry_that_comes_twice_is_one_opening(register: Browser, manager: Office) -> None:
    """A lost answer makes the till send again; nobody opened the drawer twice."""
    opened = DrawerOpened(at=NOW, reason="Change", staff_id="s1", staff_name="Asha")
    sent = register.append(Kind.DRAWER, Drawer(opened=opened))
    register.push(sent)
    register.push(sent)

    assert [["Opened without a sale", "Change"]] == [[row[1], row[4]] for row in listed(manager)]
