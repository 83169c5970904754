"""The screen is locked by hand; by itself it locks when nobody did anything for a while."""

from dataclasses import dataclass

from app.till.events.base import Event


@dataclass(frozen=True, slots=True)
class ScreenLocked(Event):
    """ "Lock": somebody leaves the register for a moment."""
