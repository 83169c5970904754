"""The two large rounds of the fault-injection suite in their small form, with chance of their own each time.

The other rounds have a test each, of their own small form.
"""

import subprocess
import sys

import pytest

from e2e.store import ROOT

SMALL = ("--kills=20", "--orders=500")


@pytest.mark.parametrize("name", [pytest.param("kills", marks=pytest.mark.browser), "network"])
def test_nothing_is_lost_doubled_or_different(name: str) -> None:
    """A sale that was shown as saved is in every place once, whatever happened; a seed in the output replays it."""
    command = [sys.executable, "-m", "e2e.torture", f"--only={name}", *SMALL]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    print(done.stdout, done.stderr)  # noqa: T201 - shown when it failed, with the seed
    assert done.returncode == 0, done.stdout.splitlines()[-1]
