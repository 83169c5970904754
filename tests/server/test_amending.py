"""Corrections of orders: applied once, whenever they come, and the order stays as it was made."""

import secrets
from typing import Any

import pytest
from sqlalchemy import select

from app.domain.amendment import Correctable, Correction
from app.sync.bodies import Amended
from app.sync.entry import Entry, Kind, parse
from app.sync.protocol import VerdictKind
from server.office.sums import Period, add_up
from server.oms.oms import Oms
from server.oms.tables import LedgerRow, PaymentRow
from tests.conftest import TODAY, customer, order
from tests.server.browser import Browser, digest

NAME = Correction(field=Correctable.NAME, before="Meera Iyer", after="Mira Iyer")
NOTES = Correction(field=Correctable.NOTES, before="", after="Gift wrap")
CARD = tuple(
    Correction(field=field, payment_id="pay-1", before=before, after=after)
    for field, before, after in (
        (Correctable.TENDER, "cash", "card"),
        (Correctable.TENDER_NAME, "Cash at Store", "Card Swipe at Store"),
        (Correctable.TENDER_KIND, "cash", "card"),
        (Correctable.REFERENCE, "", "AUTH 77"),
    )
)


def sold(register: Browser) -> bytes:
    """One sale to Meera, under an id that a correction can name."""
    return register.sale(order(id="sold", customer=customer()))


def correction(register: Browser, original: bytes, *corrections: Correction, order_id: str = "sold") -> bytes:
    body = Amended(
        order_id=order_id,
        original=digest(original),
        corrections=corrections,
        reason="Misheard",
        staff_id="s2",
        staff_name="Ravi",
    )
    return register.append(Kind.AMENDED, body, id=secrets.token_hex(8))


def detail(register: Browser) -> dict[str, Any]:
    found: dict[str, Any] = register.get("/orders/sold").json()
    return found


def ledger(oms: Oms) -> dict[str, int]:
    with oms.database.read() as session:
        return {row.account: row.amount for row in session.scalars(select(LedgerRow))}


def test_a_correction_is_shown_beside_the_order(register: Browser) -> None:
    """Who looks later sees what the register made, what is right, who said so and why."""
    sale = sold(register)
    register.push(sale, correction(register, sale, NAME))
    found = detail(register)
    amendment = found["amendments"][0]

    assert ("Meera Iyer", "Mira Iyer") == (found["order"]["customer"]["name"], found["corrected"]["customer"]["name"])
    assert (True, "Misheard", "Ravi") == (
        amendment["applied"],
        amendment["correction"]["reason"],
        amendment["correction"]["staff_name"],
    )


def test_a_corrected_order_says_so_in_the_list(register: Browser) -> None:
    """Beside the others, which nobody touched; and it is found by the right name."""
    sale = sold(register)
    register.push(sale, correction(register, sale, NAME), register.sale(order()))
    found = register.get("/orders").json()["orders"]

    assert {("sold", True)} == {(one["id"], one["corrected"]) for one in found if one["corrected"]}
    assert ["sold"] == [one["id"] for one in register.get("/orders", text="mira").json()["orders"]]


def test_a_correction_may_come_before_its_order(register: Browser) -> None:
    """Entries are sent again one by one after trouble: the order of arrival is nobody's promise."""
    sale = sold(register)
    register.push(correction(register, sale, NAME))
    register.push(sale)

    assert "Mira Iyer" == detail(register)["corrected"]["customer"]["name"]


def test_a_correction_sent_twice_is_one(register: Browser) -> None:
    """A lost answer must not correct what was corrected again since."""
    sale = sold(register)
    first, second = correction(register, sale, NOTES), correction(register, sale, NAME)
    register.push(sale, first, second)

    assert [VerdictKind.DUPLICATE] == [verdict.kind for verdict in register.push(first)]
    assert 2 == len(detail(register)["amendments"])


def test_corrections_follow_each_other(register: Browser) -> None:
    """The newest holds."""
    sale = sold(register)
    again = Correction(field=Correctable.NAME, before="Mira Iyer", after="Mira Iyengar")
    register.push(sale, correction(register, sale, NAME), correction(register, sale, again))

    assert "Mira Iyengar" == detail(register)["corrected"]["customer"]["name"]


@pytest.mark.parametrize("before", [False, True], ids=["after its order", "before its order"])
def test_another_tender_moves_the_money_between_accounts(oms: Oms, register: Browser, before: bool) -> None:
    """Cash was noted for a card slip: the drawer is counted against the ledger, so the ledger has to follow."""
    sale = sold(register)
    moved = correction(register, sale, *CARD)
    for line in (moved, sale) if before else (sale, moved):
        register.push(line)
    with oms.database.read() as session:
        paid = [(row.tender_id, row.kind, row.reference, row.amount) for row in session.scalars(select(PaymentRow))]

    assert [("card", "card", "AUTH 77", 49_900)] == paid
    assert {"tender:card": 49_900, "sales": -42_288, "tax:cgst": -3_806, "tax:sgst": -3_806} == ledger(oms)


def test_a_correction_of_another_entry_is_not_applied(register: Browser) -> None:
    """Were any digest good enough, one register could correct what another one sold."""
    sale = sold(register)
    register.push(sale, correction(register, b"something else", NAME))
    found = detail(register)

    assert ("Meera Iyer", False) == (found["corrected"]["customer"]["name"], found["amendments"][0]["applied"])
    assert ["amendment"] == [one["kind"] for one in register.get("/exceptions").json()["exceptions"]]


def test_amounts_are_not_among_what_can_be_corrected(register: Browser) -> None:
    """What the law fixes changes only by a credit note and a new invoice."""
    sale = sold(register)
    entry = parse(correction(register, sale, NOTES))
    assert isinstance(entry, Entry)
    body = b'{"kind":"amended","order_id":"sold","original":"0","corrections":[{"field":"totals.total",'
    other = register.seal(entry.header, body + b'"before":"1","after":"2"}],"reason":"","staff_id":"","staff_name":""}')

    assert [VerdictKind.REFUSED] == [verdict.kind for verdict in register.push(other.line)]


def test_the_order_itself_stays(register: Browser) -> None:
    """The corrected reading is computed; what was made is what is kept."""
    sale = sold(register)
    register.push(sale)
    before = detail(register)["order"]
    register.push(correction(register, sale, NAME, *CARD))

    assert before == detail(register)["order"]


def test_reports_say_what_the_correction_says(oms: Oms, register: Browser) -> None:
    """A drawer is counted against the report: money that was a card's must not be looked for in cash."""
    sale = sold(register)
    register.push(sale, correction(register, sale, *CARD))
    with oms.database.read() as session:
        found = add_up(session, "tender", Period(TODAY, TODAY))

    assert [("Card Swipe at Store", 1, 49_900)] == [(each.row, each.orders, each.total) for each in found]
