"""Runs the suite: `python3 build.py torture [--kills N] [--orders N] [--seed S] [--only NAME]`."""

import argparse
import secrets
import shutil
import signal
import sys
import tempfile
import time
import traceback
from dataclasses import replace
from pathlib import Path

from e2e.torture.plan import Plan, Tally
from e2e.torture.report import Result
from e2e.torture.table import Round, rounds

RESULTS = Path(__file__).parents[2] / ".build" / "torture"


def main(argv: list[str]) -> int:
    """Run every round, or one; 0 only when all of them ended and nothing was lost, doubled or different."""
    options = parsed(argv)
    try:
        chosen = rounds(options.only)
    except LookupError as error:
        print(error.args[0], file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # or browsers and servers would outlive us
    place = Path(tempfile.mkdtemp(prefix="store-os-torture-"))
    plan = Plan(seed=options.seed, kills=options.kills, orders=options.orders, place=place)
    if hasattr(signal, "SIGUSR1"):
        signal.signal(signal.SIGUSR1, lambda *_: plan.enough.set())
    print(f"Seed {plan.seed}: {plan.kills} kills, {plan.orders} orders.", flush=True)
    result = Result(plan, [], {})
    for name, run in chosen.items():
        print(f"\n── {name}", flush=True)
        result = _after(result, name, run)
    kept = result.writes(RESULTS)
    if result.good:
        shutil.rmtree(place, ignore_errors=True)
    else:
        print(f"\nWhat the rounds left behind is in {place}.")
    print(f"\nThe numbers are in {kept}.\n\n{result.text()}")
    return 0 if result.good else 1


def parsed(argv: list[str]) -> argparse.Namespace:
    """The command line; a seed that nobody named is a new one, and is printed."""
    parser = argparse.ArgumentParser(prog="build.py torture", description="Inject faults, and count what was lost.")
    parser.add_argument(
        "--kills", type=some, default=20, help="how many kills of a browser hit something (nightly: 1000)"
    )
    parser.add_argument("--orders", type=some, default=500, help="orders through a bad network (nightly: 10000)")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000), help="repeats an earlier run")
    parser.add_argument("--only", metavar="NAME", help="run one round")
    return parser.parse_args(argv)


def some(text: str) -> int:
    """A number from 1 on: a run of nothing would find nothing wrong."""
    if not text.isascii() or not text.isdigit() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not at least 1. A run of nothing proves nothing: name a number.")
    return int(text)


def _after(result: Result, name: str, run: Round) -> Result:
    """The result with one more round in it; one that breaks off takes no other round along."""
    began = time.monotonic()
    try:
        tally = run(result.plan)
    except Exception as error:  # noqa: BLE001 - whatever it is, the other rounds and the last line are still wanted
        traceback.print_exc()
        return replace(result, broken={**result.broken, name: f"{type(error).__name__}: {error}"})
    return replace(result, tallies=[*result.tallies, _timed(tally, time.monotonic() - began)])


def _timed(tally: Tally, seconds: float) -> Tally:
    return replace(tally, measures={**tally.measures, "seconds": round(seconds, 1)})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
