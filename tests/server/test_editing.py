"""Products changed from a till, and live stock: what the OMS does, whom it lets, and what it leaves behind."""

import json
from typing import Any

import pytest
from sqlalchemy import select

from app.domain.staff import Role
from app.sync.protocol import Dataset
from server.oms.oms import Oms
from server.oms.records import put
from server.oms.revisions import current
from server.oms.tables_online import Audit
from tests.conftest import order, staff
from tests.server.browser import Browser
from tests.server.online import open_neighbour, post

PRICE: dict[str, Any] = {"price": {"before": 49_900, "after": 45_000}}


@pytest.fixture(autouse=True)
def manager(oms: Oms) -> None:
    with oms.database.write() as session:
        put(session, Dataset.STAFF, {"ravi": staff("ravi", Role.MANAGER)})


def edit(register: Browser, sku: str = "SKU-v1", key: str = "", **fields: Any) -> Any:
    return post(register, f"/products/{sku}", {"staff_id": "ravi"} | fields, key, method="PATCH")


def test_a_manager_changes_name_price_and_count(register: Browser) -> None:
    """What stands on the shelf and in the till is one thing again."""
    name = {"before": "Cotton Kurta", "after": "Cotton Kurta, long"}
    done = edit(register, name=name, stock="-3", reason="counted", **PRICE).json()

    assert {"sku": "SKU-v1", "name": "Cotton Kurta, long", "price": 45_000, "stock": "7"} == done


def test_registers_hear_of_it(oms: Oms, register: Browser) -> None:
    """The other tills must not sell at the old price until tomorrow."""
    with oms.database.read() as session:
        before = current(session)
    edit(register, **PRICE)
    changes = register.get("/changes", cursor=before).json()["changes"]

    assert [45_000, 49_900] == [variant["price"] for variant in changes[0]["value"]["variants"]]


def test_a_correction_of_the_count_loses_no_sale(register: Browser) -> None:
    """It is added to what is there: a sale that arrives before or after it counts as well."""
    register.push(register.sale(order()))

    assert "8" == edit(register, stock="-1").json()["stock"]


@pytest.mark.parametrize("who", ["s1", "nobody"])
def test_only_a_manager_may(register: Browser, who: str) -> None:
    """The till says no already; a till that was tampered with does not decide."""
    assert (403, "49900") == (
        edit(register, staff_id=who, **PRICE).status_code,
        str(edit(register).json()["price"]),
    )


def test_what_somebody_else_changed_is_not_written_over(register: Browser) -> None:
    """Both values are named, and a person decides."""
    edit(register, **PRICE)
    again = edit(register, price={"before": 49_900, "after": 40_000})

    assert 409 == again.status_code
    said = again.json()["detail"].replace("\N{NO-BREAK SPACE}", " ")
    assert "The price is ₹ 450.00 by now, you wanted ₹ 400.00." in said


def test_an_answer_that_was_lost_is_given_again(register: Browser) -> None:
    """A correction of the count that is done twice would be a new mistake."""
    assert edit(register, stock="-1", key="k").json() == edit(register, stock="-1", key="k").json()


def test_who_changed_what_is_kept(oms: Oms, register: Browser) -> None:
    """A price that changed has a name behind it."""
    edit(register, stock="2", reason="found two", **PRICE)
    with oms.database.read() as session:
        row = session.scalars(select(Audit).where(Audit.action != "enrolment")).one()

    assert ("ravi", "R1", "SKU-v1", "found two") == (row.staff_id, row.register, row.subject, row.reason)
    assert ({"price": 49_900, "stock": "10"}, {"price": 45_000, "stock": "12"}) == tuple(
        {name: value for name, value in json.loads(text).items() if name != "name"} for text in (row.before, row.after)
    )


def test_a_product_that_is_gone_is_not_changed(register: Browser) -> None:
    """Somebody took it out of the catalogue meanwhile."""
    assert 404 == edit(register, sku="nothing", **PRICE).status_code


def test_live_stock_counts_everywhere(oms: Oms, register: Browser) -> None:
    """The customer asks for a size that is not here: which store has it?"""
    open_neighbour(oms)
    register.push(register.sale(order()))
    counted = register.get("/inventory", sku="SKU-v1").json()

    assert ("9", [("MG Road", "2")]) == (
        counted["here"],
        [(each["name"], each["quantity"]) for each in counted["elsewhere"]],
    )


def test_an_unknown_sku_has_no_stock(register: Browser) -> None:
    """Zero would be a lie."""
    assert 404 == register.get("/inventory", sku="nothing").status_code
