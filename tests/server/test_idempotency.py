"""A call that changes something is done once, however often its answer is lost on the way."""

from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.domain.money import Value
from app.sync.protocol import API
from server.app import create_app
from server.oms.idempotency import WithOnce
from server.oms.oms import Oms
from server.oms.problems import Failed
from server.oms.revisions import current, take
from tests.server.browser import Browser


class Counted(Value):
    count: int


def counting(app: FastAPI) -> None:
    """A call that changes something: it counts, unless it is asked to fail after it has counted."""

    @app.post(f"{API}/count/{{fail}}")
    def count(once: WithOnce, fail: str) -> Counted:
        def do(session: Any) -> Counted:
            counted = Counted(count=take(session, "calls"))
            if fail == "fail":
                raise Failed(409, "No")
            return counted

        return once.answer(Counted, do)

    app.router.routes.insert(0, app.router.routes.pop())


@pytest.fixture
def client(oms: Oms) -> TestClient:
    app = create_app(oms)
    counting(app)
    return TestClient(app, base_url="http://localhost", client=("127.0.0.1", 50_000))


def ask(register: Browser, key: str, body: str = "{}", path: str = "/count/well") -> tuple[int, int | None]:
    headers = register.bearer | ({"Idempotency-Key": key} if key else {})
    reply = register.client.post(f"{API}{path}", content=body, headers=headers)
    return reply.status_code, reply.json().get("count")


def test_the_same_call_is_answered_again_and_not_done_again(oms: Oms, register: Browser) -> None:
    """The till asks again when an answer was lost; a second charge would be somebody's money."""
    assert [(200, 1), (200, 1)] == [ask(register, "k1"), ask(register, "k1")]
    with oms.database.read() as session:
        assert 1 == current(session, "calls")


def test_the_same_key_for_something_else_is_refused(register: Browser) -> None:
    """A key that comes twice with other contents is a mistake, and guessing which was meant would be another."""
    ask(register, "k1")

    assert (422, None) == ask(register, "k1", body='{"amount":2}')


def test_another_key_is_another_call(register: Browser) -> None:
    """Two payments of one amount may both be meant."""
    assert [(200, 1), (200, 2)] == [ask(register, "k1"), ask(register, "k2")]


def test_without_a_key_each_call_counts(register: Browser) -> None:
    """Whoever sends no key does not ask for protection."""
    assert [(200, 1), (200, 2)] == [ask(register, ""), ask(register, "")]


def test_keys_of_two_registers_do_not_meet(register: Browser, client: TestClient) -> None:
    """Registers make their keys without knowing of each other."""
    other = Browser.enrol(client)

    assert [(200, 1), (200, 2)] == [ask(register, "k1"), ask(other, "k1")]


def test_a_no_changes_nothing_and_may_be_asked_again(oms: Oms, register: Browser) -> None:
    """What failed half-way is undone whole: else the second try would find a key for a change that never was."""
    first = ask(register, "k1", path="/count/fail")
    with oms.database.read() as session:
        counted = current(session, "calls")

    assert ((409, None), 0) == (first, counted)
