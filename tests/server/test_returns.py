"""Returns at the OMS: booked once, on both sides, back on the shelf; what does not fit its sale is shown."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from app.domain.order import Order
from app.domain.payment import TenderKind
from app.domain.returning import CreditNote, GivenBack, Standing, Voided
from app.domain.voucher import Voucher
from app.sync import bodies
from app.sync.entry import Kind
from app.sync.protocol import Dataset, VerdictKind
from app.sync.returns import KnownSale
from server.office.gstr import documents, supplies
from server.office.sums import Period
from server.oms.movements import Wanted, sums
from server.oms.oms import Oms
from server.oms.records import put
from server.oms.tables import LedgerRow, Stock
from server.oms.tables_returns import RefundRow, ReturnRow
from server.oms.tables_shift import CashLedgerRow
from tests.conftest import TODAY, line, order, payment
from tests.given_back import credit_note, pick, voided
from tests.server.browser import Browser
from tests.server.test_balances import CODE, balance, by_voucher, with_voucher
from tests.server.test_shifts import opened


def sells(register: Browser, quantity: int = 2, **more: Any) -> tuple[Order, bytes]:
    """A sale of this register, as the OMS will know it, and its line."""
    own = {"id": f"sale-{register.seq + 1}", "register": register.me.register}
    made = order(line(quantity=quantity), **(own | more))
    written = register.sale(made)
    return made.model_copy(update={"number": f"{register.me.series.invoice}2627-{register.numbers:05d}"}), written


def returns(register: Browser, back: GivenBack) -> bytes:
    """A return as this register writes it down, with its name and the next number of its series."""
    mine = back.model_copy(update={"id": f"{back.id}-{register.seq}", "register": register.me.register})
    if isinstance(mine, Voided):
        return register.append(Kind.VOID, bodies.Void(void=mine), id=mine.id)
    assert isinstance(mine, CreditNote)
    number = f"{register.me.series.credit_note}2627-{register.seq + 1:05d}"
    mine = mine.model_copy(update={"number": number})
    return register.append(Kind.CREDIT_NOTE, bodies.CreditNote(note=mine), id=mine.id, number=number)


def stock(oms: Oms) -> int:
    with oms.database.read() as session:
        return session.get_one(Stock, "v1").quantity // 1000


def accounts(oms: Oms) -> dict[str, int]:
    """What all bookings come to, by account."""
    sums: Counter[str] = Counter()
    with oms.database.read() as session:
        rows = [*session.scalars(select(LedgerRow)), *session.scalars(select(CashLedgerRow))]
    for row in rows:
        sums[row.account] += row.amount
    assert sum(sums.values()) == 0
    return {account: amount for account, amount in sums.items() if amount}


def kinds(register: Browser) -> list[str]:
    found = register.get("/exceptions", resolved=False).json()["exceptions"]
    return sorted(each["kind"] for each in found)


def test_a_return_goes_back_in_the_books_and_on_the_shelf(oms: Oms, register: Browser) -> None:
    """Sale and return of all of it come to nothing on every account."""
    made, written = sells(register)
    verdicts = register.push(written, returns(register, credit_note(made, pick(0, 2))))

    assert [VerdictKind.ACCEPTED] * 2 == [verdict.kind for verdict in verdicts], verdicts
    assert ({}, 10) == (accounts(oms), stock(oms))


def test_a_part_leaves_the_rest(oms: Oms, register: Browser) -> None:
    """One of two kurtas came back: the drawer holds the money of the other."""
    made, written = sells(register)
    register.push(written)
    register.push(returns(register, credit_note(made)))

    assert (49_900, 9) == (accounts(oms)["tender:cash"], stock(oms))
    with oms.database.read() as session:
        assert [-49_900] == list(session.scalars(select(RefundRow.amount)))
        assert [Standing.PARTLY] == list(session.scalars(select(ReturnRow.standing)))


def test_what_is_damaged_stays_off_the_shelf(oms: Oms, register: Browser) -> None:
    """The money goes back, the torn kurta does not."""
    made, written = sells(register)
    register.push(written, returns(register, credit_note(made, pick(restock=False))))

    assert 8 == stock(oms)


def test_the_same_return_again_changes_nothing(oms: Oms, register: Browser) -> None:
    """A lost answer makes the till send everything again; money goes back once."""
    made, written = sells(register)
    back = returns(register, credit_note(made))
    register.push(written, back)
    before = accounts(oms), stock(oms)
    (again,) = register.push(back)

    assert (VerdictKind.DUPLICATE, before) == (again.kind, (accounts(oms), stock(oms)))


def test_one_return_in_two_entries_is_booked_once(oms: Oms, register: Browser) -> None:
    """Another entry about the same credit note is odd, and moves no money."""
    made, written = sells(register)
    note = credit_note(made)
    register.push(written, returns(register, note))
    before = accounts(oms)
    twice = bodies.CreditNote(note=note.model_copy(update={"id": "n0-1", "number": "DS01A02627-00009"}))
    (verdict,) = register.push(register.append(Kind.CREDIT_NOTE, twice, number="DS01A02627-00009"))

    assert (VerdictKind.ATTENTION, before) == (verdict.kind, accounts(oms))


def test_a_voided_sale_comes_to_nothing_and_keeps_its_number(oms: Oms, register: Browser) -> None:
    """The number stays used: the order is there, and says what became of it."""
    made, written = sells(register)
    (_, verdict) = register.push(written, returns(register, voided(made)))
    found = register.get("/orders").json()["orders"]

    assert VerdictKind.ACCEPTED == verdict.kind, verdict
    assert ({}, 10) == (accounts(oms), stock(oms))
    assert [(made.number, "Void")] == [(each["number"], each["standing"]) for each in found]


def test_two_registers_that_did_not_know_of_each_other(client: TestClient, oms: Oms, register: Browser) -> None:
    """Both were offline, both gave the money for one kurta: it is booked, and somebody has to look."""
    made, written = sells(register, quantity=1)
    register.push(written, returns(register, credit_note(made)))
    other = Browser.enrol(client)
    (verdict,) = other.push(returns(other, credit_note(made)))

    assert VerdictKind.ATTENTION == verdict.kind
    assert f"More came back of sale {made.number} than was sold: Cotton Kurta." == verdict.why
    assert ["over_returned"] == kinds(register)
    assert -49_900 == accounts(oms)["tender:cash"]


def test_a_return_of_a_sale_that_is_not_here_waits_for_it(register: Browser) -> None:
    """Money left the drawer, so it is booked; once the sale arrives nothing is left to look at."""
    made, written = sells(register)
    back = returns(register, credit_note(made))
    (verdict,) = register.push(back)
    before = kinds(register)
    register.push(written)

    assert (VerdictKind.ATTENTION, ["gap", "original"]) == (verdict.kind, before)
    assert [] == kinds(register)


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"number": "DS01Z2627-00001"}, "number"),
        ({"refunds": ()}, "payments"),
        ({"credited": 100}, "payments"),
    ],
    ids=["another series", "no money", "a credit too much"],
)
def test_what_does_not_fit_is_shown(register: Browser, changes: dict[str, Any], kind: str) -> None:
    """A register of a newer or a changed release may err; its money is booked and looked at."""
    made, written = sells(register)
    note = credit_note(made, number="DS01A02627-00001").model_copy(update=changes | {"id": "n9"})
    register.push(written)
    register.push(register.append(Kind.CREDIT_NOTE, bodies.CreditNote(note=note), id="n9", number=note.number))

    assert [kind] == kinds(register)


def test_a_share_that_is_not_the_sales_own_is_shown(register: Browser) -> None:
    """Somebody gives back more than was paid."""
    made, written = sells(register)
    dearer = made.model_copy(update={"lines": order(line(quantity=2, price=99_900)).lines})
    register.push(written, returns(register, credit_note(dearer)))

    assert ["total_differs"] == kinds(register)


def test_money_of_a_payment_link_is_left_to_the_back_office(register: Browser) -> None:
    """Only at the provider can it be given back: somebody has to be told."""
    paid = payment(99_800, tender_id="link", kind=TenderKind.ONLINE)
    made, written = sells(register, payments=(paid,))
    (_, verdict) = register.push(written, returns(register, credit_note(made)))

    assert "Give ₹\N{NO-BREAK SPACE}499.00 back to the customer at the provider" in verdict.why


def test_a_sale_is_found_by_its_number_with_what_came_back(client: TestClient, register: Browser) -> None:
    """The register at the other counter knows what is left before it gives money."""
    made, written = sells(register)
    register.push(written, returns(register, credit_note(made)))
    other = Browser.enrol(client)
    found = KnownSale.model_validate_json(other.get("/sales", number=made.number).content)

    assert (made.id, 1, None) == (found.order.id, len(found.notes), found.void)
    assert 404 == other.get("/sales", number="DS01Z2627-00001").status_code


def test_a_shift_counts_what_was_given_back_in_it(register: Browser) -> None:
    """The back office sees the drawer as the Z report does."""
    begun = opened(register)
    made, written = sells(register)
    register.push(begun, written, returns(register, credit_note(made)))
    (shift,) = register.get("/shifts").json()["shifts"]

    assert (1, 99_800, 49_900, {"cash": 49_900}) == (
        shift["sales"],
        shift["total"],
        shift["returned"],
        shift["tenders"],
    )


def test_a_voucher_has_its_money_back(oms: Oms, register: Browser) -> None:
    """What was paid from a balance goes back to that balance, once."""
    with_voucher(oms)
    made, written = sells(register, quantity=1, payments=(by_voucher(),))
    back = returns(register, credit_note(made))
    verdicts = register.push(written, back, back)

    assert ([VerdictKind.ACCEPTED] * 2, 100_000) == ([one.kind for one in verdicts[:2]], balance(oms))


def test_money_for_a_voucher_that_is_not_there_is_told(register: Browser) -> None:
    """It is on no balance: the customer would stand there without it."""
    made, written = sells(register, quantity=1, payments=(by_voucher(),))
    register.push(written)
    (verdict,) = register.push(returns(register, credit_note(made)))

    assert "was given back to a voucher or house account that is not here" in verdict.why


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"expires": TODAY - timedelta(days=1)}, "expired on"),
        ({"active": False}, "was stopped"),
        ({"expires": TODAY}, ""),
    ],
)
@pytest.mark.parametrize("make", [credit_note, voided])
def test_money_on_a_voucher_that_nobody_can_spend_is_told(
    oms: Oms, register: Browser, make: Callable[[Order], GivenBack], fields: dict[str, Any], words: str
) -> None:
    """It lies there, and the customer learns so at the next purchase; without the code, which registers would keep."""
    with_voucher(oms)
    made, written = sells(register, quantity=1, payments=(by_voucher(),))
    register.push(written)
    with oms.database.write() as session:
        put(session, Dataset.VOUCHERS, {CODE: Voucher(code=CODE, balance=50_100, **fields)})
    (verdict,) = register.push(returns(register, make(made)))

    assert (["voucher"] if words else [], 100_000) == (kinds(register), balance(oms))
    assert (words in verdict.why, "7K2M" in verdict.why) == (True, False)


def test_reports_are_net_of_what_came_back(oms: Oms, register: Browser) -> None:
    """Value and tax that were given back are nobody's turnover; a voided number counts as cancelled (GSTR-1, 13)."""
    made, written = sells(register)
    note = credit_note(made)
    gone, voided_line = sells(register, quantity=1)
    register.push(written, returns(register, note), voided_line, returns(register, voided(gone)))
    period = Period(made.business_day, made.business_day)
    with oms.database.read() as session:
        found = supplies(session, period)
        issued = documents(session, period)
        moved = sums(session, Wanted(made.business_day, made.business_day))

    assert [(Decimal(1), 49_900)] == [(row.quantity, row.total) for row in found]
    assert [("Credit Note", 1, 0), ("Invoices for outward supply", 2, 1)] == sorted(
        (row.nature, row.issued, row.cancelled) for row in issued
    )
    assert (2, Decimal(2)) == moved["return"]
