"""Slices together: a return beside a sale, a parked sale beside an exchange, an answer that comes after its dialog."""

import pytest

from app.domain.payment import TenderKind
from app.sync import bodies
from app.sync.cards import CardState
from app.till.events import Crashed, PinChecked
from app.till.flow.giving_back import USED
from app.till.flow.step import Step, replace
from app.till.recorder import READ_AGAIN
from app.till.risk import risk
from app.till.selectors import exchange_back, known, locked
from app.till.shifts import open_shift
from app.till.state import Screen
from app.till.taking_back import NO_WAY
from tests.conftest import NOW
from tests.till.cards import checkout, is_processed, says, sells_offline, wanted, with_terminal
from tests.till.test_bargaining import asks
from tests.till.test_exchanging import exchanging as exchanging
from tests.till.test_parking import park, resume
from tests.till.test_returning import begins, counts, gives, notes, page, returns
from tests.till.test_returning import sold as sold
from tests.till.test_voiding import voids
from tests.till.till import Till
from tests.till.ui.page import by_id, drawn


def returns_unnoticed(till: Till) -> Till:
    """One kurta comes back: the storage writes it, does not say so, and cannot be read; the page is left."""
    counts(begins(till))
    till.device.disk.faults, till.device.disk.unreadable = ["breaks after"], 1
    return gives(till).says("ReturnLeft")


def practises(till: Till) -> Till:
    """A practice sale is made, and training ends."""
    till.says("SignedOut").signs_in("ravi", "2222").says("TrainingSwitched").picks().pays().says("SaleLeft")
    return till.says("TrainingSwitched")


def test_a_return_that_was_written_unnoticed_is_known_before_the_next(sold: Till) -> None:
    """The cashier begins again, because nothing was given back as far as anybody knows: money must not go twice."""
    returns_unnoticed(sold)
    gives(counts(begins(sold), "2"))
    first = page(sold).problem
    sold.says("ReturnGiven")

    assert (1, READ_AGAIN, True) == (len(notes(sold)), first, "at most 1" in page(sold).problem)


def test_a_void_knows_of_a_return_that_was_written_unnoticed(sold: Till) -> None:
    """The void would give the returned kurta a second time."""
    returns_unnoticed(sold)
    voids(sold)

    assert [] == [body for body in sold.bodies() if isinstance(body, bodies.Void)]


def test_an_exchange_knows_of_a_return_that_was_written_unnoticed(sold: Till) -> None:
    """Both kurtas are to be exchanged, and one of them has come back already."""
    returns_unnoticed(sold)
    gives(counts(begins(sold, exchange=True), "2")).picks("shirt", "shirt-m").pays().pays()

    assert (1, 1, USED) == (len(notes(sold)), len(sold.orders()), checkout(sold).problem)


def test_a_return_in_writing_is_the_only_one(sold: Till) -> None:
    """The disk is slow: the same goods are not begun to be taken back again meanwhile."""
    order_id = sold.orders()[0].id
    counts(begins(sold), "2").says("ReturnReasoned", value="Wrong size")
    sold.goes_offline()
    sold.says_at_once(
        ("ReturnGiven", {}),
        ("ScreenOpened", {"screen": "orders"}),
        ("OrderOpened", {"order_id": order_id}),
        ("ReturnAsked", {"order_id": order_id}),
        ("ReturnCounted", {"position": 0, "value": "2"}),
        ("ReturnReasoned", {"value": "Wrong size"}),
        ("ReturnGiven", {}),
    )

    assert 1 == len(notes(sold))


@pytest.mark.parametrize("exchange", [False, True])
def test_practice_gives_no_money_back(selling: Till, exchange: bool) -> None:
    """A practice receipt brought no money, whatever the page sends."""
    practises(selling)
    (body,) = selling.bodies()
    assert isinstance(body, bodies.Training)
    selling.says("OrderOpened", order_id=body.order.id).says("ReturnAsked", order_id=body.order.id, exchange=exchange)

    assert None is selling.state.backs.returning


def test_practice_is_not_voided(selling: Till) -> None:
    """The drawer would be short of money that never came in."""
    practises(selling)
    (body,) = selling.bodies()
    assert isinstance(body, bodies.Training)
    selling.says("OrderOpened", order_id=body.order.id).says("VoidAsked", order_id=body.order.id)
    selling.says("VoidGiven", reason="x", staff_id="ravi", pin="2222")

    assert 1 == len(selling.entries())


def test_an_exchange_without_goods_is_parked_before_another_sale_is_resumed(sold: Till) -> None:
    """The customer still looks for a shirt while the parked one comes back: her credit must not vanish."""
    draft_id = park(sold.picks("shirt", "shirt-m"))
    gives(counts(begins(sold, exchange=True)))
    resume(sold, draft_id)
    parked = [draft.exchange is not None for draft in sold.state.parking.parked]

    assert ([True], None, ["shirt-m"]) == (parked, sold.state.exchange, list(sold.quantities()))


def test_money_of_a_sale_stays_when_another_is_to_be_resumed(selling: Till) -> None:
    """A part was paid, and the last line was to be taken out: the money is in no other place than here."""
    draft_id = park(selling.picks("shirt", "shirt-m"))
    selling.picks().says("CheckoutOpened").says("AmountTyped", value="100").says("PaymentTaken").says("CheckoutLeft")
    selling.says("LineRemoved", line=0)
    resume(selling, draft_id)

    assert ([10_000], ["kurta-v"]) == ([one.amount for one in checkout(selling).payments], list(selling.quantities()))


def test_training_does_not_begin_in_an_exchange(exchanging: Till) -> None:
    """The exchange would lie in a practice draft, which a restart forgets."""
    exchanging.says("ScreenLocked").signs_in("ravi", "2222").says("TrainingSwitched")

    assert (False, True) == (exchanging.state.training, exchanging.state.exchange is not None)


def test_an_open_exchange_is_an_open_sale_for_a_reset(exchanging: Till) -> None:
    """The page is loaded anew after it; what is open is finished first."""
    exchanging.is_judged()
    exchanging.says("ScreenOpened", screen="status").says("ResetAsked").says("ResetConfirmed")

    assert "A sale is open." in exchanging.state.upkeep.problem


def test_a_pin_lets_pass_only_what_it_was_typed_for(kurta: Till) -> None:
    """The manager approved a small discount; the dialog was closed, and another one is open when the answer comes."""
    asks(kurta, "20")
    kurta.happens(PinChecked(NOW, "ravi", True, "bargain"))

    assert None is kurta.state.cart.lines[0].manual


def test_after_a_crash_a_pin_can_be_typed_again(kurta: Till) -> None:
    """An answer that never comes must not leave the dialog of a discount dead."""
    asks(kurta, "20")
    assert kurta.state.bargain is not None
    kurta.takes(Step(replace(kurta.state, bargain=replace(kurta.state.bargain, checking=True))))
    kurta.happens(Crashed("Something went wrong"))

    assert False is kurta.state.bargain.checking


def test_a_void_in_writing_is_the_only_one(sold: Till) -> None:
    """The disk is slow, and the dialog is closed meanwhile: the same sale is not voided twice."""
    order_id = sold.orders()[0].id
    sold.says("OrderOpened", order_id=order_id).says("VoidAsked", order_id=order_id)
    dialog = sold.state.backs.voiding
    assert dialog is not None
    sold.takes(Step(replace(sold.state, backs=replace(sold.state.backs, voiding=replace(dialog, writing=True)))))
    sold.says("DialogClosed").says("ScreenOpened", screen="orders").says("OrderOpened", order_id=order_id)
    sold.says("VoidAsked", order_id=order_id).says("ReturnAsked", order_id=order_id)

    assert (True, None) == (sold.state.backs.writing, sold.state.backs.returning)


def test_what_is_being_given_back_is_seen_before_the_lock(sold: Till) -> None:
    """The one who gave the PIN reads what it came to; the lock comes after it."""
    counts(begins(sold)).says("ReturnReasoned", value="Wrong size")
    sold.says_at_once(("ReturnGiven", {}), ("ScreenLocked", {}))

    assert (False, Screen.CREDIT_NOTE) == (locked(sold.state), sold.state.screen)


def test_a_stored_card_that_was_approved_has_its_money_back(selling: Till) -> None:
    """Once the processor has paid, the refund goes to the card, and nobody has to ask a manager for cash."""
    with_terminal(selling).goes_offline()
    payment = sells_offline(selling)
    selling.comes_back()
    selling.is_judged()
    selling.time_passes(1)
    is_processed(selling, CardState.APPROVED)
    gives(counts(begins(selling)))

    [note] = notes(selling)
    assert [(payment.id, "terminal", 49_950)] == [(one.payment_id, one.tender_id, one.amount) for one in note.refunds]


def test_a_stored_card_that_nobody_processed_brought_nothing(selling: Till) -> None:
    """Cash for it is a manager's to give."""
    with_terminal(selling).goes_offline()
    sells_offline(selling)
    gives(counts(begins(selling)))

    assert ([], True) == (notes(selling), bool(page(selling).problem))


def test_what_an_exchange_gives_back_is_said_as_the_coins_are(exchanging: Till) -> None:
    """459.25 cannot be counted out in cash: the screen says what the credit note will."""
    exchanging.says("ProductPicked", product_id="rice").says("WeightTyped", value="0.5").says("ChoiceConfirmed")
    exchanging.says("CheckoutOpened")
    said = exchange_back(exchanging.state)
    exchanging.says("SaleCompleted")

    assert (45_900, 45_900) == (said, notes(exchanging)[0].refunded)


def test_the_shift_adds_up_with_an_exchange(selling: Till) -> None:
    """Drawer: float, two kurtas, the difference. Report: tenders and credit come to what was sold."""
    selling.says("ScreenOpened", screen="shift").says("ShiftBegun", amount="1000").says("ScreenOpened", screen="sell")
    selling.picks().picks().pays().says("SaleLeft")
    gives(counts(begins(selling, exchange=True))).picks("shirt", "shirt-m").pays().says("SaleLeft")
    voids(selling.says("ScreenOpened", screen="sell").picks().pays().says("SaleLeft"))

    shift = open_shift(selling.state)
    assert shift is not None
    assert 1_000_00 + 999_00 + 300_00 == shift.expected
    assert shift.total == sum(one.amount for one in shift.tenders) + shift.credited
    assert (49_950, 50_000) == (shift.credited, shift.cash_back)


def test_a_credit_note_alone_can_be_sent_by_hand(sold: Till) -> None:
    """With Auto-Sync off nothing goes by itself: a button that only knows of sales leaves it here for days."""
    sold.says("AutoSyncSwitched").is_judged()
    sold.says("ScreenOpened", screen="settings")
    nothing = "disabled" in by_id(drawn(sold.state), "sync-now").attrs
    returns(sold).says("ScreenOpened", screen="settings")
    sold.says("SyncAsked")

    assert (True, False) == (nothing, "disabled" in by_id(drawn(sold.state), "sync-now").attrs)
    assert (0, 1) == (known(sold.state).pending, known(sold.state).beside)
    assert "sync" in sold.device.channel.said


def test_cash_that_was_noted_unnoticed_is_not_noted_twice(selling: Till) -> None:
    """The sentence says that nothing is saved twice; the drawer would be short of what was put in once."""
    selling.says("ScreenOpened", screen="shift").says("ShiftBegun", amount="1000")
    selling.device.disk.faults, selling.device.disk.unreadable = ["breaks after"], 1
    selling.says("CashTouched", direction="in", amount="200", reason="Change")
    selling.says("CashTouched", direction="in", amount="200", reason="Change")

    shift = open_shift(selling.state)
    assert (1_200_00, READ_AGAIN) == (shift and shift.expected, selling.state.shift.problem)


def test_without_a_way_back_nothing_is_given(selling: Till) -> None:
    """A store without cash, and a card that was not processed: a credit note over nothing would void the claim."""
    with_terminal(selling).goes_offline()
    sells_offline(selling)
    people = selling.state.people
    cashless = tuple(tender for tender in people.tenders if tender.kind is not TenderKind.CASH)
    selling.takes(Step(replace(selling.state, people=replace(people, tenders=cashless))))
    gives(counts(begins(selling)), staff_id="ravi", pin="2222")

    assert ([], NO_WAY) == (notes(selling), page(selling).problem)


@pytest.mark.parametrize("steps", range(2, 40, 3))
def test_credit_cash_and_a_stored_card_pay_one_sale_once(exchanging: Till, steps: int) -> None:
    """Whenever the worker dies: credit, cash and card come to what the shirt costs, and nothing is counted twice."""
    with_terminal(exchanging).goes_offline()
    exchanging.says("TestCardChosen", value="approved")
    exchanging.picks("shirt", "shirt-m").says("CheckoutOpened").says("TenderChosen", tender_id="cash")
    exchanging.says("AmountTyped", value="100").says("PaymentTaken").says("TenderChosen", tender_id="terminal")
    exchanging.online_at_start = False
    exchanging.dies_after("SaleCompleted", steps)
    exchanging.starts_again().signs_in()
    exchanging.goes_offline()
    if exchanging.state.found_draft is not None:
        exchanging.says("DraftResumed").pays("terminal")

    order, [note] = exchanging.orders()[-1], notes(exchanging)
    assert [10_000, 19_950] == [payment.amount for payment in order.payments]
    assert (49_950, 49_950, 79_900) == (order.credit and order.credit.amount, note.credited, order.totals.total)
    assert (19_950, 2) == (risk(exchanging.state).amount, len(exchanging.orders()))


def test_a_card_that_is_asked_about_outlives_signing_out(selling: Till) -> None:
    """The answer finds nobody; the sale that is resumed asks again under the same id, and nothing is taken back."""
    with_terminal(selling).picks().pays("terminal")
    first = wanted(selling)
    selling.says("SignedOut")
    says(selling, CardState.APPROVED)
    selling.time_passes(10)
    reversing = [each.path for each in selling.asked() if each.path.endswith("/reverse")]
    selling.signs_in().says("DraftResumed").says("CardAskedAgain")

    assert ([], first.payment_id) == (reversing, wanted(selling).payment_id)
    says(selling, CardState.APPROVED)
    assert [first.payment_id] == [payment.id for payment in checkout(selling).payments]
