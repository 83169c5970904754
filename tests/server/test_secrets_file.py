"""A register was enrolled under another secrets file: each call that needs its key says so, and what to do."""

from base64 import b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import select

from app.sync.entry import Entry, parse
from app.sync.protocol import API, Problem, VerdictKind
from server.oms.carried import take_in_carried
from server.oms.oms import Oms
from server.oms.recovering import make_recovery_code, recoveries
from server.oms.tables import OrderRow, Register
from tests.conftest import order
from tests.server.browser import Browser, brings, wrap


@pytest.fixture(scope="module")
def another() -> str:
    """The public key of another secrets file."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048).public_key()
    return b64encode(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()


@pytest.fixture
def heir(register: Browser) -> Browser:
    """R2, whose key opens."""
    return Browser.enrol(register.client)


@pytest.fixture
def lost(oms: Oms, register: Browser, heir: Browser, another: str) -> Browser:
    """R1, whose key does not."""
    del heir
    with oms.database.write() as session:
        session.get_one(Register, "R1").wrapped_key = wrap(register.key, another)
    return register


def orders(oms: Oms) -> int:
    with oms.database.read() as session:
        return len(session.scalars(select(OrderRow.id)).all())


def entry(line: bytes) -> Entry:
    read = parse(line)
    assert isinstance(read, Entry)
    return read


def test_a_register_hears_why_it_cannot_send(oms: Oms, lost: Browser) -> None:
    """It said 500 for ever, and nobody could tell what to do; with the right file all that waits goes through."""
    line, right = lost.sale(order()), oms.keys
    reply = lost.client.post(f"{API}/entries", content=line, headers=lost.bearer)
    with oms.database.write() as session:
        session.get_one(Register, "R1").wrapped_key = wrap(lost.key, right.public_key)

    assert (503, True) == (reply.status_code, "secrets file" in Problem.model_validate_json(reply.content).detail)
    assert [VerdictKind.ACCEPTED] == [each.kind for each in lost.push(line)]


def test_a_recovery_is_turned_down_and_shuts_nobody_out(oms: Oms, lost: Browser, heir: Browser) -> None:
    """The lost register may only have been asleep: nothing of it could be booked, so nothing is changed."""
    with oms.database.write() as session:
        code = make_recovery_code(session, "R1")
    reply = brings(heir, "R1", code, lost.sale(order()))
    with oms.database.read() as session:
        begun = recoveries(session, "R2")

    assert (403, True, []) == (reply.status_code, "secrets file" in reply.json()["detail"], list(begun))
    assert 200 == lost.get("/ping", nonce="n").status_code


def test_it_is_no_wrong_code(oms: Oms, lost: Browser, heir: Browser) -> None:
    """Whoever tries again and again while the file is looked for is not taken for a guesser."""
    with oms.database.write() as session:
        code = make_recovery_code(session, "R1")
    line = lost.sale(order())

    assert {403} == {brings(heir, "R1", code, line).status_code for _ in range(15)}


def test_a_folder_of_several_registers_is_booked_without_it(oms: Oms, lost: Browser, heir: Browser) -> None:
    """One register's key must not keep the others' sales out."""
    lines = [lost.sale(order(id="n1")), heir.sale(order(id="n2"))]
    verdicts = take_in_carried(oms.database, oms.keys, [entry(line) for line in lines], lambda *_: None)

    assert [VerdictKind.REFUSED, VerdictKind.ACCEPTED] == [each.kind for each in verdicts]
    assert ("secrets file" in verdicts[0].why, 1) == (True, orders(oms))
