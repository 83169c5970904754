"""The last line and the exit code of the suite: what a nightly run is judged by."""

import json
from pathlib import Path

import pytest

from e2e.torture.plan import Plan, Tally
from e2e.torture.report import COUNTS, Result

PLAN = Plan(seed=42, kills=20, orders=500, place=Path("nowhere"))
GOOD = Tally("kills", faults=20, acknowledged=31, measures={"seconds": 90.5})


def test_the_last_line_says_seed_and_numbers() -> None:
    """Whoever reads only this line knows what was done, what came of it, and how to see it again."""
    result = Result(PLAN, [GOOD, Tally("network", faults=500, acknowledged=500, lost=2)], {"month": "OSError: no"})

    assert (
        "torture: seed 42: 2 rounds, 520 faults, 531 sales acknowledged: "
        "2 lost, 0 doubled, 0 numbers used twice, 0 gaps, 0 totals differ, 1 rounds broke off"
    ) == result.text().splitlines()[-1]


@pytest.mark.parametrize("wrong", COUNTS)
def test_one_of_anything_is_a_failure(wrong: str) -> None:
    """A suite that shrugs at one lost sale proves nothing."""
    assert Result(PLAN, [GOOD], {}).good
    assert not Result(PLAN, [Tally("kills", faults=1, acknowledged=1, **{wrong: 1})], {}).good  # type: ignore[arg-type]


def test_a_round_that_broke_off_is_a_failure() -> None:
    """A round that never looked found nothing wrong, either."""
    assert not Result(PLAN, [GOOD], {"month": "OSError: no room"}).good


def test_dice_are_repeated_by_the_seed_and_by_nothing_else() -> None:
    """A failure replays only if every roll comes from seed and name, whatever ran before."""
    first, again = PLAN.random("kills"), PLAN.random("kills")
    rolls = [first.random() for _ in range(5)]

    assert rolls == [again.random() for _ in range(5)]
    assert rolls != [PLAN.random("sync").random() for _ in range(5)]


def test_numbers_are_kept_for_machines(tmp_path: Path) -> None:
    """A nightly run is compared with the one before."""
    kept = json.loads(Result(PLAN, [GOOD], {}).writes(tmp_path).read_text())

    assert (42, True, 31, 90.5) == (
        kept["seed"],
        kept["good"],
        kept["rounds"][0]["acknowledged"],
        kept["rounds"][0]["measures"]["seconds"],
    )
