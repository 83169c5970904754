"""Payment links at the till: paid once, never forgotten, and withdrawn when nobody wants them (S12)."""

import pytest

from app.domain.payment import LinkState, TenderKind
from app.sync.questions import Denied
from app.till.selectors import left
from app.till.state import Checkout
from tests.till.online import asks_for_a_link, given, hears_of, link_for, silence
from tests.till.till import Till

PAID, FAILED = LinkState.PAID, LinkState.FAILED


def checkout(till: Till) -> Checkout:
    assert till.state.checkout is not None
    return till.state.checkout


def withdrawn(till: Till) -> list[str]:
    """Which links the till asks to withdraw."""
    return [asked.path for asked in till.asked() if asked.path.endswith("/cancel")]


def test_a_link_is_asked_for_what_is_due(selling: Till) -> None:
    """The order's id goes with it, so that a second link over the same money is never made."""
    selling.picks().says("CheckoutOpened").says("TenderChosen", tender_id="link").says("LinkWanted")
    asked = selling.asked()[0]

    assert ("POST", "/payments/links") == (asked.method, asked.path)
    assert f'{{"order_id":"{checkout(selling).order_id}","tender_id":"link","amount":49950}}' == asked.body


def test_an_open_link_is_looked_at_again_and_again(selling: Till) -> None:
    """The customer takes a moment; nobody has to press anything."""
    link = asks_for_a_link(selling)
    hears_of(selling, link, LinkState.PENDING)
    selling.time_passes(3)

    assert ["/payments/links/link-1"] == [asked.path for asked in selling.asked()]


def test_what_is_paid_counts_with_the_provider_s_reference(selling: Till) -> None:
    """It ties the invoice to the provider's statement."""
    hears_of(selling, asks_for_a_link(selling), PAID)
    (payment,) = checkout(selling).payments

    assert (TenderKind.ONLINE, 49_950, "SBX1", 0) == (
        payment.kind, payment.amount, payment.reference, left(selling.state)
    )  # fmt: skip


def test_a_paid_link_completes_the_sale(selling: Till) -> None:
    """The plain way."""
    hears_of(selling, asks_for_a_link(selling), PAID)
    selling.says("SaleCompleted")

    assert [["link-1"]] == [[payment.id for payment in order.payments] for order in selling.orders()]
    assert [] == withdrawn(selling)


def test_a_link_over_a_part_leaves_the_rest(selling: Till) -> None:
    """Split: the rest in cash."""
    hears_of(selling, asks_for_a_link(selling, "100"), PAID)
    selling.pays("cash")

    assert [[10_000, 40_000]] == [[payment.amount for payment in order.payments] for order in selling.orders()]


def test_no_sale_is_complete_before_the_customer_has_paid(selling: Till) -> None:
    """A link on the screen is no money."""
    asks_for_a_link(selling)
    selling.says("SaleCompleted")

    assert ([], True) == (selling.orders(), "has not paid by the link yet" in checkout(selling).problem)


def test_the_tender_alone_is_no_payment(selling: Till) -> None:
    """First the link, then the money."""
    selling.picks().pays("link")

    assert "Create the payment link first. The customer pays by it." == checkout(selling).problem


def test_more_than_is_due_is_not_asked_for(selling: Till) -> None:
    """Only cash gives change."""
    selling.picks().says("CheckoutOpened").says("TenderChosen", tender_id="link")
    selling.says("AmountTyped", value="9999").says("LinkWanted")

    assert [] == selling.asked()
    assert "at most what is due" in checkout(selling).problem


@pytest.mark.parametrize("status", [FAILED, LinkState.EXPIRED, LinkState.CANCELLED])
def test_a_link_that_came_to_nothing_says_so(selling: Till, status: LinkState) -> None:
    """Nothing was taken, and there are other ways to pay."""
    hears_of(selling, asks_for_a_link(selling), status)

    assert checkout(selling).link is None
    assert "Nothing was taken. Create another one" in checkout(selling).problem


def test_an_open_link_survives_a_crash(selling: Till) -> None:
    """The customer pays while the register starts again: it is asked about, and counts."""
    link = asks_for_a_link(selling)
    selling.starts_again().signs_in().says("DraftResumed")
    hears_of(selling, link, PAID)

    assert ["link-1"] == [payment.id for payment in checkout(selling).payments]


def test_a_paid_link_counts_once_after_a_crash(selling: Till) -> None:
    """It is in the draft as a payment; finding it paid again must not double it."""
    link = asks_for_a_link(selling)
    hears_of(selling, link, PAID)
    selling.starts_again().signs_in().says("DraftResumed").time_passes(3)
    selling.says("SaleCompleted")

    assert [49_950] == [order.paid for order in selling.orders()]


def test_money_that_could_not_be_noted_is_noted_later(selling: Till) -> None:
    """The disk was full at that moment: the link stays paid until it is down."""
    link = asks_for_a_link(selling)
    selling.device.disk.faults = ["", "full"]
    hears_of(selling, link, PAID)
    selling.time_passes(3)
    selling.time_passes(3)

    assert ["link-1"] == [payment.id for payment in checkout(selling).payments]


def test_another_tender_withdraws_the_link(selling: Till) -> None:
    """The customer gives cash instead; a link that stays open might be paid, too."""
    asks_for_a_link(selling)
    selling.says("TenderChosen", tender_id="cash").time_passes(3)

    assert ["/payments/links/link-1/cancel"] == withdrawn(selling)


def test_a_link_that_was_paid_before_it_was_withdrawn_counts(selling: Till) -> None:
    """The customer was quicker than the cashier."""
    link = asks_for_a_link(selling)
    selling.says("TenderChosen", tender_id="cash").time_passes(3)
    selling.is_answered(given(link.model_copy(update={"status": PAID, "reference": "SBX1"})))

    assert (["link-1"], 0) == ([payment.id for payment in checkout(selling).payments], left(selling.state))


def test_money_for_a_sale_that_is_over_is_said(selling: Till) -> None:
    """Somebody has to give it back, and nobody else would notice."""
    link = asks_for_a_link(selling)
    selling.pays("cash").time_passes(3)
    selling.is_answered(given(link.model_copy(update={"status": PAID, "reference": "SBX1"})))

    assert "has paid" in selling.state.trouble
    assert () == selling.state.links.loose


def test_a_link_is_withdrawn_after_the_outage_and_a_restart(selling: Till) -> None:
    """Cash was taken offline; the link was still open, and the register was switched off meanwhile."""
    asks_for_a_link(selling)
    selling.goes_offline()
    selling.pays("cash").starts_again().comes_back()
    selling.signs_in().time_passes(3)

    assert ["/payments/links/link-1/cancel"] == withdrawn(selling)


def test_a_link_that_could_not_be_withdrawn_is_tried_again(selling: Till) -> None:
    """Until the OMS has answered, it may be paid."""
    asks_for_a_link(selling)
    selling.says("TenderChosen", tender_id="cash").time_passes(3)
    selling.is_answered(silence())
    selling.time_passes(3)

    assert ["/payments/links/link-1/cancel"] == withdrawn(selling)


@pytest.mark.parametrize("end", ["CartEmptied", "DraftDiscarded"])
def test_a_sale_that_is_given_up_takes_its_link_with_it(selling: Till, end: str) -> None:
    """Nobody pays for an empty cart."""
    asks_for_a_link(selling)
    if end == "DraftDiscarded":
        selling.says("SignedOut").signs_in()
    selling.says(end).time_passes(3)

    assert ["/payments/links/link-1/cancel"] == withdrawn(selling)


def test_offline_nothing_is_looked_at(selling: Till) -> None:
    """Nobody is there to answer; the link stays until it is back."""
    asks_for_a_link(selling)
    selling.goes_offline()
    selling.time_passes(3)

    assert ([], True) == (selling.asked(), checkout(selling).link is not None)


@pytest.mark.parametrize("reply", [silence(), Denied(status=503, why="Busy.")])
def test_a_link_that_could_not_be_made_says_so(selling: Till, reply: Denied) -> None:
    """Nothing was taken, and it can be tried again."""
    selling.picks().says("CheckoutOpened").says("TenderChosen", tender_id="link").says("LinkWanted")
    selling.is_answered(reply)

    assert "Nothing was taken. Try again" in checkout(selling).problem


def test_a_link_for_a_sale_that_is_gone_is_withdrawn(selling: Till) -> None:
    """The answer came when the cart was empty already."""
    selling.picks().says("CheckoutOpened").says("TenderChosen", tender_id="link").says("LinkWanted")
    reply = given(link_for(selling))
    selling.says("CartEmptied").is_answered(reply)
    selling.time_passes(3)

    assert ["/payments/links/link-1/cancel"] == withdrawn(selling)


def test_money_of_a_link_that_is_given_back_is_not_taken_again(selling: Till) -> None:
    """The provider has it; the OMS lists it, and a manager is told."""
    hears_of(selling, asks_for_a_link(selling), PAID)
    selling.says("PaymentReturned", payment_id="link-1").time_passes(3)

    assert () == checkout(selling).payments
    assert "the OMS lists it (reference SBX1)" in selling.state.trouble
