"""A part of a region: an element of its own, drawn alone where nothing else of the region's slice has changed."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

import htpy as h


@dataclass(frozen=True, slots=True)
class Part:
    id: str
    """Of the element that the view returns."""
    view: Callable[..., h.Element]
    needs: frozenset[str]
    """Names of the slice, that of the region."""


def alone(parts: Iterable[Part], changed: Collection[str]) -> list[Part] | None:
    """Return the parts that are all there is to draw; None where more of the region has changed."""
    hit = [part for part in parts if not part.needs.isdisjoint(changed)]
    return hit if hit and frozenset().union(*(part.needs for part in hit)).issuperset(changed) else None
