"""An import asks no address of the own network, whatever a product file names, redirects to, or resolves to."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from server.importers import fetching
from server.importers.fetching import MOST_REDIRECTS, PRIVATE, Fetcher, open_session
from server.importers.importing import run
from server.oms.database import Database

PRIVATE_ADDRESSES = (
    "127.0.0.1",
    "localhost",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0.0.0.0",  # noqa: S104 - asked, not listened on
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "169.254.169.254",
    "224.0.0.1",
    "255.255.255.255",
    "[::1]",
    "[::]",
    "[fe80::1]",
    "[fd00:ec2::254]",
    "[::ffff:127.0.0.1]",
    "[::ffff:10.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "user:word@127.0.0.1",
)
"""Loopback, private and shared networks, link-local with the clouds' metadata, and IPv4 inside IPv6."""


class _Leading(BaseHTTPRequestHandler):
    """Leads on: to the address that the path names after its first slash, for ever where it names none."""

    def do_GET(self) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        self.send_response(302)
        self.send_header("Location", self.path[1:] or "/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def leading() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Leading)
    server.asked = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def asked(server: ThreadingHTTPServer) -> list[str]:
    found: list[str] = server.asked  # type: ignore[attr-defined]
    return found


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    made = Fetcher()
    yield made
    made.session.close()


@pytest.mark.parametrize("address", PRIVATE_ADDRESSES)
def test_no_private_address_is_asked(fetcher: Fetcher, leading: ThreadingHTTPServer, address: str) -> None:
    """A product file must not be a way to the router, the metadata of a cloud, or the OMS's neighbours."""
    answer = fetcher.fetch(f"http://{address}:{leading.server_port}/mug.jpg")

    assert (PRIVATE, []) == (answer, asked(leading))


def test_a_redirect_passes_the_same_door(leading: ThreadingHTTPServer) -> None:
    """A public address that leads to a private one is a private one."""
    fetcher = Fetcher(open_session(loopback=True))
    answer = fetcher.fetch(f"http://127.0.0.1:{leading.server_port}/http://169.254.169.254/latest/meta-data/")
    fetcher.session.close()

    assert (PRIVATE, 1) == (answer, len(asked(leading)))


def test_redirects_end(leading: ThreadingHTTPServer) -> None:
    """A host that leads in circles must not hold the import."""
    fetcher = Fetcher(open_session(loopback=True))
    answer = fetcher.fetch(f"http://127.0.0.1:{leading.server_port}/")
    fetcher.session.close()

    assert (True, MOST_REDIRECTS + 1) == ("did not answer" in str(answer), len(asked(leading)))


def test_a_name_is_resolved_once_and_its_checked_address_connected_to(
    leading: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that means a public address when it is looked at and a private one when it is called (DNS rebinding)."""
    resolve, names = socket.getaddrinfo, []

    def answers(host: str, *more: Any, **how: Any) -> Any:
        names.append(host)
        turn = {1: "127.0.0.1"}.get(names.count("shop.example"), "169.254.169.254") if host == "shop.example" else host
        return resolve(turn, *more, **how)

    monkeypatch.setattr(socket, "getaddrinfo", answers)
    fetcher = Fetcher(open_session(loopback=True))
    fetcher.fetch(f"http://shop.example:{leading.server_port}/ftp://end.invalid/")
    fetcher.session.close()

    assert (["shop.example", "127.0.0.1"], 1) == (names, len(asked(leading)))


def test_no_proxy_is_believed(fetcher: Fetcher, leading: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy resolves names itself, behind every check."""
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{leading.server_port}")
    fetcher.fetch("http://192.168.7.7/mug.jpg")

    assert [] == asked(leading)


def test_an_import_says_what_it_did_not_ask(database: Database, leading: ThreadingHTTPServer, tmp_path: Path) -> None:
    """The product comes in without its picture, and the report counts why."""
    file = tmp_path / "products.csv"
    file.write_text(f"name,price,picture\nMug,100,http://localhost:{leading.server_port}/mug.jpg\n")
    report = run(file, database.write, tmp_path)

    products = report.reading.products if report.reading else ()

    assert (1, {PRIVATE: 1}, []) == (len(products), report.pictures_failed, asked(leading))


class _Trickling(BaseHTTPRequestHandler):
    """Answers with header lines without an end, each in time."""

    def do_GET(self) -> None:
        self.send_response(200)
        while not self.server.closing.wait(0.01):  # type: ignore[attr-defined]
            self.send_header("X-Wait", "more")
            self.flush_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def trickling() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Trickling)
    server.closing = threading.Event()  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.closing.set()  # type: ignore[attr-defined]
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("late", ["one", "too many"])
def test_headers_count_too(trickling: ThreadingHTTPServer, late: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A host that sends a line of headers every few seconds must not hold the import, nor must a thousand of them."""
    monkeypatch.setattr(fetching, "TOTAL_SECONDS", 0.2)
    monkeypatch.setattr(fetching, "MOST_LATE", 1 if late == "too many" else 2)
    monkeypatch.setattr("http.client._MAXHEADERS", 10**6)
    fetcher = Fetcher(open_session(loopback=True))
    stopping = threading.Timer(5, trickling.closing.set)  # type: ignore[attr-defined]
    stopping.start()
    said = [fetcher.fetch(f"http://{host}:{trickling.server_port}/") for host in ("127.0.0.1", "localhost")]
    held = trickling.closing.is_set()  # type: ignore[attr-defined]
    stopping.cancel()

    second = f"localhost:{trickling.server_port} did not answer"
    assert (second if late == "one" else "not asked for, after 1 that took too long") == said[1]
    assert not held
