"""A demo store's data, made once in a run and copied for each round: making it takes seconds."""

import shutil
import tempfile
from functools import cache
from pathlib import Path

from e2e.store import Store


def demo_data(room: Path) -> Path:
    """Return the data of a new demo store, in a room of its own."""
    return shutil.copytree(Path(_made().name) / "data", room / "data")


@cache
def _made() -> "tempfile.TemporaryDirectory[str]":
    folder = tempfile.TemporaryDirectory(prefix="store-os-demo-")
    Store(data=Path(folder.name) / "data").opens().closes()
    return folder
