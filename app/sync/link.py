"""Whether the OMS can be reached, told from outcomes of probes and requests, with hysteresis.

Only an answer that is the OMS's own to the letter counts as one: a captive portal or a cached page is a
failure like silence. What the browser thinks of the network picks the wording and nothing else.
"""

from dataclasses import dataclass, replace

from app.sync.status import Link

FAILURES_DOWN = 2
SUCCESSES_UP = 2
REFUSALS_REVOKED = 2
PROBE_LIMIT = 2.0
"""Seconds in all that a probe may take."""
PROBE_UP = 2.0
"""Seconds between two probes while all is well."""
PROBE_DOUBT = 0.5
"""Seconds until a surprising outcome is looked at again."""
PROBE_DOWN = 5.0
"""Seconds between two probes of an outage that lasts."""
PROBE_REVOKED = 30.0
DRIFT = 120
"""Seconds by which a clock may differ from the OMS's before it is called wrong."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The OMS answered a probe with our nonce."""

    offset_seconds: int
    """The OMS's clock less this device's."""


@dataclass(frozen=True, slots=True)
class Served:
    """A real request got a real answer: as good as a probe."""


@dataclass(frozen=True, slots=True)
class WrongAnswer:
    """Something else answered: a captive portal, a cached page, another program."""


@dataclass(frozen=True, slots=True)
class ServerError:
    """The OMS, or what stands before it, cannot serve now: 5xx, 429."""

    status: int


@dataclass(frozen=True, slots=True)
class NoConnection:
    """No answer: nobody there, too slow, or the line broke."""

    network: bool = True
    """What the browser thinks: whether there is a network at all."""


@dataclass(frozen=True, slots=True)
class Refused401:
    """The OMS does not take this register's token."""


Failure = WrongAnswer | ServerError | NoConnection | Refused401
Outcome = Answered | Served | Failure


@dataclass(frozen=True, slots=True)
class LinkState:
    """What is known of the link since the start, and how sure that is."""

    link: Link = Link.UNKNOWN
    failures: int = 0
    """In a row, like the two below."""
    successes: int = 0
    refusals: int = 0
    ever: bool = False
    """Whether there has been a success since the start."""
    offset_seconds: int = 0
    heard: bool = False
    """Whether the OMS has told its time since the start."""


def after(state: LinkState, outcome: Outcome) -> LinkState:
    """The state after an outcome."""
    match outcome:
        case Answered(offset_seconds):
            return _succeeded(replace(state, offset_seconds=offset_seconds, heard=True))
        case Served():
            return _succeeded(state)
        case _:
            return _failed(state, outcome)


def _succeeded(state: LinkState) -> LinkState:
    successes = state.successes + 1
    up = state.link is Link.UP or not state.ever or successes >= SUCCESSES_UP
    link = Link.UP if up else state.link
    return replace(state, link=link, failures=0, refusals=0, successes=successes, ever=True)


def _failed(state: LinkState, outcome: Failure) -> LinkState:
    failures = state.failures + 1
    refusals = state.refusals + 1 if isinstance(outcome, Refused401) else 0
    if refusals >= REFUSALS_REVOKED or state.link is Link.REVOKED:
        # Pulling the plug does not give a revoked register back its right to sell.
        link = Link.REVOKED
    elif failures < FAILURES_DOWN and state.link in {Link.UP, Link.UNKNOWN}:
        link = state.link
    elif isinstance(outcome, NoConnection) and not outcome.network:
        link = Link.NO_NETWORK
    else:
        link = Link.NO_SERVER
    return replace(state, link=link, failures=failures, refusals=refusals, successes=0)


def next_probe_after(state: LinkState) -> float:
    """Seconds to wait before the next probe, so that a lost OMS is known well within ten seconds."""
    match state.link:
        case Link.UNKNOWN:
            return PROBE_DOUBT if state.failures else 0.0
        case Link.UP:
            return PROBE_DOUBT if state.failures else PROBE_UP
        case Link.REVOKED:
            return PROBE_DOUBT if state.successes else PROBE_REVOKED
        case Link.NO_SERVER | Link.NO_NETWORK:
            in_doubt = state.successes or state.refusals
            return PROBE_DOUBT if in_doubt else min(PROBE_DOWN, float(state.failures))
