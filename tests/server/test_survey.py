"""What a folder holds is said before anything is booked; what the OMS has closes the gaps of what was found."""

import pytest

from app.sync.entry import Entry, parse
from server.oms.oms import Oms
from server.oms.survey import Survey, survey
from tests.conftest import order
from tests.server.browser import Browser, digest


def entries(*lines: bytes) -> list[Entry]:
    found = [parse(line) for line in lines]
    return [each for each in found if isinstance(each, Entry)]


def surveyed(oms: Oms, *lines: bytes) -> Survey:
    with oms.database.read() as session:
        (one,) = survey(session, oms.keys, entries(*lines))
    return one


@pytest.fixture
def sold(register: Browser) -> list[bytes]:
    """Four sales that nobody has sent."""
    return [register.sale(order(id=f"o{n}0")) for n in range(1, 5)]


def test_what_the_oms_lacks_is_counted_and_added_up(oms: Oms, register: Browser, sold: list[bytes]) -> None:
    """Whoever imports a folder wants to know how much money is in it before they press the button."""
    register.push(*sold[:1])
    found = surveyed(oms, *sold)

    assert ("DS01-R1", 4, 3, 3, "", 0) == (
        found.register,
        len(found.entries),
        found.lacking,
        found.sales,
        found.wrong,
        found.sealed,
    )
    assert found.total == 3 * order().totals.total
    assert found.text.endswith("; the chain is whole; the OMS lacks 3, 3 sales of ₹\xa01,497.00 among them")


def test_what_the_oms_holds_closes_a_gap(oms: Oms, register: Browser, sold: list[bytes]) -> None:
    """The file of what waits begins where the register last synced: that is no fault of it."""
    register.push(*sold[:2])

    assert ("", "entry 3: 1 missing before entry 4") == (
        surveyed(oms, *sold[2:]).wrong,
        surveyed(oms, sold[3]).wrong,
    )


def test_a_gap_that_nobody_closes_is_named(oms: Oms, sold: list[bytes]) -> None:
    """The first place is what somebody looks for in another copy of the folder."""
    assert ("entry 2: 2 missing before entry 4", "entry 1: 3 missing before entry 4") == (
        surveyed(oms, sold[0], sold[3]).wrong,
        surveyed(oms, sold[3]).wrong,
    )


def test_a_number_beyond_reason_costs_no_time(oms: Oms, register: Browser, sold: list[bytes]) -> None:
    """Somebody made up an entry with a huge number: nobody counts up to it."""
    far = register.sale(order(id="far"), seq=2**53 - 1)

    assert surveyed(oms, *sold, far).wrong.startswith("entry 5: 9,007,199,254,740,986 missing before")


def test_an_entry_that_does_not_follow_what_the_oms_holds(oms: Oms, register: Browser, sold: list[bytes]) -> None:
    """A folder of another journal under the same name must not pass for this one."""
    register.push(*sold[:2])
    other = register.sale(order(id="x"), seq=3, prev="ab" * 32)
    instead = register.sale(order(id="y"), seq=2, prev=digest(sold[0]))

    assert "entry 3: it does not name the entry before it, which the OMS holds" == surveyed(oms, other).wrong
    assert "the OMS holds another entry in this place" in surveyed(oms, sold[0], instead).wrong


def test_an_entry_that_was_changed_is_counted_as_sealed(oms: Oms, sold: list[bytes]) -> None:
    """It does not open, so its sum is unknown; saying so is better than a sum that is too small."""
    at = len(sold[1]) - 20
    changed = sold[1][:at] + (b"A" if sold[1][at : at + 1] != b"A" else b"B") + sold[1][at + 1 :]
    found = surveyed(oms, sold[0], changed)

    assert (2, 1, 1) == (found.lacking, found.sales, found.sealed)
    assert "1 of them do not open with this register’s key" in found.text


def test_a_register_of_another_store_is_not_ours(oms: Oms, sold: list[bytes]) -> None:
    """R1 of another store is not our R1."""
    found = surveyed(oms, sold[0].replace(b'"store":"DS01"', b'"store":"DS02"'))

    assert (False, 0, True) == (found.known, found.sales, "knows no such register" in found.text)
