"""Exceptions for the back office: opened with the booking they are about, resolved when what was missed has come."""

from typing import Any

import pytest
from sqlalchemy import update

from app.domain.order import Order
from app.sync.protocol import VerdictKind
from server.oms.oms import Oms
from server.oms.tables import Register
from tests.conftest import line, order, payment
from tests.server.browser import Browser, digest


def listed(register: Browser, /, **filters: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = register.get("/exceptions", **filters).json()["exceptions"]
    return found


def cheaper(sold: Order) -> Order:
    totals = sold.totals.model_copy(update={"total": sold.totals.total - 100})
    return sold.model_copy(update={"totals": totals, "payments": (payment(totals.total),)})


@pytest.fixture
def odd(register: Browser) -> Browser:
    """A register that oversold, charged another total, and sold what nobody knows."""
    register.push(
        register.sale(order(line(quantity=11), id="oversold"), id="oversold"),
        register.sale(cheaper(order(line("v2"), id="cheaper")), id="cheaper"),
        register.sale(order(line("nothing"), id="unknown"), id="unknown"),
        register.sale(order(line("v2"))),
    )
    return register


def test_oversold_stock_becomes_an_exception(odd: Browser) -> None:
    """Somebody has to buy it in, or to call the customer."""
    (found,) = listed(odd, kind="oversold")

    assert ("oversold", "R1", None) == (found["order_id"], found["register"], found["resolved_at"])
    assert "More was sold than was in stock: Cotton Kurta." == found["words"]


def test_a_total_that_differs_is_shown_with_both_sums(odd: Browser) -> None:
    """S15: never swallowed; the order carries both totals."""
    (found,) = listed(odd, kind="total_differs")
    summary = odd.get("/orders/cheaper").json()["summary"]

    assert "The register charged ₹\xa0498.00, the OMS computes ₹\xa0499.00." == found["words"]
    assert ("attention", 49_800, 49_900) == (summary["state"], summary["total"], summary["computed"])


FILTERS: list[tuple[dict[str, str], set[str]]] = [
    ({}, {"oversold", "total_differs", "unknown_product"}),
    ({"kind": "unknown_product"}, {"unknown_product"}),
    ({"order": "oversold"}, {"oversold"}),
    ({"register": "R2"}, set()),
    ({"register": "R1"}, {"oversold", "total_differs", "unknown_product"}),
    ({"resolved": "true"}, set()),
    ({"resolved": "false"}, {"oversold", "total_differs", "unknown_product"}),
    ({"since": "2099-01-01"}, set()),
    ({"until": "2020-01-01"}, set()),
]


@pytest.mark.parametrize(("filters", "kinds"), FILTERS)
def test_exceptions_are_filtered(odd: Browser, filters: dict[str, str], kinds: set[str]) -> None:
    """One person works on stock, another one on sums."""
    assert kinds == {one["kind"] for one in listed(odd, **filters)}


def test_the_same_entry_again_opens_nothing_twice(register: Browser) -> None:
    """A list with doubles is not worked off."""
    sold = register.sale(order(line("nothing")))
    register.push(sold)
    register.push(sold)

    assert 1 == len(listed(register))


def test_a_gap_is_resolved_when_the_entry_comes(register: Browser) -> None:
    """What came late needs nobody any more."""
    first, second = register.sale(order()), register.sale(order())
    register.push(second)
    before = [one["kind"] for one in listed(register, resolved=False)]
    register.push(first)

    assert (["gap"], []) == (before, listed(register, resolved=False))


def test_a_refused_entry_is_resolved_when_it_is_taken_after_all(oms: Oms, register: Browser) -> None:
    """S18: the reason was mended here, the till sent it again; the list has to know."""
    sold = register.sale(order())
    _key(oms, "another")
    refused = register.push(sold)[0]
    before = [(one["kind"], one["digest"]) for one in listed(register, resolved=False)]
    _key(oms, register.key_id)
    taken = register.push(sold)[0]

    assert (VerdictKind.REFUSED, VerdictKind.ACCEPTED) == (refused.kind, taken.kind)
    assert ([("refused", digest(sold))], []) == (before, listed(register, resolved=False))


def test_a_verdict_says_when_the_entry_was_taken(register: Browser) -> None:
    """The till shows the moment; a repeated answer must not make it later."""
    sold = register.sale(order())
    first, second = register.push(sold)[0], register.push(sold)[0]

    assert first.at is not None
    assert first.at == second.at


def _key(oms: Oms, key_id: str) -> None:
    with oms.database.write() as session:
        session.execute(update(Register).values(key_id=key_id))
