"""Runs a round for the tests: Playwright's event loop already runs on their thread, and a thread has one at most."""

from concurrent.futures import ThreadPoolExecutor

from e2e.torture.plan import Plan, Tally
from e2e.torture.table import Round


def apart(run: Round, plan: Plan) -> Tally:
    """Run a round on a thread of its own, and wait for it. Raises what the round raises."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(run, plan).result()
