"""Vouchers, house accounts and the rules of tenders when sales are taken in: booked once, told, never refused."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select, update
from starlette.testclient import TestClient

from app.domain.account import Account
from app.domain.order import Order
from app.domain.payment import Payment, Tender, TenderKind
from app.domain.reference import Characters, ReferenceRule
from app.domain.voucher import Issued, Voucher
from app.sync.protocol import Dataset, VerdictKind
from server.oms.oms import Oms
from server.oms.records import find, put
from server.oms.tables import EntryRow, ExceptionRow
from server.oms.tables_balances import BalanceMove
from server.oms.vouchers import issue, new_code
from tests.conftest import customer, line, order, payment, tender
from tests.server.browser import Browser

CODE = "GV-7K2M-1234"
DUPLICATE, ACCEPTED, ATTENTION = VerdictKind.DUPLICATE, VerdictKind.ACCEPTED, VerdictKind.ATTENTION


@pytest.fixture
def second(client: TestClient) -> Browser:
    """Another register of the store."""
    return Browser.enrol(client)


def with_voucher(oms: Oms, amount: int = 100_000, **fields: Any) -> None:
    with oms.database.write() as session:
        made = issue(session, amount, Issued.GIVEN, "admin", code=CODE)
        put(session, Dataset.VOUCHERS, {CODE: made.model_copy(update=fields)})


def with_account(oms: Oms, limit: int, owed: int = 0) -> None:
    with oms.database.write() as session:
        put(session, Dataset.ACCOUNTS, {"c1": Account(customer_id="c1", limit=limit, owed=owed)})


def with_tender(oms: Oms, **fields: Any) -> Tender:
    meal = tender("meal", TenderKind.WALLET, name="Meal card", custom=True, **fields)
    with oms.database.write() as session:
        put(session, Dataset.TENDERS, {"meal": meal})
    return meal


def held(oms: Oms, dataset: Dataset, key: str) -> Voucher | Account:
    with oms.database.read() as session:
        value = find(session, dataset, [key])[key].value
    return (Voucher if dataset is Dataset.VOUCHERS else Account).model_validate_json(value)


def balance(oms: Oms) -> int:
    found = held(oms, Dataset.VOUCHERS, CODE)
    assert isinstance(found, Voucher)
    return found.balance


def owed(oms: Oms) -> int:
    found = held(oms, Dataset.ACCOUNTS, "c1")
    assert isinstance(found, Account)
    return found.owed


def by(kind: TenderKind, amount: int = 49_900, **fields: Any) -> Payment:
    return payment(amount, kind=kind, tender_id=kind.value, name=kind.value, **fields)


def by_voucher(amount: int = 49_900, code: str = CODE) -> Payment:
    return by(TenderKind.VOUCHER, amount, reference=code)


def sold(order_id: str, *payments: Payment, **fields: Any) -> Order:
    return order(line(), id=order_id, payments=payments, **fields)


def test_a_voucher_is_charged_with_the_order_once(oms: Oms, register: Browser) -> None:
    """However often the entry arrives; and the balance is what its moves add up to."""
    with_voucher(oms)
    entry = register.sale(sold("s1", by_voucher()))
    kinds = [verdict.kind for verdict in (*register.push(entry), *register.push(entry))]
    with oms.database.read() as session:
        moved = session.scalar(select(func.sum(BalanceMove.amount)).where(BalanceMove.key == CODE))

    assert ([ACCEPTED, DUPLICATE], 50_100, 50_100) == (kinds, balance(oms), moved)


def revision(register: Browser) -> int:
    """Of the voucher's newest change, which its value bears, too."""
    (change,) = register.get("/changes", cursor=0, datasets="vouchers").json()["changes"]
    assert change["revision"] == change["value"]["revision"]
    return int(change["revision"])


def test_the_verdict_names_the_revision_that_holds_it(oms: Oms, register: Browser) -> None:
    """The register stops subtracting its sale with the very balance that has it: not before, and not too late."""
    with_voucher(oms)
    before = revision(register)
    entry = register.sale(sold("s1", by_voucher()))
    first, again = register.push(entry, entry)
    held = revision(register)
    register.push(register.sale(sold("s2", by_voucher())))
    later = register.push(entry)[0]

    assert before < first.revision <= held
    assert [first.revision] * 2 == [again.revision, later.revision]


def test_a_verdict_from_before_revisions_were_kept_names_the_balance_s(oms: Oms, register: Browser) -> None:
    """A reply was lost, and the OMS was updated: no balance that the register has lacks its sale."""
    with_voucher(oms)
    entry = register.sale(sold("s1", by_voucher()))
    register.push(entry)
    with oms.database.write() as session:
        session.execute(update(EntryRow).values(revision=None))

    assert revision(register) == register.push(entry)[0].revision


def test_a_voucher_spent_on_two_offline_tills_is_found(oms: Oms, register: Browser, second: Browser) -> None:
    """The first is right, the second needs a person; the balance says what is missing instead of losing it."""
    with_voucher(oms, 49_900)
    first = register.push(register.sale(sold("s1", by_voucher(), offline=True)))[0]
    other = second.push(second.sale(sold("s2", by_voucher(), offline=True)))[0]

    assert (ACCEPTED, ATTENTION, -49_900) == (first.kind, other.kind, balance(oms))
    assert "The voucher …1234 is overdrawn by ₹\N{NO-BREAK SPACE}499.00: it was spent elsewhere before." == other.why


def test_two_orders_of_one_batch_know_of_each_other(oms: Oms, register: Browser) -> None:
    """A register that was away sends all of them at once."""
    with_voucher(oms, 60_000)
    lines = [register.sale(sold(key, by_voucher())) for key in ("s1", "s2")]

    assert ([ACCEPTED, ATTENTION], -39_800) == ([each.kind for each in register.push(*lines)], balance(oms))


@pytest.mark.parametrize(
    ("fields", "words"),
    [({"expires": date(2026, 11, 20)}, "expired on 20-11-2026"), ({"active": False}, "was stopped before")],
)
def test_a_voucher_that_should_not_have_been_taken_is_charged_and_told(
    oms: Oms, register: Browser, fields: dict[str, Any], words: str
) -> None:
    """The customer has the goods: whoever took it has to be asked."""
    with_voucher(oms, **fields)
    verdict = register.push(register.sale(sold("s1", by_voucher())))[0]

    assert (ATTENTION, True, 50_100) == (verdict.kind, words in verdict.why, balance(oms))


def test_a_voucher_that_nobody_issued_is_told_without_its_code(oms: Oms, register: Browser) -> None:
    """What is said is kept by registers in the clear, so no code stands in it."""
    verdict = register.push(register.sale(sold("s1", by_voucher(code="GV-FALSE-9999"))))[0]

    assert (ATTENTION, True, False) == (verdict.kind, "…9999 that nobody issued" in verdict.why, "FALSE" in verdict.why)


def test_a_house_account_owes_what_was_put_on_it(oms: Oms, register: Browser) -> None:
    """Of whom the payment names, and of the buyer where an older register named nobody."""
    with_account(oms, 200_000)
    named = sold("s1", by(TenderKind.ACCOUNT, account="c1"), customer=customer("c2"))
    older = sold("s2", by(TenderKind.ACCOUNT), customer=customer("c1"))
    verdicts = register.push(register.sale(named), register.sale(older))

    assert ([ACCEPTED, ACCEPTED], 99_800) == ([each.kind for each in verdicts], owed(oms))


def test_two_tills_that_overdraw_a_house_account_are_found(oms: Oms, register: Browser, second: Browser) -> None:
    """Each by itself stayed below the limit."""
    with_account(oms, 60_000)
    first = register.push(register.sale(sold("s1", by(TenderKind.ACCOUNT, account="c1"))))[0]
    other = second.push(second.sale(sold("s2", by(TenderKind.ACCOUNT, account="c1"))))[0]
    with oms.database.read() as session:
        kinds = list(session.scalars(select(ExceptionRow.kind)))

    assert (ACCEPTED, ATTENTION, 99_800) == (first.kind, other.kind, owed(oms))
    assert (["house_account"], True) == (kinds, "₹\N{NO-BREAK SPACE}398.00 above its limit" in other.why)


def test_what_a_manager_let_pass_is_no_finding(oms: Oms, register: Browser) -> None:
    """Somebody has looked already."""
    with_account(oms, 10_000)
    paid = by(TenderKind.ACCOUNT, account="c1", approved_by="Ravi")

    assert (ACCEPTED, 49_900) == (register.push(register.sale(sold("s1", paid)))[0].kind, owed(oms))


def test_a_house_account_that_is_not_there_is_told(oms: Oms, register: Browser) -> None:
    """It was closed while the register was away: nobody would ever pay it."""
    verdict = register.push(register.sale(sold("s1", by(TenderKind.ACCOUNT, account="c1"))))[0]

    assert (ATTENTION, True) == (verdict.kind, "a house account that is not there" in verdict.why)


@pytest.mark.parametrize(
    ("rule", "paid", "words"),
    [
        ({"cap_sale": 40_000}, {}, "of a sale may be paid with “Meal card”"),
        ({"cap_day": 40_000}, {}, "a day may be taken with “Meal card”"),
        ({"offline": False}, {"offline": True}, "“Meal card” was taken offline, which is not allowed."),
        ({"asks_reference": True}, {}, "The reference of “Meal card” is not what the store asks for."),
        ({"rule": ReferenceRule(characters=Characters.DIGITS)}, {"reference": "abc"}, "The reference of “Meal card”"),
    ],
)
def test_what_was_taken_against_the_rules_is_told(
    oms: Oms, register: Browser, rule: dict[str, Any], paid: dict[str, Any], words: str
) -> None:
    """A rule may have changed while the register was away, or somebody has found a way round it."""
    meal = with_tender(oms, **rule)
    one = payment(49_900, tender_id="meal", name=meal.name, kind=meal.kind, **paid)
    verdict = register.push(register.sale(sold("s1", one)))[0]

    assert (ATTENTION, True) == (verdict.kind, words in verdict.why)


def test_a_cap_of_a_day_counts_what_came_before(oms: Oms, register: Browser, second: Browser) -> None:
    """In the same batch and in earlier ones; another register has a cap of its own."""
    meal = with_tender(oms, cap_day=100_000)
    paid = payment(49_900, tender_id="meal", name=meal.name, kind=meal.kind)
    first = register.push(register.sale(sold("s1", paid)))
    third = register.push(*[register.sale(sold(key, paid)) for key in ("s2", "s3")])
    elsewhere = second.push(second.sale(sold("s4", paid)))

    assert [ACCEPTED, ACCEPTED, ATTENTION, ACCEPTED] == [each.kind for each in (*first, *third, *elsewhere)]


def test_codes_are_not_guessed() -> None:
    """Two in a million would be too many."""
    assert 1_000 == len({new_code() for _ in range(1_000)})


@pytest.mark.parametrize(
    ("amount", "code"), [(0, ""), (-5, ""), (10**15, ""), (100, "a b!"), (100, "abc"), (100, CODE)]
)
def test_what_is_no_voucher_is_not_issued(oms: Oms, amount: int, code: str) -> None:
    """Money out of nothing."""
    with_voucher(oms)

    with oms.database.write() as session, pytest.raises(ValueError, match=r"\.$"):
        issue(session, amount, Issued.SOLD, "admin", code=code)
