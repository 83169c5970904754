"""Runs a round for the tests: Playwright's event loop already runs on their thread, and a thread has one at most."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from e2e.torture.plan import Plan, Tally
from e2e.torture.table import Round


def apart(run: Round, plan: Plan) -> Tally:
    """Run a round on a thread of its own, and wait for it. Raises what the round raises."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(run, plan).result()


def small(run: Round, place: Path, kills: int = 0, orders: int = 0) -> Tally:
    """Run a round in a small form with the seed of the day; pytest shows the seed where the test fails."""
    plan = Plan(seed=seed_of_the_day(), kills=kills, orders=orders, place=place)
    plan.says(f"seed {plan.seed}")
    return apart(run, plan)


def seed_of_the_day() -> int:
    """The dice of the tests: STORE_OS_SEED, or today's date. What fails can be tried again as it was, all day."""
    return int(os.environ.get("STORE_OS_SEED") or f"{datetime.now(UTC):%Y%m%d}")
