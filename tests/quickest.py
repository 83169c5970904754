"""How the time of a piece of work grows, as a ratio of the quickest of several runs: a busy machine hurts little."""

from collections.abc import Callable
from time import process_time

RUNS = 5


def times_longer(work: Callable[[int], object], many: int) -> float:
    """Return how many times longer four times as much takes: 4 where it is in proportion, 16 where it is squared."""
    return _quickest(work, many * 4) / _quickest(work, many)


def _quickest(work: Callable[[int], object], many: int) -> float:
    return min(_took(work, many) for _ in range(RUNS))


def _took(work: Callable[[int], object], many: int) -> float:
    began = process_time()
    work(many)
    return process_time() - began
