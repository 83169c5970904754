"""The checker's own sums: whatever the product computes wrongly, in every place alike, only they can tell."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from app.domain.order import Order
from e2e.torture.checker.money import counts, order_faults, return_faults
from tests.conftest import line, order, payment, rate, terms
from tests.given_back import credit_note, sold
from tests.torture.conftest import split

ORDERS = {
    "inclusive": order(line("v1", 2), line("v2", "0.350", 12_345), payments=split(104_121)),
    "exclusive": order(line("v1", 3, 33_333), under=terms(inclusive=False), payments=(payment(117_999),)),
    "another State": order(line("v1", 3, 33_333), under=terms(inter_state=True), payments=(payment(99_999),)),
    "with cess": order(line("v1", 1, 77_777), under=terms(rate(cess=1_200)), payments=(payment(77_777),)),
}
Spoil = Callable[[dict[str, Any]], object]
SPOILT: dict[str, Spoil] = {
    "a line's total": lambda order: _add(order["lines"][0], "total"),
    "a line's value": lambda order: _add(order["lines"][0], "value"),
    "a price": lambda order: _add(order["lines"][0], "unit_price", 100),
    "a discount that nobody gave": lambda order: _add(order["lines"][0], "discount", 100),
    "a rate": lambda order: _add(order["lines"][0], "rate", 700),
    "a tax moved into the value": lambda order: (_add(order["lines"][0], "cgst", -1), _add(order["lines"][0], "value")),
    "the foot's value": lambda order: _add(order["totals"], "value"),
    "the foot's tax": lambda order: _add(order["totals"], "sgst"),
    "the total": lambda order: _add(order["totals"], "total"),
    "a rounding that is none": lambda order: (
        _add(order["totals"], "total", 90),
        _add(order["totals"], "rounding", 90),
    ),
    "a payment": lambda order: _add(order["payments"][0], "amount", -1),
    "a payment that was not received": lambda order: _add(order["payments"][0], "received", -1),
    "no payment": lambda order: order["payments"].clear(),
    "a line": lambda order: order["lines"].append(order["lines"][0]),
}


def _add(part: dict[str, Any], name: str, amount: int = 1) -> dict[str, Any]:
    part[name] += amount
    return part


def read(made: Order) -> dict[str, Any]:
    """An order as the checker reads it: from JSON."""
    body: dict[str, Any] = json.loads(made.model_dump_json())
    return body


@pytest.mark.parametrize("made", ORDERS.values(), ids=ORDERS)
def test_right_sums_are_right(made: Order) -> None:
    """Prices with and without tax, inside a State and between two, weighed goods, cess."""
    assert [] == list(order_faults(read(made)))


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
@pytest.mark.parametrize("made", ORDERS.values(), ids=ORDERS)
def test_each_wrong_sum_is_found(made: Order, spoil: Spoil) -> None:
    """One paisa, anywhere."""
    body = read(made)
    spoil(body)

    assert [] != list(order_faults(body))


def test_discounts_are_those_that_were_given() -> None:
    """What lines have off is what promotions and people gave, or somebody helped themselves."""
    body = read(order(line("v1", 2)))
    body["lines"][0] |= {"discount": 1_000, "unit_price": 50_400}
    body["discounts"] = [{"amount": 1_000}]
    assert [] == list(order_faults(body))

    body["discounts"][0]["amount"] = 999

    assert [] != list(order_faults(body))


def test_a_return_gives_back_what_it_says() -> None:
    """Refunds and credit are the note's total, and its lines add up to it."""
    note = json.loads(credit_note(sold("2", "1")).model_dump_json())
    assert [] == list(return_faults(note))

    note["refunds"][0]["amount"] += 1

    assert [] != list(return_faults(note))


def test_goods_are_counted_and_charges_are_not() -> None:
    """Delivery stands among the lines, and no shelf knows it."""
    body = read(order(line("v1", 2), line("v1", "0.5"), line("v2")))
    body["lines"][2]["stocked"] = False

    assert {"v1": 2_500} == counts(body["lines"])
