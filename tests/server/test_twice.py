"""Two copies of a register have sold under the same places and numbers: every sale is in the books, each once.

Nothing that was paid waits for a person; what came twice is marked, for people and in the tables of GSTR-1.
"""

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.domain.returning import CreditNote
from app.domain.session import Why
from app.sync import bodies
from app.sync.bodies import SessionClosed, SessionOpened
from app.sync.entry import Kind
from app.sync.protocol import VerdictKind
from server.office.gstr import documents
from server.office.sums import Period
from server.oms.oms import Oms
from server.oms.tables import EntryRow, OrderRow, Reject
from tests.conftest import NOW, TODAY, line, order
from tests.given_back import credit_note, pick
from tests.server.browser import Browser, digest
from tests.server.test_intake import in_stock
from tests.server.test_returns import accounts, sells
from tests.server.test_shifts import closed, listed, opened

ATTENTION, DUPLICATE = VerdictKind.ATTENTION, VerdictKind.DUPLICATE


@pytest.fixture
def copy(register: Browser) -> Browser:
    """A copy of the register's profile, after one sale that was sent."""
    register.push(register.sale(order()))
    return replace(register)


def booked(oms: Oms) -> int:
    with oms.database.read() as session:
        return session.scalar(select(func.count()).select_from(OrderRow)) or 0


def found(register: Browser, line: bytes) -> set[str]:
    """What a person is told about an entry."""
    listed = register.get("/exceptions", resolved=False, limit=500).json()["exceptions"]
    return {each["kind"] for each in listed if each["digest"] == digest(line)}


def test_what_a_copy_sold_is_booked_with_a_mark(oms: Oms, register: Browser, copy: Browser) -> None:
    """The money is in its drawer: nobody has to press anything first."""
    register.push(register.sale(order()))
    sold = copy.sale(order())

    [verdict] = copy.push(sold)

    assert (ATTENTION, 3) == (verdict.kind, booked(oms))
    assert ({"used_twice", "number"}, True) == (found(copy, sold), "register exists twice" in verdict.why)


def test_the_same_bytes_again_say_the_same(oms: Oms, register: Browser, copy: Browser) -> None:
    """The copy's till shows "Synced" with the mark, however often its answer was lost."""
    register.push(register.sale(order()))
    sold = copy.sale(order())
    first, second = copy.push(sold)[0], copy.push(sold)[0]

    assert (first.kind, first.why, first.order_number) == (second.kind, second.why, second.order_number)
    assert 3 == booked(oms)


def test_the_journal_of_the_copy_is_a_chain_of_its_own(register: Browser, copy: Browser) -> None:
    """Only what truly came twice is marked, also where the copy went further than the register."""
    register.push(register.sale(order()))
    lines = [copy.sale(order()) for _ in range(3)]

    verdicts = [*copy.push(*lines[:1]), *copy.push(*lines[1:])]

    assert [ATTENTION, VerdictKind.ACCEPTED, VerdictKind.ACCEPTED] == [each.kind for each in verdicts]
    assert [{"used_twice", "number"}, set(), set()] == [found(copy, each) for each in lines]


def test_the_register_that_comes_second_breaks_no_chain(register: Browser, copy: Browser) -> None:
    """Which of the two is the copy nobody can tell from their entries: only what came twice is marked."""
    copy.push(copy.sale(order()), copy.sale(order()))
    late = register.sale(order())

    register.push(late)

    assert {"used_twice", "number"} == found(register, late)


def test_a_batch_that_comes_before_its_beginning_is_a_chain_once_that_is_here(register: Browser, copy: Browser) -> None:
    """What was said about the later one is settled by the earlier one."""
    register.push(register.sale(order()), register.sale(order()))
    first, second = copy.sale(order()), copy.sale(order())
    copy.push(second)
    before = found(copy, second)
    copy.push(first)

    assert ({"used_twice", "number", "chain"}, {"used_twice", "number"}) == (before, found(copy, second))


@pytest.mark.databases
def test_stock_and_ledger_have_each_sale_once(oms: Oms, register: Browser, copy: Browser) -> None:
    """Whichever comes first, in whatever lots, over lost answers: nothing is lost and nothing is doubled."""
    chance = random.Random(1)  # noqa: S311 -- no secret, the same walk each time
    piles = [[each.sale(order(line(quantity=1))) for _ in range(4)] for each in (register, copy)]
    sold = [each for pile in piles for each in pile]
    sent = 0
    while any(piles):
        pile = chance.choice([each for each in piles if each])
        lot = pile[: chance.randint(1, 3)]
        register.push(*lot)
        if chance.random() < 0.7:
            del pile[: len(lot)]
        sent += len(lot)

    again = {verdict.kind for verdict in register.push(*sold)}
    assert sent > len(sold)
    assert (9, 10_000 - 9_000, {ATTENTION, DUPLICATE}) == (booked(oms), in_stock(oms, "v1"), again)
    assert -9 * 49_900 == sum(amount for account, amount in accounts(oms).items() if not account.startswith("tender"))


def test_what_a_register_has_in_the_count_does_not_rise_by_the_second(register: Browser, copy: Browser) -> None:
    """The register would take what it has not sent yet for counted, and sell what is gone."""
    register.push(register.sale(order(line("v2"))), copy.sale(order(line("v1"))))
    [row] = [
        change["value"]
        for change in register.get("/changes", cursor=0, datasets="stock").json()["changes"]
        if change["id"] == "v1"
    ]

    assert {"R1": 1} == row["included"]


def test_a_number_used_twice_stands_apart_in_the_table_of_documents(oms: Oms, register: Browser, copy: Browser) -> None:
    """Two invoices under one number are not two numbers of the series, and must not go unseen."""
    register.push(register.sale(order()))
    copy.push(copy.sale(order()))
    with oms.database.read() as session:
        rows = documents(session, Period(TODAY, TODAY))

    series, again = rows
    assert ("DS01A2627-00001", "DS01A2627-00002", 2) == (series.first, series.last, series.issued)
    assert ("DS01A2627-00002", 1, True) == (again.first, again.issued, "used again" in again.nature)


def test_goods_that_came_back_at_a_copy_are_booked(oms: Oms, register: Browser) -> None:
    """Money left the drawer there."""
    made, written = sells(register)
    register.push(written)
    copy = replace(register)
    register.push(register.sale(order()))
    number = f"{copy.me.series.credit_note}2627-00001"
    back = credit_note(made, pick()).model_copy(update={"id": "back", "register": "R1", "number": number})
    assert isinstance(back, CreditNote)

    [verdict] = copy.push(copy.append(Kind.CREDIT_NOTE, bodies.CreditNote(note=back), id="back", number=number))

    assert (ATTENTION, 8_000) == (verdict.kind, in_stock(oms, "v1"))


def test_a_shift_that_was_closed_at_both_keeps_its_first_count(oms: Oms, register: Browser) -> None:
    """Each has a drawer: what each lacks is booked, and the second count is told to a person."""
    register.push(opened(register))
    copy = replace(register)
    register.push(closed(register))
    copy.append(Kind.SESSION_CLOSED, SessionClosed(session_id="none", at=NOW, why=Why.BY_HAND))
    second = closed(copy)

    [verdict] = copy.push(second)

    [shift] = listed(register)
    assert (1_300_00, ATTENTION, True) == (shift["counted"], verdict.kind, "closed before" in verdict.why)
    assert 2 * -99_00 == accounts(oms)["tender:cash"]


def test_an_offline_session_keeps_its_first_end(register: Browser) -> None:
    """Copied in an outage both copies end it; which orders are its own follows from the first."""
    body = SessionOpened(session_id="s", at=NOW, why=Why.CONNECTION, staff_id="s1", staff_name="Asha")
    register.push(register.append(Kind.SESSION_OPENED, body))
    copy = replace(register)
    copy.append(Kind.SESSION_CLOSED, SessionClosed(session_id="x", at=NOW, why=Why.BY_HAND))
    ends = [(register, NOW + timedelta(minutes=5)), (copy, NOW + timedelta(hours=5))]
    for each, at in ends:
        each.push(each.append(Kind.SESSION_CLOSED, SessionClosed(session_id="s", at=at, why=Why.BY_HAND)))

    [session] = register.get("/sessions").json()["sessions"]
    assert (NOW + timedelta(minutes=5)).isoformat()[:19] == session["end"][:19]


def test_the_same_sale_finished_at_both_is_left_to_a_person(oms: Oms, register: Browser, copy: Browser) -> None:
    """Copied with an open sale it may be one sale or two: booked by itself it might be doubled."""
    register.push(register.sale(order(id="open"), id="open"))
    sold = copy.sale(order(id="open"), id="open")

    [verdict] = copy.push(sold)

    with oms.database.read() as session:
        kept = session.get_one(Reject, digest(sold)).line
    assert (VerdictKind.CONFLICT, 2, sold, {"conflict"}) == (verdict.kind, booked(oms), kept, found(copy, sold))


@pytest.mark.parametrize("way", [[[0, 1]], [[0], [1]], [[1], [0]], [[1, 0]]])
def test_what_follows_a_sale_that_waits_for_a_person_is_not_astray(
    register: Browser, copy: Browser, way: list[list[int]]
) -> None:
    """The one before it is here, beside the books: nobody has changed the journal, and nobody is told so."""
    register.push(register.sale(order(id="open"), id="open"))
    both = [copy.sale(order(id="open"), id="open"), copy.sale(order())]

    for some in way:
        copy.push(*(both[each] for each in some))

    assert [{"conflict"}, set()] == [found(copy, line) for line in both]


@pytest.mark.databases
def test_an_entry_keeps_its_place_for_who_asks(oms: Oms, register: Browser, copy: Browser) -> None:
    """Both stand at their sequence; the table holds no place twice."""
    register.push(register.sale(order()))
    copy.push(copy.sale(order()))
    with oms.database.read() as session:
        places = session.execute(select(EntryRow.seq, EntryRow.place).order_by(EntryRow.place)).all()

    assert ([1, 2, 2], ["R1/1", "R1/2"]) == ([seq for seq, _ in places], [place for _, place in places[:2]])
