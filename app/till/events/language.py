"""Which language this register speaks."""

from dataclasses import dataclass

from app.till.events.base import Event


@dataclass(frozen=True, slots=True)
class LanguageChosen(Event):
    """A language was chosen in Settings, by its tag."""

    value: str
