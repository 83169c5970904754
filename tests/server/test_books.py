"""What is booked from an order: payments, a ledger that balances, and stock that other registers hear of."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from starlette.testclient import TestClient

from app.domain.payment import TenderKind
from app.sync.protocol import ChangesPage, StockChange
from server.oms.books import SUSPENSE, ledger
from server.oms.catalogue import put_stock
from server.oms.oms import Oms
from server.oms.tables import LedgerRow, PaymentRow, Stock, StockMove
from tests.conftest import line, order, payment
from tests.server.browser import Browser


def test_the_ledger_of_a_plain_sale() -> None:
    """499.00 with 18 % inside: what came in is what it was for."""
    expected = {"tender:cash": 49_900, "sales": -42_288, "tax:cgst": -3_806, "tax:sgst": -3_806}

    assert expected == ledger(order())


@given(st.lists(st.integers(-(10**9), 10**9), max_size=5), st.integers(-99, 99))
def test_the_ledger_always_balances(amounts: list[int], rounding: int) -> None:
    """Even an order that does not add up is booked on two sides: the difference waits in suspense."""
    rows = ledger(order(rounding=rounding, payments=tuple(payment(amount) for amount in amounts)))

    assert 0 == sum(rows.values())


def test_what_does_not_add_up_waits_in_suspense() -> None:
    """Money that came in without a reason is not revenue."""
    assert -100 == ledger(order(payments=(payment(50_000),)))[SUSPENSE]


def test_a_split_payment_is_kept_tender_by_tender(oms: Oms, register: Browser) -> None:
    """The cash drawer is counted by tender."""
    card = payment(9_900, id="pay-2", tender_id="card", kind=TenderKind.CARD, reference="AUTH 77")
    register.push(register.sale(order(payments=(payment(40_000), card))))
    with oms.database.read() as session:
        taken = [(row.tender_id, row.amount, row.reference) for row in session.scalars(select(PaymentRow))]

    assert [("cash", 40_000, ""), ("card", 9_900, "AUTH 77")] == taken


def test_the_ledger_is_written_with_the_order(oms: Oms, register: Browser) -> None:
    """Reports read the ledger, not the orders."""
    register.push(register.sale(order()))
    with oms.database.read() as session:
        rows = {row.account: row.amount for row in session.scalars(select(LedgerRow))}

    assert ledger(order()) == rows


def test_weighed_goods_are_taken_to_the_gram(oms: Oms, register: Browser) -> None:
    """0.335 kg are 335 thousandths, not a float."""
    with oms.database.write() as session:
        put_stock(session, {"v1": Decimal("2.500")})
    register.push(register.sale(order(line(quantity="0.335"))))
    with oms.database.read() as session:
        assert 2_165 == session.get_one(Stock, "v1").quantity
        assert [335] == [move.quantity for move in session.scalars(select(StockMove))]


def test_other_registers_hear_of_a_sale(client: TestClient, register: Browser) -> None:
    """A till limits quantities by the stock it knows: it must learn what its neighbour sold."""
    other = Browser.enrol(client)
    before = other.get("/ping", nonce="n").json()["revision"]
    register.push(register.sale(order(line(quantity=3))))
    page = ChangesPage.model_validate_json(other.get("/changes", cursor=before).content)

    changed = [change.value for change in page.changes if isinstance(change, StockChange)]
    assert [("v1", Decimal(7), {"R1": 1})] == [(row.variant_id, row.quantity, row.included) for row in changed if row]


def test_a_count_tells_which_entries_it_includes(oms: Oms, client: TestClient, register: Browser) -> None:
    """So a till never subtracts a sale of its own twice."""
    other = Browser.enrol(client)
    register.push(register.sale(order()), register.sale(order()))
    other.push(other.sale(order()))
    with oms.database.read() as session:
        assert '{"R1":2,"R2":1}' == session.get_one(Stock, "v1").included


@pytest.mark.databases
def test_a_sale_s_verdict_names_the_revision_of_the_count_that_holds_it(register: Browser) -> None:
    """Sent in any order: a till judges by it which of its sales are in a count, and not by the highest place."""
    first, second = register.sale(order()), register.sale(order())
    revisions = []
    for entry in (second, first):
        (verdict,) = register.push(entry)
        page = ChangesPage.model_validate_json(register.get("/changes", cursor=verdict.revision - 1).content)
        counted = next(change for change in page.changes if isinstance(change, StockChange))
        assert verdict.revision <= counted.revision
        revisions += [verdict.revision, counted.revision]

    assert sorted(revisions) == revisions
    assert revisions[1] < revisions[2]
