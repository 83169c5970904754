"""Exactly once: kept by the database itself, the same after months, and one bad entry keeps no other waiting."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError, OperationalError

from app.domain.order import Order
from app.sync.protocol import API, VerdictKind
from server.oms import intake, unbooked
from server.oms.booking_again import book_again
from server.oms.books import Books
from server.oms.findings import FindingKind
from server.oms.oms import Oms
from server.oms.opening import Refusal
from server.oms.rules import recompute
from server.oms.tables import (
    EntryRow,
    ExceptionRow,
    LedgerRow,
    OrderRow,
    PaymentRow,
    Register,
    Reject,
    Stock,
    StockMove,
)
from server.oms.times import now
from server.oms.verdicts import entry_row
from tests.conftest import line, order
from tests.server.browser import Browser, digest

pytestmark = pytest.mark.databases
ACCEPTED, ATTENTION, DUPLICATE = VerdictKind.ACCEPTED, VerdictKind.ATTENTION, VerdictKind.DUPLICATE
POISON = "poison"


def count(oms: Oms, *tables: Any) -> list[int]:
    with oms.database.read() as session:
        return [session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


def in_stock(oms: Oms) -> int:
    with oms.database.read() as session:
        return session.get_one(Stock, "v1").quantity


def kinds(register: Browser, *lines: bytes) -> list[VerdictKind]:
    return [verdict.kind for verdict in register.push(*lines)]


def open_findings(oms: Oms) -> list[tuple[str, str]]:
    with oms.database.read() as session:
        asked = select(ExceptionRow.digest, ExceptionRow.kind).where(ExceptionRow.resolved_at.is_(None))
        return [(row.digest, row.kind) for row in session.execute(asked)]


@pytest.mark.parametrize("same", ["digest", "id", "place"])
def test_the_database_itself_lets_no_entry_in_twice(oms: Oms, register: Browser, same: str) -> None:
    """Also where our own code is wrong, or another program writes."""
    register.push(register.sale(order()))
    with oms.database.read() as session:
        there = dict(session.execute(select(EntryRow.__table__)).mappings().one())
    other = {name: f"other-{value}" for name, value in there.items() if name in {"digest", "id", "place"} - {same}}
    with pytest.raises(IntegrityError), oms.database.write() as session:
        session.execute(insert(EntryRow), [there | other])


@pytest.mark.parametrize("same", ["id", "digest", "order_number"])
def test_the_database_itself_lets_no_order_in_twice(oms: Oms, register: Browser, same: str) -> None:
    """An order belongs to one entry, and has a number of its own."""
    register.push(register.sale(order()))
    with oms.database.read() as session:
        there = dict(session.execute(select(OrderRow.__table__)).mappings().one())
    other = {name: f"other-{there[name]}" for name in {"id", "digest", "order_number"} - {same}}
    with pytest.raises(IntegrityError), oms.database.write() as session:
        session.execute(insert(OrderRow), [there | other])


def test_what_is_booked_of_a_sale_is_booked_with_it(oms: Oms, register: Browser) -> None:
    """No stock without its payment, no ledger without its order: where one fails, nothing is there."""
    sold, tables = register.sale(order()), (EntryRow, OrderRow, PaymentRow, LedgerRow, StockMove)
    with oms.database.write() as session:
        keys = intake.take_in(session, oms.keys, session.get_one(Register, "R1"), [sold])
        during = [session.scalar(select(func.count()).select_from(table)) for table in tables]
        session.rollback()

    assert ([1, 1, 1, 4, 1], [0] * 5) == (during, count(oms, *tables))
    assert (1, 10_000) == (len(keys.verdicts), in_stock(oms))


def test_a_replay_after_months_gets_the_same_verdict(
    oms: Oms, register: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A register that was away, or one that was restored: number, sum, revision and time are those of the first."""
    plain, odd = register.sale(order(id="plain")), register.sale(order(line("nothing"), id="odd"))
    first = register.push(plain, odd)
    for module in (intake, unbooked):
        monkeypatch.setattr(module, "now", lambda: now() + timedelta(days=150))
    for _ in range(3):
        register.push(register.sale(order()))
    again = register.push(plain, odd)

    assert [ACCEPTED, ATTENTION] == [each.kind for each in first]
    assert [first[0].model_copy(update={"kind": DUPLICATE}), first[1]] == list(again)


def test_a_no_is_the_same_no_after_months(oms: Oms, register: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was turned down is offered again with every restore: no second answer may book it, or blame another thing.

    It was never taken in, so the time of the answer is no part of it.
    """
    register.push(register.sale(order(id="there"), id="there"))
    clash = register.sale(order(line("v2"), id="there"), id="there")
    of_another = Browser.enrol(register.client).sale(order(id="strange"))
    damaged = register.sale(order())[:-40]
    first, before = register.push(clash, of_another, damaged), count(oms, EntryRow, OrderRow, Reject, ExceptionRow)
    for module in (intake, unbooked):
        monkeypatch.setattr(module, "now", lambda: now() + timedelta(days=150))
    again = register.push(clash, of_another, damaged)

    assert [VerdictKind.CONFLICT, VerdictKind.REFUSED, VerdictKind.REFUSED] == [each.kind for each in first]
    said = [[each.model_copy(update={"at": None}) for each in verdicts] for verdicts in (first, again)]
    assert (said[0], before) == (said[1], count(oms, EntryRow, OrderRow, Reject, ExceptionRow))


def failing(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """Let the writing of every batch fail that has the poisoned order in it."""
    write = Books.write

    def spoiled(books: Books, session: Any) -> None:
        write(books, session)
        if any(row["id"] == POISON for row in books._rows[OrderRow]):
            raise error

    monkeypatch.setattr(Books, "write", spoiled)


def too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the poisoned order hold a number that no database takes: on PostgreSQL all that follows fails with it."""
    of = entry_row

    def spoiled(entry: Any, seen: Any) -> dict[str, Any]:
        row = of(entry, seen)
        return row | {"total": 2**70} if seen.order_number and row["id"] == POISON else row

    monkeypatch.setattr(intake, "entry_row", spoiled)


def in_judging(monkeypatch: pytest.MonkeyPatch) -> None:
    compute = recompute

    def spoiled(sold: Order, rules: Any) -> Any:
        return 1 // 0 if sold.id == POISON else compute(sold, rules)

    monkeypatch.setattr(intake, "recompute", spoiled)


WAYS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "judging": in_judging,
    "writing": lambda monkeypatch: failing(monkeypatch, ValueError("a bug of ours")),
    "database": too_large,
}


@pytest.fixture
def batch(register: Browser) -> list[bytes]:
    """Five sales; the fourth breaks our code."""
    return [register.sale(order(id=name), id=name) for name in ("a", "b", "c", POISON, "d")]


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    with caplog.at_level("CRITICAL"):
        yield


@pytest.mark.parametrize("way", WAYS)
def test_one_poisoned_entry_keeps_no_other_waiting(
    oms: Oms, register: Browser, batch: list[bytes], monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """Its register would send the same batch for ever, and a day's sales with it: it is kept, and somebody is told."""
    WAYS[way](monkeypatch)
    found = kinds(register, *batch)

    assert [ACCEPTED, ACCEPTED, ACCEPTED, ATTENTION, ACCEPTED] == found
    assert ([5, 4, 4, 4, 0], 6_000) == (count(oms, EntryRow, OrderRow, PaymentRow, StockMove, Reject), in_stock(oms))
    assert [(digest(batch[3]), FindingKind.NOT_BOOKED)] == open_findings(oms)


def test_the_poisoned_entry_is_answered_alike_when_it_comes_again(
    oms: Oms, register: Browser, batch: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is held; nothing is tried anew with each of its register's calls."""
    WAYS["writing"](monkeypatch)
    first, again = register.push(*batch), register.push(*batch)

    assert first[3] == again[3]
    assert ([DUPLICATE] * 3, DUPLICATE) == ([each.kind for each in again[:3]], again[4].kind)


def test_it_is_booked_once_a_release_has_mended_our_code(
    oms: Oms, register: Browser, batch: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Kept and never booked, its money would be missing in every report."""
    with monkeypatch.context() as bad:
        WAYS["writing"](bad)
        register.push(*batch)
        tried = book_again(oms)
        before = open_findings(oms)
    booked = book_again(oms), book_again(oms)

    assert (0, 1, (1, 0), []) == (tried, len(before), booked, open_findings(oms))
    assert ([5, 5, 5, 5], 5_000) == (count(oms, EntryRow, OrderRow, PaymentRow, StockMove), in_stock(oms))
    assert [DUPLICATE] * 5 == kinds(register, *batch)


def test_one_that_this_release_cannot_even_read_stays_and_lets_the_server_start(
    oms: Oms, register: Browser, batch: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tried at every start, one entry would keep a store from opening; and a row that is taken away is a sale lost."""
    with monkeypatch.context() as bad:
        WAYS["writing"](bad)
        register.push(*batch)
        bad.setattr(intake, "open_line", lambda *_: Refusal(VerdictKind.REFUSED, "not one the OMS knows"))
        tried = book_again(oms)

    assert (0, [5, 0], 1) == (tried, count(oms, EntryRow, Reject), len(open_findings(oms)))


def test_what_cannot_even_be_kept_blocks_nobody(
    oms: Oms, register: Browser, batch: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line itself is kept with what was turned down, and the register goes on."""
    WAYS["judging"](monkeypatch)
    monkeypatch.setattr(unbooked, "entry_row", lambda *_: 1 // 0)
    found = kinds(register, *batch)

    assert ([ACCEPTED] * 3, VerdictKind.REFUSED, ACCEPTED) == (found[:3], found[3], found[4])
    assert [4, 4, 1] == count(oms, EntryRow, OrderRow, Reject)


def test_a_database_that_is_away_is_no_fault_of_an_entry(
    oms: Oms, register: Browser, batch: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Kept unbooked because the disk was full for a minute, a whole day would have to be booked by hand."""
    with monkeypatch.context() as bad:
        failing(bad, OperationalError("INSERT", {}, Exception("disk full")))
        reply = register.client.post(f"{API}/entries", content=b"\n".join(batch), headers=register.bearer)

    assert (503, [0, 0]) == (reply.status_code, count(oms, EntryRow, ExceptionRow))
    assert [ACCEPTED] * 5 == kinds(register, *batch)
