"""A part of a region: an element of its own, drawn alone where nothing else of the region's slice has changed."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

import htpy as h


@dataclass(frozen=True, slots=True)
class Part:
    id: str
    """Of the element that the view returns."""
    view: Callable[..., h.Element]
    needs: frozenset[str]
    """Names of the slice, that of the region."""


@dataclass(frozen=True, slots=True)
class Late:
    """A part of which somebody who waits looks at the beginning: that is painted before the rest is drawn."""

    part: Part
    first: Callable[[dict[str, Any], dict[str, Any]], dict[str, Any]]
    """Cuts a slice for the first drawing, given the one that is drawn (empty for another view); itself where nothing is
    to follow."""


def alone(parts: Iterable[Part], changed: Collection[str]) -> list[Part] | None:
    """Return the parts that are all there is to draw; None where more of the region has changed."""
    hit = [part for part in parts if not part.needs.isdisjoint(changed)]
    return hit if hit and frozenset().union(*(part.needs for part in hit)).issuperset(changed) else None
