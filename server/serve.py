"""Runs the web application on uvicorn and says where it listens, once it does."""

import socket
import sys
import webbrowser

import uvicorn

from server.app import create_app
from server.oms.oms import Oms

GRACE = 3
"""Seconds that calls under way get when the server stops."""


class _Server(uvicorn.Server):
    """A server that prints its address when it can be used, not before, and then opens it where a person watches."""

    opens = False

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            port = self.servers[0].sockets[0].getsockname()[1]
            sys.stdout.write(f"Store OS: http://localhost:{port}/\n")
            sys.stdout.flush()
            if self.opens:
                webbrowser.open_new_tab(f"http://localhost:{port}/")


def serve(oms: Oms, host: str, port: int, *, opens: bool) -> None:
    """Serve until told to stop; port 0 takes a free one."""
    config = uvicorn.Config(
        create_app(oms),
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE,
    )
    server = _Server(config)
    server.opens = opens and sys.stdout.isatty()
    server.run()
