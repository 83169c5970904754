"""Verdicts: each entry gets one, nothing is booked twice, and money taken is never refused."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import func, select
from starlette.testclient import TestClient

from app.domain.order import Order
from app.domain.payment import TenderKind
from app.sync.bodies import Clock
from app.sync.entry import Kind, parse
from app.sync.protocol import API, VerdictKind
from server.oms.oms import Oms
from server.oms.tables import EntryRow, OrderRow, Reject, Stock
from tests.conftest import NOW, line, order, payment
from tests.server.browser import Browser, digest

pytestmark = pytest.mark.databases

ACCEPTED, DUPLICATE, ATTENTION = VerdictKind.ACCEPTED, VerdictKind.DUPLICATE, VerdictKind.ATTENTION
REFUSED, CONFLICT = VerdictKind.REFUSED, VerdictKind.CONFLICT


def count(oms: Oms, table: type[OrderRow | EntryRow | Reject]) -> int:
    with oms.database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def in_stock(oms: Oms, variant_id: str) -> int:
    with oms.database.read() as session:
        return session.get_one(Stock, variant_id).quantity


def kinds(register: Browser, *lines: bytes) -> list[VerdictKind]:
    return [verdict.kind for verdict in register.push(*lines)]


def test_a_sale_is_accepted(register: Browser) -> None:
    """The plain way of every sale."""
    verdict = register.push(register.sale(order()))[0]

    assert (ACCEPTED, "", "DS01-000001") == (verdict.kind, verdict.why, verdict.order_number)


def test_a_verdict_is_about_the_exact_bytes(register: Browser) -> None:
    """The till finds its entry by the digest of what it keeps."""
    sold = register.sale(order())

    assert digest(sold) == register.push(sold)[0].digest


def test_a_lost_reply_makes_no_second_order(oms: Oms, register: Browser) -> None:
    """The till sends again whatever has no verdict."""
    sold = register.sale(order())
    register.push(sold)

    assert ([DUPLICATE], 1, 9000) == (kinds(register, sold), count(oms, OrderRow), in_stock(oms, "v1"))


def test_the_same_line_twice_in_a_batch_is_one_order(oms: Oms, register: Browser) -> None:
    """Folder and IndexedDB may both offer an entry."""
    sold = register.sale(order())

    assert ([ACCEPTED, DUPLICATE], 1) == (kinds(register, sold, sold), count(oms, OrderRow))


def test_a_repeated_entry_keeps_its_mark(register: Browser) -> None:
    """Were the second answer a plain duplicate, nobody would look at what needs a look."""
    sold = register.sale(order(line("unknown")))
    first, second = register.push(sold)[0], register.push(sold)[0]

    assert (first.kind, first.why) == (second.kind, second.why) == (ATTENTION, first.why)


def test_other_bytes_under_the_same_id_are_a_conflict(oms: Oms, register: Browser) -> None:
    """A copied id must not replace what was booked, nor be booked beside it in silence."""
    register.push(register.sale(order(), id="same"))

    assert ([CONFLICT], 1) == (kinds(register, register.sale(order(), id="same")), count(oms, OrderRow))


def test_a_conflict_inside_a_batch_is_found(register: Browser) -> None:
    """What the batch itself brings counts like what was there."""
    first, second = register.sale(order(), id="same"), register.sale(order(), id="same")

    assert [ACCEPTED, CONFLICT] == kinds(register, first, second)


@pytest.mark.parametrize("spoil", [lambda sold: sold[:-20], lambda _sold: b"hello", lambda _sold: b'{"header":{}}'])
def test_a_damaged_line_is_refused_and_kept(oms: Oms, register: Browser, spoil: Callable[[bytes], bytes]) -> None:
    """A person has to be able to see what arrived."""
    assert ([REFUSED], 1) == (kinds(register, spoil(register.sale(order()))), count(oms, Reject))


def test_a_bad_entry_does_not_block_the_good_ones(register: Browser) -> None:
    """Otherwise one entry would hold a day's sales back for ever."""
    good, better = register.sale(order()), register.sale(order())

    assert [ACCEPTED, REFUSED, ACCEPTED] == kinds(register, good, b"rubbish", better)


def test_a_changed_header_does_not_open(register: Browser) -> None:
    """The seal binds the header: nobody can move a sale to another time or place."""
    sold = register.sale(order()).replace(b'"at":"2026-11-21', b'"at":"2026-11-20')

    assert [REFUSED] == kinds(register, sold)


def test_another_registers_entry_is_refused(client: TestClient, register: Browser) -> None:
    """A register speaks for itself only."""
    other = Browser.enrol(client)

    assert [REFUSED] == kinds(other, register.sale(order()))


def test_an_unknown_key_is_refused(register: Browser) -> None:
    """Without the key nothing can be booked; the entry stays at the till, with the reason."""
    assert "does not know" in register.push(register.sale(order(), key="another"))[0].why


def test_a_body_of_a_newer_release_is_refused_with_a_hint(register: Browser) -> None:
    """After an update of the OMS the same bytes are taken."""
    entry = parse(register.sale(order()))
    newer = register.seal(entry.header, b'{"kind":"sale","order":{"novelty":1}}')  # type: ignore[union-attr]

    assert "up to date" in register.push(newer.line)[0].why


def test_a_kind_without_a_body_here_is_kept(oms: Oms, register: Browser) -> None:
    """Kinds that this release can't book are part of the chain all the same."""
    body = Clock(before=NOW, after=NOW)

    assert ([ACCEPTED], 1) == (kinds(register, register.append(Kind.SETTINGS, body)), count(oms, EntryRow))


ODD: dict[str, tuple[Callable[[], Order], str]] = {
    "total": (lambda: _cheaper(order()), "the OMS computes"),
    "split": (lambda: _other_split(order()), "split"),
    "payments": (lambda: order(payments=(payment(100),)), "payments add up"),
    "rounding without cash": (
        lambda: order(rounding=50, payments=(payment(49_950, kind=TenderKind.UPI),)),
        "rounding",
    ),
    "rounding too large": (lambda: order(rounding=100), "rounding"),
    "no rate on that day": (lambda: order(business_day=date(2020, 1, 1)), "No tax rate"),
    "unknown product": (lambda: order(line("nothing")), "Not in the catalogue: Cotton Kurta."),
    "oversold": (lambda: order(line(quantity=11)), "More was sold than was in stock: Cotton Kurta."),
    "too large": (lambda: order(lines=(_huge(),)), "more than any sale"),
}


def _cheaper(sold: Order) -> Order:
    totals = sold.totals.model_copy(update={"total": sold.totals.total - 100})
    return sold.model_copy(update={"totals": totals, "payments": (payment(totals.total),)})


def _other_split(sold: Order) -> Order:
    totals = sold.totals
    moved = totals.model_copy(update={"value": totals.value + 10, "cgst": totals.cgst - 10})
    return sold.model_copy(update={"totals": moved})


def _huge() -> object:
    return order().lines[0].model_copy(update={"quantity": Decimal(10**8), "unit_price": 10**9})


@pytest.mark.parametrize(("make", "why"), ODD.values(), ids=ODD)
def test_money_taken_is_never_refused(register: Browser, make: Callable[[], Order], why: str) -> None:
    """The customer has left with the goods: it is booked, and a person is told what is odd."""
    verdict = register.push(register.sale(make()))[0]

    assert ATTENTION == verdict.kind
    assert why in verdict.why


def test_the_recomputed_total_comes_back(register: Browser) -> None:
    """So that whoever looks sees both sums."""
    assert 49_900 == register.push(register.sale(_cheaper(order())))[0].total


def test_a_number_of_another_series_needs_a_look(register: Browser) -> None:
    """It may be another register's number too."""
    register.next_number = lambda: "DS01Z2627-00001"  # type: ignore[method-assign]

    assert "not of this register's series" in register.push(register.sale(order()))[0].why


def test_a_number_used_twice_needs_a_look(register: Browser) -> None:
    """Two invoices of one number are a matter for the tax office."""
    register.next_number = lambda: "DS01A2627-00001"  # type: ignore[method-assign]
    _, second = register.push(register.sale(order()), register.sale(order()))

    assert "already used" in second.why


def test_an_order_in_two_entries_is_booked_once(oms: Oms, register: Browser) -> None:
    """A sale recorded twice by mistake must not count twice."""
    _, second = register.push(register.sale(order(id="twice")), register.sale(order(id="twice")))

    assert (ATTENTION, 1, 9000) == (second.kind, count(oms, OrderRow), in_stock(oms, "v1"))


def test_a_gap_in_the_journal_is_no_doubt_about_the_entry_after_it(register: Browser) -> None:
    """Orders are sent in the order in which somebody checked them; the gap itself stands on the back office's list."""
    register.sale(order())

    verdict = register.push(register.sale(order()))[0]

    assert (ACCEPTED, "") == (verdict.kind, verdict.why)


def test_a_broken_chain_needs_a_look(register: Browser) -> None:
    """An entry changed after it was written no longer is what its successor names."""
    register.push(register.sale(order()))
    register.prev = "f" * 64

    assert "does not follow" in register.push(register.sale(order()))[0].why


def test_a_late_entry_that_does_not_fit_its_successor_needs_a_look(register: Browser) -> None:
    """Entries may arrive in any order; the chain is checked in both directions."""
    register.sale(order())
    register.push(register.sale(order()))
    register.seq, register.prev = 0, "0" * 64

    assert "after it" in register.push(register.sale(order()))[0].why


def test_a_batch_that_is_too_large_is_turned_down_whole(register: Browser) -> None:
    """The courier then sends less at a time; the server's memory has an end."""
    reply = register.client.post(f"{API}/entries", content=b"x\n" * 501, headers=register.bearer)

    assert (413, "application/problem+json") == (reply.status_code, reply.headers["content-type"])


def test_bytes_have_a_limit_too(register: Browser) -> None:
    """One endless line is as bad as many."""
    reply = register.client.post(f"{API}/entries", content=b"x" * (16 * 2**20 + 1), headers=register.bearer)

    assert 413 == reply.status_code


def test_an_order_of_a_thousand_lines_fits(register: Browser) -> None:
    """A wholesale customer buys a thousand things at once."""
    lines = tuple(line(price=100 + turn) for turn in range(1000))

    assert 1000 == len(order(*lines).lines)
    assert [ATTENTION] == kinds(register, register.sale(order(*lines)))
