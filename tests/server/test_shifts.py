"""Shifts at the OMS: rows once each, whatever comes first; cash is booked on both sides."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from app.domain.shift import Closed, Direction, DrawerOpened, Moved, Opened, Pile
from app.sync.bodies import Cash, Drawer, Shift
from app.sync.entry import Kind
from server.oms.oms import Oms
from server.oms.tables_shift import CashLedgerRow
from tests.conftest import NOW, order
from tests.server.browser import Browser

WHO: dict[str, Any] = {"staff_id": "s1", "staff_name": "Asha"}


def opened(register: Browser, shift_id: str = "a", days: int = 0) -> bytes:
    at = NOW + timedelta(days=days)
    body = Opened(shift_id=shift_id, at=at, opening_float=1_000_00, staff_id="s1", staff_name="Asha")
    return register.append(Kind.SHIFT, Shift(happened=body))


def moved(register: Browser, amount: int, direction: Direction = Direction.OUT) -> bytes:
    body = Moved(shift_id="a", at=NOW, direction=direction, amount=amount, reason="Bank deposit", **WHO)
    return register.append(Kind.CASH, Cash(moved=body))


def closed(register: Browser, shift_id: str = "a", number: int = 1) -> bytes:
    count = (Pile(denomination=500_00, pieces=2), Pile(denomination=100_00, pieces=3))
    body = Closed(shift_id=shift_id, number=number, at=NOW, count=count, expected=1_399_00, **WHO)
    return register.append(Kind.SHIFT, Shift(happened=body))


def story(register: Browser) -> list[bytes]:
    """A sale before, a shift with one sale and cash in and out, a sale after."""
    return [
        register.sale(order()),
        opened(register),
        register.sale(order(offline=True)),
        moved(register, 150_00),
        moved(register, 50_00, Direction.IN),
        closed(register),
        register.sale(order()),
    ]


def listed(register: Browser, /, **filters: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = register.get("/shifts", **filters).json()["shifts"]
    return found


def test_a_shift_tells_its_count_its_sales_and_its_moves(register: Browser) -> None:
    """The back office sees what the Z report says."""
    register.push(*story(register))
    (found,) = listed(register)
    fields = ("id", "register", "number", "opening_float", "expected", "counted", "difference", "sales", "total")

    assert ["a", "R1", 1, 1_000_00, 1_399_00, 1_300_00, -99_00, 1, 499_00] == [found[name] for name in fields]
    assert ([-150_00, 50_00], {"cash": 499_00}) == ([move["amount"] for move in found["moves"]], found["tenders"])


@pytest.mark.parametrize("turn", range(7))
def test_entries_may_come_in_any_order(register: Browser, turn: int) -> None:
    """An entry that could not be digested comes last, and the shift is the same."""
    lines = story(register)
    for line in lines[turn:] + lines[:turn]:
        register.push(line)
    (found,) = listed(register)

    assert (1, -99_00, 1, 2) == (found["number"], found["difference"], found["sales"], len(found["moves"]))


def test_a_drawer_opened_without_a_sale_belongs_to_its_shift(register: Browser) -> None:
    """Who, when and why; before and after the shift it is nobody's cash."""
    reasons = ["Before", "Change for a customer", "After"]
    openings = [DrawerOpened(at=NOW, reason=reason, **WHO) for reason in reasons]
    before, inside, after = (Drawer(opened=each) for each in openings)
    register.push(
        register.append(Kind.DRAWER, before),
        opened(register),
        register.append(Kind.DRAWER, inside),
        closed(register),
        register.append(Kind.DRAWER, after),
    )
    (found,) = listed(register)

    assert [("Change for a customer", "Asha")] == [(each["reason"], each["staff_name"]) for each in found["drawer"]]


def test_the_same_entries_again_change_nothing(oms: Oms, register: Browser) -> None:
    """A lost answer makes the till send everything again; cash must not be booked twice."""
    lines = story(register)
    register.push(*lines)
    before = (listed(register), ledger(oms))
    register.push(*lines)

    assert before == (listed(register), ledger(oms))


def test_cash_is_booked_on_both_sides(oms: Oms, register: Browser) -> None:
    """Books that do not sum to zero are no books."""
    register.push(*story(register))
    booked = ledger(oms)

    assert 0 == sum(booked.values())
    assert {
        "tender:cash": -150_00 + 50_00 - 99_00,
        "cash_out": 150_00,
        "cash_in": -50_00,
        "cash_difference": 99_00,
    } == booked


def test_a_running_shift_has_no_end(register: Browser) -> None:
    """It is listed at once, with the sales so far."""
    register.push(opened(register), register.sale(order()))
    (found,) = listed(register)

    assert (None, None, 1) == (found["closed_at"], found["difference"], found["sales"])


FILTERS: list[tuple[dict[str, str], list[str]]] = [
    ({}, ["b", "a"]),
    ({"since": "2026-11-22"}, ["b"]),
    ({"until": "2026-11-21"}, ["a"]),
    ({"register": "R1"}, ["a"]),
    ({"register": "R2"}, ["b"]),
    ({"limit": "1", "offset": "1"}, ["a"]),
]


@pytest.mark.parametrize(("filters", "expected"), FILTERS)
def test_shifts_are_filtered(
    client: TestClient, register: Browser, filters: dict[str, str], expected: list[str]
) -> None:
    """By day and by register."""
    register.push(opened(register))
    other = Browser.enrol(client)
    other.push(opened(other, "b", days=1))

    assert expected == [one["id"] for one in listed(register, **filters)]


def ledger(oms: Oms) -> dict[str, int]:
    sums: Counter[str] = Counter()
    with oms.database.read() as session:
        for row in session.scalars(select(CashLedgerRow)):
            sums[row.account] += row.amount
    return dict(sums)
