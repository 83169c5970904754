"""Values that stay for long, in thousands: of each of them pydantic notes apart which fields were given.

That note is a set of names, and larger than all the rest of an order. Nothing here ever asks which fields were given.
"""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import TypeVar

from pydantic import BaseModel

T = TypeVar("T")
PLAIN = frozenset({str, int, bool, type(None), Decimal, datetime, date})
"""Most of what lies in a value has nothing in it; it is not even asked."""


def lean(value: T) -> T:
    """Let a value, and all that lie in it, share one such note with the others of their class; returns the value."""
    if isinstance(value, BaseModel):
        object.__setattr__(value, "__pydantic_fields_set__", _fields(type(value)))
        parts: Iterable[object] = vars(value).values()
    else:
        parts = value.values() if isinstance(value, dict) else value if isinstance(value, tuple | list) else ()
    for part in parts:
        if type(part) not in PLAIN:
            lean(part)
    return value


@cache
def _fields(kind: type[BaseModel]) -> set[str]:
    return set(kind.model_fields)
