"""What people do with the extras of a line: a warranty, a gift wrap."""

from dataclasses import dataclass

from app.till.events.base import Event


@dataclass(frozen=True, slots=True)
class ExtrasAsked(Event):
    """ "Extras" at a line of the cart."""

    line: int


@dataclass(frozen=True, slots=True)
class ExtraToggled(Event):
    """An extra was checked, or unchecked, in the dialog."""

    extension_id: str
