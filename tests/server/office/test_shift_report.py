"""Shifts in the reports: whose drawer was exact and whose was not, found by day, register and person."""

import csv
import io
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from app.domain.shift import Closed, Opened, Pile
from app.sync.bodies import Shift
from app.sync.entry import Kind
from tests.conftest import NOW
from tests.server.browser import Browser
from tests.server.office.office import Office

ALL = {"by": "shifts", "since": "2026-11-01", "until": "2026-11-30"}
SHORT = ["21 Nov 2026, 12:00", "21 Nov 2026, 20:00", "R1", "Asha, Ravi", "7", "1000.00", "1399.00", "1300.00", "-99.00"]
EXACT = ["22 Nov 2026, 12:00", "22 Nov 2026, 20:00", "R2", "Meera", "1", "500.00", "1300.00", "1300.00", "0.00"]
RUNNING = ["23 Nov 2026, 12:00", "Still running", "R2", "Meera <b>", "", "500.00", "", "", ""]


def opened(register: Browser, shift_id: str, who: str, opening_float: int, days: int) -> bytes:
    at = NOW + timedelta(days=days)
    body = Opened(shift_id=shift_id, at=at, opening_float=opening_float, staff_id=who, staff_name=who)
    return register.append(Kind.SHIFT, Shift(happened=body))


def closed(register: Browser, shift_id: str, who: str, number: int, expected: int, days: int) -> bytes:
    """Closed eight hours after it was opened, with 1,300 in the drawer."""
    at = NOW + timedelta(days=days, hours=8)
    count = (Pile(denomination=500_00, pieces=2), Pile(denomination=100_00, pieces=3))
    body = Closed(shift_id=shift_id, number=number, at=at, count=count, expected=expected, staff_id=who, staff_name=who)
    return register.append(Kind.SHIFT, Shift(happened=body))


@pytest.fixture
def busy(client: TestClient, register: Browser, manager: Office) -> Office:
    """A shift with too little in its drawer at one register; an exact one at another, and one that still runs."""
    register.push(opened(register, "a", "Asha", 1_000_00, 0), closed(register, "a", "Ravi", 7, 1_399_00, 0))
    other = Browser.enrol(client)
    other.push(
        opened(other, "b", "Meera", 500_00, 1),
        closed(other, "b", "Meera", 1, 1_300_00, 1),
        opened(other, "c", "Meera <b>", 500_00, 2),
    )
    return manager


def listed(office: Office, **asked: str) -> list[list[str]]:
    file = office.opens("reports", **ALL | asked, format="csv").removeprefix("\ufeff")
    return list(csv.reader(io.StringIO(file, newline="")))[1:]


def test_each_shift_says_what_was_expected_and_counted(busy: Office) -> None:
    """What a Z report says is found here long after its paper is gone; the newest stands first."""
    assert [RUNNING, EXACT, SHORT] == listed(busy)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"register": "R1"}, [SHORT]),
        ({"register": "R2"}, [RUNNING, EXACT]),
        ({"text": "asha"}, [SHORT]),
        ({"text": "RAVI"}, [SHORT]),
        ({"text": "%"}, []),
        ({"since": "2026-11-22"}, [RUNNING, EXACT]),
        ({"until": "2026-11-21"}, [SHORT]),
        ({"until": "2026-11-20"}, []),
    ],
)
def test_it_is_narrowed(busy: Office, asked: dict[str, str], expected: list[list[str]]) -> None:
    """By register, by who opened or closed it, and by the store's days, both ends included."""
    assert expected == listed(busy, **asked)


def test_only_a_difference_is_red(busy: Office) -> None:
    """Missing money is seen at a glance; an exact drawer and a running shift raise no alarm."""
    page = busy.opens("reports", **ALL)

    assert (1, True) == (page.count('class="mark red"'), "-₹\xa099.00</span>" in page)
    assert "3 shifts, 1 still running; 1 with a difference, -₹\xa099.00 in all" in page


def test_a_running_shift_says_so_and_runs_no_name(busy: Office) -> None:
    """Nobody waits for a count that was not made yet; a name that came from a till is text."""
    page = busy.opens("reports", **ALL)

    assert ("Still running</span>" in page, "Meera &lt;b&gt;" in page, "Meera <b>" in page) == (True, True, False)


def test_an_end_whose_beginning_is_missing_is_listed(register: Browser, manager: Office) -> None:
    """Entries come in any order; money that was counted is not hidden until the rest arrives."""
    register.push(closed(register, "a", "Ravi", 7, 1_399_00, 0))

    assert [["Not here yet", SHORT[1], "R1", "Ravi", "7", "", *SHORT[6:]]] == listed(manager)
