"""Payment links: one for an order and an amount, paid once, and never lost sight of."""

from collections.abc import Callable

import pytest
from sqlalchemy import update
from starlette.testclient import TestClient

from app.domain.order import Order
from app.domain.payment import LinkState, PaymentLink, TenderKind
from app.sync.protocol import VerdictKind
from server.oms.oms import Oms
from server.oms.tables import PaymentRow
from server.oms.tables_online import LinkRow, SandboxPayment
from tests.conftest import NOW, order
from tests.server.browser import Browser
from tests.server.online import customer_decides, link_for, paid_by, post, standing


@pytest.fixture
def paid(register: Browser) -> PaymentLink:
    """A link that the customer has paid."""
    link = link_for(register)
    customer_decides(register, link)
    return standing(register, link)


def test_a_link_has_an_address_for_the_customers_phone(register: Browser) -> None:
    """It is shown as a code, so it has to be whole."""
    link = link_for(register)

    assert (LinkState.PENDING, True) == (link.status, link.url.startswith("http://localhost/pay/"))


def test_the_same_order_and_amount_get_the_same_link(register: Browser) -> None:
    """An answer that was lost must not lead to a second link that somebody pays, too."""
    assert link_for(register, key="a") == link_for(register, key="b") == link_for(register, key="a")


def test_another_amount_is_another_link(register: Browser) -> None:
    """A split payment may have two."""
    assert link_for(register).id != link_for(register, amount=100).id


def test_a_paid_link_is_found_again_instead_of_a_new_one(register: Browser, paid: PaymentLink) -> None:
    """The answer that it was paid was lost; asking again for it must not ask the customer again."""
    assert (paid.id, LinkState.PAID) == (link_for(register).id, link_for(register).status)


@pytest.mark.parametrize(("choice", "status"), [("pay", LinkState.PAID), ("decline", LinkState.FAILED)])
def test_the_customer_decides(register: Browser, choice: str, status: LinkState) -> None:
    """What the till is told is what the customer pressed."""
    link = link_for(register)
    customer_decides(register, link, choice)

    assert status == standing(register, link).status


def test_only_what_is_paid_has_a_reference(register: Browser, paid: PaymentLink) -> None:
    """It ties the invoice to the provider's statement."""
    assert paid.reference.startswith("SBX")
    assert "" == link_for(register, "another").reference


def test_a_decision_stands(register: Browser, paid: PaymentLink) -> None:
    """Pressing Back and Decline does not take money back."""
    customer_decides(register, paid, "decline")

    assert LinkState.PAID == standing(register, paid).status


def test_a_link_that_was_declined_is_followed_by_a_new_one(register: Browser) -> None:
    """The customer wants to try once more."""
    link = link_for(register)
    customer_decides(register, link, "decline")

    assert (True, LinkState.PENDING) == (link_for(register).id != link.id, link_for(register).status)


def test_a_link_runs_out(oms: Oms, register: Browser) -> None:
    """A link of this morning must not be paid tonight."""
    link = link_for(register)
    with oms.database.write() as session:
        session.get_one(SandboxPayment, link.id).expires_at = NOW.replace(year=2020)

    customer_decides(register, link)
    assert LinkState.EXPIRED == standing(register, link).status


@pytest.mark.parametrize(("choice", "expected"), [("", LinkState.CANCELLED), ("pay", LinkState.PAID)])
def test_a_link_is_withdrawn_unless_it_was_paid(register: Browser, choice: str, expected: LinkState) -> None:
    """The customer was quicker: then the till has to know, and take it."""
    link = link_for(register)
    if choice:
        customer_decides(register, link, choice)
    answer = post(register, f"/payments/links/{link.id}/cancel", {})

    assert expected == answer.json()["status"]


def test_a_crash_after_the_provider_was_asked_leads_to_the_same_link(oms: Oms, register: Browser) -> None:
    """The provider knows a request that we have forgotten: it is found, not made twice."""
    link = link_for(register)
    with oms.database.write() as session:
        session.delete(session.get_one(LinkRow, link.id))

    assert link.url == link_for(register).url


def test_a_link_that_is_not_there_is_said_to_be(register: Browser) -> None:
    """A mistyped id is no reason to fall over."""
    assert 404 == register.get("/payments/links/nothing").status_code


def test_an_order_with_its_paid_link_is_accepted(register: Browser, paid: PaymentLink) -> None:
    """The plain way."""
    verdict = register.push(register.sale(paid_by(paid)))[0]

    assert (VerdictKind.ACCEPTED, "") == (verdict.kind, verdict.why)
    assert [] == register.get("/payments/links").json()["links"]


ODD: dict[str, tuple[Callable[[PaymentLink], Order], str]] = {
    "unknown": (lambda link: paid_by(link, id="nothing"), "knows no payment link"),
    "another reference": (lambda link: paid_by(link, reference="made up"), "paid for something else"),
    "another order": (lambda link: paid_by(link).model_copy(update={"id": "o2"}), "paid for something else"),
    "called cash": (lambda link: paid_by(link, tender_id="cash", kind=TenderKind.CASH), "is not among its payments"),
    "not among the payments": (lambda link: order(id=link.order_id), "is not among its payments"),
}


@pytest.mark.parametrize(("make", "why"), ODD.values(), ids=ODD)
def test_a_payment_that_the_provider_does_not_know_needs_a_look(
    register: Browser, paid: PaymentLink, make: Callable[[PaymentLink], Order], why: str
) -> None:
    """A till that says "paid online" is believed only as far as the provider is."""
    verdict = register.push(register.sale(make(paid)))[0]

    assert VerdictKind.ATTENTION == verdict.kind
    assert why in verdict.why


def test_an_open_link_is_no_payment(register: Browser) -> None:
    """Nobody has paid it yet."""
    assert "is pending, not paid" in register.push(register.sale(paid_by(link_for(register))))[0].why


def test_a_paid_link_without_an_order_is_listed(register: Browser) -> None:
    """Money that belongs to no sale has to be given back, and nobody may have asked about it since."""
    link = link_for(register)
    customer_decides(register, link)

    assert [link.id] == [each["id"] for each in register.get("/payments/links").json()["links"]]


def test_a_link_that_was_once_called_cash_is_no_money_without_an_order(
    oms: Oms, register: Browser, paid: PaymentLink
) -> None:
    """An older OMS applied such corrections: the sale is in the books, and nobody must give its money back."""
    register.push(register.sale(paid_by(paid)))
    with oms.database.write() as session:
        session.execute(update(PaymentRow).values(kind="cash"))

    assert [] == register.get("/payments/links").json()["links"]


def test_the_page_is_for_everybody_and_strict(register: Browser, stranger: TestClient) -> None:
    """A customer has no account here; and nothing on the page may load or run anything."""
    link = link_for(register)
    page = stranger.get(link.url.replace("http://localhost", ""))

    assert (200, True) == (page.status_code, "499.00" in page.text)
    assert "default-src 'none'" in page.headers["content-security-policy"]


def test_a_page_that_is_not_there_says_nothing(stranger: TestClient) -> None:
    """Addresses cannot be tried out."""
    assert (404, 404) == (stranger.get("/pay/nothing").status_code, stranger.post("/pay/nothing/pay").status_code)
