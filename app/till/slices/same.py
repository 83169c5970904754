"""Remembering what was computed from parts of the state: they are compared by being the very same, which is quick."""

from collections.abc import Callable
from functools import lru_cache, wraps
from operator import is_
from typing import Any, Generic, TypeVar

Found = TypeVar("Found")
Asked = TypeVar("Asked")


class Same:
    """Parts of the state that count as equal only when they are the very same objects."""

    def __init__(self, *parts: Any) -> None:
        self.parts = parts

    @property
    def only(self) -> Any:
        return self.parts[0]

    def __hash__(self) -> int:
        return hash(tuple(id(part) for part in self.parts))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Same) or len(self.parts) != len(other.parts):
            return False
        return all(a is b for a, b in zip(self.parts, other.parts, strict=True))


def remembered(ask: Callable[[Asked], Found]) -> Callable[[Asked], Found]:
    """Remember the answer for the newest states: one event has the same asked a dozen times."""

    @lru_cache(maxsize=4)
    def found(state: Same) -> Found:
        return ask(state.only)

    return wraps(ask)(lambda state: found(Same(state)))


def _goes_on(before: tuple[Any, ...], kept: tuple[Any, ...]) -> bool:
    """Whether a journal begins with all entries of another."""
    return kept is before or (len(kept) >= len(before) and all(map(is_, before, kept)))


class Grown(Generic[Found]):
    """Remembers what was found in each entry of a journal: while it only grows, only what is new is looked at.

    `of` says what is found in an entry, None for nothing; what it needs beside the entry has to be the very same.
    """

    def __init__(self, of: Callable[..., Found | None]) -> None:
        self._of = of
        self._kept: tuple[Any, ...] = ()
        self._beside = Same()
        self._found: tuple[Found, ...] = ()

    def __call__(self, kept: tuple[Any, ...], *beside: Any) -> tuple[Found, ...]:
        grew = _goes_on(self._kept, kept) and Same(*beside) == self._beside
        before, new = (self._found, kept[len(self._kept) :]) if grew else ((), kept)
        more = (self._of(each, *beside) for each in new)
        found = (*before, *(one for one in more if one is not None))
        self._kept, self._beside, self._found = kept, Same(*beside), found
        return found


class Left:
    """Remembers which entries of a journal are left over; one that is not is looked at no more.

    `stays` says whether an entry is left, by something that becomes more: as long as its `life` is the very same, it
    only leaves out what was left. Somebody who comes with less than was seen already is answered from the beginning.
    """

    def __init__(self, stays: Callable[[Any, Any], bool]) -> None:
        self._stays = stays
        self._kept: tuple[Any, ...] = ()
        self._life: object = None
        self._seen = 0
        self._found: tuple[Any, ...] = ()

    def __call__(self, kept: tuple[Any, ...], by: Any, life: object, seen: int) -> tuple[Any, ...]:
        goes_on = life is not None and life is self._life and seen >= self._seen
        grew = goes_on and _goes_on(self._kept, kept)
        asked = (*self._found, *kept[len(self._kept) :]) if grew else kept
        found = tuple(each for each in asked if self._stays(each, by))
        self._kept, self._life, self._seen, self._found = kept, life, seen, found
        return found
