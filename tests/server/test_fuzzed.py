"""The API against a machine that reads its OpenAPI document and calls everything, right and wrong, on a real server."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from httpx2 import Client

from app.domain.coupon import Coupon
from app.domain.staff import Role
from app.sync.protocol import API, Dataset
from server.oms.coupons import put_coupons
from server.oms.customers import put_codes
from server.oms.oms import wire
from server.oms.records import put
from server.oms.secrets import Secrets
from tests.conftest import order, promotion, staff
from tests.server.browser import Browser
from tests.server.conftest import MakeStore, usual
from tests.server.online import open_delivery, open_neighbour
from tests.server.test_process import ROOT, Process

CONFIG = Path(__file__).with_name("schemathesis.toml")
COMMAND = (sys.executable, "-m", "schemathesis.cli", "--config-file", str(CONFIG), "run", "--no-color")


@pytest.fixture(scope="module")
def server(
    template: Path, keys: Secrets, copied: MakeStore, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Process]:
    """A server whose store has something of everything that the API can be asked about."""
    oms = wire(there := copied(usual(), tmp_path_factory.mktemp("fuzzed")), keys)
    open_delivery(oms)
    open_neighbour(oms)
    with oms.database.write() as session:
        put(session, Dataset.STAFF, {"m1": staff("m1", Role.MANAGER)})
        put_codes(session, {"CARD-1": "c1"})
        put_coupons(session, [Coupon(promotion=promotion("ten", code="TEN"))])
    oms.close()
    shutil.copy2(template / "secrets.json", there.data / "secrets.json")
    process = Process(there.data, there.database_url)
    yield process
    process.stop()


@pytest.fixture(scope="module")
def token(server: Process) -> str:
    """Of a register that has sold something."""
    with Client(base_url=server.address, timeout=120) as client:
        register = Browser.enrol(client)
        register.push(register.sale(order(id="known"), id="known"))
        return register.me.token


def fuzzed(server: Process, *options: str) -> str:
    """Call everything and return what was found wrong: nothing, where all is well."""
    command = [*COMMAND, f"{server.address}{API}/openapi.json", *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_a_register_may_send_anything(server: Process, token: str) -> None:
    """No call makes the OMS fail, and each answer, errors too, is as the document says, which clients are made from."""
    wrong = fuzzed(server, "--header", f"Authorization: Bearer {token}")

    assert not wrong, wrong


def test_a_stranger_may_send_anything(server: Process) -> None:
    """Whoever finds the address: nothing breaks, and nothing is told."""
    wrong = fuzzed(server, "--phases", "coverage")

    assert not wrong, wrong
