"""Training: the register as it is, with sales that count for nothing."""

from dataclasses import dataclass

from app.till.events.base import Event


@dataclass(frozen=True, slots=True)
class TrainingSwitched(Event):
    """The switch "Training mode"."""
