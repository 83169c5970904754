"""What opens a door lies nowhere in the database, and is compared so that the time it takes tells nothing."""

import ast
import hmac
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.sync.protocol import API
from server.office import cookies
from server.oms.oms import Oms
from server.oms.recovering import make_recovery_code
from server.oms.registers import make_code
from tests.server.browser import Browser, enrolment_request
from tests.server.office.office import PASSWORD, ROOT, Office

SERVER = Path(__file__).parents[3] / "server"
SECRET = re.compile(r"token|secret|password|csrf|seal|cookie", re.IGNORECASE)
KEY = b"k" * 32


@pytest.fixture
def backend() -> str:
    """A file whose bytes can be searched."""
    return "sqlite"


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What was compared in constant time."""
    real, pairs = hmac.compare_digest, list[object]()

    def noted(one: str, other: str) -> bool:
        pairs.append((one, other))
        return real(one, other)

    monkeypatch.setattr(hmac, "compare_digest", noted)
    return pairs


def test_nothing_that_opens_a_door_lies_in_the_database(oms: Oms, client: TestClient, stranger: TestClient) -> None:
    """Whoever finds a backup is let in nowhere by it: not as a register, not as a person, not with a code."""
    with oms.database.write() as session:
        enrolling = make_code(session, "FRONT")
    register = Browser.enrol(stranger, code=enrolling)
    admin = Office.sign_in(oms, client)
    with oms.database.write() as session:
        opening, recovering = make_code(session, "BACK"), make_recovery_code(session, "FRONT")
    doors = {
        "token": register.me.token.partition(".")[2],
        "cookie": admin.client.cookies[cookies.VISIT],
        "form": admin.token,
        "password": PASSWORD,
        "used code": enrolling,
        "code": opening,
        "recovery": recovering,
        "code as typed": opening.replace("-", ""),
        "recovery as typed": recovering.replace("-", ""),
    }
    bytes_of = b"".join(file.read_bytes() for file in oms.settings.data.glob("store-os.db*"))

    assert register.key_id.encode() in bytes_of, "a search that finds nothing proves nothing"
    assert [] == [what for what, text in doors.items() if text.encode() in bytes_of]
    assert register.key not in bytes_of


@pytest.mark.parametrize("token", ["R1.wrong", "R99.wrong", "nobody", ""])
def test_a_token_is_compared_in_constant_time(register: Browser, compared: list[object], token: str) -> None:
    """Also where there is no such register: else time would tell which names there are."""
    reply = register.client.get(f"{API}/ping?nonce=n", headers={"Authorization": f"Bearer {token}"})

    assert (401, 1 if token else 0) == (reply.status_code, len(compared))


def test_so_is_who_asks_for_a_token_again(client: TestClient, compared: list[object]) -> None:
    """Whoever knows an enrolment would be told its token."""
    asked = enrolment_request(client, KEY)
    first = client.post(f"{API}/registers/enrol", json=asked).status_code
    other = enrolment_request(client, KEY, enrolment=asked["enrolment"])
    again = client.post(f"{API}/registers/enrol", json=other).status_code

    assert (200, 403, 1) == (first, again, len(compared))


def test_so_is_what_a_form_carries(admin: Office, compared: list[object]) -> None:
    """A guess of a form's token must not get warmer."""
    before = len(compared)
    reply = admin.client.post(f"{ROOT}/password", data={"csrf": "guessed"})

    assert (403, before + 1) == (reply.status_code, len(compared))


def test_so_is_the_seal_of_a_known_browser(oms: Oms, client: TestClient, compared: list[object]) -> None:
    """It lets its bearer try when strangers have to wait."""
    Office.sign_in(oms, client)
    before = len(compared)
    client.post(f"{ROOT}/sign-in", data={"name": "admin", "password": "wrong"})

    assert len(compared) > before


def test_nobody_writes_a_plain_comparison_of_a_secret() -> None:
    """The next door that somebody adds; what the database looks up by its hash is none."""
    found = [
        f"{path.relative_to(SERVER)}:{node.lineno} {ast.unparse(node)}"
        for path in sorted(SERVER.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Compare) and any(isinstance(each, ast.Eq | ast.NotEq) for each in node.ops)
        if SECRET.search(ast.unparse(node)) and not re.search(r"\b[A-Z]\w+\.\w+ ==", ast.unparse(node))
    ]

    assert [] == found
