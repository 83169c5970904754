"""Correcting an order and sending one again: an entry of its own, a manager's PIN, and the original untouched."""

from collections.abc import Callable

import pytest

from app.domain.amendment import Correctable, Correction
from app.domain.payment import LinkState
from app.sync.again import read_again
from app.sync.bodies import Amended
from app.sync.cards import CardState
from app.sync.chosen import read_chosen
from app.sync.entry import Kind
from app.sync.outbox import OrderState
from app.sync.protocol import VerdictKind
from app.till.flow.correcting import NO_REASON, NOTHING_CHANGED, SAVED
from app.till.flow.local import AGAIN
from app.till.past import row
from app.till.slices.orders import Correcting
from app.till.ui.correcting import correcting
from tests.fakes.disk import FULL
from tests.till.cards import says as answers
from tests.till.cards import with_terminal
from tests.till.online import asks_for_a_link, hears_of
from tests.till.till import Till


@pytest.fixture
def sold(selling: Till) -> Till:
    """A sale that is looked at."""
    selling.picks().pays().says("SaleLeft")
    return selling.says("OrderOpened", order_id=selling.orders()[0].id)


def asks(till: Till) -> Till:
    return till.says("CorrectionAsked", order_id=till.orders()[0].id)


def types(till: Till, value: str, field: Correctable = Correctable.NOTES, payment_id: str = "") -> Till:
    return till.says("CorrectionTyped", field=field.value, value=value, payment_id=payment_id)


def gives(till: Till, staff_id: str = "ravi", pin: str = "2222", reason: str = "Misheard") -> Till:
    return till.says("CorrectionGiven", reason=reason, staff_id=staff_id, pin=pin)


def dialog(till: Till) -> Correcting | None:
    return till.state.looking_back.correcting


def again(till: Till) -> dict[str, str]:
    return dict(read_again(till.device.disk.local.get(AGAIN, "")))


def test_a_correction_is_an_entry_of_its_own(sold: Till) -> None:
    """S18: who corrected what, when and why stands in the journal; the sale stands there as it was."""
    before = sold.entries()[0]
    gives(types(asks(sold), "Gift wrap"))
    order = sold.orders()[0]

    change = Correction(field=Correctable.NOTES, before="", after="Gift wrap")
    expected = Amended(
        order_id=order.id,
        original=before.digest,
        corrections=(change,),
        reason="Misheard",
        staff_id="ravi",
        staff_name="Ravi",
    )
    assert [Kind.SALE, Kind.AMENDED] == [entry.header.kind for entry in sold.entries()]
    assert (before, expected) == (sold.entries()[0], sold.bodies()[1])
    assert (None, SAVED) == (dialog(sold), sold.state.toast.text if sold.state.toast else "")


def test_the_order_reads_as_corrected(sold: Till) -> None:
    """On the screen, and on paper."""
    gives(types(asks(sold), "Gift wrap"))
    found = row(sold.state.journal, sold.orders()[0].id)

    assert ("", "Gift wrap") == ((found.order.notes, found.reading.notes) if found else ("", ""))


def test_another_tender_takes_its_name_and_kind_along(sold: Till) -> None:
    """The invoice prints the name, the books go by the kind."""
    payment = sold.orders()[0].payments[0]
    gives(types(asks(sold), "card", Correctable.TENDER, payment.id))
    found = row(sold.state.journal, sold.orders()[0].id)
    right = found.reading.payments[0] if found else payment

    assert ("card", "Card Swipe at Store", "card", payment.amount) == (
        right.tender_id,
        right.name,
        right.kind,
        right.amount,
    )


@pytest.mark.parametrize("tender", ["link", "shells"])
def test_money_cannot_be_said_to_have_come_by_a_link(sold: Till, tender: str) -> None:
    """What was never asked for online did not come that way, nor by something that is no tender."""
    payment = sold.orders()[0].payments[0]
    types(asks(sold), tender, Correctable.TENDER, payment.id)

    assert () == (dialog(sold) or Correcting("")).edits


def by_link(till: Till) -> Till:
    hears_of(till, asks_for_a_link(till), LinkState.PAID)
    return till.says("SaleCompleted")


def by_terminal(till: Till) -> Till:
    with_terminal(till).says("TestCardChosen", value="approved").picks().pays("terminal")
    return answers(till, CardState.APPROVED)


@pytest.mark.parametrize("pays", [by_link, by_terminal])
def test_money_that_came_by_link_or_terminal_did_not_come_otherwise(
    selling: Till, pays: Callable[[Till], Till]
) -> None:
    """Called cash it would be missed in the drawer, while it lies at the bank; so it is not even asked for."""
    pays(selling).says("SaleLeft")
    (payment,) = selling.orders()[0].payments
    asks(selling.says("OrderOpened", order_id=selling.orders()[0].id))
    for field in (Correctable.TENDER, Correctable.REFERENCE):
        types(selling, "cash", field, payment.id)
    open_one, found = dialog(selling) or Correcting(""), row(selling.state.journal, selling.orders()[0].id)
    assert found
    people = selling.state.people
    drawn = correcting(slice_=open_one, row=found, staff=(), tenders=people.tenders, managers=(), wait=0)

    assert ("", ()) == (payment.stored or "", open_one.edits)
    assert "paid with" not in str(drawn)


def test_what_is_typed_back_is_no_correction(sold: Till) -> None:
    """A slip that was noticed leaves no trace."""
    types(types(asks(sold), "Gift"), "")

    assert () == (dialog(sold) or Correcting("")).edits


@pytest.mark.parametrize(
    ("typed", "reason", "staff_id", "pin", "why"),
    [
        ("", "Misheard", "ravi", "2222", NOTHING_CHANGED),
        ("Gift", " ", "ravi", "2222", NO_REASON),
        ("Gift", "Misheard", "asha", "1111", "This person may not do that here."),
        ("Gift", "Misheard", "ravi", "9999", "Wrong PIN."),
    ],
    ids=["nothing changed", "no reason", "an associate", "a wrong PIN"],
)
def test_nothing_is_saved_without(sold: Till, typed: str, reason: str, staff_id: str, pin: str, why: str) -> None:
    """Somebody who may do it says what is right and why; what was typed stands for the next try."""
    gives(types(asks(sold), typed), staff_id, pin, reason)
    open_one = dialog(sold)

    assert 1 == len(sold.entries())
    assert open_one is not None
    assert open_one.problem.startswith(why)
    assert bool(typed) == bool(open_one.edits)


def test_a_full_disk_loses_nothing_that_was_typed(sold: Till) -> None:
    """The dialog says so and can be pressed again."""
    types(asks(sold), "Gift")
    sold.device.disk.faults = ["full"]
    gives(sold)
    problem = (dialog(sold) or Correcting("")).problem
    gives(sold)

    assert (FULL, 2) == (problem, len(sold.entries()))


def test_the_dialog_can_be_left(sold: Till) -> None:
    """Escape is always a way out."""
    types(asks(sold), "Gift").says("DialogClosed")

    assert (None, 1) == (dialog(sold), len(sold.entries()))


def test_a_refused_order_is_offered_again(sold: Till) -> None:
    """S18: its reason may have been mended at the OMS; the courier is asked to put the verdict aside."""
    sold.is_judged(VerdictKind.REFUSED)
    sold.says("OrderSentAgain", order_id=sold.orders()[0].id)

    assert {sold.entries()[0].digest} == again(sold).keys()
    assert {1} == read_chosen(sold.device.disk.local["chosen"])


def test_only_that_order_is_sent_again(sold: Till) -> None:
    """Auto-Sync may be off because somebody wants to look first: what else waits stays where it is."""
    sold.is_judged(VerdictKind.REFUSED)
    sold.picks().pays().says("SaleLeft")
    sold.device.channel.said.clear()
    sold.says("OrderSentAgain", order_id=sold.orders()[0].id)

    assert {1} == read_chosen(sold.device.disk.local["chosen"])
    assert ("sync" in sold.device.channel.said, "local" in sold.device.channel.said) == (False, True)


def test_without_a_line_it_is_only_asked_for(sold: Till) -> None:
    """It goes with whatever goes next; nothing is begun that cannot be done."""
    sold.is_judged(VerdictKind.REFUSED)
    sold.goes_offline()
    sold.says("OrderSentAgain", order_id=sold.orders()[0].id)

    assert {sold.entries()[0].digest} == again(sold).keys()
    assert "chosen" not in sold.device.disk.local


def test_each_asking_counts_once_more(sold: Till) -> None:
    """It was refused a second time: pressing again has to be something new."""
    sold.is_judged(VerdictKind.REFUSED)
    sold.says("OrderSentAgain", order_id=sold.orders()[0].id)
    first = again(sold)
    sold.says("OrderSentAgain", order_id=sold.orders()[0].id)

    assert (first.keys(), True) == (again(sold).keys(), first != again(sold))


def test_what_was_asked_before_a_restart_is_not_forgotten(sold: Till) -> None:
    """The courier may not have looked yet."""
    sold.is_judged(VerdictKind.CONFLICT)
    sold.says("OrderSentAgain", order_id=sold.orders()[0].id)
    before = again(sold)
    sold.starts_again().signs_in()

    assert before == dict(sold.state.looking_back.again)


def test_an_order_that_arrived_is_not_sent_again(sold: Till) -> None:
    """It would come to nothing, and make somebody doubt the books."""
    sold.is_judged()
    sold.says("OrderSentAgain", order_id=sold.orders()[0].id)

    assert {} == again(sold)


def test_a_correction_offers_a_refused_order_again(sold: Till) -> None:
    """Original and correction go out together."""
    sold.is_judged(VerdictKind.REFUSED)
    gives(types(asks(sold), "Gift wrap"))

    assert {sold.entries()[0].digest} == again(sold).keys()
    assert {1, 2} == read_chosen(sold.device.disk.local["chosen"])


def test_a_refused_correction_is_offered_again_with_its_order(sold: Till) -> None:
    """The order itself was accepted: only the correction waits."""
    sold.is_judged()
    gives(types(asks(sold), "Gift wrap"))
    sold.is_judged(VerdictKind.REFUSED)
    sold.says("OrderSentAgain", order_id=sold.orders()[0].id)
    found = row(sold.state.journal, sold.orders()[0].id)

    assert OrderState.SYNCED is (found.state if found else None)
    assert {sold.entries()[1].digest} == again(sold).keys()
    assert {2} == read_chosen(sold.device.disk.local["chosen"])
