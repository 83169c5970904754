"""The two large rounds of the fault-injection suite in their small form, with chance of their own each time.

The other rounds have a test each, of their own small form.
"""

import json
import re
import subprocess
import sys

import pytest

from e2e.store import ROOT
from e2e.torture.__main__ import RESULTS

KILLS = 20
SMALL = (f"--kills={KILLS}", "--orders=500")
SEED = re.compile(r"Seed (\d+):")
PHASES = 4
"""Of six, at least: what a kill is meant for is rolled."""


@pytest.mark.parametrize("name", [pytest.param("kills", marks=pytest.mark.browser), "network"])
def test_nothing_is_lost_doubled_or_different(name: str) -> None:
    """A sale that was shown as saved is in every place once, whatever happened; a seed in the output replays it."""
    command = [sys.executable, "-m", "e2e.torture", f"--only={name}", *SMALL]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    print(done.stdout, done.stderr)  # noqa: T201 - shown when it failed, with the seed
    assert done.returncode == 0, done.stdout.splitlines()[-1]
    if name == "kills":
        _hit(done.stdout)


def _hit(said: str) -> None:
    """A kill that found nothing under way is no test: so many hit, and not all of them the same."""
    seed = SEED.search(said)
    assert seed is not None
    [measures] = [each["measures"] for each in json.loads((RESULTS / f"{seed[1]}.json").read_text())["rounds"]]
    phases = [name for name, hits in measures.items() if name.startswith("hit in ") and not hits.startswith("0 ")]
    assert (measures["hit"] >= KILLS, len(phases) >= PHASES) == (True, True), measures
