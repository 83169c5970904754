"""What people decide about a price that a sync changed in mid-sale."""

from dataclasses import dataclass

from app.till.events.base import Event


@dataclass(frozen=True, slots=True)
class PriceKept(Event):
    """ "Keep": the line stays at the price that the customer saw."""

    line: int


@dataclass(frozen=True, slots=True)
class PriceUsed(Event):
    """ "Use": the line takes the price of today's catalogue."""

    line: int
