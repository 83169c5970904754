"""Prices that a sync changed while the sale was open, and what was decided about them."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class PriceNews:
    prices: Mapping[str, int | None] = field(default_factory=dict)
    """What the catalogue says now, by variant id, minor units; None where it cannot be sold any more."""
    kept: frozenset[tuple[str, int | None]] = frozenset()
    """Line and new price where somebody decided for the price that the customer saw."""
