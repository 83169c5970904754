"""A small store in a database of its own for each test; what is dear to make is made once and copied.

The database is SQLite. Tests marked `databases` run on PostgreSQL as well, and all of them run on PostgreSQL alone
with STORE_OS_TEST_DATABASE=postgresql.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
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
from tests.server.cluster import Cluster, running

SQLITE, POSTGRESQL = "sqlite", "postgresql"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what is marked on both databases."""
    if "backend" in metafunc.fixturenames and metafunc.definition.get_closest_marker("databases"):
        metafunc.parametrize("backend", [SQLITE, POSTGRESQL])


def usual() -> str:
    """The database that tests run on where nothing else is said."""
    return os.environ.get("STORE_OS_TEST_DATABASE", SQLITE)


@pytest.fixture
def backend() -> str:
    """Which database a test runs on."""
    return usual()


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
    stock_up(oms)
    oms.close()
    return folder


def stock_up(oms: Oms) -> None:
    """Put the small store into an empty database."""
    with oms.database.write() as session:
        put_products(session, [product("p1", variant("v1", size="M"), variant("v2", size="L"))])
        put_rates(session, [rate()])
        put_stock(session, {"v1": Decimal(10), "v2": Decimal(10)})
        put(session, Dataset.TENDERS, {"cash": tender()})
        put(session, Dataset.STAFF, {"s1": staff()})
        put(session, Dataset.CUSTOMERS, {"c1": customer()})
        put(session, Dataset.SETTINGS, {"DS01": settings()})


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL, started for the first test that needs it."""
    with running() as started:
        yield started


@pytest.fixture(scope="session")
def small_store(cluster: Cluster, template: Path) -> str:
    """The database of the small store on PostgreSQL, made by every migration there is, to be copied."""
    name = cluster.new()
    oms = open_oms(replace(settings_in(template, template / "secrets.json"), database_url=cluster.url(name)))
    stock_up(oms)
    oms.close()
    return name


@pytest.fixture(scope="session")
def keys(template: Path) -> Secrets:
    """Secrets shared by all these stores: making and checking an RSA key takes its time."""
    return load_or_make(template / "secrets.json")


MakeStore = Callable[[str, Path], Settings]


@pytest.fixture(scope="session")
def copied(template: Path, request: pytest.FixtureRequest) -> MakeStore:
    """Copies the small store into a folder, and says where its database lies."""

    def copy(backend: str, folder: Path) -> Settings:
        there = settings_in(folder, template / "secrets.json")
        if backend == SQLITE:
            shutil.copy(template / "store-os.db", there.data / "store-os.db")
            return there
        cluster: Cluster = request.getfixturevalue("cluster")
        return replace(there, database_url=cluster.url(cluster.new(request.getfixturevalue("small_store"))))

    return copy


@pytest.fixture
def oms(
    copied: MakeStore, backend: str, keys: Secrets, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Oms]:
    """The small store's OMS, fresh for each test."""
    opened = wire(copied(backend, tmp_path), keys)
    cluster: Cluster | None = request.getfixturevalue("cluster") if backend == POSTGRESQL else None
    yield opened
    opened.close()
    if cluster is not None:
        cluster.drop(opened.settings.database_url)


def browser(oms: Oms) -> TestClient:
    """A browser on the server's own machine."""
    return TestClient(application(oms), base_url="http://localhost", client=("127.0.0.1", 50_000))


@pytest.fixture
def client(oms: Oms) -> TestClient:
    """A browser on the server's own machine."""
    return browser(oms)


@pytest.fixture
def stranger(oms: Oms) -> TestClient:
    """A browser on another machine."""
    return TestClient(application(oms), base_url="http://store.example", client=("10.0.0.7", 50_000))


@pytest.fixture
def register(client: TestClient) -> Browser:
    """The first register."""
    return Browser.enrol(client)
