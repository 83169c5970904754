"""What waits, in which order it is sent, and what is said about it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.session import Outcome
from app.sync.outbox import BACKOFF_CEILING, OrderState, backoff, batch, pending, state_of
from app.sync.protocol import VerdictKind
from tests.sync.entries import chain, entry, head, verdict

SIZE = len(chain(1)[0].line) + 1


def test_what_has_no_verdict_waits() -> None:
    """The queue is a view: nothing has to be marked, so nothing can be marked wrongly."""
    made = chain(3)

    assert (made[0], made[2]) == pending(made, {made[1].digest: verdict(made[1])})


@pytest.mark.parametrize("kind", list(VerdictKind))
def test_every_verdict_ends_the_waiting(kind: VerdictKind) -> None:
    """A refused sale stands there for people; sending it again for ever would block the others."""
    (made,) = chain(1)

    assert () == pending([made], {made.digest: verdict(made, kind)})


def test_a_verdict_about_other_bytes_is_none() -> None:
    """The OMS answered about an entry of the same id: ours may still not have arrived."""
    ours, theirs = entry(head(), body="ours"), entry(head(), body="theirs")

    assert (ours,) == pending([ours], {theirs.digest: verdict(theirs)})


@pytest.mark.parametrize(
    ("kind", "word", "mark", "outcome"),
    [
        (VerdictKind.ACCEPTED, "Synced", "", Outcome.BOOKED),
        (VerdictKind.DUPLICATE, "Synced", "", Outcome.BOOKED),
        (VerdictKind.ATTENTION, "Synced", "Needs attention", Outcome.BOOKED),
        (VerdictKind.REFUSED, "Failed", "", Outcome.REFUSED),
        (VerdictKind.CONFLICT, "Failed", "", Outcome.REFUSED),
    ],
)
def test_an_order_is_called_as_the_contract_says(kind: VerdictKind, word: str, mark: str, outcome: Outcome) -> None:
    """The same words everywhere, or people stop believing them."""
    (made,) = chain(1)
    state = state_of(made.digest, {made.digest: verdict(made, kind)}, {made.digest})

    assert (word, mark, outcome) == (state.word, state.mark, state.outcome)


def test_an_order_that_waits_or_travels_says_so() -> None:
    """ "Pending" while nothing happens, "Syncing" while it is on its way."""
    assert ("Pending", "Syncing") == (state_of("d", {}).word, state_of("d", {}, {"d"}).word)


def test_an_order_on_its_way_has_no_outcome_yet() -> None:
    """A session with such an order is not a success yet."""
    assert {Outcome.WAITING} == {OrderState.PENDING.outcome, OrderState.SYNCING.outcome}


@pytest.mark.parametrize(
    ("count", "size", "taken"), [(2, 10**6, 2), (9, 10**6, 5), (9, 3 * SIZE, 3), (9, 1, 1), (0, 0, 1)]
)
def test_a_batch_is_bounded_by_count_and_bytes_but_never_empty(count: int, size: int, taken: int) -> None:
    """An entry larger than the bound would otherwise wait for ever."""
    made = chain(5)

    assert made[:taken] == batch(made, count, size)


def test_what_failed_before_goes_last() -> None:
    """One entry that kills every request it is in must not stand in the way of the day's sales."""
    made = chain(3)

    assert (made[1], made[2], made[0]) == batch(made, 9, 10**6, {made[0].digest: 1})


@given(st.integers(1, 10**6), st.text(max_size=20))
def test_waiting_grows_to_a_ceiling_and_never_ends(attempt: int, key: str) -> None:
    """A sale must arrive, however long the outage: there is no last attempt."""
    assert 0 < backoff(attempt, key) <= BACKOFF_CEILING


@given(st.text(max_size=20))
def test_the_first_wait_is_short_and_the_tenth_long(key: str) -> None:
    """A hiccup costs a second; an outage is not hammered."""
    assert backoff(1, key) <= 1.0 < 30.0 <= backoff(10, key)


def test_registers_do_not_come_back_at_the_same_moment() -> None:
    """After an outage of the OMS every store waits for it."""
    assert len({backoff(5, f"id-{i}") for i in range(50)}) > 20


def test_the_wait_of_an_entry_is_always_the_same() -> None:
    """A test, and a person who reads a log, can say what will happen."""
    assert backoff(3, "o1") == backoff(3, "o1")
