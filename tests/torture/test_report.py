"""The last line and the exit code of the suite: what a nightly run is judged by."""

import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from e2e.torture.__main__ import parsed
from e2e.torture.kills import _kill
from e2e.torture.plan import Plan, Tally
from e2e.torture.registers.summing import together
from e2e.torture.report import COLUMNS, COUNTS, Result

PLAN = Plan(seed=42, kills=20, orders=500, place=Path("nowhere"))
GOOD = Tally("kills", 20, 31, lost=0, doubled=0, numbers_twice=0, gaps=0, differing=0, measures={"seconds": 90.5})


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
    assert not Result(PLAN, [replace(GOOD, **{wrong: 1})], {}).good  # type: ignore[arg-type]


def test_what_nobody_measured_is_no_zero() -> None:
    """A table of zeros is believed; a round that looked at one thing has to say that it did not look at the others."""
    looked_once = Tally("damage", faults=7).also([])
    first, row, *_ = Result(PLAN, [looked_once], {}).text().splitlines()

    shown = dict(zip(re.split(" {2,}", first), re.split(" {2,}", row), strict=False))
    assert ("7", "–", "–", "–", "–", "–", "0") == tuple(shown[name.replace("_", " ")] for name in COLUMNS)
    assert "7 faults, – sales acknowledged: – lost, " in Result(PLAN, [looked_once], {}).last_line()
    assert "27 faults, 31 sales acknowledged: 0 lost, " in Result(PLAN, [looked_once, GOOD], {}).last_line()


def test_a_round_that_measured_nothing_proves_nothing() -> None:
    """Faults alone are no result."""
    assert not Result(PLAN, [Tally("kills", faults=1)], {}).good


def test_what_could_not_be_done_here_is_said_in_the_last_line() -> None:
    """Without a screen there are no two registers on one folder: zero faults of it are no proof."""
    result = Result(PLAN, [replace(GOOD, left_out=("one folder (this machine lacks Xvfb)",))], {})

    assert result.last_line().endswith("0 totals differ, left out: one folder (this machine lacks Xvfb)")


def test_parts_of_a_round_are_added_up_where_they_were_measured() -> None:
    """One part that did not look must not make a zero of another, nor break the sum."""
    sum_of_both = together("damage", {"files": Tally("files", faults=2).also(["not found"]), "rows": GOOD})

    assert (22, 31, 0, 1) == (sum_of_both.faults, sum_of_both.acknowledged, sum_of_both.lost, sum_of_both.differing)
    assert together("damage", {"files": Tally("files", faults=2).also([])}).lost is None


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


@pytest.mark.parametrize("asked", ["--kills=0", "--kills=-5", "--orders=0", "--orders=many"])
def test_a_run_of_nothing_is_refused(asked: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It would end with "0 lost", and somebody would believe it."""
    with pytest.raises(SystemExit) as refused:
        parsed([asked])

    assert (2, True) == (refused.value.code, "A run of nothing proves nothing" in capsys.readouterr().err)
    assert (7, 9) == ((given := parsed(["--kills=7", "--orders=9"])).kills, given.orders)


def test_a_round_that_somebody_ends_counts_what_was_done() -> None:
    """A night is over before a thousand kills: what was found until then must not be thrown away."""
    plan = Plan(seed=42, kills=1000, orders=500, place=Path("nowhere"))
    lives = list[str]()

    def lives_on(phase: str, **_: object) -> None:
        lives.append(phase)
        if len(lives) == 3:
            plan.enough.set()

    nobody = SimpleNamespace(notes=lambda _: None, saved=[])
    register = SimpleNamespace(
        hit=Counter[str](), folder="ok", notebook=nobody, lives=lives_on, loses_its_database=list
    )
    _kill(register, plan)  # type: ignore[arg-type]

    assert 3 == len(lives)
