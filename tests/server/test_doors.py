"""Who may call, and how every error looks: a problem document, whoever raised it."""

import json

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from starlette.testclient import TestClient

from app.sync.protocol import API, Pong
from server.oms import routes
from server.oms.oms import Oms
from server.oms.tables import Register
from server.oms.times import now
from tests.server.application import application
from tests.server.browser import Browser

PROBLEM = "application/problem+json"
CALLS = ("/ping?nonce=n", "/snapshot", f"/images/{'0' * 64}", "/changes?cursor=0", "/orders", "/orders/x")


def test_a_ping_brings_the_nonce_back(register: Browser) -> None:
    """A cached page or a captive portal can't."""
    reply = register.get("/ping", nonce="n-42")

    assert ("n-42", "no-store") == (Pong.model_validate_json(reply.content).nonce, reply.headers["cache-control"])


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("token", [None, "R1.wrong", "nobody", "", "R1."])
def test_nobody_gets_in_without_a_token(register: Browser, call: str, token: str | None) -> None:
    """Catalogue, people and orders are the store's own."""
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    reply = register.client.get(API + call, headers=headers)

    assert (401, PROBLEM, "Bearer") == (
        reply.status_code,
        reply.headers["content-type"],
        reply.headers["www-authenticate"],
    )


def test_entries_need_a_token_too(client: TestClient) -> None:
    """Otherwise anyone could fill the database."""
    assert 401 == client.post(f"{API}/entries", content=b"x").status_code


def test_a_revoked_register_is_told_so(oms: Oms, register: Browser) -> None:
    """A stolen tablet must not go on selling."""
    with oms.database.write() as session:
        session.get_one(Register, "R1").revoked_at = now()

    assert 401 == register.get("/ping", nonce="n").status_code


def test_one_registers_token_is_not_anothers(client: TestClient, register: Browser) -> None:
    """The name in front of the token is only for finding the row."""
    other = Browser.enrol(client)
    forged = "R1." + other.me.token.partition(".")[2]

    assert 401 == client.get(f"{API}/orders", headers={"Authorization": f"Bearer {forged}"}).status_code


@pytest.mark.parametrize(
    ("call", "status"),
    [
        ("/nothing", 404),
        ("/ping", 422),
        ("/changes?cursor=-1", 422),
        (f"/changes?cursor={2**63}", 422),
        ("/orders?limit=0", 422),
        (f"/orders?offset={2**63}", 422),
        ("/orders?since=0", 422),
    ],
)
def test_errors_of_the_framework_are_problems_too(register: Browser, call: str, status: int) -> None:
    """A client reads one form of error, not three."""
    reply = register.client.get(API + call, headers=register.bearer)
    document = json.loads(reply.content)

    assert (status, PROBLEM, status) == (reply.status_code, reply.headers["content-type"], document["status"])


def test_a_wrong_method_names_the_right_ones(register: Browser) -> None:
    """A client that guessed wrong is not told that the call does not exist."""
    reply = register.client.delete(f"{API}/payments/links")

    assert (405, PROBLEM, "GET, POST") == (reply.status_code, reply.headers["content-type"], reply.headers["allow"])


def _failing(oms: Oms, monkeypatch: pytest.MonkeyPatch, error: Exception) -> TestClient:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(routes, "current", fail)
    return TestClient(application(oms), base_url="http://localhost", raise_server_exceptions=False)


def test_a_bug_is_a_problem_and_tells_nothing(oms: Oms, register: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stack trace belongs into the log, not into the world."""
    client = _failing(oms, monkeypatch, ValueError("secret detail"))
    reply = client.get(f"{API}/ping?nonce=n", headers=register.bearer)

    assert (500, PROBLEM) == (reply.status_code, reply.headers["content-type"])
    assert "secret detail" not in reply.text


@pytest.mark.parametrize("error", [OperationalError("INSERT", {}, Exception("locked")), NoConnection("all are taken")])
def test_a_busy_database_asks_to_come_again(
    oms: Oms, register: Browser, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """A full disk or a long import is no fault of the entries: the till keeps them and tries later."""
    client = _failing(oms, monkeypatch, error)
    reply = client.get(f"{API}/ping?nonce=n", headers=register.bearer)

    assert (503, "5") == (reply.status_code, reply.headers["retry-after"])


def test_the_api_is_described(client: TestClient) -> None:
    """Integrators read it, and generate clients from it."""
    paths = client.get(f"{API}/openapi.json").json()["paths"]

    assert {
        f"{API}/ping",
        f"{API}/registers/enrol",
        f"{API}/snapshot",
        f"{API}/images/{{sha256}}",
        f"{API}/changes",
        f"{API}/entries",
        f"{API}/orders",
        f"{API}/orders/{{order_id}}",
        f"{API}/exceptions",
        f"{API}/sessions",
        f"{API}/inventory",
        f"{API}/products/{{sku}}",
        f"{API}/delivery/quote",
        f"{API}/payments/links",
    } <= set(paths)


def test_every_call_describes_its_errors(client: TestClient) -> None:
    """A generated client that knows only the good answers breaks on the first bad one."""
    paths = client.get(f"{API}/openapi.json").json()["paths"]
    calls = [call for path in paths.values() for call in path.values()]

    described = [{code: list(call["responses"][code]["content"]) for code in ("4XX", "5XX")} for call in calls]

    assert [{"4XX": [PROBLEM], "5XX": [PROBLEM]}] * len(calls) == described


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("call", ["/orders", "/exceptions", "/sessions", "/shifts"])
def test_the_ends_of_the_calendar_are_days_too(register: Browser, call: str, day: str) -> None:
    """Before the first day and after the last there is none: whoever reckons with it fails."""
    assert 200 == register.get(call, since=day, until=day).status_code
