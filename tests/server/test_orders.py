"""The list of orders and its filters; one order whole."""

import json
from datetime import date
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.domain.order import Order
from app.sync.protocol import API
from tests.conftest import customer, line, order
from tests.server.browser import Browser


@pytest.fixture
def sold(client: TestClient, register: Browser) -> Browser:
    """Three orders of two days, at two registers; one needs a look."""
    register.push(register.sale(order(customer=customer(name="Meera 100%"))))
    register.push(register.sale(order(line("nothing"), business_day=date(2026, 11, 22))))
    other = Browser.enrol(client)
    other.push(other.sale(order(line(quantity=2))))
    return register


def numbers(register: Browser, filters: dict[str, Any]) -> list[str]:
    return sorted(
        each["number"]
        for each in register.client.get(f"{API}/orders", params=filters, headers=register.bearer).json()["orders"]
    )


FILTERS: list[tuple[dict[str, str], list[str]]] = [
    ({}, ["DS01A2627-00001", "DS01A2627-00002", "DS01B2627-00001"]),
    ({"since": "2026-11-22"}, ["DS01A2627-00002"]),
    ({"until": "2026-11-21"}, ["DS01A2627-00001", "DS01B2627-00001"]),
    ({"register": "R2"}, ["DS01B2627-00001"]),
    ({"state": "attention"}, ["DS01A2627-00002"]),
    ({"text": "meera"}, ["DS01A2627-00001"]),
    ({"text": "00001"}, ["DS01A2627-00001", "DS01B2627-00001"]),
    ({"text": "%"}, ["DS01A2627-00001"]),
]


@pytest.mark.parametrize(("filters", "expected"), FILTERS)
def test_filters(sold: Browser, filters: dict[str, str], expected: list[str]) -> None:
    """The back office looks for a day, a till, a customer, or for what needs a person."""
    assert expected == numbers(sold, filters)


def test_count_and_total_are_of_all_that_match(sold: Browser) -> None:
    """A page shows a hundred; the sum has to be of the whole day."""
    found = sold.get("/orders", limit=1).json()

    assert (1, 3, 4 * 49_900) == (len(found["orders"]), found["count"], found["total"])


def test_pages_follow_each_other(sold: Browser) -> None:
    """Each order stands on one page."""
    pages = [sold.get("/orders", limit=1, offset=offset).json()["orders"][0]["id"] for offset in range(3)]

    assert 3 == len(set(pages))


def test_an_order_is_kept_as_the_register_made_it(register: Browser) -> None:
    """Its invoice prints the same from the back office as at the till."""
    made = order(id="whole", number="DS01A2627-00001", register="R1")
    register.push(register.sale(made))
    found = register.get("/orders/whole").json()

    assert made == Order.model_validate_json(json.dumps(found["order"]))


def test_an_unknown_order_is_a_problem(register: Browser) -> None:
    """Not an empty answer that looks like an order without lines."""
    assert 404 == register.get("/orders/none").status_code
