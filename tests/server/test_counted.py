"""A tender that is corrected after its shift was counted: what was never missing does not stay booked as missing."""

from collections.abc import Sequence
from itertools import permutations

import pytest
from starlette.testclient import TestClient

from app.domain.payment import TenderKind
from app.domain.shift import Closed, Pile
from app.sync.bodies import Shift
from app.sync.entry import Kind
from server.oms.oms import Oms
from tests.conftest import NOW, order, payment
from tests.server.browser import Browser
from tests.server.test_amending import correction
from tests.server.test_returns import accounts
from tests.server.test_shifts import WHO, listed, opened
from tests.server.test_tampered_corrections import called

GOODS = {"sales": -42_288, "tax:cgst": -3_806, "tax:sgst": -3_806}


def sold(register: Browser, kind: str = "cash") -> bytes:
    paid = payment(tender_id=kind, kind=TenderKind(kind))
    return register.sale(order(id=f"sold-{register.me.register}", payments=(paid,)))


def corrects(register: Browser, sale: bytes, kind: str) -> bytes:
    return correction(register, sale, *called(kind), order_id=f"sold-{register.me.register}")


def counted(register: Browser, rupees: int, expected: int, shift_id: str = "a") -> bytes:
    """The end of a shift."""
    count = (Pile(denomination=1_00, pieces=rupees),)
    body = Closed(shift_id=shift_id, number=1, at=NOW, count=count, expected=expected, **WHO)
    return register.append(Kind.SHIFT, Shift(happened=body))


@pytest.mark.parametrize(
    ("noted", "right", "rupees", "expected"), [("cash", "upi", 1_000, 1_499_00), ("upi", "cash", 1_499, 1_000_00)]
)
def test_what_was_corrected_after_the_count_is_no_difference(
    oms: Oms, register: Browser, noted: str, right: str, rupees: int, expected: int
) -> None:
    """The slip is found the next morning: a shortage that never was would stand in the books for good."""
    begun, sale = opened(register), sold(register, noted)
    register.push(begun, sale, counted(register, rupees, expected))
    told = [each["difference"] for each in listed(register)]
    register.push(corrects(register, sale, right))

    assert {f"tender:{right}": 49_900, **GOODS} == accounts(oms)
    assert told == [each["difference"] for each in listed(register)] == [rupees * 100 - expected]


def test_what_was_corrected_before_the_count_is_in_it(oms: Oms, register: Browser) -> None:
    """The register no longer expected it, so what is missing is missing."""
    begun, sale = opened(register), sold(register)
    register.push(begun, sale, corrects(register, sale, "upi"), counted(register, 900, 1_000_00))

    assert {"tender:upi": 49_900, "tender:cash": -10_000, "cash_difference": 10_000, **GOODS} == accounts(oms)


def test_what_was_sold_in_no_shift_was_not_counted(oms: Oms, register: Browser) -> None:
    """Nobody counted the drawer for it: neither the shift before nor the one after has a word in it."""
    begun, end = opened(register), counted(register, 1_000, 1_000_00)
    sale = sold(register)
    later, its_end = opened(register, "b"), counted(register, 1_000, 1_000_00, "b")
    register.push(begun, end, sale, later, its_end, corrects(register, sale, "upi"))

    assert {"tender:upi": 49_900, **GOODS} == accounts(oms)


def story(register: Browser) -> Sequence[bytes]:
    """A shift that lacks 100 rupees, with a sale that is corrected once before the count and twice after it."""
    begun, sale = opened(register, f"shift-{register.me.register}"), sold(register, "upi")
    before = corrects(register, sale, "cash")
    end = counted(register, 900, 1_499_00, f"shift-{register.me.register}")
    return begun, sale, before, end, corrects(register, sale, "card"), corrects(register, sale, "upi")


@pytest.mark.parametrize("start", range(4))
def test_the_books_are_the_same_in_whichever_order_entries_come(oms: Oms, client: TestClient, start: int) -> None:
    """Each register brings them in another order, one by one or together, and all of them again."""
    one = {"tender:upi": 49_900, "tender:cash": -10_000, "cash_difference": 10_000, **GOODS}
    orders = list(permutations(range(6)))[start * 11 :: 90]
    for turn, places in enumerate(orders, 1):
        register = Browser.enrol(client)
        lines = story(register)
        mixed = [lines[place] for place in places]
        for some in [mixed] if turn % 2 else [[line] for line in mixed]:
            register.push(*some)
        register.push(*lines)

        assert {account: amount * turn for account, amount in one.items()} == accounts(oms), places
