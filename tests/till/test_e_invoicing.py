"""A sale to a business by a seller above the threshold: provisional until its IRN is here."""

from dataclasses import replace

import pytest

from app.sync.e_invoice import EInvoice, EInvoiceState
from app.sync.questions import Given, NoAnswer, Request
from tests.conftest import rate
from tests.till.till import Till

GSTIN = "29ABCDE1234F1ZW"
DONE = EInvoice(state=EInvoiceState.DONE, irn="a" * 64, ack_number="112", qr="x.y.z")


@pytest.fixture
def above(selling: Till) -> Till:
    """A till of a seller above the threshold."""
    people = selling.state.people
    assert people.settings is not None
    grown = people.settings.model_copy(update={"e_invoice": True})
    selling.register.loop.state = replace(selling.state, people=replace(people, settings=grown))
    return selling


def sells_to_a_business(till: Till, gstin: str = GSTIN) -> str:
    """Sell a kurta, and return the order's id."""
    till.picks("kurta").says("CheckoutOpened")
    till.says("CustomerSaved", name="Meera Traders", gstin=gstin, address="4 Church Street", state_code="29")
    till.pays()
    return till.orders()[-1].id


def test_an_order_says_that_it_needs_an_irn(above: Till) -> None:
    """It has to be known a year later, whatever the settings are then."""
    sells_to_a_business(above)
    above.says("SaleLeft")
    sells_to_a_business(above, gstin="")

    assert [True, False] == [order.e_invoice for order in above.orders()]


def test_the_irn_is_asked_for_once_the_oms_has_the_order(above: Till) -> None:
    """Before that the OMS would only say that it knows no such order."""
    order_id = sells_to_a_business(above)
    above.time_passes(3)
    too_early = above.asked()
    above.is_judged()
    above.time_passes(3)

    assert ([], [Request(path=f"/orders/{order_id}/e-invoice")]) == (too_early, above.asked())


def test_an_irn_that_is_here_is_not_asked_for_again(above: Till) -> None:
    """A question each second for ever would be a burden on every line."""
    order_id = sells_to_a_business(above)
    above.is_judged()
    above.time_passes(3)
    above.is_answered(Given(body=DONE.model_dump_json()))
    above.time_passes(3)

    assert (DONE, []) == (above.state.e_invoices[order_id], above.asked())


def test_an_irn_that_waits_is_asked_for_again(above: Till) -> None:
    """The portal may need a moment, and the customer stands there."""
    sells_to_a_business(above)
    above.is_judged()
    above.time_passes(3)
    above.is_answered(NoAnswer(why="Too late."))
    above.time_passes(3)

    assert 1 == len(above.asked())


def test_offline_nothing_is_asked(above: Till) -> None:
    """The receipt says that the e-invoice follows; that is all that can be done."""
    above.goes_offline()
    sells_to_a_business(above)
    above.time_passes(3)

    assert ([], True) == (above.asked(), above.orders()[0].e_invoice)


def test_a_bill_of_supply_needs_no_irn(above: Till) -> None:
    """Rule 48 (4) is about tax invoices: bread without tax is billed as ever."""
    catalogue = above.state.catalogue
    assert catalogue is not None
    above.register.loop.state = replace(above.state, catalogue=replace(catalogue, rates=(rate(percent=0),)))
    sells_to_a_business(above)

    assert not above.orders()[0].e_invoice
