"""Stores that are filled, on either database: a product file taken in, and the demo as a register is served it."""

import gzip
from pathlib import Path

import pytest
from sqlalchemy import delete
from starlette.testclient import TestClient

from app.catalogue.image import Catalogue, open_image
from app.domain.product import Product
from app.sync.protocol import ChangesPage, Dataset, Manifest, VerdictKind
from server.demo import fill as demo
from server.demo.products import make_products
from server.importers import run
from server.oms.oms import Oms
from server.oms.records import read_all
from server.oms.tables import Record
from tests.conftest import line, order
from tests.importers.test_importing import revision
from tests.server.browser import Browser

FILES = Path(__file__).parents[1] / "importers" / "files"
pytestmark = pytest.mark.databases


def served(register: Browser) -> Catalogue:
    """The catalogue as a till opens it."""
    offer = Manifest.model_validate_json(register.get("/snapshot").content).image
    data = register.client.get(offer.url, headers=register.bearer).content
    opened = open_image(gzip.decompress(data))
    assert isinstance(opened, Catalogue), opened
    return opened


@pytest.mark.parametrize("name", ["shopify", "nul_bytes"])
def test_a_product_file_is_taken_in_once(oms: Oms, name: str, tmp_path: Path) -> None:
    """Databases differ in what they take for text, for a number, and for the same; a second import shows it."""
    before = run(FILES / f"{name}.csv", oms.database.write, tmp_path / "kept", pictures=tmp_path)
    first = revision(oms.database)
    again = run(FILES / f"{name}.csv", oms.database.write, tmp_path / "kept", pictures=tmp_path)
    with oms.database.read() as session:
        names = {product.name for product in read_all(session, Dataset.PRODUCTS, Product)}

    assert before.reading is not None
    assert before.stored is not None
    assert (0, 0, first) == (before.exit_code, again.exit_code, revision(oms.database))
    assert before.stored.changed == before.stored.products > 0
    assert {stocked.product.name for stocked in before.reading.products} <= names


def test_the_demo_is_served_and_sold_from(oms: Oms, client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first look at Store OS may be on PostgreSQL: catalogue, people and a sale all the same."""
    some = make_products({})[::12]  # a hundred say as much as all
    monkeypatch.setattr(demo, "make_pictures", lambda keys, folder: {})
    monkeypatch.setattr(demo, "make_products", lambda pictures: some)
    with oms.database.write() as session:
        session.execute(delete(Record).where(Record.dataset == Dataset.SETTINGS.value))
    filled = demo.fill(oms), demo.fill(oms)
    register = Browser.enrol(client)
    catalogue = served(register)
    page = ChangesPage.model_validate_json(register.get("/changes", cursor=0, datasets="staff,customers").content)
    (verdict,) = register.push(register.sale(order(line(some[0].variants[0].id))))

    people = [each for each in page.changes if each.dataset is Dataset.CUSTOMERS]
    assert ((True, False), 1 + 40, 1 + len(some)) == (filled, len(people), catalogue.count())
    assert (some[0], VerdictKind.ACCEPTED) == (catalogue.product(some[0].id), verdict.kind)
