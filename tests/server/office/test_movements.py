"""Stock movement: every piece that came or went, with its cause."""

import csv
import io

import pytest

from tests.conftest import line, order
from tests.server.browser import Browser
from tests.server.office.office import Office
from tests.server.office.test_settling import CSV

ALL = {"by": "movement", "since": "2026-01-01", "until": "2999-12-31"}


def moved(office: Office, **asked: str) -> list[tuple[str, str, str]]:
    """SKU, cause and quantity of each movement, in no order."""
    file = office.opens("reports", **ALL | asked, format="csv")
    rows = list(csv.reader(io.StringIO(file, newline="")))[1:]
    return sorted((row[2], row[3], row[7]) for row in rows)


@pytest.fixture
def busy(register: Browser, manager: Office) -> Office:
    """A day with a sale, a correction and an import."""
    register.push(register.sale(order(line("v1", quantity=2), id="sold"), id="sold"))
    manager.sends("stock/v2", seen="10", count="7", reason="Damaged", remark="rain")
    manager.uploads("imports", "pencils.csv", CSV)
    return manager


SALE, CORRECTION, IMPORT = ("SKU-v1", "Sold", "-2"), ("SKU-v2", "Corrected", "-3"), ("PEN-1", "Imported", "5")
FIRST = [("SKU-v1", "Imported", "10"), ("SKU-v2", "Imported", "10")]
"""What the store began with."""


def test_each_movement_has_its_cause(busy: Office) -> None:
    """Goods that are missing are found by what happened to them."""
    assert sorted([SALE, CORRECTION, IMPORT, *FIRST]) == moved(busy)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"cause": "sale"}, [SALE]),
        ({"cause": "correction"}, [CORRECTION]),
        ({"text": "pen-1"}, [IMPORT]),
        ({"text": "pencil"}, [IMPORT]),
        ({"register": "R1"}, [SALE]),
        ({"until": "2026-01-02"}, []),
    ],
)
def test_movements_are_narrowed(busy: Office, asked: dict[str, str], expected: list[tuple[str, str, str]]) -> None:
    """By cause, goods, register and time."""
    assert expected == moved(busy, **asked)


def test_a_movement_leads_to_its_order_and_names_who_did_it(busy: Office) -> None:
    """A number alone answers no question."""
    page = busy.opens("reports", **ALL)

    assert [] == [text for text in ("/office/orders/sold", "Damaged – rain", "pencils.csv") if text not in page]
    assert "Sold: -2 in 1 movement" in page


def test_a_count_that_stays_is_no_movement(register: Browser, manager: Office) -> None:
    """Counting goods does not move them."""
    manager.sends("stock/v1", seen="10", count="10", reason="Counted")

    assert sorted(FIRST) == moved(manager)
