"""What probes say about the way to the OMS, with hysteresis, so that the banner does not flicker.

Only an answer that holds our own nonce counts: a captive portal or a cached page does not pass for the
OMS. What the browser thinks of the network is a hint: it triggers a probe and picks the wording.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from http import HTTPStatus

from app.sync.entry import Unreadable
from app.sync.protocol import Pong, Problem, read
from app.sync.status import Link as Link

FAILURES_DOWN = 2
SUCCESSES_UP = 2
REFUSALS_REVOKED = 2
PROBE_LIMIT = 2.0
"""Seconds in all that a probe may take."""
PROBE_UP = 3.0
PROBE_DOUBT = 0.5
"""Seconds until a surprising outcome is looked at again."""
PROBE_DOWN = 5.0
PROBE_REVOKED = 30.0
DRIFT = timedelta(minutes=2)
"""A clock that differs from the OMS's by more is called wrong."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The OMS answered our nonce; `at` is the device's time of the answer."""

    pong: Pong
    at: datetime


@dataclass(frozen=True, slots=True)
class Served:
    """A real request got a real answer: as good as a probe."""


@dataclass(frozen=True, slots=True)
class WrongAnswer:
    """Something else answered: a captive portal, a cached page, another program."""

    why: str


@dataclass(frozen=True, slots=True)
class ServerError:
    """The OMS, or what stands before it, says that it cannot serve now."""

    status: int


@dataclass(frozen=True, slots=True)
class Silence:
    """No answer within the limit."""


@dataclass(frozen=True, slots=True)
class NoConnection:
    """The request could not even be sent."""


@dataclass(frozen=True, slots=True)
class Refused401:
    """The OMS does not know this register's token (any more)."""


Failure = WrongAnswer | ServerError | Silence | NoConnection | Refused401
Outcome = Answered | Served | Failure


@dataclass(frozen=True, slots=True)
class LinkState:
    """What is known about the way to the OMS, and what the last answers carried."""

    link: Link = Link.UNKNOWN
    failures: int = 0
    """Failures in a row."""
    successes: int = 0
    """Successes in a row."""
    refusals: int = 0
    """401 in a row."""
    ever: bool = False
    """Whether there has been any success since the start."""
    network: bool = True
    """The browser's opinion of the network."""
    hurry: bool = False
    """The hint changed, and no probe has looked since."""
    offset: timedelta | None = None
    """The OMS's time less the device's."""
    epoch: str = ""
    revision: int = 0


def judge(nonce: str, status: int, content: bytes, at: datetime) -> Outcome:
    """Read an answer to a ping; whatever is not ours to the letter is somebody else's."""
    if status == HTTPStatus.UNAUTHORIZED:
        # Proxies and portals say 401 too; the OMS says it with a problem document.
        return WrongAnswer("a 401 of somebody else") if isinstance(read(Problem, content), Unreadable) else Refused401()
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.TOO_MANY_REQUESTS:
        return ServerError(status)
    pong = read(Pong, content) if status == HTTPStatus.OK else Unreadable(f"status {status}")
    if isinstance(pong, Unreadable):
        return WrongAnswer(pong.why)
    return Answered(pong, at) if pong.nonce == nonce else WrongAnswer("the nonce of another question")


def after(state: LinkState, outcome: Outcome) -> LinkState:
    """The state after an outcome."""
    match outcome:
        case Answered(pong, at):
            known = replace(state, offset=pong.time - at, epoch=pong.epoch, revision=pong.revision)
            return _succeeded(known)
        case Served():
            return _succeeded(state)
        case _:
            return _failed(state, outcome)


def _succeeded(state: LinkState) -> LinkState:
    successes = state.successes + 1
    up = state.link is Link.UP or not state.ever or successes >= SUCCESSES_UP
    return replace(
        state,
        link=Link.UP if up else state.link,
        failures=0,
        refusals=0,
        successes=successes,
        ever=True,
        hurry=False,
    )


def _failed(state: LinkState, outcome: Failure) -> LinkState:
    failures = state.failures + 1
    refusals = state.refusals + 1 if isinstance(outcome, Refused401) else 0
    if refusals >= REFUSALS_REVOKED or state.link is Link.REVOKED:
        # Silence does not give a revoked register back its right to sell.
        link = Link.REVOKED
    elif failures >= FAILURES_DOWN or state.link not in {Link.UP, Link.UNKNOWN}:
        link = _down(state.network)
    else:
        link = state.link
    return replace(state, link=link, failures=failures, refusals=refusals, successes=0, hurry=False)


def _down(network: bool) -> Link:
    return Link.NO_SERVER if network else Link.NO_NETWORK


def hinted(state: LinkState, network: bool) -> LinkState:
    """The browser says that the network came or went: look at once, and mind the wording."""
    if network == state.network:
        return state
    link = _down(network) if state.link in {Link.NO_SERVER, Link.NO_NETWORK} else state.link
    return replace(state, link=link, network=network, hurry=True)


def next_probe_after(state: LinkState) -> float:
    """Seconds to wait before the next probe, so that a lost OMS is known well within ten seconds."""
    if state.hurry or (state.link is Link.UNKNOWN and not state.failures):
        return 0.0
    if state.link is Link.REVOKED:
        return PROBE_DOUBT if state.successes else PROBE_REVOKED
    if state.link is Link.UP:
        return PROBE_DOUBT if state.failures else PROBE_UP
    in_doubt = state.successes or state.failures < FAILURES_DOWN or state.refusals
    return PROBE_DOUBT if in_doubt else min(PROBE_DOWN, float(state.failures))


def clock_wrong(state: LinkState) -> bool:
    """Whether the device's clock was seen to differ from the OMS's by more than people should bear."""
    return state.offset is not None and abs(state.offset) > DRIFT


def new_epoch(before: LinkState, now: LinkState) -> bool:
    """Whether the OMS was restored from a backup in between: then everything kept is offered again."""
    return bool(before.epoch) and before.epoch != now.epoch
