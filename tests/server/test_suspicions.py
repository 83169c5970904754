"""What a hostile eye doubts about the intake: the same bytes again on a bad day, and entries on strange ways."""

from typing import Any

import pytest
from sqlalchemy import func, select
from starlette.testclient import TestClient

from app.domain.order import Order
from app.sync.balances import Written, beside, drawn_by
from app.sync.protocol import Verdict, VerdictKind
from server.oms import intake
from server.oms.booking_again import book_again
from server.oms.oms import Oms
from server.oms.tables import EntryRow, ExceptionRow, LedgerRow, OrderRow, Reject
from server.oms.tables_balances import BalanceMove
from tests.conftest import order
from tests.given_back import credit_note
from tests.server.browser import Browser
from tests.server.test_balances import balance, by_voucher, revision, sold, with_voucher
from tests.server.test_returns import returns, sells

pytestmark = pytest.mark.databases
TABLES = EntryRow, OrderRow, LedgerRow, BalanceMove, Reject, ExceptionRow


def held(oms: Oms) -> list[int]:
    """How many rows there are of everything that an entry may bring."""
    with oms.database.read() as session:
        return [session.scalar(select(func.count()).select_from(table)) or 0 for table in TABLES]


def broken(*_: Any) -> Any:
    raise ValueError("a bug of ours")


def test_what_is_booked_stays_so_while_our_own_code_fails(
    oms: Oms, register: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A till that sends again, on the day of our bug, must not hear that a sale which is booked was refused."""
    sale = register.sale(order())
    register.push(sale)
    before = held(oms)
    monkeypatch.setattr(intake, "open_desk", broken)
    (again,) = register.push(sale)

    assert (VerdictKind.DUPLICATE, "", before) == (again.kind, again.why, held(oms))


def test_an_entry_that_another_register_sends_changes_nothing(oms: Oms, client: TestClient, register: Browser) -> None:
    """A mixed folder: whoever sends it is told no, and the entry's own register books it once all the same."""
    other = Browser.enrol(client)
    sale = register.sale(order())
    (strange,) = other.push(sale)
    (own,) = register.push(sale)
    (after,) = other.push(sale)

    assert [VerdictKind.REFUSED, VerdictKind.ACCEPTED, VerdictKind.REFUSED] == [strange.kind, own.kind, after.kind]
    assert [1, 1] == held(oms)[:2]


def test_what_followed_an_unbooked_sale_fits_when_it_is_booked(
    oms: Oms, register: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Paid by voucher, brought back, and only then booked: money moves once each way, and nobody has to look."""
    with_voucher(oms)
    made, sale = sells(register, quantity=1, payments=(by_voucher(),))
    with monkeypatch.context() as bug:
        bug.setattr(intake, "recompute", broken)
        (kept,) = register.push(sale)
    unbooked = balance(oms)
    register.push(returns(register, credit_note(made)))
    booked = book_again(oms), book_again(oms)
    (again,) = register.push(sale)

    assert (VerdictKind.ATTENTION, 100_000, (1, 0), 100_000) == (kept.kind, unbooked, booked, balance(oms))
    assert VerdictKind.DUPLICATE == again.kind
    assert [] == register.get("/exceptions", resolved=False).json()["exceptions"]


def beside_it(register: Browser, sale: Order, verdict: Verdict) -> int:
    """What the register takes off the voucher's balance that is here, by the verdict that it has."""
    written = [Written(each, verdict.digest) for each in drawn_by(sale)]
    return beside(written, revision(register), {verdict.digest: verdict})


def test_a_register_goes_on_subtracting_what_is_not_booked_yet(
    oms: Oms, register: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its voucher would be spent a second time; and once it is booked, nothing is taken off twice."""
    with_voucher(oms)
    sale = sold("s1", by_voucher())
    line = register.sale(sale)
    with monkeypatch.context() as bug:
        bug.setattr(intake, "recompute", broken)
        (kept,) = register.push(line)
        (again,) = register.push(line)
    unbooked = beside_it(register, sale, kept)
    booked = book_again(oms), beside_it(register, sale, kept), balance(oms)

    assert (kept, 49_900, (1, 0, 50_100)) == (again, unbooked, booked)
