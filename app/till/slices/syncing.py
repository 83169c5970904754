"""The dialog "Sync to Server": which orders are checked, and which were chosen to be sent."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SyncList:
    """Entries are named by their place in the journal."""

    opened: bool = False
    checked: frozenset[int] = frozenset()
    """Orders, by the place of their entry; also those that are too many to be drawn."""
    asked: frozenset[int] = frozenset()
    """What was chosen to be sent, corrections included; it stands over a restart until it is done."""
