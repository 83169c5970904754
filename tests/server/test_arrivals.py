"""What hostile, repeated or unordered arrivals must not do: hide a return, pay twice with one card, block others."""

import gzip
from pathlib import Path

import pytest
from sqlalchemy import select

from app.domain.account import Account
from app.domain.payment import TenderKind
from app.domain.returning import Standing
from app.sync import bodies
from app.sync.cards import CardState
from app.sync.entry import Kind
from app.sync.protocol import Dataset, VerdictKind
from app.sync.sandbox_card import TestCard
from server.importers.pending import MOST_BYTES, MOST_ROWS, read_pending
from server.importers.reading import Unreadable
from server.oms.cards import NewPayment, mark_paid
from server.oms.oms import Oms
from server.oms.records import put
from server.oms.tables_cards import CardJob
from server.oms.tables_returns import ReturnRow
from tests.conftest import line, order, payment, tender
from tests.given_back import credit_note, pick
from tests.server.browser import Browser
from tests.server.cards import authorised, ledger, on_card, processed, sold
from tests.server.test_balances import held, with_account
from tests.server.test_returns import accounts, kinds, returns, sells


@pytest.fixture(autouse=True)
def terminal(oms: Oms) -> None:
    """The store has a terminal."""
    with oms.database.write() as session:
        put(session, Dataset.TENDERS, {"terminal": tender("terminal", name="Card on Terminal", terminal=True)})


def standing(oms: Oms) -> list[str]:
    with oms.database.read() as session:
        return list(session.scalars(select(ReturnRow.standing).order_by(ReturnRow.seq)))


def test_a_whole_return_before_its_sale_says_so_once_the_sale_is_there(oms: Oms, register: Browser) -> None:
    """Entries arrive in any order: a wholly returned sale must not read as partly returned."""
    made, written = sells(register)
    register.push(returns(register, credit_note(made, pick(0, 2))))
    register.push(written)

    assert [Standing.RETURNED] == standing(oms)


def test_too_much_that_came_back_before_its_sale_is_shown(oms: Oms, register: Browser) -> None:
    """A return that nobody could check is checked when its sale arrives, instead of being forgotten."""
    made, written = sells(register, quantity=1)
    first, second = returns(register, credit_note(made)), returns(register, credit_note(made))
    register.push(first, second)
    register.push(written)

    assert ["over_returned"] == kinds(register)


def test_the_same_in_one_batch(oms: Oms, register: Browser) -> None:
    """Return, return, sale: one push."""
    made, written = sells(register, quantity=1)
    first, second = returns(register, credit_note(made)), returns(register, credit_note(made))
    register.push(first, written, second)

    assert ["over_returned"] == kinds(register)
    assert standing(oms) == [Standing.RETURNED, Standing.RETURNED]


def test_a_return_with_the_id_of_its_sale_blocks_nobody(oms: Oms, register: Browser) -> None:
    """A document's id is used once; a second one is shown, and the entries behind it come through."""
    made, written = sells(register)
    note = credit_note(made).model_copy(
        update={
            "id": made.id,
            "register": register.me.register,
            "number": f"{register.me.series.credit_note}2627-00001",
        }
    )
    bad = register.append(Kind.CREDIT_NOTE, bodies.CreditNote(note=note), number=note.number)
    _, behind = sells(register)
    verdicts = register.push(written, bad, behind)

    assert [VerdictKind.ACCEPTED, VerdictKind.ATTENTION, VerdictKind.ACCEPTED] == [each.kind for each in verdicts]
    accounts(oms)


def test_a_sale_with_the_id_of_a_return_blocks_nobody(oms: Oms, register: Browser) -> None:
    """The other way round, in two batches."""
    made, written = sells(register)
    back = returns(register, credit_note(made))
    register.push(written, back)
    taken = bodies.CreditNote(note=credit_note(made)).note.id + f"-{register.seq - 1}"
    clash = register.sale(order(line(), id=taken))
    _, behind = sells(register)
    verdicts = register.push(clash, behind)

    assert [VerdictKind.ATTENTION, VerdictKind.ACCEPTED] == [each.kind for each in verdicts]


def test_one_approved_card_pays_one_sale(oms: Oms, register: Browser) -> None:
    """A payment's id that another order has used brings no money: somebody has to look."""
    paid = on_card(oms, TestCard.APPROVED)
    authorised(register, paid)
    plain = paid.model_copy(update={"stored": None})
    (first,) = register.push(register.sale(order(id="o-card", payments=(plain,)), id="o-card"))
    (second,) = register.push(register.sale(order(id="o-other", payments=(plain,)), id="o-other"))

    assert [VerdictKind.ACCEPTED, VerdictKind.ATTENTION] == [first.kind, second.kind]


def test_what_else_is_asked_under_a_payments_id_leaves_it_approved(oms: Oms, register: Browser) -> None:
    """The refusal of another amount is no answer about the charge that stands: its sale is in order."""
    paid = on_card(oms, TestCard.APPROVED)
    authorised(register, paid)
    authorised(register, paid, amount=99_900)
    plain = paid.model_copy(update={"stored": None})
    (verdict,) = register.push(register.sale(order(id="o-card", payments=(plain,)), id="o-card"))

    assert (VerdictKind.ACCEPTED, "") == (verdict.kind, verdict.why)


def test_a_stored_card_of_another_order_stays_that_orders(oms: Oms, register: Browser) -> None:
    """The same payment under two orders: the first keeps what was processed for it."""
    made = sold(oms, register, TestCard.APPROVED)
    processed(register, made.id)
    (verdict,) = register.push(register.sale(order(id="o-2", payments=made.payments), id="o-2"))
    with oms.database.read() as session:
        job = session.get_one(CardJob, made.payments[0].id)
        assert (made.id, CardState.APPROVED.value) == (job.order_id, job.state)
    assert VerdictKind.ATTENTION == verdict.kind
    ledger(oms, "o-2")


@pytest.mark.parametrize("kind", [TenderKind.VOUCHER, TenderKind.ACCOUNT])
def test_a_refused_card_is_not_paid_from_a_balance_that_nobody_moves(
    oms: Oms, register: Browser, kind: TenderKind
) -> None:
    """Paid with a voucher here, its balance would stay as it is."""
    with oms.database.write() as session:
        put(session, Dataset.TENDERS, {kind.value: tender(kind.value, kind)})
    made = sold(oms, register, TestCard.DECLINED)
    processed(register, made.id)
    with oms.database.write() as session:
        said = mark_paid(session, made.id, NewPayment(made.payments[0].id, kind.value, "GV-7K2M-1234"))

    assert isinstance(said, str)
    assert made.totals.total == ledger(oms, made.id)["receivable:cards"]


def test_a_balance_beyond_all_money_stays_readable(oms: Oms, register: Browser) -> None:
    """A tampered register books nonsense on a house account: all registers still sync, and the account is shown."""
    with_account(oms, 1_000)
    for place in range(2):
        paid = payment(10**15, tender_id="account", kind=TenderKind.ACCOUNT, account="c1")
        register.push(register.sale(order(id=f"huge-{place}", payments=(paid,))))
    (verdict,) = register.push(register.sale(order(id="behind", payments=(payment(49_900),))))

    assert Account(customer_id="c1", limit=1_000, owed=10**15) == held(oms, Dataset.ACCOUNTS, "c1")
    assert VerdictKind.ACCEPTED == verdict.kind


def test_a_packed_file_of_orders_is_measured_unpacked(tmp_path: Path) -> None:
    """Seventy kilobytes that unpack to a gigabyte kept the server busy for minutes."""
    bomb = tmp_path / "pending.csv"
    bomb.write_bytes(gzip.compress(b"number,entry\n" + b"a,b\n" * (MOST_BYTES // 4), 1))
    found = read_pending(bomb)

    assert isinstance(found, Unreadable)
    assert found.why == "pending.csv is larger than 64 MB. Nothing was changed. Split it."


def test_a_file_of_very_many_rows_is_no_file_of_orders(tmp_path: Path) -> None:
    """Rows of two letters: few bytes, and each would be a line of the report."""
    many = tmp_path / "pending.csv"
    many.write_bytes(b"number,entry\n" + b"a,b\n" * (MOST_ROWS + 1))
    found = read_pending(many)

    assert isinstance(found, Unreadable)
    assert "more than 50,000 rows" in found.why
