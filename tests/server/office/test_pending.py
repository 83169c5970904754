"""Imports → pending orders of a register: a file goes through the same intake as what the register sends (P6)."""

import pytest
from sqlalchemy import func, select

from app.domain.table import Form, Table, file_of
from app.sync.exported import COLUMN, encoded
from app.sync.protocol import VerdictKind
from server.oms import carried
from server.oms.oms import Oms
from server.oms.registers import revoke
from server.oms.tables import OrderRow, StockMove
from tests.conftest import NOW, order
from tests.server.browser import Browser
from tests.server.office.office import Office, trail


def file(*lines: bytes) -> bytes:
    table = Table("pending", ("Number", COLUMN), [("x", encoded(line)) for line in lines])
    return file_of(table, Form.CSV, NOW).data


def imports(office: Office, *lines: bytes) -> str:
    reply = office.uploads("imports/pending", "pending.csv", file(*lines))
    assert reply.status_code == 200, reply.text
    return reply.text


def booked(oms: Oms) -> tuple[int, int]:
    """How many orders there are, and how many moves of stock."""
    with oms.database.read() as session:
        orders, moves = (session.scalar(select(func.count()).select_from(each)) for each in (OrderRow, StockMove))
    return orders or 0, moves or 0


def test_exported_imported_then_synced_is_one_order(oms: Oms, register: Browser, manager: Office) -> None:
    """P6: whichever way comes first, money and stock are booked once."""
    sold = register.sale(order())
    page = imports(manager, sold)
    verdict = register.push(sold)[0]

    assert "1 row: 1 taken in." in page
    assert (VerdictKind.DUPLICATE, "DS01-000001", (1, 1)) == (verdict.kind, verdict.order_number, booked(oms))


def test_synced_then_imported_twice_changes_nothing(oms: Oms, register: Browser, manager: Office) -> None:
    """The file lies in the mailbox of three people."""
    sold = register.sale(order())
    register.push(sold)

    assert "1 row: 1 already here." in imports(manager, sold)
    assert "2 rows: 2 already here." in imports(manager, sold, sold)
    assert (1, 1) == booked(oms)


def test_rows_in_any_order_of_several_registers(oms: Oms, manager: Office) -> None:
    """Somebody put two files together and sorted them by amount."""
    one, two = Browser.enrol(manager.client), Browser.enrol(manager.client)
    lines = [register.sale(order(id=f"{register.me.register}-{n}")) for n in (1, 2) for register in (one, two)]

    page = imports(manager, *reversed(lines))

    assert "4 rows: 4 taken in." in page
    assert [["duplicate"] * 2] * 2 == [
        [each.kind for each in one.push(*lines[0::2])],
        [e.kind for e in two.push(*lines[1::2])],
    ]


def test_a_damaged_row_is_told_and_the_others_are_taken_in(oms: Oms, register: Browser, manager: Office) -> None:
    """One cell that was cut must not keep the rest out."""
    good, bad = register.sale(order()), register.sale(order(id="o2"))
    at = len(bad) - 10
    other = b"A" if bad[at : at + 1] != b"A" else b"B"  # still a letter of base64: it is the seal that is broken
    page = imports(manager, good, bad[:at] + other + bad[at + 1 :], bad[:40], b"hello")

    assert "4 rows: 1 taken in, 3 refused." in page
    assert "This entry can&#39;t be read" in page
    assert 1 == booked(oms)[0]


def test_a_register_that_nobody_knows_is_said_in_words(oms: Oms, register: Browser, manager: Office) -> None:
    """The file of another store; nothing could open it."""
    stranger = register.sale(order()).replace(b'"register":"R', b'"register":"X')

    assert "is not known here" in imports(manager, stranger)
    assert (0, 0) == booked(oms)


@pytest.mark.parametrize(("later", "words"), [(False, "1 taken in"), (True, "1 here, needs attention")])
def test_a_register_out_of_service_is_taken_in(
    oms: Oms, register: Browser, manager: Office, later: bool, words: str
) -> None:
    """The money was taken, so it is booked; a sale made after the register was closed needs a person, too."""
    sold = register.sale(order())
    with oms.database.write() as session:
        closed = revoke(session, register.me.register)
        assert closed is not None
        closed.revoked_at = NOW.replace(year=NOW.year - 1 if later else NOW.year + 1)

    page = imports(manager, sold)

    assert (words in page, 1, later) == (True, booked(oms)[0], "taken out of service" in page)


def test_a_long_file_is_taken_in_by_lots(
    oms: Oms, register: Browser, manager: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No register waits for a whole file; and each lot stands in the audit with its own count."""
    monkeypatch.setattr(carried, "MAX_LINES", 2)
    page = imports(manager, *(register.sale(order(id=f"n{n}")) for n in range(5)))
    told = [reason for _, _, subject, *_, reason in trail(oms) if subject == "imports/pending.csv"]

    assert "5 rows: 5 taken in." in page
    assert [f"Pending orders: {n} taken in." for n in (2, 2, 1)] == told


def test_what_needs_a_person_stands_first(register: Browser, manager: Office) -> None:
    """Of ten thousand rows somebody reads the first ten."""
    page = imports(manager, register.sale(order()), b"hello")

    assert page.index("Refused") < page.index("Taken in")


def test_a_file_that_is_none_is_refused_in_words(manager: Office) -> None:
    """A product file in the wrong form."""
    reply = manager.uploads("imports/pending", "x.csv", b"name,price\nPencil,10\n")

    assert (422, True) == (reply.status_code, "has no column “entry”" in reply.text)


def test_a_viewer_imports_nothing(oms: Oms, register: Browser, viewer: Office) -> None:
    """Who may only look may not book."""
    reply = viewer.uploads("imports/pending", "x.csv", file(register.sale(order())))

    assert (403, (0, 0)) == (reply.status_code, booked(oms))
