"""What was turned down, in the back office: it can be looked into, and what was paid is booked once by who decides."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from server.oms.oms import Oms
from server.oms.tables import OrderRow, Register
from tests.conftest import order
from tests.server.browser import Browser, digest
from tests.server.office.office import Office, trail


@pytest.fixture
def conflict(register: Browser) -> str:
    """The digest of a sale that has the id of another one."""
    copy = replace(register)
    register.push(register.sale(order(id="open"), id="open"))
    sold = copy.sale(order(id="open"), id="open")
    copy.push(sold)
    return digest(sold)


def orders(oms: Oms) -> int:
    with oms.database.read() as session:
        return session.scalar(select(func.count()).select_from(OrderRow)) or 0


def open_findings(register: Browser) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = register.get("/exceptions", resolved=False).json()["exceptions"]
    return found


def test_attention_leads_to_what_arrived(conflict: str, viewer: Office) -> None:
    """Whoever decides has to see what was sold, for how much, and what has its id."""
    listed = viewer.opens("attention", kind="conflict")
    shown = viewer.opens(f"turned-down/{conflict}")

    assert f'href="/office/turned-down/{conflict}"' in listed
    assert all(words in shown for words in ("DS01A2627-00001", "Cotton Kurta", "499", "The order"))
    assert "Book it" not in shown


def test_it_is_booked_as_a_sale_of_its_own_once(oms: Oms, conflict: str, register: Browser, manager: Office) -> None:
    """Two customers have paid: both sales are in the books, the number is marked, and the audit says who decided."""
    first = manager.sends(f"turned-down/{conflict}").status_code
    again = manager.sends(f"turned-down/{conflict}").status_code

    left = {each["kind"] for each in open_findings(register)}
    taken = [each[:3] for each in trail(oms) if each[1] == "take in"]
    assert ((303, 303), 2, {"used_twice", "number"}) == ((first, again), orders(oms), left)
    assert [("manager", "take in", "registers/R1")] == taken
    assert "was taken in" in manager.opens(f"turned-down/{conflict}")


def test_the_till_hears_of_it_when_it_sends_again(oms: Oms, register: Browser, manager: Office) -> None:
    """Its screen shows "Synced" with the mark then, and nothing is booked a second time."""
    copy = replace(register)
    register.push(register.sale(order(id="open"), id="open"))
    sold = copy.sale(order(id="open"), id="open")
    copy.push(sold)
    manager.sends(f"turned-down/{digest(sold)}")

    [verdict] = copy.push(sold)

    assert ("attention", 2) == (verdict.kind.value, orders(oms))


def test_settled_without_booking_it_stays_out_of_the_books(oms: Oms, conflict: str, manager: Office) -> None:
    """It was the same sale, finished twice: one person says so, and it is off the list."""
    manager.sends(f"attention/{conflict}/conflict")

    assert (1, conflict not in manager.opens("attention")) == (orders(oms), True)


def key_is(oms: Oms, key_id: str) -> None:
    with oms.database.write() as session:
        session.get_one(Register, "R1").key_id = key_id


def test_what_was_refused_is_taken_in_once_its_reason_is_mended(oms: Oms, register: Browser, manager: Office) -> None:
    """The key that the OMS had lost is back: nobody has to walk to the till."""
    key_is(oms, "lost")
    sold = register.sale(order())
    register.push(sold)
    early = manager.sends(f"turned-down/{digest(sold)}")
    key_is(oms, register.key_id)

    late = manager.sends(f"turned-down/{digest(sold)}")

    assert (409, True, 303) == (early.status_code, "Nothing was booked" in early.text, late.status_code)
    assert (1, []) == (orders(oms), open_findings(register))


def test_bytes_that_do_not_open_are_shown_as_such(register: Browser, viewer: Office) -> None:
    """What a dying disk has sent can be looked at, too."""
    register.push(b"rubbish")

    assert "It does not open" in viewer.opens(f"turned-down/{digest(b'rubbish')}")


def test_what_was_never_turned_down_is_not_there(viewer: Office) -> None:
    """A wrong address shows nothing of anybody."""
    assert 404 == viewer.client.get("/office/turned-down/nothing").status_code


def test_a_line_whose_key_does_not_open_stays_there(oms: Oms, conflict: str, manager: Office) -> None:
    """Under another secrets file nothing can be booked: whoever presses the button reads which file is missing."""
    with oms.database.write() as session:
        register = session.query(Register).one()
        register.wrapped_key = "bm90IHdyYXBwZWQ="
    reply = manager.sends(f"turned-down/{conflict}")

    assert (503, True, 1) == (reply.status_code, "Put back the file" in reply.text, orders(oms))
    assert conflict in manager.opens("attention")
