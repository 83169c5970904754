"""Several servers of one store share what a person or a register has done with one of them."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from app.domain.staff import Role
from app.sync.protocol import Dataset, ImageOffer
from server.app import create_app
from server.oms import images
from server.oms.catalogue import put_stock
from server.oms.oms import Oms, wire
from server.oms.postgresql import IMAGES
from server.oms.records import put
from server.oms.secrets import Secrets
from tests.conftest import order, staff
from tests.server.browser import Browser
from tests.server.office.office import ROOT, Office
from tests.server.online import post

both = pytest.mark.databases


@pytest.fixture
def other(oms: Oms, keys: Secrets) -> Iterator[Oms]:
    """Another server of the same store, in the same folder."""
    opened = wire(oms.settings, keys)
    yield opened
    opened.close()


@pytest.fixture
def elsewhere(other: Oms) -> TestClient:
    """A browser that reaches the other server."""
    return TestClient(create_app(other), base_url="http://localhost", client=("127.0.0.1", 50_000))


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """One change makes an image old."""
    monkeypatch.setattr(images, "STALE_AFTER", 0)


def grown_old(oms: Oms) -> ImageOffer:
    """An image that is not up to date any more."""
    old = oms.images.refresh()
    with oms.database.write() as session:
        put_stock(session, {"v1": Decimal(3)})
    return old


@both
def test_who_signed_in_at_one_is_known_to_the_other(client: TestClient, oms: Oms, elsewhere: TestClient) -> None:
    """The way to the servers may change with every page."""
    admin = Office.sign_in(oms, client)
    elsewhere.cookies = admin.client.cookies

    assert 200 == elsewhere.get(f"{ROOT}/orders", follow_redirects=False).status_code


@both
def test_a_register_of_one_sells_to_the_other(register: Browser, elsewhere: TestClient) -> None:
    """Its token and its key are of the store."""
    register.client = elsewhere

    assert "DS01-000001" == register.push(register.sale(order()))[0].order_number


@both
def test_what_one_has_done_the_other_does_not_do_again(oms: Oms, register: Browser, elsewhere: TestClient) -> None:
    """The answer of the first was lost, and the second is asked: two pieces are gone, not four."""
    with oms.database.write() as session:
        put(session, Dataset.STAFF, {"ravi": staff("ravi", Role.MANAGER)})
    here = post(register, "/products/SKU-v1", {"staff_id": "ravi", "stock": "-2"}, "k1", method="PATCH")
    register.client = elsewhere
    there = post(register, "/products/SKU-v1", {"staff_id": "ravi", "stock": "-2"}, "k1", method="PATCH")

    assert ["8", "8"] == [here.json()["stock"], there.json()["stock"]]


@both
def test_an_image_that_one_made_is_given_out_by_the_other(register: Browser, oms: Oms, elsewhere: TestClient) -> None:
    """A register asks one which image there is, and fetches it from the other."""
    offer = oms.images.refresh()

    assert offer.bytes == len(elsewhere.get(offer.url, headers=register.bearer).content)


@pytest.mark.parametrize("backend", ["postgresql"])
@pytest.mark.usefixtures("impatient")
def test_one_makes_the_image_for_all(oms: Oms, other: Oms) -> None:
    """Two at once are twice the work, and push older images out that somebody is just fetching."""
    old = grown_old(oms)
    with oms.database.read() as session:
        assert oms.database.alone(session, IMAGES)
        while_at_it = other.images.refresh()
    later = other.images.refresh()

    assert (old, True) == (while_at_it, later.cursor > old.cursor)


@pytest.mark.parametrize("backend", ["postgresql"])
@pytest.mark.usefixtures("impatient")
def test_an_image_that_has_just_been_made_is_not_made_again(
    oms: Oms, other: Oms, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever looked before it was there, and came to the lock after, must not put an older one in its place."""
    grown_old(oms)
    looked, made = other.images._stale, list[ImageOffer]()

    def slow(session: Session, offer: ImageOffer) -> bool:
        stale = looked(session, offer)
        made.append(oms.images.refresh())
        return stale

    monkeypatch.setattr(other.images, "_stale", slow)

    assert [other.images.refresh()] == made
