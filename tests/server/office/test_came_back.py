"""What came back of an order, as the back office sees it: on its page, and as a mark in the list."""

from starlette.testclient import TestClient

from server.oms.oms import Oms
from tests.given_back import credit_note
from tests.server.browser import Browser
from tests.server.office.office import Office
from tests.server.test_returns import returns, sells


def test_the_page_of_an_order_shows_what_came_back(oms: Oms, client: TestClient, register: Browser) -> None:
    """Whoever is asked about a refund finds who gave it, why, and by what."""
    made, written = sells(register)
    register.push(written, returns(register, credit_note(made, reason="Torn seam")))
    office = Office.sign_in(oms, client)
    page, listed = office.opens(f"orders/{made.id}"), office.opens("orders")

    assert [] == [word for word in ("What came back", "DS01A02627-00002", "Torn seam", "Asha") if word not in page]
    assert "Partly returned" in page
    assert "Partly returned" in listed
