"""Offline sessions at the OMS: the orders between their ends, whatever comes first, and whether all arrived."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update
from starlette.testclient import TestClient

from app.domain.payment import TenderKind
from app.sync.bodies import SessionClosed, SessionOpened, Why
from app.sync.entry import Kind
from server.oms.oms import Oms
from server.oms.tables import Register
from tests.conftest import NOW, order, payment
from tests.server.browser import Browser


def opened(register: Browser, session_id: str = "s1", days: int = 0) -> bytes:
    at = NOW + timedelta(days=days)
    body = SessionOpened(session_id=session_id, at=at, why=Why.BY_HAND, staff_id="s1", staff_name="Asha")
    return register.append(Kind.SESSION_OPENED, body)


def closed(register: Browser, session_id: str = "s1") -> bytes:
    body = SessionClosed(session_id=session_id, at=NOW + timedelta(hours=1), why=Why.BY_HAND)
    return register.append(Kind.SESSION_CLOSED, body)


def story(register: Browser) -> list[bytes]:
    """Before, two in the outage, and after: only what was made offline between the ends counts."""
    card = payment(49_900, tender_id="card", kind=TenderKind.CARD)
    return [
        register.sale(order()),
        opened(register),
        register.sale(order(offline=True)),
        register.sale(order(offline=True, payments=(card,))),
        closed(register),
        register.sale(order()),
    ]


def listed(register: Browser, /, **filters: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = register.get("/sessions", **filters).json()["sessions"]
    return found


def test_a_session_tells_its_orders_and_what_was_taken(register: Browser) -> None:
    """S19: the back office sees the same as the register."""
    register.push(*story(register))
    (found,) = listed(register)

    assert ("s1", "R1", "Success", "by_hand", "Asha") == (
        found["id"],
        found["register"],
        found["status"],
        found["why"],
        found["staff_name"],
    )
    assert (2, 99_800, {"cash": 49_900, "card": 49_900}) == (found["orders"], found["total"], found["tenders"])


@pytest.mark.parametrize("turn", range(6))
def test_entries_may_come_in_any_order(register: Browser, turn: int) -> None:
    """An entry that a server could not digest comes last, and another one first."""
    lines = story(register)
    for line in lines[turn:] + lines[:turn]:
        register.push(line)
    (found,) = listed(register)

    assert ("Success", 2, 99_800) == (found["status"], found["orders"], found["total"])


def test_the_same_entries_again_change_nothing(register: Browser) -> None:
    """A lost answer makes the till send everything again."""
    lines = story(register)
    register.push(*lines)
    before = listed(register)
    register.push(*lines)

    assert before == listed(register)


def test_a_session_is_open_until_everything_of_it_arrived(register: Browser) -> None:
    """Success must never be said while a sale is still on its way."""
    lines = story(register)
    running = lines[:3]
    register.push(*running)
    first = listed(register)[0]["status"]
    register.push(lines[4])
    second = listed(register)[0]["status"]
    register.push(lines[3])

    assert ("Open", "Open", "Success") == (first, second, listed(register)[0]["status"])


def test_a_session_with_a_refused_sale_has_failed(oms: Oms, register: Browser) -> None:
    """And it succeeds once the sale was taken after all."""
    lines = story(register)
    register.push(*lines[:3], *lines[4:])
    _key(oms, "another")
    register.push(lines[3])
    _key(oms, register.key_id)
    failed = listed(register)[0]["status"]
    register.push(lines[3])

    assert ("Failed", "Success") == (failed, listed(register)[0]["status"])


def test_a_session_whose_end_was_lost_ends_with_the_next(register: Browser) -> None:
    """A register that died offline writes no end; its next session must not be swallowed."""
    lines = [opened(register), register.sale(order(offline=True))]
    lines += [opened(register, "s2", days=1), register.sale(order(offline=True)), closed(register, "s2")]
    register.push(*lines)

    assert [("s2", 1), ("s1", 1)] == [(one["id"], one["orders"]) for one in listed(register)]


FILTERS: list[tuple[dict[str, str], list[str]]] = [
    ({}, ["s2", "s1"]),
    ({"since": "2026-11-22"}, ["s2"]),
    ({"until": "2026-11-21"}, ["s1"]),
    ({"status": "Open"}, ["s2"]),
    ({"status": "Success"}, ["s1"]),
    ({"register": "R1"}, ["s1"]),
    ({"register": "R2"}, ["s2"]),
    ({"limit": "1", "offset": "1"}, ["s1"]),
]


@pytest.mark.parametrize(("filters", "expected"), FILTERS)
def test_sessions_are_filtered(
    client: TestClient, register: Browser, filters: dict[str, str], expected: list[str]
) -> None:
    """S20: by day, by status; the OMS also by register."""
    register.push(opened(register), register.sale(order(offline=True)), closed(register))
    other = Browser.enrol(client)
    other.push(opened(other, "s2", days=1))

    assert expected == [one["id"] for one in listed(register, **filters)]


def _key(oms: Oms, key_id: str) -> None:
    with oms.database.write() as session:
        session.execute(update(Register).values(key_id=key_id))
