"""The courier asks what a cashier waits for: real HTTP to a server that answers as the test says."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest

from app.courier.asking import ask
from app.courier.memory import Memory
from app.sync.blob import ANSWER, QUESTION, pack, unpack
from app.sync.entry import Unreadable
from app.sync.link import LinkState
from app.sync.questions import NOT_CONNECTED, TOO_LATE, Denied, Given, NoAnswer, Reply, Request, read_reply
from app.sync.status import Link
from tests.courier.test_oms import Stranger
from tests.fakes.register import Register, at_once

JSON = {"Content-Type": "application/json"}


@pytest.fixture
def oms() -> Iterator[Stranger]:
    """A server that a test lets answer as it likes."""
    stranger = Stranger()
    yield stranger
    stranger.server.shutdown()
    stranger.server.server_close()


@pytest.fixture
def register(oms: Stranger) -> Register:
    """A courier whose line is up, with a data key."""
    register = Register(oms.oms.base)
    register.keys.keys["k"], register.keys.opened = bytes(32), "k"
    register.memory = Memory(link=LinkState(link=Link.UP, ever=True))
    return register


def put(register: Register, question_id: str, request: Request) -> None:
    sealed = at_once(register.keys.seal(QUESTION, request.model_dump_json().encode()))
    register.stores.asked[question_id] = pack(*sealed)


def answer(register: Register, question_id: str) -> Reply:
    sealed = unpack(register.stores.answers[question_id], ANSWER)
    assert not isinstance(sealed, Unreadable)
    plain = at_once(register.keys.unseal(sealed))
    assert isinstance(plain, bytes)
    return read_reply(plain)


def asks(register: Register, request: Request) -> Reply:
    put(register, "q1", request)
    at_once(ask(register.world, register.memory))
    return answer(register, "q1")


def test_a_good_answer_is_handed_on_as_it_came(oms: Stranger, register: Register) -> None:
    """Only the flow that asked knows what it has to look like."""
    oms.says(200, b'{"sky":"blue"}', **JSON)

    assert Given(body='{"sky":"blue"}') == asks(register, Request(path="/weather"))
    assert "answers" == register.channel.said[-1]


def test_a_question_that_changes_something_names_itself(oms: Stranger, register: Register) -> None:
    """Asked twice, because the answer was lost, it must be done once."""
    seen: list[str | None] = []

    def note(request: BaseHTTPRequestHandler) -> None:
        seen.append(request.headers["Idempotency-Key"])
        request.send_response(200)
        request.send_header("Content-Type", "application/json")
        request.end_headers()
        request.wfile.write(b"{}")

    oms.answer = note
    asks(register, Request(method="POST", path="/coupons", body="{}"))
    asks_again = Request(path="/inventory")
    put(register, "q2", asks_again)
    at_once(ask(register.world, register.memory))
    put(register, "q3", Request(method="POST", path="/coupons", body="{}", key="q1"))
    at_once(ask(register.world, register.memory))

    assert ["q1", None, "q1"] == seen


def test_a_no_has_its_reason(oms: Stranger, register: Register) -> None:
    """The cashier reads it to the customer."""
    oms.says(409, b'{"title":"Used","status":409,"detail":"It was used yesterday."}')

    assert Denied(status=409, why="It was used yesterday.") == asks(register, Request(path="/coupons"))


def test_a_portal_is_no_answer(oms: Stranger, register: Register) -> None:
    """A sign-in page of the mall says 200 to everything."""
    oms.says(200, b"<html>", **{"Content-Type": "text/html"})

    assert NoAnswer(why=TOO_LATE) == asks(register, Request(path="/coupons"))


@pytest.mark.parametrize("link", [link for link in Link if link is not Link.UP])
def test_without_a_line_nothing_is_sent(register: Register, link: Link) -> None:
    """A dead line is not loaded with questions, and the cashier hears it at once."""
    register.memory.link = LinkState(link=link)

    assert NoAnswer(why=NOT_CONNECTED) == asks(register, Request(path="/coupons"))


def test_in_offline_mode_nothing_is_sent(register: Register) -> None:
    """By hand means by hand."""
    register.memory.manual = True

    assert NoAnswer(why=NOT_CONNECTED) == asks(register, Request(path="/coupons"))


def test_a_damaged_question_does_not_block_the_next(oms: Stranger, register: Register) -> None:
    """The courier must not choke on it for ever."""
    oms.says(200, b"{}", **JSON)
    register.stores.asked["q0"] = b"garbage"
    put(register, "q1", Request(path="/weather"))
    for _ in range(2):
        at_once(ask(register.world, register.memory))

    assert [NoAnswer, Given] == [type(answer(register, name)) for name in ("q0", "q1")]
