"""Runs a round for the tests: Playwright's event loop already runs on their thread, and a thread has one at most."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from e2e.torture.plan import Plan, Tally
from e2e.torture.table import Round


def apart(run: Round, plan: Plan) -> Tally:
    """Run a round on a thread of its own, and wait for it. Raises what the round raises."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(run, plan).result()


def small(run: Round, place: Path, kills: int = 0, orders: int = 0) -> Tally:
    """Run a round in a small form with a new seed; pytest shows the seed where the test fails."""
    plan = Plan(seed=secrets.randbelow(1_000_000), kills=kills, orders=orders, place=place)
    plan.says(f"seed {plan.seed}")
    return apart(run, plan)
