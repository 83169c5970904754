"""Entries that somebody chose to send now, whether or not Auto-Sync is on: how the till says so to the courier.

By their place in the journal. A choice stands until it is done, over a crash too: whatever of it has no verdict goes.
"""

from collections.abc import Collection

from pydantic import TypeAdapter, ValidationError

_CHOSEN = TypeAdapter(tuple[int, ...])


def read_chosen(text: str) -> frozenset[int]:
    """Read what was chosen; what is damaged chooses nothing."""
    try:
        return frozenset(_CHOSEN.validate_json(text or "[]"))
    except ValidationError:
        return frozenset()


def chosen_text(seqs: Collection[int]) -> str:
    """What `local` keeps of a choice."""
    return _CHOSEN.dump_json(tuple(sorted(seqs))).decode()
