"""A small store in a database of its own for each test; what is dear to make is made once and copied."""

import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.sync.protocol import Dataset
from server.oms.catalogue import put_products, put_rates, put_stock
from server.oms.oms import Oms, open_oms, wire
from server.oms.records import put
from server.oms.secrets import Secrets, load_or_make
from server.settings import Settings
from tests.conftest import customer, product, rate, settings, staff, tender, variant
from tests.server.application import application
from tests.server.browser import Browser


def settings_in(folder: Path, secret_file: Path) -> Settings:
    return Settings(
        data=folder,
        database_url=f"sqlite:///{folder / 'store-os.db'}",
        secret_file=secret_file,
        dist=folder / "dist",
    )


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with secrets and a database of one kurta in two sizes, ten of each."""
    folder = tmp_path_factory.mktemp("template")
    oms = open_oms(settings_in(folder, folder / "secrets.json"))
    with oms.database.write() as session:
        put_products(session, [product("p1", variant("v1", size="M"), variant("v2", size="L"))])
        put_rates(session, [rate()])
        put_stock(session, {"v1": Decimal(10), "v2": Decimal(10)})
        put(session, Dataset.TENDERS, {"cash": tender()})
        put(session, Dataset.STAFF, {"s1": staff()})
        put(session, Dataset.CUSTOMERS, {"c1": customer()})
        put(session, Dataset.SETTINGS, {"DS01": settings()})
    oms.close()
    return folder


@pytest.fixture(scope="session")
def keys(template: Path) -> Secrets:
    """Secrets shared by all these stores: making and checking an RSA key takes its time."""
    return load_or_make(template / "secrets.json")


@pytest.fixture
def oms(template: Path, keys: Secrets, tmp_path: Path) -> Iterator[Oms]:
    """The small store's OMS, fresh for each test."""
    shutil.copy(template / "store-os.db", tmp_path / "store-os.db")
    opened = wire(settings_in(tmp_path, template / "secrets.json"), keys)
    yield opened
    opened.close()


@pytest.fixture
def client(oms: Oms) -> TestClient:
    """A browser on the server's own machine."""
    return TestClient(application(oms), base_url="http://localhost", client=("127.0.0.1", 50_000))


@pytest.fixture
def stranger(oms: Oms) -> TestClient:
    """A browser on another machine."""
    return TestClient(application(oms), base_url="http://store.example", client=("10.0.0.7", 50_000))


@pytest.fixture
def register(client: TestClient) -> Browser:
    """The first register."""
    return Browser.enrol(client)
