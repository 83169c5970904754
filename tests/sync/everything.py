"""Every combination of what can be known about the register: for tests that say "whatever happens"."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from app.sync.mode import Known
from app.sync.status import FolderState, Link

VALUES: dict[str, Sequence[object]] = {
    "feature": (True, False),
    "auto_detect": (True, False),
    "manual": (True, False),
    "link": tuple(Link),
    "missing": ((), ("folder",), ("products", "stock"), ("customers", "folder"), ("something new",)),
    "pending": (0, 1, 3),
    "sending": (0, 2),
    "just_synced": (True, False),
    "folder": tuple(FolderState),
    "failed": (0, 1),
    "clock_wrong": (True, False),
    "copied": (False, True),
}


def known(**fields: object) -> Known:
    """A register that is online, ready and idle, unless told otherwise."""
    usual = {"feature": True, "auto_detect": True, "manual": False, "link": Link.UP, "missing": ()}
    return Known(**(usual | fields))  # type: ignore[arg-type]


_WHOLE = tuple(known(**dict(zip(VALUES, values, strict=True))) for values in product(*VALUES.values()))
EVERYTHING = (*_WHOLE, *(replace(each, torn=True) for each in _WHOLE[::31]))
