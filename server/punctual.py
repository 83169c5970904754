"""One connection to the server: it has to say what it wants within seconds, in 16 kB at most, and in HTTP.

uvicorn waits for the first line of a request for as long as the caller likes, and reads on, into nothing, what was
announced and is wanted no more. A thousand such callers would hold it for ever.
"""

import asyncio
from http import HTTPStatus

import h11
from starlette.datastructures import MutableHeaders
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from app.sync.protocol import Problem
from server.guard import Guard, make_safe
from server.oms.problems import MEDIA_TYPE, problem

HEAD_SECONDS = 10.0
"""For address and headers; and, after an answer, for the rest of what was sent."""
HEAD_BYTES = 16 * 1024
MOST_CONNECTIONS = 500
"""Open at once; a store has some tens of registers, and each keeps a few."""
UNREADABLE = Problem(
    title="That is no request",
    status=HTTPStatus.BAD_REQUEST,
    detail=f"Its address and headers are no HTTP, or longer than {HEAD_BYTES // 1024} kB. Nothing was changed.",
)


async def full(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer in the application's place while too many are connected, in the same form and with the same headers."""
    headers = {"Retry-After": "5", "Connection": "close"}
    answer = problem(503, "Too many are here now", "Nothing was changed. Send it again in a moment.", headers)
    await Guard(answer)(scope, receive, send)


class Punctual(H11Protocol):
    """Hangs up on who does not come to the point."""

    _giving_up: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if len(self.connections) > MOST_CONNECTIONS:
            self.app = full
        self._watch()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._watch()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        self._came()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Say in the same words and headers as everywhere what is wrong."""
        del msg
        headers = MutableHeaders({"content-type": MEDIA_TYPE, "cache-control": "no-store", "connection": "close"})
        make_safe(headers, "/api/", "http")
        answer = h11.Response(status_code=UNREADABLE.status, headers=headers.raw, reason=b"Bad Request")
        for event in (answer, h11.Data(data=UNREADABLE.model_dump_json().encode()), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

    def _watch(self) -> None:
        """Time what we wait for, unless the application reads it: the guard times that."""
        coming = self.conn.their_state
        if coming is h11.IDLE or (coming is h11.SEND_BODY and self.conn.our_state is h11.DONE):
            self._giving_up = self._giving_up or self.loop.call_later(HEAD_SECONDS, self.transport.close)
        else:
            self._came()

    def _came(self) -> None:
        if self._giving_up is not None:
            self._giving_up.cancel()
            self._giving_up = None
