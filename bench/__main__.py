"""Runs the bench: `python3 build.py bench [--small] [--only ROW] [--data FOLDER]`."""

import argparse
import os
import shutil
import signal
import sys
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path

from bench.machine import machine
from bench.plan import Missing, Plan
from bench.report import Result
from bench.row import Row
from bench.table import Run, runs

RESULTS = Path(__file__).parents[1] / ".build" / "bench"
BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data"
"""Where the tests look for real data, too."""


def main(argv: list[str]) -> int:
    """Measure every row, or one; 0 when all of them ran, whatever came of it."""
    options = parsed(argv)
    try:
        chosen = runs(options.only)
    except LookupError as error:
        print(error.args[0], file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # or browsers and servers would outlive us
    place = Path(tempfile.mkdtemp(prefix="store-os-bench-"))
    try:
        result = measured(Plan(small=options.small, place=place, data=options.data), chosen)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    kept = result.writes(RESULTS)
    print(f"\nAll that was measured is in {kept}.\n\n{result.text()}")
    return 0 if result.good else 1


def parsed(argv: list[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="build.py bench", description="Measure, beside what people would pick.")
    parser.add_argument("--small", action="store_true", help="a short form that shows only that it runs")
    parser.add_argument("--only", metavar="ROW", help="measure one row")
    found = os.environ.get("STORE_OS_DATA") or (BESIDE if BESIDE.exists() else None)
    parser.add_argument("--data", type=Path, default=found, help="a folder with real catalogues (or STORE_OS_DATA)")
    return parser.parse_args(argv)


def measured(plan: Plan, chosen: dict[str, Run]) -> Result:
    """Run row after row; one that breaks off takes no other along."""
    rows: dict[str, Sequence[Row]] = {}
    missing: dict[str, str] = {}
    broken: dict[str, str] = {}
    where = machine()
    for name, run in chosen.items():
        print(f"\n── {name}", flush=True)
        try:
            rows[name] = run(plan)
        except Missing as error:
            missing[name] = str(error)
        except Exception as error:  # noqa: BLE001 - whatever it is, the other rows are still wanted
            traceback.print_exc()
            broken[name] = f"{type(error).__name__}: {error}"
    return Result(where, plan.small, rows, missing, broken)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
