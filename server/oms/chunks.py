"""Cuts long lists of values into pieces that fit into one statement."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")
CHUNK = 500
"""Databases limit the number of values in a statement."""


def chunks(values: Iterable[T], most: int = CHUNK) -> Iterator[list[T]]:
    """Cut values into lists that fit into a statement."""
    left = iter(values)
    while some := list(islice(left, most)):
        yield some
