"""Batches are as large as their time allows: a quick line empties the queue soon, a slow one never blocks the probe."""

import pytest

from app.courier.pushing import MOST_COUNT, QUICK_SECONDS, SLOW_SECONDS, paced
from server.oms.doors import MAX_LINES


@pytest.mark.parametrize(
    ("count", "sent", "seconds", "next_time"),
    [
        (100, 100, 0.0, 200),
        (100, 7, QUICK_SECONDS / 2, 200),
        (MOST_COUNT, MOST_COUNT, 0.1, MOST_COUNT),
        (200, 200, (QUICK_SECONDS + SLOW_SECONDS) / 2, 200),
        (200, 200, SLOW_SECONDS * 2, 100),
        (200, 40, SLOW_SECONDS * 2, 20),
        (1, 1, SLOW_SECONDS * 2, 1),
    ],
)
def test_the_next_batch_is_as_large_as_time_allows(count: int, sent: int, seconds: float, next_time: int) -> None:
    """What takes longer than a request may is sent for nothing; what is too small pays for each journey."""
    assert next_time == paced(count, sent, seconds)


def test_no_batch_is_more_than_the_oms_takes() -> None:
    """It would be refused whole, and have to be halved first."""
    assert MOST_COUNT <= MAX_LINES
