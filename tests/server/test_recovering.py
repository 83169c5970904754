"""A lost register is recovered: its journal is brought by another, once, and its own browser is shut out."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.sync.protocol import API, VerdictKind
from server.oms.database import Database
from server.oms.oms import Oms
from server.oms.recovering import make_recovery_code, recoveries
from server.oms.registers import authenticate
from server.oms.tables import OrderRow
from server.oms.tables_recovering import Recovery
from server.oms.times import now
from server.oms.together import among, together
from tests.conftest import order
from tests.server.browser import Browser, brings, digest, recovered


@pytest.fixture
def lost(register: Browser) -> Browser:
    """R1; its machine is dead."""
    return register


@pytest.fixture
def heir(lost: Browser) -> Browser:
    """R2, enrolled on another machine."""
    return Browser.enrol(lost.client)


@pytest.fixture
def sold(lost: Browser) -> list[bytes]:
    """Four sales, of which one was sent."""
    lines = [lost.sale(order(id=f"n{n}")) for n in range(4)]
    lost.push(lines[0])
    return lines


@pytest.fixture
def code(oms: Oms) -> str:
    with oms.database.write() as session:
        return make_recovery_code(session, "R1")


def orders(database: Database) -> int:
    with database.read() as session:
        return len(session.scalars(select(OrderRow.id)).all())


def test_what_the_oms_lacks_is_booked_once(oms: Oms, heir: Browser, sold: list[bytes], code: str) -> None:
    """Batch by batch, with an answer that was lost in the middle: each sale is one order."""
    first = recovered(heir, "R1", code, *sold[:2])
    again = recovered(heir, "R1", code, *sold[:2])
    last = recovered(heir, "R1", code, *sold[2:])

    assert [(1, 1), (1, 1), (1, 3)] == [(each.fence, each.booked) for each in (first, again, last)]
    assert [VerdictKind.DUPLICATE, VerdictKind.ACCEPTED] == [each.kind for each in first.verdicts]
    assert (4, [VerdictKind.DUPLICATE] * 2) == (orders(oms.database), [each.kind for each in again.verdicts])


def test_the_lost_register_is_shut_out_with_the_first_call(
    oms: Oms, lost: Browser, heir: Browser, sold: list[bytes], code: str
) -> None:
    """It may only have been asleep: from now on nobody goes on with its journal but the one who took over."""
    recovered(heir, "R1", code, sold[1])
    late = lost.client.post(f"{API}/entries", content=sold[3], headers=lost.bearer)

    assert (401, 401, 2) == (late.status_code, lost.get("/ping", nonce="n").status_code, orders(oms.database))


def test_where_the_old_journal_ends_is_written_down(
    oms: Oms, lost: Browser, heir: Browser, sold: list[bytes], code: str
) -> None:
    """Whoever reads both journals in five years has to know where the one goes on."""
    recovered(heir, "R1", code, *sold)
    with oms.database.read() as session:
        (mine,) = recoveries(session, "R2")
        seen = mine.register, mine.by, mine.last_seq, mine.last_digest, mine.fence

    assert ("R1", "R2", 4, digest(sold[3]), 1) == seen


def test_nothing_happens_before_the_code_is_right(oms: Oms, lost: Browser, heir: Browser, sold: list[bytes]) -> None:
    """A till must not be able to shut out another one, by a guess or by mistake."""
    refused = brings(heir, "R1", "1234-5678-9012", *sold)
    missing = heir.client.post(f"{API}/registers/R1/recover", content=sold[1], headers=heir.bearer)

    assert (403, 422, 200, 1) == (
        refused.status_code,
        missing.status_code,
        lost.get("/ping", nonce="n").status_code,
        orders(oms.database),
    )


def test_a_code_is_of_one_register_and_of_whoever_uses_it_first(
    oms: Oms, heir: Browser, sold: list[bytes], code: str
) -> None:
    """Found in the waste-paper basket it opens nothing."""
    third = Browser.enrol(heir.client)
    other = brings(third, "R2", code)
    recovered(heir, "R1", code, sold[1])

    assert [403, 403] == [other.status_code, brings(third, "R1", code, sold[2]).status_code]


def test_a_code_that_nobody_used_is_too_old_after_two_days(oms: Oms, heir: Browser, sold: list[bytes]) -> None:
    """One that was used goes on: the internet may be gone in the middle of it for longer."""
    with oms.database.write() as session:
        fresh, old = make_recovery_code(session, "R1"), make_recovery_code(session, "R1")
    recovered(heir, "R1", fresh, sold[1])
    with oms.database.write() as session:
        for row in session.scalars(select(Recovery)):
            row.expires_at = now() - timedelta(days=1)

    assert (403, 200) == (brings(heir, "R1", old).status_code, brings(heir, "R1", fresh, sold[2]).status_code)


def test_a_register_does_not_take_its_own_place(oms: Oms, lost: Browser, sold: list[bytes], code: str) -> None:
    """It would shut itself out, with what it has not sent."""
    assert (403, 200) == (brings(lost, "R1", code).status_code, lost.get("/ping", nonce="n").status_code)


def test_entries_of_others_are_not_booked_by_it(oms: Oms, heir: Browser, sold: list[bytes], code: str) -> None:
    """A code for R1 brings what is of R1."""
    third = Browser.enrol(heir.client)
    answer = recovered(heir, "R1", code, third.sale(order(id="x")), b"nonsense")

    assert ([VerdictKind.REFUSED] * 2, 0) == ([each.kind for each in answer.verdicts], answer.booked)


def test_one_that_was_taken_out_of_service_before_is_recovered_too(
    oms: Oms, lost: Browser, heir: Browser, sold: list[bytes]
) -> None:
    """The back office was quicker; the money was taken all the same."""
    with oms.database.write() as session:
        row = authenticate(session, lost.me.token)
        assert row is not None
        row.revoked_at = now()
        code = make_recovery_code(session, "R1")

    assert 3 == recovered(heir, "R1", code, *sold).booked


def test_registers_that_go_on_for_each_other_belong_together(oms: Oms, lost: Browser, heir: Browser) -> None:
    """R2 went on for R1, R3 for R2: a report can have all of them as one."""
    third = Browser.enrol(heir.client)
    with oms.database.write() as session:
        first, second = make_recovery_code(session, "R1"), make_recovery_code(session, "R2")
    fences = [recovered(heir, "R1", first).fence, recovered(third, "R2", second).fence]
    heirs = [each.sale(order(id=f"o-{each.me.register}")) for each in (lost, heir, third)]
    third.push(heirs[2])
    with oms.database.read() as session:
        chains = together(session)
        query = select(OrderRow.register).where(among(OrderRow.register, "+".join(chains[-1])))
        found = session.scalars(query).all()

    assert ([1, 2], (("R2", "R1"), ("R3", "R2", "R1")), ["R3"]) == (fences, chains, found)
