"""Delivery: quoted by the OMS, sold by the register, booked as something that is to be brought."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.domain.delivery import Quote, Slot
from app.sync.protocol import VerdictKind
from server.oms.oms import Oms
from server.oms.tables import LedgerRow, StockMove
from server.oms.times import now
from tests.conftest import NOW
from tests.given_back import voided
from tests.server.browser import Browser
from tests.server.online import HOME, delivered, open_delivery, post, quoted
from tests.server.test_returns import returns


@pytest.fixture
def quote(oms: Oms, register: Browser) -> Quote:
    open_delivery(oms)
    return quoted(register)


def test_a_served_area_gets_fee_and_times(quote: Quote) -> None:
    """What the customer has to decide about."""
    assert ("Bengaluru", 59_00, "9968") == (quote.zone, quote.fee, quote.hsn)
    assert quote.slots
    assert all(slot.starts < slot.ends for slot in quote.slots)


def test_a_large_sale_is_brought_for_nothing(oms: Oms, register: Browser) -> None:
    """The fee depends on what the goods cost."""
    open_delivery(oms)

    assert 0 == quoted(register, total=2_000_00).fee


def test_the_longest_prefix_counts(oms: Oms, register: Browser) -> None:
    """A part of a city may have its own fee."""
    open_delivery(oms)
    open_delivery(oms, prefix="560001", name="Centre", fee=19_00)

    assert "Centre" == quoted(register).zone


REFUSED: dict[str, tuple[dict[str, Any], int, str]] = {
    "outside": ({"pincode": "110001"}, 409, "outside of our delivery area"),
    "another State": ({"state_code": "27"}, 409, "lies in 29 – Karnataka"),
    "closed": ({"pincode": "560099"}, 409, "The road is closed."),
    "no PIN code": ({"pincode": "56001"}, 422, "pincode"),
}


@pytest.mark.parametrize(("asked", "status", "why"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_served_is_refused_with_the_reason(
    oms: Oms, register: Browser, asked: dict[str, Any], status: int, why: str
) -> None:
    """The cashier has to tell the customer something; and a wrong State would be the wrong tax."""
    open_delivery(oms)
    open_delivery(oms, prefix="560099", refusal="The road is closed.")
    body = {"pincode": "560001", "state_code": "29", "total": 499_00} | asked
    reply = post(register, "/delivery/quote", body)

    assert status == reply.status_code
    assert why in reply.json()["detail"]


def test_a_full_time_is_not_offered_again(quote: Quote, register: Browser) -> None:
    """Two customers fit; the third would wait in vain."""
    register.push(register.sale(delivered(quote)), register.sale(delivered(quote)))

    assert quote.slots[0] not in quoted(register).slots


def test_a_delivered_sale_is_booked_and_due(quote: Quote, register: Browser) -> None:
    """Somebody has to find it on a list, with the address."""
    sold = delivered(quote)
    verdict = register.push(register.sale(sold))[0]
    (due,) = register.get("/deliveries").json()["deliveries"]

    assert (VerdictKind.ACCEPTED, "") == (verdict.kind, verdict.why)
    assert ("to_deliver", HOME.text, "Meera Iyer", 59_00) == tuple(
        due[name] for name in ("status", "address", "name", "fee")
    )
    assert due == register.get(f"/orders/{due['order_id']}").json()["delivery"]


def listed(register: Browser) -> list[str]:
    """The orders that are to be brought."""
    return [due["order_id"] for due in register.get("/deliveries").json()["deliveries"]]


def test_a_voided_sale_is_not_brought(quote: Quote, register: Browser) -> None:
    """The van would leave with goods that nobody has paid for."""
    sold = delivered(quote).model_copy(update={"id": "sale-v", "register": register.me.register})
    register.push(register.sale(sold))
    before = listed(register)
    (verdict,) = register.push(returns(register, voided(sold)))

    assert VerdictKind.ACCEPTED == verdict.kind, verdict
    assert (["sale-v"], []) == (before, listed(register))


@pytest.mark.parametrize(("days", "there"), [(0, True), (1, True), (3, False)])
def test_a_delivery_of_last_week_hides_none_of_today(quote: Quote, register: Browser, days: int, there: bool) -> None:
    """Nobody tells when one was brought: without an end the list would hold the oldest five hundred for ever."""
    ended = now() - timedelta(days=days, minutes=1)
    slot = Slot(starts=ended - timedelta(hours=2), ends=ended)
    sold = delivered(quote, slot=slot).model_copy(update={"id": "sale-d"})
    register.push(register.sale(sold))

    assert ["sale-d"] * there == listed(register)


def test_the_fee_is_in_the_ledger_and_takes_no_stock(oms: Oms, quote: Quote, register: Browser) -> None:
    """It is sold and taxed like a thing, but nothing leaves a shelf for it."""
    register.push(register.sale(delivered(quote)))
    with oms.database.read() as session:
        moved = session.scalars(select(StockMove.variant_id)).all()
        ledger = dict(session.execute(select(LedgerRow.account, LedgerRow.amount)).all())

    assert (["v1"], 558_00) == (moved, ledger["tender:cash"])


ODD: dict[str, tuple[dict[str, Any], str]] = {
    "unknown quote": ({"quote_id": "nothing"}, "has not quoted"),
    "another fee": ({"fee": 1}, "was quoted at"),
    "another place": ({"address": HOME.model_copy(update={"pincode": "560002"})}, "was quoted for 560001"),
}


@pytest.mark.parametrize(("odd", "why"), ODD.values(), ids=ODD)
def test_what_was_not_promised_needs_a_look(quote: Quote, register: Browser, odd: dict[str, Any], why: str) -> None:
    """The money is taken, so it is booked; somebody looks before the van leaves."""
    verdict = register.push(register.sale(delivered(quote, **odd)))[0]

    assert VerdictKind.ATTENTION == verdict.kind
    assert why in verdict.why


def test_a_delivery_without_details_needs_a_look(quote: Quote, register: Browser) -> None:
    """A register of an older release sends none."""
    bare = delivered(quote).model_copy(update={"delivery": None})

    assert "neither address nor time" in register.push(register.sale(bare))[0].why


def test_money_taken_after_the_quote_ran_out_needs_a_look(quote: Quote, register: Browser) -> None:
    """The time may be full by now; the sale stands."""
    sold = delivered(quote)
    late = sold.payments[0].model_copy(update={"at": quote.valid_until + timedelta(days=365)})
    verdict = register.push(register.sale(sold.model_copy(update={"payments": (late,), "at": NOW})))[0]

    assert "run out" in verdict.why
