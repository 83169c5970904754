"""How products stand on the screen of this register."""

from dataclasses import dataclass

from app.till.events.base import Event


@dataclass(frozen=True, slots=True)
class LayoutChosen(Event):
    """Products as tiles with pictures, or as a list."""

    value: str


@dataclass(frozen=True, slots=True)
class SizeChosen(Event):
    """Small, medium or large products."""

    value: str
