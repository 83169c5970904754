"""Parked sales: put aside under a name, taken up again by anybody, never lost, never sold twice."""

from decimal import Decimal

import pytest

from app.domain.draft import Draft
from app.sync.protocol import ProductChange
from app.till.parked import rows
from app.till.state import Screen
from tests.conftest import product, variant
from tests.till.till import KURTA, Till


def park(till: Till, name: str = "Meera") -> str:
    """Put the open sale aside and return the id of its draft."""
    draft_id = till.state.draft_id
    till.says("ParkAsked").says("SaleParked", name=name)
    return draft_id


def resume(till: Till, draft_id: str) -> Till:
    return till.says("ParkedListed").says("ParkedResumed", draft_id=draft_id)


def discard(till: Till, draft_id: str) -> Till:
    return till.says("ParkedListed").says("ParkedDiscarded", draft_id=draft_id)


def waiting(till: Till) -> list[str | None]:
    return [draft.parked_as for draft in till.state.parking.parked]


def costs(till: Till, price: int | None) -> None:
    """Let a sync bring another price for the kurta, or take it away."""
    changed = product("kurta", variant("kurta-v", price=price)) if price else None
    till.gets([ProductChange(id="kurta", revision=20, gone=price is None, value=changed)])
    till.hears("changes")


def test_a_parked_sale_waits_and_the_next_one_begins(selling: Till) -> None:
    """The customer forgot her purse; the queue must not wait for her."""
    draft_id = park(selling.picks())
    (row,) = rows(selling.state)

    assert ("Meera", "Asha", 1, 499_50) == (row.name, row.staff, row.items, row.total)
    assert ({}, draft_id) == (selling.quantities(), row.id)
    assert selling.state.draft_id != draft_id


def test_a_resumed_sale_is_the_same_sale(selling: Till) -> None:
    """Customer, notes and lines come back, and it is paid once."""
    selling.picks().says("CheckoutOpened").says("NotesTyped", value="Gift wrap").says("CheckoutLeft")
    order_id = selling.state.checkout.order_id if selling.state.checkout else ""
    draft_id = park(selling)
    resume(selling, draft_id).pays("cash")

    assert [(order_id, "Gift wrap")] == [(order.id, order.notes) for order in selling.orders()]
    assert [] == waiting(selling)
    assert {} == dict(selling.device.disk.drafts)


@pytest.mark.parametrize(("typed", "name"), [("  Blue bag ", "Blue bag"), ("", "Cotton Kurta"), ("x" * 90, "x" * 60)])
def test_a_sale_without_a_name_is_called_after_what_is_in_it(selling: Till, typed: str, name: str) -> None:
    """Nobody types a name in a hurry, and a list of nameless sales helps nobody."""
    park(selling.picks(), typed)

    assert [name] == waiting(selling)


def test_parked_sales_survive_a_restart_and_another_person(selling: Till) -> None:
    """Asha parks before lunch, the browser is closed, Ravi finishes the sale: in the order they were parked."""
    first = park(selling.picks(), "First")
    selling.time_passes(60)
    park(selling.picks(), "Second")
    selling.says("SignedOut").starts_again().signs_in("ravi", "2222")
    waited = waiting(selling)
    resume(selling, first).pays("cash")

    assert ["First", "Second"] == waited
    assert (1, ["Second"]) == (len(selling.orders()), waiting(selling))


def test_a_parked_sale_is_not_offered_as_an_unfinished_one(selling: Till) -> None:
    """It was put aside on purpose: a dialog at every sign-in would be answered with Discard one day."""
    park(selling.picks())
    selling.starts_again().signs_in()

    assert selling.state.found_draft is None


def test_money_and_parking_do_not_go_together(selling: Till) -> None:
    """A customer who has paid half would come back to a sale that nobody finds."""
    selling.picks().says("CheckoutOpened").says("AmountTyped", value="100").says("PaymentTaken").says("CheckoutLeft")
    park(selling)

    assert [] == waiting(selling)
    assert "Money was taken" in selling.state.browse.notice


def test_resuming_parks_the_open_sale_first(selling: Till) -> None:
    """Two customers at once: neither cart may be lost, nor mixed with the other."""
    draft_id = park(selling.picks())
    selling.picks("shirt", "shirt-m")
    resume(selling, draft_id)

    assert (["kurta-v"], ["Linen Shirt (M)"]) == (list(selling.quantities()), waiting(selling))


def test_an_open_sale_with_money_is_finished_before_another_is_resumed(selling: Till) -> None:
    """It cannot be parked, and must not be mixed with another one."""
    draft_id = park(selling.picks())
    selling.picks("shirt", "shirt-m").says("CheckoutOpened").says("AmountTyped", value="100").says("PaymentTaken")
    selling.says("CheckoutLeft")
    resume(selling, draft_id)

    assert (["shirt-m"], ["Meera"]) == (list(selling.quantities()), waiting(selling))
    assert "Money was taken" in selling.state.parking.problem


def test_a_resumed_sale_costs_what_it_costs_today_and_says_so(selling: Till) -> None:
    """A price of last week is neither the customer's nor the store's to keep without a word."""
    draft_id = park(selling.picks().picks())
    costs(selling, 549_00)
    resume(selling, draft_id)

    assert [549_00] == [line.unit_price for line in selling.state.cart.lines]
    assert "₹\N{NO-BREAK SPACE}499.50 → ₹\N{NO-BREAK SPACE}549.00" in selling.state.browse.notice


def test_a_resumed_sale_with_todays_prices_says_nothing(selling: Till) -> None:
    """Words that mean nothing are not read when they mean something."""
    resume(selling, park(selling.picks()))

    assert ("", "") == (selling.state.browse.notice, selling.state.parking.repricing)


def test_a_product_that_is_gone_is_said(selling: Till) -> None:
    """It stays in the cart until somebody decides: the customer may hold it in her hand."""
    draft_id = park(selling.picks())
    costs(selling, None)
    resume(selling, draft_id)

    assert ["kurta-v"] == list(selling.quantities())
    assert f"{KURTA.name} is no longer in the catalogue." in selling.state.browse.notice


def test_a_price_that_comes_later_is_left_to_the_line(selling: Till) -> None:
    """Only taking a sale up gives it new prices; in mid-sale the customer pays what she saw."""
    resume(selling, park(selling.picks()))
    costs(selling, 549_00)

    assert [499_50] == [line.unit_price for line in selling.state.cart.lines]


@pytest.mark.parametrize(
    ("parker", "discarder", "left"),
    [
        (("asha", "1111"), ("asha", "1111"), []),
        (("asha", "1111"), ("ravi", "2222"), []),
        (("ravi", "2222"), ("asha", "1111"), ["Meera"]),
    ],
)
def test_who_may_discard(till: Till, parker: tuple[str, str], discarder: tuple[str, str], left: list[str]) -> None:
    """Who parked it, or a manager: nobody throws a colleague's customer away."""
    draft_id = park(till.signs_in(*parker).picks())
    till.says("SignedOut").signs_in(*discarder)
    discard(till, draft_id)

    assert left == waiting(till)
    assert left == waiting(till.starts_again())


def test_two_presses_resume_once(selling: Till) -> None:
    """The same cart twice would be sold twice."""
    draft_id = park(selling.picks())
    selling.says("ParkedListed")
    again = ("ParkedResumed", {"draft_id": draft_id})
    selling.says_at_once(again, again)

    assert ({"kurta-v": Decimal(1)}, 0) == (selling.quantities(), len(waiting(selling)))


def test_nothing_is_scanned_into_a_cart_behind_a_dialog(selling: Till) -> None:
    """What is scanned while a name is typed belongs to the next customer, and would go with this one's."""
    selling.picks().says("ParkAsked").says("CodeScanned", code="SKU-shirt-m")

    assert ["kurta-v"] == list(selling.quantities())


def test_a_crash_while_resuming_loses_nothing(selling: Till) -> None:
    """Whatever was written last, the sale is found again: parked, or as the one that was open."""
    draft_id = park(selling.picks())
    selling.says("ParkedListed")
    selling.says_at_once(("ParkedResumed", {"draft_id": draft_id}))
    selling.starts_again().signs_in()
    found = selling.state.found_draft

    assert ("found" if found else "parked", Screen.SELL) == ("found", selling.state.screen)
    assert found is not None
    assert (draft_id, None) == (found.id, found.parked_as)


def test_an_old_draft_is_still_read() -> None:
    """A till is updated with sales open: their drafts know nothing of parking."""
    old = '{"id":"d","at":"2026-11-21T06:30:00Z","staff_id":"asha","cart":{"lines":[]}}'

    assert Draft.model_validate_json(old).parked_as is None
