"""Runs the web application on uvicorn and says where it listens, once it does."""

import errno
import gc
import socket
import sys
import webbrowser
from contextlib import suppress
from dataclasses import dataclass

import uvicorn
from starlette.types import ASGIApp

from server.app import create_app
from server.office.people import FIRST
from server.oms.oms import Oms
from server.punctual import HEAD_BYTES, Punctual

FIRST_START = """\
Back office: http://localhost:{port}/office/
  Sign in as {name} with the password {password}
  It is shown only now. “python -m server office-password {name}” sets a new one.
"""
GRACE = 3
"""Seconds that calls under way get when the server stops."""


class _Server(uvicorn.Server):
    """A server that prints its address when it can be used, not before, and then opens it where a person watches."""

    opens = False
    password: str | None = None
    """Of the back office's first admin, in the first start alone."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            port = self.servers[0].sockets[0].getsockname()[1]
            sys.stdout.write(f"Store OS: http://localhost:{port}/\n")
            if self.password is not None:
                sys.stdout.write(FIRST_START.format(port=port, name=FIRST, password=self.password))
            sys.stdout.flush()
            if self.opens:
                webbrowser.open_new_tab(f"http://localhost:{port}/")


@dataclass(frozen=True, slots=True)
class NotListening:
    """Why nothing could be served: a sentence."""

    why: str


def listen(host: str, port: int) -> socket.socket | NotListening:
    """Take the port before any work is done, or say who has it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named, because asyncio turns off the delay of small packets (40 ms an answer) only for what says that it is TCP.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        if error.errno == errno.EADDRINUSE:
            return NotListening(f"Port {port} is taken: is Store OS already running? Stop it, or add --port NUMBER.")
        return NotListening(f"Store OS can't listen on {host}, port {port}: {error.strerror}. Choose another.")
    return listening


def configured(app: ASGIApp) -> uvicorn.Config:
    """How the application is served."""
    return uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        http=Punctual,
        ws="none",
        h11_max_incomplete_event_size=HEAD_BYTES,
        timeout_graceful_shutdown=GRACE,
    )


def serve(oms: Oms, listening: socket.socket, *, opens: bool, password: str | None = None) -> None:
    """Serve until told to stop."""
    server = _Server(configured(create_app(oms)))
    server.password = password
    server.opens = opens and sys.stdout.isatty()
    # What is here now stays. A batch of orders makes so many objects that all this was looked through again and again.
    gc.collect()
    gc.freeze()
    # The server hands Ctrl-C on when it has stopped in good order; there is nothing more to stop.
    with suppress(KeyboardInterrupt):
        server.run([listening])
