"""A request as it lies on the line: taken off it whole, and brought to the server now, later, twice or in part."""

import socket
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from io import BytesIO

from e2e.line import HOP, Request

Reply = tuple[int, list[tuple[str, str]], bytes]
PATIENCE = 30.0
"""Seconds that the line gives the server; a busy machine is no fault."""


@dataclass(frozen=True)
class Carried:
    """Everything of a request; whoever sent it may have given up long ago."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    port: int
    """Of the server."""

    @classmethod
    def off(cls, request: Request) -> "Carried":
        """Take a request off the line; it can still be forwarded as it is."""
        body = request.rfile.read(int(request.headers.get("Content-Length") or 0))
        request.rfile = BytesIO(body)
        headers = {name: value for name, value in request.headers.items() if name.lower() not in HOP}
        return cls(request.command, request.path, headers, body, request.server.line.store.port)

    def arrives(self, body: bytes | None = None) -> Reply | None:
        """Bring it to the server, with another body if one is given; None where nobody answers."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            sent = self.body if body is None else body
            connection.request(self.method, self.path, sent if self.method == "POST" else None, self.headers)
            answer = connection.getresponse()
            kept = [(name, value) for name, value in answer.getheaders() if name.lower() not in HOP]
            return answer.status, kept, answer.read()
        except (OSError, HTTPException):
            return None
        finally:
            connection.close()

    def arrives_in_part(self, share: float) -> None:
        """Bring the server a part of what was announced, then break the connection."""
        whole = self.body if self.method == "POST" else b""
        head = f"{self.method} {self.path} HTTP/1.1\r\nHost: localhost\r\n"
        head += "".join(f"{name}: {value}\r\n" for name, value in self.headers.items() if name.lower() != "host")
        data = f"{head}Content-Length: {len(whole)}\r\n\r\n".encode() + whole
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE) as connection:
                connection.sendall(data[: int(len(data) * share)])
        except OSError:
            return
