"""Taking goods back: a credit note of its own series, never more than was sold, and a manager where it matters."""

from decimal import Decimal

import pytest

from app.domain.order import Order
from app.domain.returning import CreditNote, Standing
from app.sync import bodies
from app.sync.chain import check_chain
from app.sync.entry import Kind
from app.sync.questions import Denied, Given, NoAnswer
from app.sync.returns import KnownSale
from app.till.flow.returning import NOT_FOUND, NOT_KNOWN
from app.till.flow.step import Step, replace
from app.till.recorder import NOT_SURE
from app.till.returned import stands
from app.till.selectors import reprint
from app.till.slices.returning import Returning
from app.till.state import Screen
from app.till.taking_back import ALL_BACK, NO_REASON, NOTHING_PICKED, TRAINING
from tests.fakes.disk import FULL
from tests.given_back import credit_note, pick
from tests.given_back import sold as made_of
from tests.till.till import Till

UNKNOWN = Denied(status=404, why="")


@pytest.fixture
def sold(selling: Till) -> Till:
    """Two kurtas were sold for cash; the OMS is there, and has not heard of it yet."""
    selling.picks().picks().pays().says("SaleLeft")
    return selling


def begins(till: Till, *, exchange: bool = False, answer: Given | Denied | NoAnswer = UNKNOWN) -> Till:
    """Open the page of the last sale, and let the OMS answer."""
    order = till.orders()[-1]
    till.says("OrderOpened", order_id=order.id)
    till.says("ReturnAsked", order_id=order.id, exchange=exchange)
    if till.asked():
        till.is_answered(answer)
    return till


def counts(till: Till, quantity: str = "1", position: int = 0) -> Till:
    return till.says("ReturnCounted", position=position, value=quantity)


def gives(till: Till, reason: str = "Wrong size", **manager: str) -> Till:
    return till.says("ReturnReasoned", value=reason).says("ReturnGiven", **manager)


def returns(till: Till, quantity: str = "1") -> Till:
    return gives(counts(begins(till), quantity))


def notes(till: Till) -> list[CreditNote]:
    return [body.note for body in till.bodies() if isinstance(body, bodies.CreditNote)]


def page(till: Till) -> Returning:
    assert till.state.backs.returning is not None
    return till.state.backs.returning


def test_a_return_is_a_credit_note_of_its_own_series(sold: Till) -> None:
    """Section 34: its own number, the sale it is about, and the tax at the rate of then."""
    returns(sold)
    (note,), (order,) = notes(sold), sold.orders()

    assert ("DS01C2627-00001", "Wrong size", order.number) == (note.number, note.reason, note.original.number)
    assert (49_950, 50_000, 50) == (note.lines[0].total, note.totals.total, note.totals.rounding)
    assert [(order.payments[0].id, 50_000)] == [(refund.payment_id, refund.amount) for refund in note.refunds]
    assert (Screen.CREDIT_NOTE, note.id) == (sold.state.screen, sold.state.backs.opened)
    assert [Kind.SALE, Kind.CREDIT_NOTE] == [entry.header.kind for entry in sold.entries()]
    assert (note.number, True) == (sold.entries()[1].header.number, check_chain(sold.entries()).ok)


def test_invoices_and_credit_notes_count_apart(sold: Till) -> None:
    """A gap in one series because of the other would have to be explained."""
    returns(sold).says("NoteLeft").picks().pays().says("SaleLeft")
    begins(sold)
    gives(counts(sold))

    assert ["DS01A2627-00001", "DS01A2627-00002"] == [order.number for order in sold.orders()]
    assert ["DS01C2627-00001", "DS01C2627-00002"] == [note.number for note in notes(sold)]


def test_never_more_than_was_sold(sold: Till) -> None:
    """Twice the same receipt: the second time there is nothing left to give back."""
    returns(sold, "2")
    counts(begins(sold), "1")
    gives(sold)

    assert (1, ALL_BACK) == (len(notes(sold)), page(sold).problem)
    assert Standing.RETURNED is stands(sold.state.journal, sold.orders()[0])


def test_what_is_left_is_said(sold: Till) -> None:
    """The cashier reads how many may still come back."""
    returns(sold, "1")
    gives(counts(begins(sold), "2"))

    assert (1, True) == (len(notes(sold)), "at most 1 can still come back" in page(sold).problem)


@pytest.mark.parametrize(
    ("quantity", "reason", "why"),
    [("", "x", NOTHING_PICKED), ("0", "x", NOTHING_PICKED), ("1", " ", NO_REASON), ("1.5", "x", "That is not a")],
)
def test_nothing_is_given_back_without(sold: Till, quantity: str, reason: str, why: str) -> None:
    """What, how many and why: a return that nobody can explain is a hole in the drawer."""
    gives(counts(begins(sold), quantity), reason)

    assert ([], True) == (notes(sold), why in page(sold).problem)


def test_what_came_back_elsewhere_counts(sold: Till) -> None:
    """Another register took one back: the OMS says so, and only one is left here."""
    order = sold.orders()[0]
    elsewhere = credit_note(order, pick(0, 1), id="of R2", number="DS01D2627-00001")
    body = KnownSale(order=order, notes=(elsewhere,)).model_dump_json()
    begins(sold, answer=Given(body=body))
    gives(counts(sold, "2"))

    assert ([], True, True) == (notes(sold), page(sold).confirmed, "at most 1" in page(sold).problem)


def test_offline_a_sale_of_this_register_comes_back_with_a_hint(sold: Till) -> None:
    """T10: it is known here; what another register did meanwhile is not, and that is said."""
    sold.goes_offline()
    begins(sold)
    confirmed = page(sold).confirmed
    gives(counts(sold))

    assert (False, [True]) == (confirmed, [note.offline for note in notes(sold)])


def test_offline_an_unknown_sale_is_refused(selling: Till) -> None:
    """Money for a receipt that nobody can check is money for anybody who has a printer."""
    selling.goes_offline()
    selling.says("ScreenOpened", screen="orders").says("SaleSought").says("SaleNumbered", number="DS01B2627-00007")
    seeking = selling.state.backs.seeking

    assert (NOT_KNOWN, []) == (seeking.problem if seeking else "", selling.asked())


def foreign() -> Order:
    """A sale of another register."""
    return made_of("2", id="of-r2", number="DS01B2627-00007", register="R2")


def seeks(till: Till) -> Till:
    return till.says("ScreenOpened", screen="orders").says("SaleSought").says("SaleNumbered", number="ds01b2627-00007 ")


def test_online_a_sale_of_another_register_comes_back(selling: Till) -> None:
    """The customer comes to the counter that is free."""
    seeks(selling)
    (asked,) = selling.asked()
    selling.is_answered(Given(body=KnownSale(order=foreign()).model_dump_json()))
    gives(counts(selling))
    (note,) = notes(selling)

    assert {"number": "DS01B2627-00007"} == asked.query
    assert ("R1", "R2", "of-r2") == (note.register, note.original.register, note.original.order_id)


@pytest.mark.parametrize(("answer", "why"), [(UNKNOWN, NOT_FOUND), (NoAnswer(why="late"), NOT_KNOWN)])
def test_a_sale_that_the_oms_does_not_know_is_refused(selling: Till, answer: Denied | NoAnswer, why: str) -> None:
    """Nothing opens, and the sentence says what to do."""
    seeks(selling).is_answered(answer)
    seeking = selling.state.backs.seeking

    assert (why, None) == (seeking.problem if seeking else "", selling.state.backs.returning)


def test_a_number_of_this_register_opens_its_order(sold: Till) -> None:
    """The associate need not know who sold it."""
    order = sold.orders()[0]
    sold.says("ScreenOpened", screen="orders").says("SaleSought").says("SaleNumbered", number=order.number)

    assert (Screen.ORDER, order.id) == (sold.state.screen, sold.state.opened_order)


def test_cash_for_a_card_sale_needs_a_manager(selling: Till) -> None:
    """A stolen card would become money."""
    selling.picks().pays("card").says("SaleLeft")
    begins(selling).says("RefundChosen", value="cash")
    gives(counts(selling))
    refused = len(notes(selling))
    gives(selling, staff_id="ravi", pin="2222")
    (note,) = notes(selling)

    assert (0, "Ravi") == (refused, note.approved_by)
    assert [("", "cash", 50_000)] == [(each.payment_id, each.tender_id, each.amount) for each in note.refunds]


def test_much_needs_a_manager(selling: Till) -> None:
    """Above the store's limit anybody's mistake is too dear."""
    for _ in range(5):
        selling.picks()
    selling.pays().says("SaleLeft")
    gives(counts(begins(selling), "5"))
    refused = (len(notes(selling)), page(selling).problem)
    gives(selling, staff_id="ravi", pin="9999")
    wrong = page(selling).problem
    gives(selling, staff_id="ravi", pin="2222")

    assert (0, "Wrong PIN.") == (refused[0], wrong[:10])
    assert ["Ravi"] == [note.approved_by for note in notes(selling)]


def test_a_full_disk_gives_nothing_back(sold: Till) -> None:
    """Nothing was written: what was picked stands, and the same press works once there is room."""
    counts(begins(sold))
    sold.device.disk.faults = ["full"]
    gives(sold)
    problem = page(sold).problem
    gives(sold)

    assert (FULL, 1) == (problem, len(notes(sold)))


def test_a_return_whose_outcome_is_not_known_is_given_once(sold: Till) -> None:
    """The storage neither wrote nor answered, as far as anybody knows: a second press must not pay twice."""
    counts(begins(sold))
    sold.device.disk.faults, sold.device.disk.unreadable = ["breaks after"], 1
    gives(sold)
    problem = page(sold).problem
    sold.says("ReturnGiven")

    assert (NOT_SURE, 1, Screen.CREDIT_NOTE) == (problem, len(notes(sold)), sold.state.screen)


def test_what_came_back_is_on_the_shelf_again(sold: Till) -> None:
    """Five were counted, two sold, one came back."""
    returns(sold)

    assert Decimal(4) == sold.register._library.available("kurta-v")


def test_the_first_paper_is_no_reprint(sold: Till) -> None:
    """What was printed once is printed again with that word on it, and leaves a trace."""
    returns(sold)
    first = reprint(sold.state, notes(sold)[0].id)
    sold.says("InvoicePrinted", order_id=notes(sold)[0].id).says("InvoicePrinted", order_id=notes(sold)[0].id)

    assert (0, True) == (first, 0 < reprint(sold.state, notes(sold)[0].id))
    assert [notes(sold)[0].number] == [body.number for body in sold.bodies() if isinstance(body, bodies.Reprint)]


def test_in_training_nothing_is_given_back(sold: Till) -> None:
    """A trainee's press must not take real money out of the drawer."""
    begins(sold)
    sold.takes(Step(replace(sold.state, training=True)))
    gives(counts(sold))

    assert ([], TRAINING) == (notes(sold), page(sold).problem)
