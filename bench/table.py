"""The rows of the bench: each name is a module in `rows`, and its `run` takes a plan and returns its rows."""

from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec

from bench.plan import Plan
from bench.row import Row

Run = Callable[[Plan], Sequence[Row]]
NAMES = ("intake", "pending", "image", "query", "start", "screen", "memory", "latency", "growth", "aged")
"""In the order in which they run and stand in the table."""
QUICK = ("intake", "image", "growth")
"""Those that need neither a browser nor a peer: in their small form they run with the tests."""


def runs(only: str | None = None) -> dict[str, Run]:
    """Return every row's module by its name, or the one asked for. Raises LookupError where there is none."""
    there = [name for name in NAMES if find_spec(f"bench.rows.{name}")]
    if only is not None and only not in there:
        raise LookupError(f"There is no row {only!r}; there are {', '.join(there)}.")
    return {name: _load(name) for name in there if only in {None, name}}


def _load(name: str) -> Run:
    run: Run = import_module(f"bench.rows.{name}").run
    return run
