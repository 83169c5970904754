"""Remembering what was computed from parts of the state: they are compared by being the very same, which is quick."""

from typing import Any


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
