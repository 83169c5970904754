"""The rounds of the suite: each is a module beside this one, and its `run` takes a plan and returns a tally."""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

from e2e.torture.plan import Plan, Tally

Round = Callable[[Plan], Tally]
NAMES = ("kills", "network", "server", "restore", "damage", "month", "storage", "clock", "tabs")
"""In the order in which they run; one whose module is not there is left out."""


def rounds(only: str | None = None) -> dict[str, Round]:
    """Return every round by its name, or the one that was asked for. Raises LookupError where there is none."""
    there = [name for name in NAMES if find_spec(f"e2e.torture.{name}")]
    if only is not None and only not in there:
        raise LookupError(f"There is no round {only!r}; there are {', '.join(there) or 'none'}.")
    return {name: _load(name) for name in there if only in {None, name}}


def _load(name: str) -> Round:
    run: Round = import_module(f"e2e.torture.{name}").run
    return run
