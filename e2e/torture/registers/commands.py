"""The commands of administration, run as whoever runs the server would."""

import subprocess
import sys

from e2e.store import ROOT, Store


def server_says(store: Store, *words: str) -> str:
    """Run `python -m server` on a store's data and return what it says; it has to succeed."""
    command = [sys.executable, "-m", "server", *words, "--data", str(store.data)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
