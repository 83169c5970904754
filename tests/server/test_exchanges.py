"""Exchanges at the OMS: a credit note and the sale that counts it, two entries that may come in any order."""

import pytest

from app.domain.credit import Credit
from app.sync.protocol import Verdict, VerdictKind
from server.oms.findings import resolve
from server.oms.oms import Oms
from tests.conftest import order
from tests.given_back import credit_note
from tests.server.browser import Browser, digest
from tests.server.test_returns import accounts, kinds, returns, sells, stock


def written(register: Browser, counted: int = 49_900) -> tuple[bytes, bytes, bytes]:
    """One of two kurtas comes back, and a sale counts it: the first sale, the note, the new sale."""
    made, first = sells(register)
    note = credit_note(made, id="n", exchanged_for="new", credited=49_900).model_copy(update={"refunds": ()})
    back = returns(register, note)
    credit = Credit(note_id=f"n-{register.seq - 1}", number="DS01A02627-00001", amount=counted)
    return first, back, register.sale(order(id="new", credit=credit, payments=()))


def exchanged(register: Browser, counted: int) -> tuple[Verdict, ...]:
    """A return of one and a sale of one for it, in one payment."""
    return register.push(*written(register, counted))


def test_an_exchange_books_both_sides_of_its_credit(oms: Oms, register: Browser) -> None:
    """Nothing went over the counter but goods: what the note gave the sale took."""
    verdicts = exchanged(register, 49_900)

    assert [VerdictKind.ACCEPTED] * 3 == [verdict.kind for verdict in verdicts], verdicts
    assert ("exchange" in accounts(oms), 99_800, 8) == (False, accounts(oms)["tender:cash"], stock(oms))


def test_a_credit_that_its_note_did_not_give_is_shown(register: Browser) -> None:
    """A sale that pays itself with an invented credit note is theft."""
    exchanged(register, 49_800)

    assert ["credit", "payments"] == kinds(register)


@pytest.mark.databases
@pytest.mark.parametrize("together", [False, True], ids=["one by one", "in one batch"])
def test_a_sale_may_come_before_its_credit_note(oms: Oms, register: Browser, together: bool) -> None:
    """What was missing has arrived: nobody is to look for it for ever, and the books close."""
    first, back, sale = written(register)
    register.push(first)
    said = register.push(sale, back) if together else (*register.push(sale), *register.push(back))

    first_said = VerdictKind.ACCEPTED if together else VerdictKind.ATTENTION
    assert [first_said, VerdictKind.ACCEPTED] == [verdict.kind for verdict in said]
    assert ([], False, 8) == (kinds(register), "exchange" in accounts(oms), stock(oms))


def test_a_credit_note_that_never_comes_stays_on_the_list(register: Browser) -> None:
    """A sale that was paid by nothing is theft until the note is here."""
    first, _, sale = written(register)
    register.push(first, sale)

    assert ["credit", "gap"] == kinds(register)


@pytest.mark.parametrize("settled", [False, True], ids=["still open", "settled by a person"])
def test_a_credit_note_that_comes_later_is_compared(oms: Oms, register: Browser, settled: bool) -> None:
    """Coming late must be no way around the comparison, also where somebody had let it pass."""
    first, back, sale = written(register, 49_800)
    register.push(first, sale)
    if settled:
        with oms.database.write() as session:
            assert resolve(session, digest(sale), "credit")
    register.push(back)

    found = register.get("/exceptions", resolved=False, kind="credit").json()["exceptions"]
    assert [("new", True)] == [(each["order_id"], "gave another sum or sale" in each["words"]) for each in found]
