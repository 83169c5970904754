"""The client of the OMS: plain blocking requests, each with a time limit, each answer a value.

In the browser network failures arrive as JsException, elsewhere as requests' own: the classes that mean
"no answer" are handed in, and become values here and nowhere else.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import requests

from app.domain.money import Value
from app.sync.entry import Unreadable
from app.sync.lease import LeaseAnswer, LeaseRequest
from app.sync.link import PROBE_LIMIT
from app.sync.protocol import (
    API,
    ChangesPage,
    Enrolment,
    EnrolOffer,
    EnrolRequest,
    ImageOffer,
    Manifest,
    Pong,
    Problem,
    Recovered,
    Verdicts,
    read,
)
from app.sync.questions import ASK_SECONDS, Request
from app.sync.under_way import CONTENT_DIGEST, came_whole, content_digest

BULK_SECONDS = 3.0
PATIENT_SECONDS = 15.0
"""For what cannot be made smaller: one entry that did not go through, and enrolment."""
PAST_CACHE = {"Cache-Control": "no-cache"}
"""Chromium keeps pieces of an image as well, and where a reload broke one off it never asks for the others."""

Model = TypeVar("Model", bound=Value)


@dataclass(frozen=True, slots=True)
class Unreachable:
    """No answer, or one that says "not now": nobody there, too slow, the line broke, a server in trouble."""

    why: str
    status: int = 0


@dataclass(frozen=True, slots=True)
class NotOurs:
    """An answer, but not the OMS's: a portal, a cached page, another program."""

    why: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The OMS says no."""

    status: int
    why: str


Failure = Unreachable | NotOurs | Refused


@dataclass(frozen=True, slots=True)
class Oms:
    """One OMS, at an absolute address such as https://store.example."""

    base: str
    session: requests.Session
    no_answer: tuple[type[Exception], ...]

    def ping(self, token: str, nonce: str) -> Pong | Failure:
        """Ask whether the OMS is there; an answer without our nonce is somebody else's."""
        answer = self._ask(Pong, "GET", "/ping", PROBE_LIMIT, token, params={"nonce": nonce})
        if isinstance(answer, Pong) and answer.nonce != nonce:
            return NotOurs("an old answer came back instead of a new one")
        return answer

    def offer(self) -> EnrolOffer | Failure:
        return self._ask(EnrolOffer, "GET", "/registers/enrol", PROBE_LIMIT)

    def enrol(self, request: EnrolRequest) -> Enrolment | Failure:
        body = request.model_dump_json().encode()
        headers = {"Content-Type": "application/json"}
        return self._ask(Enrolment, "POST", "/registers/enrol", PATIENT_SECONDS, data=body, headers=headers)

    def lease(self, token: str, request: LeaseRequest) -> LeaseAnswer | Failure:
        """Move the register's lease; an answer about another lease is an old one."""
        body, headers = request.model_dump_json().encode(), {"Content-Type": "application/json"}
        answer = self._ask(LeaseAnswer, "POST", "/registers/lease", PROBE_LIMIT, token, data=body, headers=headers)
        if isinstance(answer, LeaseAnswer) and answer.next != request.next:
            return NotOurs("an old answer came back instead of a new one")
        return answer

    def manifest(self, token: str) -> Manifest | Failure:
        return self._ask(Manifest, "GET", "/snapshot", BULK_SECONDS, token)

    def changes(self, token: str, cursor: int, datasets: Sequence[str], most: int) -> ChangesPage | Failure:
        """Ask for a page of at most so many changes after a cursor; no datasets means all of them."""
        params = {"cursor": str(cursor), "limit": str(most)} | ({"datasets": ",".join(datasets)} if datasets else {})
        return self._ask(ChangesPage, "GET", "/changes", BULK_SECONDS, token, params=params)

    def entries(self, token: str, lines: Sequence[bytes], limit: float) -> Verdicts | Failure:
        """Send entries exactly as they lie in the journal."""
        body = b"\n".join(lines) + b"\n"
        headers = {"Content-Type": "application/x-ndjson"}
        return self._ask(Verdicts, "POST", "/entries", limit, token, data=body, headers=headers)

    def recover(
        self, token: str, register: str, code: str, lines: Sequence[bytes], limit: float
    ) -> Recovered | Failure:
        """Bring entries of a lost register, exactly as they lay in its folder."""
        body = b"\n".join(lines) + b"\n"
        headers = {"Content-Type": "application/x-ndjson", "Recovery-Code": code}
        path = f"/registers/{register}/recover"
        return self._ask(Recovered, "POST", path, limit, token, data=body, headers=headers)

    def ask(self, token: str, request: Request, key: str) -> str | Failure:
        """Ask what a cashier waits for; return the JSON of a good answer as it came."""
        headers = {"Content-Type": "application/json"} if request.body else {}
        headers |= {"Idempotency-Key": request.key or key} if request.changes else {}
        body = request.body.encode() or None
        more = {"params": request.query, "data": body, "headers": headers}
        reply = self._send(request.method, API + request.path, ASK_SECONDS, token, **more)
        if not isinstance(reply, requests.Response):
            return reply
        if not reply.ok:
            return _failure(reply)
        is_json = "json" in reply.headers.get("content-type", "")
        return reply.text if is_json else NotOurs("the answer is not the OMS's")

    def piece(self, token: str, offer: ImageOffer, start: int, size: int) -> bytes | Failure:
        """Fetch bytes of the image from `start`, at most `size`."""
        end = min(start + size, offer.bytes) - 1
        headers = {"Range": f"bytes={start}-{end}"} | PAST_CACHE
        reply = self._send("GET", offer.url, BULK_SECONDS, token, headers=headers)
        if not isinstance(reply, requests.Response):
            return reply
        wanted = f"bytes {start}-{end}/{offer.bytes}"
        if reply.status_code == 206 and reply.headers.get("content-range") == wanted:
            return reply.content if len(reply.content) == end + 1 - start else Unreachable("the piece was cut")
        if reply.status_code == 200 and len(reply.content) == offer.bytes:
            return reply.content[start : end + 1]
        return _failure(reply)

    def picture(self, sha256: str) -> bytes | Failure:
        reply = self._send("GET", f"/pictures/{sha256}.webp", BULK_SECONDS)
        if not isinstance(reply, requests.Response):
            return reply
        is_picture = reply.status_code == 200 and reply.content[:4] == b"RIFF"
        return reply.content if is_picture else _failure(reply)

    def _ask(
        self, model: type[Model], method: str, path: str, limit: float, token: str = "", **more: object
    ) -> Model | Failure:
        reply = self._send(method, API + path, limit, token, **more)
        if not isinstance(reply, requests.Response):
            return reply
        if not reply.ok:
            return _failure(reply)
        answer = read(model, reply.content)
        if isinstance(answer, Unreadable):
            return NotOurs("the answer is not the OMS's; perhaps this network wants a sign-in first")
        return answer

    def _send(
        self, method: str, path: str, limit: float, token: str = "", **more: object
    ) -> requests.Response | Failure:
        headers = {"Cache-Control": "no-store"} | ({"Authorization": f"Bearer {token}"} if token else {})
        body = more.get("data")
        if isinstance(body, bytes):
            headers[CONTENT_DIGEST] = content_digest(body)
        given = more.pop("headers", {})
        if isinstance(given, dict):
            headers |= given
        send: Callable[..., requests.Response] = self.session.request
        try:
            reply = send(method, self.base + path, timeout=limit, headers=headers, allow_redirects=False, **more)
        except self.no_answer as error:
            return Unreachable(type(error).__name__)
        is_whole = came_whole(reply.content, reply.headers.get(CONTENT_DIGEST, ""))
        return reply if is_whole else Unreachable("the answer was changed on its way")


def _failure(reply: requests.Response) -> Failure:
    """Tell the OMS's own "no", which is a problem document, from everybody else's answers."""
    problem = read(Problem, reply.content)
    if isinstance(problem, Unreadable):
        if reply.status_code >= 500:
            return Unreachable(f"the server answered {reply.status_code}", reply.status_code)
        return NotOurs(f"the answer ({reply.status_code}) is not the OMS's")
    if problem.status >= 500 or problem.status == 429:
        return Unreachable(problem.title, problem.status)
    return Refused(status=problem.status, why=problem.detail or problem.title)
