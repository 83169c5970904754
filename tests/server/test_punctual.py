"""What a connection may do to the server before it has said what it wants, over real sockets."""

import json
import socket
import threading
from collections.abc import Iterator

import pytest
import uvicorn
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from server import punctual
from server.guard import SAFETY
from server.serve import configured, listen

GREETING = b"GET / HTTP/1.1\r\nHost: store.example\r\n"


async def hello(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that answers and reads no body."""
    if scope["type"] == "http":
        await PlainTextResponse(f"{scope['client'][0]} {scope['scheme']} hello")(scope, receive, send)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """A server as it is configured, of an application that is none."""
    listening = listen("127.0.0.1", 0)
    assert isinstance(listening, socket.socket)
    listening.listen()  # who calls before the server is up waits
    config = configured(hello)
    config.lifespan = "off"
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    yield int(listening.getsockname()[1])
    server.should_exit = True
    thread.join()


@pytest.fixture
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seconds are tenths."""
    monkeypatch.setattr(punctual, "HEAD_SECONDS", 0.1)


@pytest.fixture
def line(port: int) -> Iterator[socket.socket]:
    """A connection to the server."""
    with socket.create_connection(("127.0.0.1", port), timeout=5) as made:
        yield made


def all_of(line: socket.socket) -> bytes:
    """What comes until the other side hangs up; one that never does is a time-out."""
    parts = []
    try:
        while part := line.recv(65_536):
            parts.append(part)
    except ConnectionResetError:
        pass
    return b"".join(parts)


def greeted(line: socket.socket) -> bytes:
    """Call once, and read the answer."""
    line.sendall(GREETING + b"\r\n")
    answer = b""
    while not answer.endswith(b"hello"):
        answer += line.recv(65_536) or pytest.fail("it hung up")
    return answer


@pytest.mark.usefixtures("hurry")
def test_who_says_nothing_is_hung_up_on(line: socket.socket) -> None:
    """A thousand silent callers would leave no place for a register."""
    assert b"" == all_of(line)


@pytest.mark.usefixtures("hurry")
def test_who_never_ends_the_sentence_is_hung_up_on(line: socket.socket) -> None:
    """A header now and then keeps no place for ever."""
    line.sendall(GREETING + b"X-Slow: ")

    assert b"" == all_of(line)


@pytest.mark.usefixtures("hurry")
def test_what_is_not_wanted_is_not_read_for_ever(line: socket.socket) -> None:
    """An announced gigabyte behind a call that takes no body: it is answered, and then hung up on, while more comes."""
    line.sendall(GREETING + b"Content-Length: 1000000000\r\n\r\n")
    line.settimeout(0.02)
    hung_up = False
    for _ in range(250):
        try:
            line.sendall(b"x" * 100)
            hung_up = line.recv(65_536) == b""
        except TimeoutError:
            continue
        except ConnectionError:
            hung_up = True
        if hung_up:
            break

    assert hung_up


@pytest.mark.parametrize(
    "sent",
    [b"nonsense\r\n\r\n", GREETING + b"X-Long: " + b"x" * 20_000, b"GET /" + b"x" * 20_000, b"\x16\x03\x01\r\n\r\n"],
)
def test_what_is_no_request_gets_a_problem(line: socket.socket, sent: bytes) -> None:
    """An address or a header longer than 16 kB, TLS where there is none, anything: the answer is in our own form."""
    line.sendall(sent)
    head, _, body = all_of(line).partition(b"\r\n\r\n")

    assert (True, 400) == (head.startswith(b"HTTP/1.1 400 "), json.loads(body)["status"])
    assert b"application/problem+json" in head
    assert b"default-src 'none'" in head


def test_who_comes_to_the_point_may_stay(line: socket.socket) -> None:
    """A register calls again and again on the same line."""
    for _ in range(3):
        assert greeted(line).startswith(b"HTTP/1.1 200 ")


def test_who_comes_when_all_places_are_taken_is_told_so(
    port: int, line: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A register that hears a word of ours tries again; nothing of the answer runs in a browser, nobody keeps it."""
    greeted(line)
    monkeypatch.setattr(punctual, "MOST_CONNECTIONS", 1)
    with socket.create_connection(("127.0.0.1", port), timeout=5) as late:
        late.sendall(GREETING + b"\r\n")
        head, _, body = all_of(late).partition(b"\r\n\r\n")

    assert (True, 503) == (head.startswith(b"HTTP/1.1 503 "), json.loads(body)["status"])
    assert [] == [name for name in (*SAFETY, "Retry-After", "Cache-Control") if name.lower().encode() not in head]
    assert b"application/problem+json" in head
    assert greeted(line), "who was here before stays"


def test_a_web_server_on_this_machine_says_who_calls(line: socket.socket) -> None:
    """Limits count the caller, not the proxy; what the caller itself claimed stands before, and counts for nothing."""
    line.sendall(GREETING + b"X-Forwarded-For: 10.0.0.1, 203.0.113.9\r\nX-Forwarded-Proto: https\r\n\r\n")
    answer = b""
    while not answer.endswith(b"hello"):
        answer += line.recv(65_536) or pytest.fail("it hung up")

    assert answer.endswith(b"203.0.113.9 https hello")
