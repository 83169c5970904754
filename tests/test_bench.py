"""How the bench counts: a table that flatters is worse than none."""

import pytest

from bench.machine import machine
from bench.report import Result
from bench.row import BEST, Goal, Row
from bench.sample import Sample, in_turn

OURS = Sample.of(range(1, 101))


def held(goal: Goal, ours: Sample = OURS, **peers: Sample) -> tuple[float, bool]:
    [found] = Row("it", ours, peers, goals=(goal,)).held()
    return found.value, found.met


def test_a_percentile_is_a_value_that_was_seen() -> None:
    """A slow press between two quick ones is what a person remembers; no formula may smooth it away."""
    assert (50.5, 95, 98, 100) == (OURS.median, OURS.p95, OURS.p98, OURS.max)
    assert (7, 7) == (Sample.of([7]).p95, Sample.of([7]).median)
    assert 9 == Sample.of([1] * 18 + [9, 9]).p95


@pytest.mark.parametrize(
    ("goal", "value", "met"),
    [
        (Goal(0.5, "a"), 0.505, False),
        (Goal(0.51, "a"), 0.505, True),
        (Goal(0.6, BEST), 50.5 / 80, False),
        (Goal(0.6, BEST, at_least=True), 0.505, False),
        (Goal(0.5, "a", at_least=True), 0.505, True),
        (Goal(plus=95, figure="p95"), 95, True),
        (Goal(plus=94, figure="p95"), 95, False),
        (Goal(0.5, "a", plus=0.5), 50.5, True),
        (Goal(0.5, "a", plus=0.4), 50.5, False),
    ],
)
def test_a_goal_is_held_against_the_peer_that_it_names(goal: Goal, value: float, met: bool) -> None:
    """Beside the best of them means the quickest where less is better, and the one that does most where more is."""
    found, held_ = held(goal, a=Sample.of([100]), b=Sample.of([80]))

    assert pytest.approx(value) == found
    assert met == held_


def test_paired_samples_are_compared_turn_by_turn() -> None:
    """While another program ran, both were slow: that must neither help nor hurt."""
    ours, theirs = Sample.of([2, 20, 2]), Sample.of([1, 10, 2])

    assert 2 == Row("it", ours, {"a": theirs}, paired=True).ratio("a", "median")
    assert 1 == Row("it", ours, {"a": theirs}).ratio("a", "median")


def test_things_take_turns() -> None:
    """Whoever always comes second finds the caches warm; warm-ups are not counted."""
    order: list[str] = []

    def work(name: str) -> float:
        order.append(name)
        return len(order)

    taken = in_turn({"a": lambda: work("a"), "b": lambda: work("b")}, repetitions=2, warm_ups=1)

    assert ["a", "b", "b", "a", "a", "b"] == order
    assert ((4, 5), (3, 6)) == (taken["a"].values, taken["b"].values)


def test_the_table_says_what_was_missed_and_by_how_much() -> None:
    """A claim that does not hold stands in the same table as those that do."""
    rows = [Row("search", Sample.of([30]), {"a": Sample.of([100])}, goals=(Goal(0.1, "a"), Goal(0.5, "a")))]
    result = Result(machine(), True, {"search": rows}, {"page": "no browser"}, {})

    text = result.text()

    assert "0.30 ×  ≤ 0.1 × a  missed by 3.00 ×" in text
    assert "0.30 ×  ≤ 0.5 × a  met" in text
    assert "page was left out: no browser" in text
    assert text.splitlines()[-1].startswith("bench: 1 rows, 1 of 2 goals met, 0 broke off")
    assert (
        "| search | 30.0 ms (30.0–30.0, n=1) | a 100 ms | 0.30 × | ≤ 0.1 × a | missed by 3.00 × |" in result.markdown()
    )
    assert "pouchdb 9" in result.markdown()
