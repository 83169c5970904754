"""Stands before everything that answers: safety headers on every answer; how much may be sent, how slowly, and whole.

Outermost, so that not even the answer to a mistake of our own goes out without its headers.
"""

import asyncio
import re
from dataclasses import dataclass
from hashlib import sha256

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.sync.protocol import API
from app.sync.under_way import CONTENT_DIGEST, content_digest, named_sha256
from server.dist.policy import CONTENT_SECURITY_POLICY
from server.oms.problems import Failed

SAFETY = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), usb=(self), serial=(self)",
}
DATA_ALONE = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
"""The policy of what is no page: should a browser ever show it as one, nothing in it runs."""
DATA = ("/api/", "/pictures/")
ALWAYS_HTTPS = ("Strict-Transport-Security", "max-age=31536000")
"""Said over https alone: a browser believes it nowhere else."""
QUIET_SECONDS = 20.0
"""How long a body may bring nothing."""
SLOWEST = 500
"""Bytes a second that a body has to bring on average, once it has taken that long."""


@dataclass(frozen=True, slots=True)
class Bound:
    """How many bytes may be sent to addresses of a form, and what to do about more."""

    path: re.Pattern[str]
    most: int
    advice: str


def _bound(path: str, most: int, advice: str) -> Bound:
    return Bound(re.compile(path, re.DOTALL), most, advice)


BOUNDS = (
    _bound(f"{API}/(entries|registers/[^/]+/recover)", 16 << 20, "Send fewer entries at a time; at most 16 MB."),
    _bound(f"{API}/registers/enrol", 16 << 10, "Nothing was changed. A name, a code and a key are enough."),
    _bound("/office/sign-in", 8 << 10, "A name and a password are enough."),
    _bound(
        "/office/registers/[^/]+/import",
        80 << 20,
        "Nothing was changed. Choose the folders of some days at a time, or let whoever runs the server import it: "
        "python -m server import-folder.",
    ),
    _bound("/office/imports(/pending)?", 65 << 20, "Nothing was changed. A file has at most 64 MB: split it."),
    _bound("/office/.*", 1 << 20, "Nothing was changed. Send less at a time."),
    _bound("/api/.*", 1 << 20, "Nothing was changed. Send at most 1 MB."),
    _bound(".*", 4 << 10, "Nothing was changed."),
)
"""The first that fits counts. An order of a thousand lines has about 600 kB; a batch has to hold many of them."""


class Guard:
    """Adds the headers, and watches what comes in."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        await self.app(scope, _Watched(scope, receive), _Answered(scope, send))


def make_safe(headers: MutableHeaders, path: str, scheme: str) -> None:
    """Add the headers that an answer has not got: one that was stricter stays so."""
    if path.startswith(DATA):
        headers.setdefault("Content-Security-Policy", DATA_ALONE)
    if path.startswith("/api/"):
        headers.setdefault("Cache-Control", "no-store")  # orders and people are nobody's cache's
    for name, value in SAFETY.items():
        headers.setdefault(name, value)
    if scheme == "https":
        headers.setdefault(*ALWAYS_HTTPS)


class _Answered:
    """What is answered: its headers, and of a call that is answered in one piece its hash, as requests name theirs."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self.send, self.path, self.scheme = send, scope["path"], scope["scheme"]
        self.named = self.path.startswith("/api/") and scope.get("method") != "HEAD"
        self.held: Message | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            make_safe(_headers(message), self.path, self.scheme)
            if self.named:
                self.held = message
                return
        elif self.held is not None:
            start, self.held = self.held, None
            if message["type"] == "http.response.body" and not message.get("more_body", False):
                _headers(start)[CONTENT_DIGEST] = content_digest(message.get("body", b""))
            await self.send(start)
        await self.send(message)


def _headers(start: Message) -> MutableHeaders:
    return MutableHeaders(raw=start.setdefault("headers", []))


class _Watched:
    """What a request brings, piece by piece; more than it may, or too slowly, is a failure where it is read."""

    def __init__(self, scope: Scope, receive: Receive) -> None:
        self.receive = receive
        self.bound = next(each for each in BOUNDS if each.path.fullmatch(scope["path"]))
        headers = Headers(scope=scope)
        self.named, self.hash = named_sha256(headers.get(CONTENT_DIGEST, "")), sha256()
        said = headers.get("content-length", "")
        self.announced = int(said) if said.isdecimal() else 0
        self.brought, self.began = 0, 0.0
        self.more = True

    async def __call__(self) -> Message:
        if not self.more:  # whoever answers waits here for the caller to hang up, for as long as the answer takes
            return await self.receive()
        self._measure(self.announced)
        message = await self._in_time()
        if message["type"] == "http.request":
            body = message.get("body", b"")
            self.brought += len(body)
            self.more = message.get("more_body", False)
            self._measure(self.brought)
            self._compare(body)
        return message

    async def _in_time(self) -> Message:
        now = asyncio.get_running_loop().time
        self.began = self.began or now()
        try:
            async with asyncio.timeout(QUIET_SECONDS):
                message = await self.receive()
        except TimeoutError:
            raise _too_slow() from None
        took = now() - self.began
        if took > QUIET_SECONDS and self.brought < SLOWEST * took:
            raise _too_slow()
        return message

    def _measure(self, size: int) -> None:
        if size > self.bound.most:
            raise Failed(413, "That is too much at once", self.bound.advice)

    def _compare(self, body: bytes) -> None:
        if self.named is None:
            return
        self.hash.update(body)
        if not self.more and self.hash.digest() != self.named:
            sentence = "It is not what its Content-Digest says. Nothing was done; send it again."
            raise Failed(400, "What was sent was changed on its way", sentence)


def _too_slow() -> Failed:
    sentence = "What was sent did not arrive in time. Nothing was changed; send it again."
    return Failed(408, "That came too slowly", sentence, {"Connection": "close"})
