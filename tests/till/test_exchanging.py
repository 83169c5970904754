"""Exchanges: a return and a sale in one payment; both become durable together, or neither."""

import pytest

from app.domain.order import Order
from app.domain.returning import CreditNote
from app.sync import bodies
from app.sync.chain import check_chain
from app.till.flow.giving_back import USED
from app.till.state import Screen
from tests.till.test_returning import begins, counts, gives, notes, returns
from tests.till.till import Till


@pytest.fixture
def exchanging(selling: Till) -> Till:
    """One kurta comes back, and other goods are to be picked."""
    selling.picks().picks().pays().says("SaleLeft")
    return gives(counts(begins(selling, exchange=True)))


def last(till: Till) -> tuple[CreditNote, Order]:
    """The two entries of the exchange."""
    note, sale = till.bodies()[-2:]
    assert isinstance(note, bodies.CreditNote)
    assert isinstance(sale, bodies.Sale)
    return note.note, sale.order


def test_nothing_is_written_before_the_new_sale_is_paid(exchanging: Till) -> None:
    """A customer who changes their mind has neither credit note nor goods to explain."""
    assert (Screen.SELL, 1, True) == (
        exchanging.state.screen,
        len(exchanging.entries()),
        exchanging.state.exchange is not None,
    )


def test_the_customer_pays_the_difference(exchanging: Till) -> None:
    """A shirt for 799.00 against a kurta for 499.50: 299.50 are due, in cash 300."""
    exchanging.picks("shirt", "shirt-m").pays()
    note, order = last(exchanging)

    assert (30_000, 49_950, 79_950) == (order.payments[0].amount, order.credit and order.credit.amount, order.paid)
    assert (order.paid, 50) == (order.totals.total, order.totals.rounding)
    assert (49_950, (), order.id) == (note.credited, note.refunds, note.exchanged_for)
    assert (note.id, note.number) == (order.credit and order.credit.note_id, order.credit and order.credit.number)
    assert ("DS01C2627-00001", True) == (note.number, check_chain(exchanging.entries()).ok)
    assert (Screen.SAVED, None) == (exchanging.state.screen, exchanging.state.exchange)


def test_the_customer_receives_the_difference(exchanging: Till) -> None:
    """Half a kilogram of rice against a kurta: the rest goes back the way it came, in cash."""
    exchanging.says("ProductPicked", product_id="rice").says("WeightTyped", value="0.5").says("ChoiceConfirmed")
    exchanging.says("CheckoutOpened").says("SaleCompleted")
    note, order = last(exchanging)

    assert ((), 4_025, 4_025) == (order.payments, order.totals.total, note.credited)
    assert [("cash", 45_900)] == [(refund.tender_id, refund.amount) for refund in note.refunds]
    assert note.totals.total == note.refunded + note.credited


@pytest.mark.parametrize("fault", ["full", "breaks before", "breaks after"])
def test_both_are_durable_or_neither(exchanging: Till, fault: str) -> None:
    """A credit note without its sale is money given for nothing; a sale without its note is not paid."""
    exchanging.picks("shirt", "shirt-m").says("CheckoutOpened")
    exchanging.device.disk.faults = [fault]
    exchanging.says("SaleCompleted")
    stood = len(exchanging.entries())
    exchanging.says("SaleCompleted")

    assert (stood in {1, 3}, 3) == (True, len(exchanging.entries()))
    assert (1, 2, True) == (len(notes(exchanging)), len(exchanging.orders()), check_chain(exchanging.entries()).ok)


@pytest.mark.parametrize("steps", range(1, 24, 2))
def test_a_crash_in_the_middle_leaves_both_or_neither(exchanging: Till, steps: int) -> None:
    """Whenever the worker dies: after the restart the exchange is in the journal once, or open as it was."""
    exchanging.picks("shirt", "shirt-m").says("CheckoutOpened")
    exchanging.dies_after("SaleCompleted", steps)
    exchanging.starts_again().signs_in()
    if len(exchanging.entries()) == 1:
        exchanging.says("DraftResumed")
        exchanging.pays()

    note, order = last(exchanging)
    assert (3, note.id, None) == (
        len(exchanging.entries()),
        order.credit and order.credit.note_id,
        exchanging.state.found_draft,
    )


def test_an_open_exchange_survives_a_restart(exchanging: Till) -> None:
    """What was picked lies in the draft, with the sale that it belongs to."""
    exchanging.starts_again().signs_in().says("DraftResumed")

    assert exchanging.state.exchange is not None
    assert exchanging.picks("shirt", "shirt-m").pays().state.screen is Screen.SAVED


def test_goods_that_came_back_meanwhile_count_once(exchanging: Till) -> None:
    """The same receipt at the same till, while the exchange is open."""
    returns(exchanging, "2").says("NoteLeft")
    exchanging.picks("shirt", "shirt-m").says("CheckoutOpened").says("TenderChosen", tender_id="cash")
    exchanging.says("SaleCompleted")

    assert (2, USED) == (
        len(exchanging.entries()),
        exchanging.state.checkout.problem if exchanging.state.checkout else "",
    )


def test_an_exchange_can_be_dropped(exchanging: Till) -> None:
    """The customer keeps the kurta after all: what is in the cart is an ordinary sale."""
    exchanging.picks("shirt", "shirt-m").says("ExchangeDropped").pays()

    assert (79_900, None) == (exchanging.orders()[-1].totals.total, exchanging.orders()[-1].credit)
    assert [] == notes(exchanging)
