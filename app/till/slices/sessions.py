"""What the table of offline sessions is narrowed to; what is empty does not narrow."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SessionFilter:
    since: str = ""
    """Days of the store, as the browser writes them: 2026-11-21."""
    until: str = ""
    status: str = ""
    """Open, Success or Failed."""
