"""How much room the browser has left: enough, little, or so little that somebody has to do something now."""

from enum import StrEnum

SALE = 5_000
"""Bytes that a sale takes in the browser, with its verdict; a small one takes less."""
LITTLE = 200_000_000
LEAST = 50_000_000
"""Less than a large catalogue needs while it is exchanged for a newer one."""


class Room(StrEnum):
    ENOUGH = "enough"
    LITTLE = "little"
    LEAST = "least"


def room(free: int | None) -> Room:
    """Judge what the browser says; one that says nothing is believed until it refuses a sale."""
    if free is None or free >= LITTLE:
        return Room.ENOUGH
    return Room.LITTLE if free >= LEAST else Room.LEAST


def fitting(free: int) -> int:
    """How many sales fit into it, in round numbers."""
    count = max(free, 0) // SALE
    step: int = 10 ** max(len(str(count)) - 2, 0)
    return count // step * step
