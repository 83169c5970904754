"""Whether the OMS is there: quick to say no, slow to flicker, and never fooled by a lone answer."""

from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sync.link import (
    DRIFT,
    PROBE_LIMIT,
    Answered,
    LinkState,
    NoConnection,
    Outcome,
    Refused401,
    Served,
    ServerError,
    WrongAnswer,
    after,
    next_probe_after,
)
from app.sync.status import Link

OK = Answered(offset_seconds=0)
FAILURES: list[Outcome] = [NoConnection(), WrongAnswer(), ServerError(503), ServerError(429)]
outcomes = st.sampled_from([OK, Served(), *FAILURES, NoConnection(network=False), Refused401()])


START = LinkState()


def told(*seen: Outcome, start: LinkState = START) -> LinkState:
    return reduce(after, seen, start)


UP = told(OK)
DOWN = told(OK, NoConnection(), NoConnection())


def test_nothing_is_claimed_before_the_first_probe() -> None:
    """A blue banner at every start would be cried wolf; a claim to be online would be a lie."""
    assert (Link.UNKNOWN, 0.0) == (START.link, next_probe_after(START))


@pytest.mark.parametrize("outcome", [OK, Served()])
def test_the_first_success_counts_at_once(outcome: Outcome) -> None:
    """The associate waits for the register to start."""
    assert Link.UP == told(outcome).link


def test_the_first_success_counts_at_once_also_after_failures() -> None:
    """A register that was opened before its server."""
    assert Link.UP == told(NoConnection(), NoConnection(), OK).link


@pytest.mark.parametrize("failure", FAILURES)
def test_one_failure_is_no_outage(failure: Outcome) -> None:
    """A lost packet must not change what the cashier may do."""
    assert Link.UP == told(failure, start=UP).link


@pytest.mark.parametrize("failure", FAILURES)
def test_two_failures_are_an_outage(failure: Outcome) -> None:
    """Silence, a captive portal, a server in trouble: all of them are down."""
    assert Link.NO_SERVER == told(failure, failure, start=UP).link


def test_an_outage_without_any_network_is_called_so() -> None:
    """The browser's opinion picks the wording."""
    assert Link.NO_NETWORK == told(NoConnection(network=False), NoConnection(network=False), start=UP).link


def test_the_browsers_opinion_alone_changes_nothing() -> None:
    """It is wrong in both directions: an answer that holds our nonce is stronger."""
    assert Link.UP == told(NoConnection(network=False), OK, start=UP).link


def test_the_wording_follows_the_newest_outcome() -> None:
    """The cable was plugged in again, but the server is still away."""
    assert Link.NO_SERVER == told(NoConnection(network=False), NoConnection(), start=DOWN).link


def test_coming_back_takes_two_successes() -> None:
    """A line that flickers would switch the till to and fro under the cashier's hands."""
    assert (Link.NO_SERVER, Link.UP) == (told(OK, start=DOWN).link, told(OK, OK, start=DOWN).link)


def test_a_failure_in_between_starts_the_counting_again() -> None:
    """Two successes in a row, not in all."""
    assert Link.NO_SERVER == told(OK, NoConnection(), OK, start=DOWN).link


def test_a_real_request_is_evidence_too() -> None:
    """While a download runs well nobody needs a probe to know that the OMS is there."""
    assert Link.UP == told(Served(), Served(), start=DOWN).link


def test_revoked_takes_two_refusals_in_a_row() -> None:
    """It stops a register from selling, so one stray 401 is not enough."""
    assert (Link.UP, Link.REVOKED) == (
        told(Refused401(), start=UP).link,
        told(Refused401(), Refused401(), start=UP).link,
    )


def test_pulling_the_plug_does_not_lift_a_revocation() -> None:
    """A stolen till would otherwise sell again as soon as it has no network."""
    assert Link.REVOKED == told(Refused401(), Refused401(), NoConnection(network=False), NoConnection()).link


def test_the_oms_can_lift_a_revocation() -> None:
    """The back office took it back."""
    assert Link.UP == told(Refused401(), Refused401(), OK, OK).link


@given(st.lists(outcomes, max_size=30))
def test_there_is_always_a_next_probe(seen: list[Outcome]) -> None:
    """A link that is never looked at again would leave a register offline for ever."""
    assert 0 <= next_probe_after(told(*seen)) <= 30


def test_a_lost_oms_is_known_within_ten_seconds() -> None:
    """Worst case: it dies right after a good probe, and every probe runs into its limit."""
    state, seconds = UP, 0.0
    while state.link is Link.UP:
        seconds += next_probe_after(state) + PROBE_LIMIT
        state = after(state, NoConnection())

    assert seconds < 10


def test_a_returned_oms_is_known_within_ten_seconds_after_a_long_outage() -> None:
    """People look at the banner and wait."""
    state, seconds = told(*[NoConnection()] * 500), 0.0
    while state.link is not Link.UP:
        seconds += next_probe_after(state)
        state = after(state, OK)

    assert seconds < 10


def test_an_answer_tells_how_far_the_clock_is_off() -> None:
    """A wrong clock prints wrong dates; a failure later does not make it right again."""
    assert -DRIFT == told(Answered(-DRIFT), Served(), NoConnection()).offset_seconds
