"""The line between register and store: cut, silent, slow, behind a portal, or losing an answer."""

import socket
import sys
import threading
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException, HTTPResponse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from typing import Protocol

from app.sync.under_way import CONTENT_DIGEST
from e2e.store import free_port

HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "date", "server"}
PORTAL = b"<!doctype html><title>Guest network</title><h1>Please sign in to use the internet</h1>"
Fault = Callable[["Request"], bool]
"""Handles a request in a faulty way, and says whether it did."""


class Served(Protocol):
    """What is behind a line: a server on a port of this machine."""

    @property
    def port(self) -> int: ...


class Line:
    """A proxy on its own port: the browser opens `address`, and a test makes the line as bad as it likes."""

    def __init__(self, store: Served) -> None:
        self.store = store
        self.port = free_port()
        self.fault: Fault | None = None
        self.seen: list[str] = []
        """Method and path of each request that came to the line, in order."""
        self._server = _Server(("127.0.0.1", self.port), Request)
        self._server.line = self
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def closes(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def works(self) -> None:
        """The line is good again."""
        self.fault = None

    def is_cut(self) -> None:
        """Every connection breaks at once."""
        self.fault = Request.hang_up

    def is_silent(self) -> None:
        """Connections are taken, and nothing ever comes back."""
        self.fault = Request.say_nothing

    def fails(self, status: int = 503) -> None:
        """A gateway answers in the server's place that it is in trouble."""
        self.fault = lambda request: request.reply(status, b"<html>Bad gateway</html>", "text/html")

    def has_a_portal(self) -> None:
        """A captive portal answers everything with its own page and status 200."""
        self.fault = lambda request: request.reply(200, PORTAL, "text/html")

    def loses_answers_to(self, path: str, times: int = 1) -> None:
        """The server gets the request and does its work, but the answer is lost on the way back."""
        left = [times]

        def lose(request: "Request") -> bool:
            if left[0] == 0 or not request.path.startswith(path):
                return False
            left[0] -= 1
            request.forward()
            return request.hang_up()

        self.fault = lose

    def is_slow(self, path: str, bytes_a_second: int) -> None:
        """Answers below a path trickle."""

        def trickle(request: "Request") -> bool:
            if not request.path.startswith(path):
                return False
            status, headers, body = request.forward()
            return request.reply_with(status, headers, body, bytes_a_second)

        self.fault = trickle

    def changes_answers_to(self, path: str, change: Callable[[bytes], bytes]) -> None:
        """Answers below a path are others, as if the server had said so."""
        self.fault = lambda request: request.path.startswith(path) and request.reply_changed(change)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    line: Line

    def handle_error(self, request: object, client_address: object) -> None:
        """Tell what went wrong, unless the browser is gone: that is its right."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class Request(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def handle_any(self) -> None:
        line = self.server.line
        line.seen.append(f"{self.command} {self.path}")
        try:
            if line.fault is None or not line.fault(self):
                self.reply_with(*self.forward())
        except (OSError, HTTPException):
            self.hang_up()

    do_GET = handle_any  # noqa: N815 - the names are http.server's
    do_POST = handle_any  # noqa: N815
    do_HEAD = handle_any  # noqa: N815

    def forward(self) -> tuple[int, list[tuple[str, str]], bytes]:
        """Do the request at the real server and return its whole answer."""
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length) if length else None
        connection = HTTPConnection("127.0.0.1", self.server.line.store.port, timeout=30)
        try:
            headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP}
            connection.request(self.command, self.path, body, headers)
            answer: HTTPResponse = connection.getresponse()
            kept = [(name, value) for name, value in answer.getheaders() if name.lower() not in HOP]
            return answer.status, kept, answer.read()
        finally:
            connection.close()

    def fails_over(self, part: bytes) -> bool:
        """Answer 500 where the body holds these bytes, and pass everything else on."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if part in body:
            return self.reply(500, b"<html>Internal server error</html>", "text/html")
        self.rfile = BytesIO(body)
        return False

    def reply(self, status: int, body: bytes, kind: str) -> bool:
        return self.reply_with(status, [("Content-Type", kind)], body)

    def reply_with(
        self, status: int, headers: list[tuple[str, str]], body: bytes, bytes_a_second: int | None = None
    ) -> bool:
        self.send_response_only(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        step = len(body) if bytes_a_second is None else max(1, bytes_a_second // 20)
        for start in range(0, len(body), step or 1):
            self.wfile.write(body[start : start + step])
            if bytes_a_second is not None:
                time.sleep(0.05)
        return True

    def reply_changed(self, change: Callable[[bytes], bytes]) -> bool:
        """Answer something else than the real server, without the hash of what it said."""
        status, headers, body = self.forward()
        left = [(name, value) for name, value in headers if name.lower() != CONTENT_DIGEST.lower()]
        return self.reply_with(status, left, change(body))

    def hang_up(self) -> bool:
        """Break the connection without a word."""
        self.close_connection = True
        try:
            self.connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            return True  # the other side was quicker
        return True

    def say_nothing(self) -> bool:
        """Hold the connection until the line changes again, then break it."""
        line, fault = self.server.line, self.server.line.fault
        while line.fault is fault:
            time.sleep(0.05)
        return self.hang_up()

    def log_message(self, *_: object) -> None:
        """Say nothing: what came is in `Line.seen`."""
