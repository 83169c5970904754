"""A card at checkout (P4): asked about under one id, stored within what the store allows, never charged twice."""

import pytest

from app.domain.payment import TenderKind
from app.sync.cards import CardState, Reversed
from app.sync.protocol import TenderChange
from app.sync.status import Link
from app.till.events import JournalRead, OlderRead
from app.till.risk import risk
from app.till.slices.cards import Stage
from app.till.state import Screen
from tests.till.cards import TERMINAL, card, checkout, says, sells_offline, stage, wanted, with_terminal
from tests.till.online import given, silence
from tests.till.till import Till

APPROVED, DECLINED, WAITING = CardState.APPROVED, CardState.DECLINED, CardState.WAITING


@pytest.fixture
def terminal(till: Till) -> Till:
    """A register with a card terminal, online."""
    return with_terminal(till)


@pytest.fixture
def away(terminal: Till) -> Till:
    """The same, offline."""
    terminal.goes_offline()
    return terminal


def reversing(till: Till) -> list[str]:
    return [each.path for each in till.asked() if each.path.endswith("/reverse")]


def test_online_the_processor_is_asked_and_the_sale_is_complete(terminal: Till) -> None:
    """The plain way: nothing is stored, the reference ties the invoice to the bank's statement."""
    terminal.picks().pays("terminal")
    says(terminal, APPROVED)
    ((payment,),) = [order.payments for order in terminal.orders()]

    assert (TenderKind.CARD, 49_950, "SBX1", None) == (
        payment.kind, payment.amount, payment.reference, payment.stored
    )  # fmt: skip
    assert 0 == risk(terminal.state).amount


def test_the_question_carries_the_payments_own_id(terminal: Till) -> None:
    """It is the processor's idempotency key from the first try on."""
    terminal.picks().pays("terminal")
    (asked,) = terminal.asked()

    assert (wanted(terminal).payment_id, 49_950) == (asked.key, wanted(terminal).amount)


def test_nothing_is_asked_before_the_draft_is_on_disk(terminal: Till) -> None:
    """A crash right after the question must not forget that the card may have been charged."""
    terminal.picks().says("CheckoutOpened").says("TenderChosen", tender_id="terminal")
    terminal.device.disk.faults = ["full"] * 2  # the note of the question, and the draft
    terminal.says("SaleCompleted")

    assert ([], None) == (terminal.asked(), card(terminal))
    assert "full" in checkout(terminal).problem


def test_a_refused_card_takes_nothing(terminal: Till) -> None:
    """Another payment is taken; the reason is said."""
    terminal.picks().pays("terminal")
    says(terminal, DECLINED, why="The bank says no.")

    assert ([], ()) == (terminal.orders(), checkout(terminal).payments)
    assert "The bank says no. Nothing was taken." in checkout(terminal).problem


def test_an_approved_part_leaves_the_rest(terminal: Till) -> None:
    """Split: the rest in cash."""
    terminal.picks().pays("terminal", amount="100")
    says(terminal, APPROVED)
    terminal.pays("cash")

    assert [[10_000, 40_000]] == [[payment.amount for payment in order.payments] for order in terminal.orders()]


def test_without_an_answer_the_sale_says_what_is_known(terminal: Till) -> None:
    """The card may have been charged, or not: neither is claimed."""
    terminal.picks().pays("terminal")
    terminal.is_answered(silence())

    assert (Stage.UNKNOWN, (), []) == (stage(terminal), checkout(terminal).payments, terminal.orders())


def test_asking_again_asks_under_the_same_id(terminal: Till) -> None:
    """So the processor charges nothing twice."""
    terminal.picks().pays("terminal")
    first = wanted(terminal)
    terminal.is_answered(silence())
    terminal.says("CardAskedAgain")

    assert first == wanted(terminal)


def test_a_processor_that_does_not_answer_the_oms_is_unknown_too(terminal: Till) -> None:
    """The OMS is there, the processor is not: the same uncertainty."""
    terminal.picks().pays("terminal")
    says(terminal, WAITING)

    assert Stage.UNKNOWN == stage(terminal)


def test_what_was_asked_about_may_be_stored_under_the_same_id(terminal: Till) -> None:
    """The network went in the middle: the processor will answer that it knows this payment."""
    terminal.picks().pays("terminal")
    first = wanted(terminal)
    terminal.goes_offline()
    terminal.is_answered(silence())
    terminal.says("CardStored")
    ((payment,),) = [order.payments for order in terminal.orders()]

    assert (first.payment_id, first.stored) == (payment.id, payment.stored)


def test_no_other_payment_before_the_card_is_settled(terminal: Till) -> None:
    """A customer whose card was charged must not pay in cash as well."""
    terminal.picks().pays("terminal")
    terminal.is_answered(silence())
    terminal.pays("cash")

    assert ([], True) == (terminal.orders(), "First settle the card" in checkout(terminal).problem)


def test_a_card_that_is_dropped_is_taken_back(terminal: Till) -> None:
    """The customer pays in cash; should the card have been charged, it is given back without anybody thinking of it."""
    terminal.picks().pays("terminal")
    payment_id = wanted(terminal).payment_id
    terminal.is_answered(silence())
    terminal.says("CardDropped").pays("cash")
    terminal.time_passes(6)

    assert [f"/payments/{payment_id}/reverse"] == reversing(terminal)
    assert 1 == len(terminal.orders())


def test_as_long_as_older_entries_are_unread_no_card_is_given_back(terminal: Till) -> None:
    """Its sale may be one of them, and the customer would have the goods and the money."""
    terminal.picks().pays("terminal")
    payment_id = wanted(terminal).payment_id
    terminal.is_answered(silence())
    terminal.says("CardDropped").pays("cash")
    journal = terminal.state.journal
    assert journal.head
    terminal.happens(JournalRead(journal.head, journal.kept, whole=False))
    terminal.time_passes(6)
    before = reversing(terminal)
    terminal.happens(OlderRead(()))
    terminal.time_passes(6)

    assert ([], [f"/payments/{payment_id}/reverse"]) == (before, reversing(terminal))


def test_what_was_charged_and_given_back_is_said(terminal: Till) -> None:
    """The customer may ask why the bank's message came."""
    terminal.picks().pays("terminal")
    terminal.is_answered(silence())
    terminal.says("CardDropped")
    terminal.time_passes(6)
    terminal.is_answered(given(Reversed(payment_id="p", charged=True)))
    terminal.time_passes(60)

    assert "goes back to the card" in terminal.state.trouble
    assert [] == reversing(terminal)


@pytest.mark.parametrize("event", ["CartEmptied", "PaymentReturned"])
def test_a_charged_card_whose_sale_does_not_take_it_is_given_back(terminal: Till, event: str) -> None:
    """Whatever becomes of the sale, nobody is charged for nothing."""
    terminal.picks().pays("terminal", amount="100")
    payment_id = wanted(terminal).payment_id
    if event == "PaymentReturned":
        says(terminal, APPROVED)
    terminal.says(event, payment_id=payment_id)
    terminal.time_passes(6)

    assert [f"/payments/{payment_id}/reverse"] == reversing(terminal)


def test_what_is_in_a_sale_is_not_given_back(terminal: Till) -> None:
    """The plain way must not undo itself."""
    terminal.picks().pays("terminal")
    says(terminal, APPROVED)
    terminal.says("SaleLeft").time_passes(60)
    terminal.starts_again().time_passes(60)

    assert [] == reversing(terminal)


def test_a_crash_in_the_middle_of_a_question_forgets_nothing(terminal: Till) -> None:
    """After the restart it is asked about under the same id."""
    terminal.picks().pays("terminal")
    first = wanted(terminal)
    terminal.starts_again().signs_in().says("DraftResumed")

    assert (Stage.UNKNOWN, Screen.CHECKOUT) == (stage(terminal), terminal.state.screen)
    terminal.time_passes(60)
    assert [] == reversing(terminal)
    terminal.says("CardAskedAgain")
    assert first == wanted(terminal)


def test_a_sale_discarded_after_a_crash_gives_its_card_back(terminal: Till) -> None:
    """The draft is gone, the charge is not."""
    terminal.picks().pays("terminal")
    first = wanted(terminal)
    terminal.starts_again().signs_in().says("DraftDiscarded").time_passes(6)

    assert [f"/payments/{first.payment_id}/reverse"] == reversing(terminal)


def test_offline_the_card_is_stored_with_the_sale(away: Till) -> None:
    """P4: the payload is sealed for the processor, and the store sees what it has at risk."""
    payment = sells_offline(away)
    assert payment.stored

    assert (49_950, "test", payment.stored.face) == (
        risk(away.state).amount, payment.stored.key_id, f"Visa •••• {away.device.terminal.numbers[0][-4:]}"
    )  # fmt: skip


def test_nothing_on_the_device_holds_the_number(away: Till) -> None:
    """P4: not the journal, not a draft, not the settings; opened with the register's own key."""
    sells_offline(away)
    away.picks().pays("terminal", amount="100")
    (number, second) = away.device.terminal.numbers
    opened = "".join(body.model_dump_json() for body in away.bodies())
    kept = opened + repr(away.device.disk.local) + repr(away.state)

    assert [False, False] == [number in kept, second in kept]


@pytest.mark.parametrize("broken", [True, False])
def test_a_terminal_without_a_card_takes_nothing(away: Till, broken: bool) -> None:
    """Unreadable, or its program fails: the sale stands as it was."""
    away.device.terminal.broken = broken
    away.says("TestCardChosen", value="unreadable").picks().pays("terminal")

    assert ([], None) == (away.orders(), card(away))
    assert "Nothing was taken" in checkout(away).problem


def test_without_the_processors_key_no_card_is_taken(selling: Till) -> None:
    """A register that has never synced it can seal for nobody: the tender says so and cannot be chosen."""
    selling.gets([TenderChange(id="terminal", revision=91, value=TERMINAL)])
    selling.hears("changes")
    selling.picks().says("CheckoutOpened").says("TenderChosen", tender_id="terminal")

    assert "key is not here yet" in checkout(selling).problem


def test_training_charges_no_card(terminal: Till) -> None:
    """The terminal's cards are real, whoever practises."""
    terminal.says("SignedOut").signs_in("ravi", "2222").says("TrainingSwitched").picks()
    terminal.says("CheckoutOpened").says("TenderChosen", tender_id="terminal").says("SaleCompleted")

    assert ([], []) == (terminal.device.terminal.numbers, terminal.asked())
    assert terminal.state.saved
    assert ["cash"] == [payment.tender_id for payment in terminal.state.saved.payments]


def test_while_the_line_is_checked_nothing_is_stored(terminal: Till) -> None:
    """In a moment the processor can be asked: nobody takes a risk for that."""
    terminal.picks().says("CheckoutOpened").says("TenderChosen", tender_id="terminal")
    terminal.link_is(Link.UNKNOWN)
    terminal.hears("status")
    terminal.says("SaleCompleted")

    assert ([], True) == (terminal.orders(), "being checked" in checkout(terminal).problem)
