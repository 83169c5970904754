"""What stands before every answer: headers on each of them, and an end to how much is sent, how deep, how slowly."""

import asyncio
import json
import logging
import re
from collections.abc import Iterator

import pytest
from httpx2 import Client
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from app.sync.protocol import API
from server import guard
from server.guard import ALWAYS_HTTPS, BOUNDS, SAFETY, Guard
from server.oms import routes
from server.oms.oms import Oms
from server.oms.problems import Failed
from tests.server.application import application
from tests.server.browser import Browser
from tests.server.office.office import Office
from tests.server.walking import every_route, filled

SECRET = "what nobody outside may read"


def unsafe(client: Client, method: str, path: str, headers: dict[str, str] | None = None) -> list[str]:
    """What is wrong with the headers of an answer."""
    reply = client.request(method, path, headers=headers, follow_redirects=False)
    policies = reply.headers.get_list("content-security-policy")
    rules = dict(re.findall(r"([a-z-]+) ([^;]*)", policies[0])) if policies else {}
    wrong = [name for name in SAFETY if len(reply.headers.get_list(name)) != 1]
    wrong += ["frames"] if rules.get("frame-ancestors") != "'none'" or rules.get("base-uri") != "'none'" else []
    wrong += ["inline"] if "unsafe-inline" in policies[0] or "*" in policies[0] else []
    wrong += ["scripts"] if path.startswith(("/api", "/pictures")) and rules["default-src"] != "'none'" else []
    kept = "no-store" not in reply.headers.get("cache-control", "") and (reply.status_code >= 400 or "/api" in path)
    wrong += ["kept"] if kept else []
    return [f"{method} {path} {reply.status_code}: {name}" for name in wrong]


@pytest.fixture
def outspoken(oms: Oms, admin: Office) -> TestClient:
    """The admin's browser, to which a mistake of ours is an answer and not a crash."""
    client = TestClient(application(oms), base_url="http://localhost", raise_server_exceptions=False)
    client.cookies = admin.client.cookies
    return client


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bug in the API, and one in the back office."""

    def fail(*_: object) -> None:
        raise RuntimeError(SECRET)

    monkeypatch.setattr(routes, "current", fail)
    monkeypatch.setattr("server.office.trail.show", fail)


def test_every_answer_of_every_route_has_the_safety_headers(oms: Oms, register: Browser, admin: Office) -> None:
    """Pages, files, data, redirects and errors, whoever asks: the browser is told each time."""
    wrong: list[str] = []
    for method, path in every_route(application(oms)):
        for client, sent in (
            (register.client, {}),
            (register.client, {"headers": register.bearer}),
            (admin.client, {}),
        ):
            wrong += unsafe(client, method, filled(path), **sent)

    assert [] == wrong


@pytest.mark.usefixtures("broken")
def test_a_mistake_of_ours_has_them_too(register: Browser, outspoken: TestClient) -> None:
    """It is answered outside of everything else, where headers are easily forgotten."""
    wrong = unsafe(outspoken, "GET", f"{API}/ping?nonce=n", headers=register.bearer)

    assert [] == wrong + unsafe(outspoken, "GET", "/office/audit")


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize("path", [f"{API}/ping?nonce=n", "/office/audit"])
def test_a_mistake_is_told_by_a_number_alone(
    register: Browser, outspoken: TestClient, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever runs the server finds the trace in its log under that number; nobody else sees any of it."""
    with caplog.at_level(logging.ERROR, logger="store_os"):
        reply = outspoken.get(path, headers=register.bearer)
    number = re.search(r"under ([0-9a-f]{8})\.", reply.text)

    assert (500, False, False) == (reply.status_code, SECRET in reply.text, "Traceback" in reply.text)
    assert number is not None
    assert any(number[1] in record.getMessage() and record.exc_info for record in caplog.records)


def test_over_https_the_browser_is_told_to_stay_there(oms: Oms, client: TestClient) -> None:
    """On plain http nobody would believe it, and localhost has no certificate."""
    secure = TestClient(application(oms), base_url="https://store.example")
    name, value = ALWAYS_HTTPS

    assert (value, None) == (secure.get("/").headers.get(name), client.get("/").headers.get(name))


def a_body(size: int) -> Iterator[bytes]:
    """A body whose length nobody is told before."""
    for _ in range(size // 1000 + 1):
        yield b"x" * 1000


@pytest.mark.parametrize("announced", [True, False])
@pytest.mark.parametrize("path", [f"{API}/entries", f"{API}/coupons/validate", "/office/imports", "/office/sign-in"])
def test_too_much_is_turned_away(
    register: Browser, admin: Office, monkeypatch: pytest.MonkeyPatch, path: str, *, announced: bool
) -> None:
    """By what is announced before it is read, else as soon as it is too much: memory and disk have an end."""
    small = [guard.Bound(each.path, 2000, each.advice) for each in BOUNDS]
    monkeypatch.setattr(guard, "BOUNDS", small)
    kind = "application/x-www-form-urlencoded" if path.startswith("/office") else "application/json"
    headers = {"Content-Type": kind, **register.bearer}
    client = admin.client if path.startswith("/office") else register.client
    body = b"x" * 5000 if announced else a_body(5000)
    reply = client.post(path, content=body, headers=headers)

    assert (413, True) == (reply.status_code, "too much" in reply.text)


def test_a_stranger_s_body_is_not_even_read(oms: Oms, register: Browser) -> None:
    """A thousand of them with a megabyte each would be memory that registers need: the token comes first."""
    calls = [
        (method, filled(path))
        for method, path in every_route(application(oms))
        if method in {"POST", "PUT", "PATCH", "DELETE"} and path.startswith(f"{API}/") and not path.endswith("/enrol")
    ]
    headers = {"Content-Type": "application/json", "Recovery-Code": "1", "Authorization": "Bearer R1.wrong"}
    answers = set()
    for call in calls:
        read = iter([b"{", b"no json"])
        status = register.client.request(*call, content=read, headers=headers).status_code
        answers.add((status, next(read, b"nothing is left")))

    assert (True, {(401, b"{")}) == (len(calls) > 10, answers)


def test_who_enrols_sends_little(stranger: TestClient) -> None:
    """The one call of strangers that is read."""
    reply = stranger.post(f"{API}/registers/enrol", content=b"x" * 20_000)

    assert 413 == reply.status_code


def test_every_route_has_an_end(oms: Oms) -> None:
    """Of all that may be sent anywhere only entries and files are large, and the largest has 80 MB."""
    limits = {
        path: next(each.most for each in BOUNDS if each.path.fullmatch(filled(path)))
        for method, path in every_route(application(oms))
        if method not in {"GET", "HEAD"}
    }
    large = {path for path, most in limits.items() if most > 1 << 20}

    assert 80 << 20 == max(limits.values())
    assert {
        f"{API}/entries",
        f"{API}/registers/{{register_id}}/recover",
        "/office/imports",
        "/office/imports/pending",
        "/office/registers/{register_id}/import",
    } == large


def test_an_address_that_no_bound_was_thought_for_has_one(client: TestClient) -> None:
    """A line feed in an address must not slip past a pattern."""
    assert 404 == client.get("/api/%0a").status_code


def watched(receive: Receive) -> int:
    """Read a body through the guard, and return the status of what was wrong with it."""
    caught: list[int] = []

    async def reads(_scope: Scope, receive: Receive, _send: Send) -> None:
        try:
            while (await receive())["more_body"]:
                pass
        except Failed as failed:
            caught.append(failed.status_code)

    async def sends(_: Message) -> None:
        """Nobody listens."""

    scope = {"type": "http", "path": f"{API}/entries", "scheme": "http", "headers": []}
    asyncio.run(Guard(reads)(scope, receive, sends))
    return caught[0] if caught else 200


def test_a_body_that_stops_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousand of them would hold the server for ever."""
    monkeypatch.setattr(guard, "QUIET_SECONDS", 0.01)

    async def never() -> Message:
        await asyncio.Event().wait()
        raise AssertionError

    assert 408 == watched(never)


def test_a_body_that_trickles_is_not_waited_for_either(monkeypatch: pytest.MonkeyPatch) -> None:
    """One byte each nineteen seconds is a hundred years for sixteen megabytes."""
    monkeypatch.setattr(guard, "QUIET_SECONDS", 0.01)
    monkeypatch.setattr(guard, "SLOWEST", 10_000)

    async def trickles() -> Message:
        await asyncio.sleep(0.004)
        return {"type": "http.request", "body": b"x", "more_body": True}

    assert 408 == watched(trickles)


HOSTILE = {
    "deep": b"[" * 100_000 + b"]" * 100_000,
    "deep objects": b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    "huge number": b'{"total":' + b"9" * 10_000 + b',"amount":1e999999}',
    "not a number": b'{"total":NaN,"amount":Infinity,"quantity":-Infinity}',
    "no utf-8": b'{"code":"\xff\xfe\x80"}',
    "half a letter": b'{"code":"\\ud800"}',
    "nul": b'{"code":"a\\u0000b","name":"\x00"}',
    "bom": b"\xef\xbb\xbf{}",
    "utf-16": '{"code":"x"}'.encode("utf-16"),
    "twice": b'{"code":"a","code":{"a":[]}}',
    "a list": b"[]",
    "a word": b"true",
    "nothing": b"",
    "cut": b'{"code":"',
}


@pytest.mark.parametrize("what", HOSTILE)
def test_no_body_breaks_a_call(oms: Oms, register: Browser, outspoken: TestClient, what: str) -> None:
    """Whatever is sent as JSON is turned down with a problem document, or means something; it is never our mistake."""
    headers = {"Content-Type": "application/json", **register.bearer}
    answers = {
        path: outspoken.request(method, filled(path), content=HOSTILE[what], headers=headers)
        for method, path in every_route(application(oms))
        if method in {"POST", "PATCH"} and path.startswith(f"{API}/")
    }

    assert {} == {path: reply.status_code for path, reply in answers.items() if reply.status_code >= 500}
    assert [] == [
        path for path, reply in answers.items() if "status" not in json.loads(reply.content) and not reply.is_success
    ]


def test_nobody_s_page_can_make_a_browser_enrol(client: TestClient) -> None:
    """A page of another site can send text to localhost without asking first; only JSON, which it can't, is read."""
    offer = {"enrolment": "e", "key_id": "k", "wrapped_key": "w"}
    headers = {"Content-Type": "text/plain", "Origin": "https://else.example"}

    assert 422 == client.post(f"{API}/registers/enrol", content=json.dumps(offer), headers=headers).status_code
