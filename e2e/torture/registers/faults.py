"""What can go wrong with a request: one function a fault, in a table with its weight."""

import json
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from socket import SO_LINGER, SOL_SOCKET

from e2e.line import PORTAL, Request
from e2e.torture.registers.carried import Carried, Reply

Act = Callable[["Trouble", Request], bool]
HTML, PROBLEM, JSON = "text/html", "application/problem+json", "application/json"
GARBAGE = (b"", b"null", b"[]", b"{}", b'{"verdicts":[]}', b"\xff\xfe\x00", b'{"verdicts":[{"digest":1}]}', b"OK")
SOON, LATE = 3, 12
"""After how many newer requests one that was held comes at the earliest, and at the latest."""


@dataclass
class Trouble:
    """The dice of one line, and what it holds back."""

    dice: Random
    held: list[tuple[int, Carried]] = field(default_factory=list)
    """Requests that arrive later, each with the number of the request that it comes before."""
    number: int = 0
    """Of the request that is under way."""
    heard: dict[str, Reply] = field(default_factory=dict)
    """The last good answer to each path, as a bad cache would keep it."""

    def hold(self, request: Request) -> bool:
        """Keep a request for later, and say nothing."""
        self.held.append((self.number + self.dice.randint(SOON, LATE), Carried.off(request)))
        return True

    def due(self) -> list[Carried]:
        """Take what has been held long enough, in any order."""
        there = [each for number, each in self.held if number <= self.number]
        self.held = [(number, each) for number, each in self.held if number > self.number]
        self.dice.shuffle(there)
        return there


@dataclass(frozen=True)
class Fault:
    """One way to fail."""

    name: str
    act: Act
    weight: int = 2
    silent: bool = False
    """Nothing comes back: whoever asked waits for the whole of their limit."""


def reset(request: Request) -> bool:
    """Break the connection so that the other side is told: "connection reset"."""
    request.connection.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
    request.close_connection = True
    return True


def _reset_before(_: Trouble, request: Request) -> bool:
    return reset(request)


def _reset_after(_: Trouble, request: Request) -> bool:
    Carried.off(request).arrives()
    return reset(request)


def _lost(_: Trouble, request: Request) -> bool:
    Carried.off(request).arrives()
    return request.say_nothing()


def _half_open(_: Trouble, request: Request) -> bool:
    return request.say_nothing()


def _late(trouble: Trouble, request: Request) -> bool:
    trouble.hold(request)
    return request.say_nothing()


def _reordered(trouble: Trouble, request: Request) -> bool:
    trouble.hold(request)
    return reset(request)


def _twice(trouble: Trouble, request: Request) -> bool:
    carried = Carried.off(request)
    replies = [carried.arrives() for _ in range(trouble.dice.randint(2, 3))]
    return answer(request, trouble.dice.choice(replies))


def _cut_request(trouble: Trouble, request: Request) -> bool:
    Carried.off(request).arrives_in_part(trouble.dice.random())
    return reset(request)


def _shortened(trouble: Trouble, request: Request) -> bool:
    """Something on the way lost the end of a request, and mended the length that it announces."""
    carried = Carried.off(request)
    return answer(request, carried.arrives(carried.body[: trouble.dice.randint(0, len(carried.body))]))


def _changed_request(trouble: Trouble, request: Request) -> bool:
    """One bit of what was sent is another; of what has no body, nothing is."""
    carried = Carried.off(request)
    return answer(request, carried.arrives(flipped(carried.body, trouble.dice)))


def _cut_reply(trouble: Trouble, request: Request) -> bool:
    reply = Carried.off(request).arrives()
    if reply is None:
        return reset(request)
    status, headers, body = reply
    request.send_response_only(status)
    for name, value in headers:
        request.send_header(name, value)
    request.send_header("Content-Length", str(len(body)))
    request.end_headers()
    request.wfile.write(body[: int(len(body) * trouble.dice.random())])
    return request.hang_up()


def _shortened_reply(trouble: Trouble, request: Request) -> bool:
    reply = Carried.off(request).arrives()
    if reply is None:
        return reset(request)
    return request.reply_with(*reply[:2], reply[2][: int(len(reply[2]) * trouble.dice.random())])


def _changed_reply(trouble: Trouble, request: Request) -> bool:
    reply = Carried.off(request).arrives()
    return request.reply_with(*reply[:2], flipped(reply[2], trouble.dice)) if reply else reset(request)


def _old_reply(trouble: Trouble, request: Request) -> bool:
    """A cache answers with what it heard last: an old nonce, verdicts on other entries."""
    there = trouble.heard.get(_path(request))
    return request.reply_with(*there) if there else request.reply(200, b"", JSON)


def _server_error(trouble: Trouble, request: Request) -> bool:
    carried, status = Carried.off(request), trouble.dice.choice((500, 502, 503, 504))
    if trouble.dice.random() < 0.5:
        carried.arrives()
    if trouble.dice.random() < 0.5:
        return request.reply(status, b"<html>Bad gateway</html>", HTML)
    return problem(request, status)


def _portal(trouble: Trouble, request: Request) -> bool:
    if trouble.dice.random() < 0.7:
        return request.reply(200, PORTAL, HTML)
    return request.reply_with(302, [("Location", "http://login.invalid/"), ("Content-Type", HTML)], PORTAL)


def _garbage(trouble: Trouble, request: Request) -> bool:
    return request.reply(200, trouble.dice.choice(GARBAGE), JSON)


def _refusing(status: int) -> Act:
    """Something says no: in the OMS's own form, or as a stranger would."""

    def act(trouble: Trouble, request: Request) -> bool:
        if trouble.dice.random() < 0.6:
            return problem(request, status)
        return request.reply(status, b"<html>No</html>", HTML)

    return act


def flipped(body: bytes, dice: Random) -> bytes:
    """The same bytes but for one bit."""
    changed = bytearray(body)
    if changed:
        changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def problem(request: Request, status: int) -> bool:
    """Answer with a problem document."""
    return request.reply(status, json.dumps({"title": "No", "status": status, "detail": "No."}).encode(), PROBLEM)


def answer(request: Request, reply: Reply | None) -> bool:
    """Pass an answer on, or break the connection where there is none."""
    return request.reply_with(*reply) if reply else reset(request)


def _path(request: Request) -> str:
    return request.path.partition("?")[0]


def listens(trouble: Trouble, request: Request) -> bool:
    """Nothing is wrong; what is answered is what a bad cache would keep."""
    reply = Carried.off(request).arrives()
    if reply is not None and reply[0] == 200:
        trouble.heard[_path(request)] = reply
    return answer(request, reply)


GOOD = Fault("none", listens, 0)
REFUSED = Fault("refused", _reset_before)
"""Nobody listens: the wire asks another port."""
DELAYED = Fault("delayed", listens)
"""The wire decides how long; what comes too late is held."""
TOO_LATE = Fault("delayed beyond the limit", _late, silent=True)
FAULTS = (
    REFUSED,
    DELAYED,
    TOO_LATE,
    Fault("reset before", _reset_before),
    Fault("reset after commit", _reset_after, 4),
    Fault("reply lost", _lost, 3, silent=True),
    Fault("half-open", _half_open, 1, silent=True),
    Fault("duplicated", _twice, 3),
    Fault("reordered", _reordered, 4),
    Fault("request cut", _cut_request),
    Fault("request shortened", _shortened),
    Fault("request changed", _changed_request),
    Fault("reply cut", _cut_reply),
    Fault("reply shortened", _shortened_reply),
    Fault("reply changed", _changed_reply),
    Fault("old reply", _old_reply),
    Fault("server error", _server_error, 3),
    Fault("portal", _portal),
    Fault("garbage", _garbage),
    *(Fault(str(status), _refusing(status), 1) for status in (401, 403, 404, 413, 429)),
)
